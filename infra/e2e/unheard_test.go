package e2e

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func noDifference(t *testing.T, before, after map[string]crawled) {
	for role, heard := range after {
		may := map[string]bool{}
		for _, m := range mayMove {
			may[m.operation] = may[m.operation] || m.role == role
		}
		for asked, got := range heard {
			if was, asked2 := before[role][asked]; !may[asked.operation] && (!asked2 || alike(was) != alike(got)) {
				t.Errorf("%s can tell by %s (%s) that something happened:\n%s", role, asked.asked, asked.operation, gocmp.Diff(alike(was), alike(got)))
			}
		}
		t.Logf("%s heard %d answers", role, len(heard))
	}
}

func heardWhereTheyMay(t *testing.T, heard map[string]crawled, everyone []*guest, organisation string) {
	allowed := func(role, operation, what string) bool {
		return slices.ContainsFunc(mayHear, func(m struct{ role, operation, what, why string }) bool {
			return m.role == role && m.operation == operation && m.what == what
		})
	}
	secrets := map[string]string{strings.ToLower(chamber): "organisation", strings.ToLower(organisation): "organisation"}
	for _, g := range everyone {
		what := map[bool]string{true: "own", false: "person"}[g.own]
		secrets[strings.ToLower(g.name)], secrets[strings.ToLower(g.id)] = what, what
	}
	used := map[string]bool{}
	for role, answers := range heard {
		for asked, got := range answers {
			text := said(got)
			for secret, what := range secrets {
				if role != "organisation" && what == "own" {
					what = "person"
				}
				if !strings.Contains(text, secret) {
					continue
				}
				if used[role+asked.operation+what] = true; !allowed(role, asked.operation, what) || got.status >= 400 {
					t.Errorf("%s hears of the %s %s by %s (%s), which mayHear does not allow: %s", role, what, secret, asked.asked, asked.operation, got.body)
				}
			}
			if role == "planner" && strings.Contains(strings.ReplaceAll(text, "planner@demo.example", ""), "@demo.example") {
				t.Errorf("a planner hears an address by %s: %s", asked.asked, got.body)
			}
		}
	}
	for _, m := range mayHear {
		if !used[m.role+m.operation+m.what] {
			t.Errorf("the crawl never heard what it may: %+v", m)
		}
	}
}

// hearOfNoDraft checks that an organisation is not told whom of its people a planner thinks of, not by a cursor either.
func hearOfNoDraft(t *testing.T, heard crawled, everyone []*guest) {
	for asked, got := range heard {
		for _, g := range everyone {
			if asked.operation == "list-organisation-invitations" && g.status == "draft" && strings.Contains(said(got), strings.ToLower(g.id)) {
				t.Errorf("%s tells of a draft: %s", asked.asked, said(got))
			}
		}
		if asked.operation == "list-organisation-invitations" && strings.Contains(asked.asked, "limit=1") && strings.Contains(string(got.body), `"items":[]`) && strings.Contains(string(got.body), `"next"`) {
			t.Errorf("%s has a gap: %s", asked.asked, got.body)
		}
	}
}

// hearOfNobody checks that no person of the directory is heard of, those included who attended the meetings of the past.
func hearOfNobody(t *testing.T, h house, heard ...crawled) {
	people := all[person](t, h.secretariat, "/v1/people?", "100")
	for _, answers := range heard {
		for asked, got := range answers {
			text := said(got)
			for _, p := range people {
				if strings.Contains(text, strings.ToLower(p.Name)) || strings.Contains(text, strings.ToLower(p.ID)) || strings.Contains(text, p.Email) {
					t.Errorf("%s tells of %s: %s", asked.asked, p.Name, got.body)
				}
			}
		}
	}
}

func mailsNameTheirRecipient(t *testing.T, h house, everyone []*guest) {
	boxes := h.mails(t)
	for _, recipient := range everyone {
		mails := boxes[address(recipient.name)]
		if (len(mails) == 0) != (recipient.status == "draft") {
			t.Errorf("%d mails to one who is %s", len(mails), recipient.status)
		}
		for _, m := range mails {
			text := m.Subject + m.Text + m.HTML + m.ICS
			namesNobodyBut(t, recipient, "a mail", text, everyone)
			if m.ICS != "" && !slices.Equal(attendees(t, m.ICS), []string{address(recipient.name)}) {
				t.Errorf("the attendees are %v", attendees(t, m.ICS))
			}
		}
	}
	for to := range boxes {
		if !slices.ContainsFunc(everyone, func(g *guest) bool { return address(g.name) == to }) {
			t.Errorf("a mail went to %s", to)
		}
	}
}

// namesNobodyBut checks that a text names no guest but one, by name, address or id, nor their organisation.
func namesNobodyBut(t *testing.T, one *guest, what, text string, everyone []*guest) {
	t.Helper()
	text = strings.ToLower(text)
	for _, g := range everyone {
		if g != one && (strings.Contains(text, strings.ToLower(g.name)) || strings.Contains(text, strings.ToLower(g.id))) {
			t.Errorf("%s names %s: %s", what, g.name, text)
		}
	}
	if strings.Contains(text, strings.ToLower(chamber)) {
		t.Errorf("%s names the organisation: %s", what, text)
	}
}

func linksShowTheirBearer(t *testing.T, h house, everyone []*guest) {
	boxes := h.mails(t)
	for _, bearer := range everyone {
		for _, m := range boxes[address(bearer.name)] {
			found := linkPattern.FindStringSubmatch(m.Text)
			if found == nil {
				continue
			}
			for _, path := range []string{"/v1/rsvp/", "/rsvp/"} {
				for _, tongue := range []string{"en", "fr"} {
					got := h.anonymous.get(t, path+found[1], "Accept-Language", tongue)
					namesNobodyBut(t, bearer, "a link", alike(got), everyone)
				}
			}
			if entry := h.anonymous.get(t, "/v1/rsvp/"+found[1]+"/calendar.ics"); entry.status == 200 {
				namesNobodyBut(t, bearer, "a calendar entry", alike(entry), everyone)
				if got := attendees(t, string(entry.body)); !slices.Equal(got, []string{address(bearer.name)}) {
					t.Errorf("the attendees are %v", got)
				}
			}
		}
	}
}

// tablesKnowNothing checks that participation left the tables of the directory and of people as they were, and that those which know
// of it hold ids and no names.
func tablesKnowNothing(t *testing.T, before, after map[string]string, everyone []*guest) {
	for _, place := range slices.Sorted(maps.Keys(after)) {
		table, _, _ := strings.Cut(place, " ")
		if table == "DirectoryTable" || table == "PeopleTable" {
			if before[place] != after[place] {
				t.Errorf("participation changed %s:\n%s", place, gocmp.Diff(before[place], after[place]))
			}
			continue
		}
		for _, g := range everyone {
			if strings.Contains(strings.ToLower(place+after[place]), strings.ToLower(g.name)) {
				t.Errorf("%s names %s: %s", place, g.name, after[place])
			}
		}
	}
}

// filesNameNobody reads every file that the machine writes, but for the store and the letters: the logs of functions and of the
// gateway, and what streams left.
func filesNameNobody(t *testing.T, h house, everyone []*guest) {
	read := 0
	err := filepath.WalkDir(h.data, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(path, "store.db") || strings.HasSuffix(path, ".eml") {
			return err
		}
		text, err := os.ReadFile(path)
		read++
		for _, g := range everyone {
			if strings.Contains(strings.ToLower(string(text)), strings.ToLower(g.name)) {
				t.Errorf("%s names %s", filepath.Base(path), g.name)
			}
		}
		if strings.Contains(string(text), chamber) || strings.Contains(string(text), "Xylophagou") {
			t.Errorf("%s names the organisation", filepath.Base(path))
		}
		for _, mails := range h.mails(t) {
			for _, m := range mails {
				if found := linkPattern.FindStringSubmatch(m.Text); found != nil && strings.Contains(string(text), found[1]) {
					t.Errorf("%s holds a link", filepath.Base(path))
				}
			}
		}
		return err
	})
	if err != nil || read < 8 {
		t.Errorf("%d files: %v", read, err)
	}
}

// compositionTellsNobody lets a third and a fourth accept, and reads what an official is told in between: the areas of a participant,
// who comes alone between two readings, would tell the organisation.
func compositionTellsNobody(t *testing.T, h house, meeting string, everyone []*guest) {
	type counts struct {
		Total                                int
		ByCategory, ByMode, ByArea, ByStatus map[string]int
		Warnings                             []string
	}
	var told []counts
	read := func() {
		var c counts
		h.official.get(t, "/v1/meetings/"+meeting+"/composition").is(t, 200).into(t, &c)
		told = append(told, c)
	}
	read()
	for _, name := range []string{"Abernaclex", "Dulcimerro"} {
		link := h.mails(t)[address(name)][0].link(t)
		h.anonymous.post(t, "/v1/rsvp/"+link, map[string]string{"answer": "accepted", "mode": "online"}).is(t, 200)
		read()
	}
	for n, c := range told {
		if len(c.ByArea)+len(c.ByStatus)+len(c.Warnings) > 0 {
			t.Errorf("an official is told %+v", c)
		}
		for _, cells := range []map[string]int{c.ByCategory, c.ByMode, {"total": c.Total}} {
			for name, count := range cells {
				if count != 0 && count < 3 {
					t.Errorf("reading %d says %s %d", n, name, count)
				}
			}
		}
	}
	if told[0].Total != 0 || told[2].Total != 4 {
		t.Errorf("the totals are %d, then %d", told[0].Total, told[2].Total)
	}
}

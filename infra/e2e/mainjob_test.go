package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	ical "github.com/arran4/golang-ical"
	"golang.org/x/net/html"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"csdn.example/directory/infra/seed/demo"
)

type area struct {
	Slug    string
	Broader []string
}

type organisation struct {
	ID, Name, Email, Mission string
}

type person struct {
	ID, Name, Email, Organisation, Country, Category string
	Languages, Countries                             []string
	Areas                                            []struct{ Slug string }
}

type invitation struct {
	Meeting, Person, Organisation, Status, Category, Mode string
	Phase                                                 int
	Already                                               bool
}

type composition struct {
	Total                        int
	ByCategory, ByMode, ByStatus map[string]int
	Warnings                     []string
	Bands                        struct {
		Total      struct{ Min, Max int }
		Categories map[string]struct{ Min, Max int }
	}
}

// TestMainJob does the main job of the directory from an expertise to an accepted invitation, on the meeting of the
// network's concept note.
func TestMainJob(t *testing.T) {
	h := start(t)
	var meeting string
	var invited []person
	step(t, "the secretariat has a directory", func(t *testing.T) { theDirectoryIsFilled(t, h) })
	step(t, "a planner finds people by expertise", func(t *testing.T) { invited = thePlannerFinds(t, h) })
	step(t, "creates and opens a meeting", func(t *testing.T) { meeting = thePlannerCreates(t, h) })
	step(t, "invites them", func(t *testing.T) { thePlannerInvites(t, h, meeting, invited) })
	step(t, "every invitee has a mail", func(t *testing.T) { everyInviteeHasAMail(t, h, invited) })
	step(t, "an invitee answers", func(t *testing.T) { anInviteeAnswers(t, h, meeting, invited) })
	step(t, "the organisation sees its people's invitations", func(t *testing.T) { theOrganisationSees(t, h, meeting, invited) })
	step(t, "the organisation keeps its profile", func(t *testing.T) { theOrganisationKeepsItsProfile(t, h) })
	step(t, "the concept note has every section", func(t *testing.T) { theConceptNoteIsWhole(t, h, meeting) })
	step(t, "the documents come whole", func(t *testing.T) { theDocumentsComeWhole(t, h, meeting) })
}

// step runs a part of a story, which ends where a part fails.
func step(t *testing.T, name string, part func(*testing.T)) {
	t.Helper()
	if !t.Run(name, part) {
		t.FailNow()
	}
}

func theDirectoryIsFilled(t *testing.T, h house) {
	if areas := all[area](t, h.anonymous, "/v1/areas?", "50"); len(areas) < 40 {
		t.Errorf("%d areas", len(areas))
	}
	organisations := all[organisation](t, h.secretariat, "/v1/organisations?", "50")
	if len(organisations) < 55 {
		t.Errorf("%d organisations", len(organisations))
	}
	for _, institution := range []string{"European External Action Service", "European Commission"} {
		if !slices.ContainsFunc(organisations, func(o organisation) bool { return o.Name == institution }) {
			t.Errorf("the %s is missing", institution)
		}
	}
	if people := all[person](t, h.secretariat, "/v1/people?", "100"); len(people) < 130 {
		t.Errorf("%d people", len(people))
	}
	var phase struct {
		From, To          int
		Instrument, Label string
	}
	h.secretariat.get(t, "/v1/phases/4").is(t, 200).into(t, &phase)
	if phase.From != 2020 || phase.To != 2023 || phase.Instrument != "Instrument contributing to Stability and Peace" {
		t.Errorf("phase 4: %+v", phase)
	}
	if h.secretariat.get(t, "/v1/phases/5").is(t, 200).into(t, &phase); !strings.Contains(phase.Label, "demo") {
		t.Errorf("phase 5 is not marked as demo: %+v", phase)
	}
	var past struct{ Title, Start, End, Zone, Status string }
	h.secretariat.get(t, "/v1/meetings/"+string(demo.PolicyMeeting2023)).is(t, 200).into(t, &past)
	if past.Status != "held" || past.Start != "2023-02-01T09:15" || past.End != "2023-02-01T11:30" || past.Zone != "Europe/Brussels" {
		t.Errorf("the meeting of 2023: %+v", past)
	}
	var c composition
	h.secretariat.get(t, "/v1/meetings/"+string(demo.PolicyMeeting2023)+"/composition").is(t, 200).into(t, &c)
	if c.Total < 25 || c.Total > 30 || c.ByCategory["civil-society"] < 10 || c.ByCategory["civil-society"] > 15 || len(c.Warnings) > 0 {
		t.Errorf("who was there in 2023: %+v", c)
	}
}

func thePlannerFinds(t *testing.T, h house) []person {
	within := map[string]bool{"security-sector-reform": true}
	areas := all[area](t, h.anonymous, "/v1/areas?", "100")
	for range areas {
		for _, a := range areas {
			if slices.ContainsFunc(a.Broader, func(b string) bool { return within[b] }) {
				within[a.Slug] = true
			}
		}
	}
	if len(within) < 3 {
		t.Fatalf("security sector reform has no narrower areas: %v", within)
	}
	found := all[person](t, h.planner, "/v1/people?area=security-sector-reform&language=en&category=civil-society", "7")
	narrower := 0
	for _, p := range found {
		direct := slices.ContainsFunc(p.Areas, func(a struct{ Slug string }) bool { return a.Slug == "security-sector-reform" })
		if !slices.ContainsFunc(p.Areas, func(a struct{ Slug string }) bool { return within[a.Slug] }) || !slices.Contains(p.Languages, "en") || p.Category != "civil-society" {
			t.Errorf("%+v was not asked for", p)
		}
		if !direct {
			narrower++
		}
		if p.Email != "" {
			t.Error("a planner is told an address")
		}
	}
	if len(found) < 16 || narrower == 0 {
		t.Fatalf("%d people, %d of them by a narrower area", len(found), narrower)
	}
	order := collate.New(language.Und)
	if !slices.IsSortedFunc(found, func(a, b person) int { return order.CompareString(a.Name, b.Name) }) {
		t.Error("they are not in the order of names")
	}
	ids := map[string]bool{}
	for _, p := range found {
		ids[p.ID] = true
	}
	if len(ids) != len(found) {
		t.Errorf("%d different people on pages of %d", len(ids), len(found))
	}
	inMali := all[person](t, h.planner, "/v1/people?area=security-sector-reform&country=ML&language=fr,en", "50")
	for _, p := range inMali {
		if p.Country != "ML" && !slices.Contains(p.Countries, "ML") {
			t.Errorf("%+v does not know Mali", p)
		}
	}
	if len(inMali) == 0 {
		t.Error("nobody knows Mali")
	}
	return chooseTable(t, h, found)
}

// chooseTable takes 14 experts, among them one of the demo organisation, and six officials.
func chooseTable(t *testing.T, h house, found []person) []person {
	ofPasserelles := all[person](t, h.planner, "/v1/people?organisation="+string(demo.Passerelles), "10")
	if len(ofPasserelles) == 0 {
		t.Fatal("the demo organisation has no people")
	}
	chosen := []person{ofPasserelles[0]}
	for _, p := range append(found, all[person](t, h.planner, "/v1/people?category=eu-institution", "30")...) {
		full := len(chosen) >= 14 && p.Category == "civil-society"
		if !full && len(chosen) < 20 && p.ID != chosen[0].ID {
			chosen = append(chosen, p)
		}
	}
	if len(chosen) != 20 {
		t.Fatalf("%d people for the table", len(chosen))
	}
	return chosen
}

// nextFirstOfFebruary is the next 1 February that has not begun.
func nextFirstOfFebruary() int {
	now := time.Now()
	if next := time.Date(now.Year(), 2, 1, 0, 0, 0, 0, time.UTC); now.Before(next) {
		return next.Year()
	}
	return now.Year() + 1
}

func thePlannerCreates(t *testing.T, h house) string {
	year := nextFirstOfFebruary()
	var held map[string]any
	h.planner.get(t, "/v1/meetings/"+string(demo.PolicyMeeting2023)).is(t, 200).into(t, &held)
	for _, own := range []string{"id", "status", "warnings", "createdAt", "updatedAt", "planners", "onlineUrl", "retainUntil"} {
		delete(held, own)
	}
	held["phase"], held["onlineUrl"] = 5, "https://online.eplo.example/next"
	held["start"], held["end"] = fmt.Sprintf("%d-02-01T09:15", year), fmt.Sprintf("%d-02-01T11:30", year)
	var m struct {
		ID, Status       string
		Warnings, Agenda []any
		Planners         []string
	}
	made := h.planner.post(t, "/v1/meetings", held).is(t, 201).into(t, &m)
	if m.Status != "draft" || len(m.Agenda) != 6 || len(m.Planners) != 1 || made.header.Get("Location") != "/v1/meetings/"+m.ID || made.etag() == "" {
		t.Errorf("got %+v, %v", m, made.header)
	}
	if len(m.Warnings) != 1 || !strings.Contains(fmt.Sprint(m.Warnings), "Agenda item 6") {
		t.Errorf("warnings: %v", m.Warnings)
	}
	h.official.get(t, "/v1/meetings/"+m.ID).is(t, 404)
	h.planner.post(t, "/v1/meetings/"+m.ID+"/invitations", map[string]any{"people": []string{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}}).is(t, 409)
	h.planner.post(t, "/v1/meetings/"+m.ID+"/open", nil).is(t, 200).into(t, &m)
	if m.Status != "open" {
		t.Errorf("opened, it is %s", m.Status)
	}
	h.planner.post(t, "/v1/meetings/"+m.ID+"/open", nil).is(t, 409)
	h.official.get(t, "/v1/meetings/"+m.ID).is(t, 200)
	return m.ID
}

func thePlannerInvites(t *testing.T, h house, meeting string, people []person) {
	var ids []string
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	path := "/v1/meetings/" + meeting + "/invitations"
	var drafted list[invitation]
	h.planner.post(t, path, map[string]any{"people": ids[:15]}).is(t, 201).into(t, &drafted)
	h.planner.post(t, path, map[string]any{"people": ids, "mode": "online"}).is(t, 201).into(t, &drafted)
	for n, i := range drafted.Items {
		before := n < 15
		if i.Status != "draft" || i.Already != before || (i.Mode == "in-person") != before {
			t.Errorf("%d: %+v", n, i)
		}
	}
	var sent struct{ Sent, Before int }
	h.planner.post(t, path+"/send", map[string]any{"people": ids[:2]}).is(t, 200).into(t, &sent)
	if sent.Sent != 2 {
		t.Errorf("first %+v", sent)
	}
	if h.planner.post(t, path+"/send", nil).is(t, 200).into(t, &sent); sent.Sent != len(ids)-2 {
		t.Errorf("then %+v", sent)
	}
	if h.planner.post(t, path+"/send", map[string]any{"people": ids}).is(t, 200).into(t, &sent); sent.Sent != 0 || sent.Before != len(ids) {
		t.Errorf("a repeat %+v", sent)
	}
	if kept := all[invitation](t, h.planner, path+"?", "6"); len(kept) != len(ids) {
		t.Errorf("%d invitations are listed", len(kept))
	}
}

func everyInviteeHasAMail(t *testing.T, h house, invited []person) {
	eventually(t, "all mails came", func() bool { return len(h.mails(t)) >= len(invited) })
	boxes := h.mails(t)
	if len(boxes) != len(invited) {
		t.Errorf("%d recipients, %d invitees", len(boxes), len(invited))
	}
	links := map[string]bool{}
	for recipient, mails := range boxes {
		if len(mails) != 1 {
			t.Fatalf("%d mails to one invitee", len(mails))
		}
		links[mails[0].link(t)] = true
		if attendees := attendees(t, mails[0].ICS); !slices.Equal(attendees, []string{recipient}) {
			t.Errorf("the attendees are %v", attendees)
		}
		for other := range maps.Keys(boxes) {
			if other != recipient && strings.Contains(mails[0].Text+mails[0].HTML+mails[0].ICS, other) {
				t.Error("a mail names another invitee")
			}
		}
	}
	if len(links) != len(invited) {
		t.Errorf("%d different links", len(links))
	}
}

// attendees returns the addresses of the attendees of a calendar's one event.
func attendees(t *testing.T, text string) []string {
	t.Helper()
	calendar, err := ical.ParseCalendar(strings.NewReader(text))
	if err != nil || len(calendar.Events()) != 1 {
		t.Fatalf("not one event: %v: %s", err, text)
	}
	var addresses []string
	for _, a := range calendar.Events()[0].Attendees() {
		addresses = append(addresses, a.Email())
	}
	return addresses
}

func anInviteeAnswers(t *testing.T, h house, meeting string, invited []person) {
	var p person
	h.secretariat.get(t, "/v1/people/"+invited[0].ID).is(t, 200).into(t, &p)
	token := h.inbox(t, p.Email, 1)[0].link(t)
	var rsvp struct {
		Status         string
		Choices, Modes []string
		Meeting        struct{ Title, OnlineURL string }
		Own            struct{ Start, Zone string }
	}
	h.anonymous.get(t, "/v1/rsvp/"+token).is(t, 200).into(t, &rsvp)
	if rsvp.Status != "invited" || !slices.Contains(rsvp.Choices, "accepted") || len(rsvp.Modes) != 2 || rsvp.Meeting.OnlineURL != "" {
		t.Errorf("the link shows %+v", rsvp)
	}
	if rsvp.Own.Zone != "Africa/Bamako" || !strings.HasSuffix(rsvp.Own.Start, "T08:15") {
		t.Errorf("the invitee's own time is %+v", rsvp.Own)
	}
	browser := h.anonymous.get(t, "/v1/rsvp/"+token, "Accept", "text/html,*/*;q=0.8").is(t, 303)
	if !strings.HasSuffix(browser.header.Get("Location"), "/rsvp/"+token) || strings.Contains(browser.header.Get("Location"), "/v1/") {
		t.Errorf("a browser is sent to %s", browser.header.Get("Location"))
	}
	h.anonymous.post(t, "/v1/rsvp/"+token, map[string]string{"answer": "accepted", "note": "With pleasure."}).is(t, 200).into(t, &rsvp)
	if rsvp.Status != "accepted" || rsvp.Meeting.OnlineURL == "" {
		t.Errorf("accepted, it is %+v", rsvp)
	}
	confirmation := h.inbox(t, p.Email, 2)[1]
	if !slices.Equal(attendees(t, confirmation.ICS), []string{p.Email}) {
		t.Error("the confirmation's calendar part is not the invitee's")
	}
	h.anonymous.post(t, "/v1/rsvp/"+token, map[string]string{"answer": "accepted"}).is(t, 200)
	if entry := h.anonymous.get(t, "/v1/rsvp/"+token+"/calendar.ics").is(t, 200); !slices.Equal(attendees(t, string(entry.body)), []string{p.Email}) {
		t.Error("the calendar entry is not the invitee's")
	}
	var c composition
	h.planner.get(t, "/v1/meetings/"+meeting+"/composition").is(t, 200).into(t, &c)
	if c.Total != 1 || c.ByCategory["civil-society"] != 1 || c.ByStatus["invited"] != 19 || c.Bands.Total.Min != 25 || c.Bands.Categories["civil-society"].Max != 15 || len(c.Warnings) != 3 {
		t.Errorf("the composition is %+v", c)
	}
	h.anonymous.get(t, "/v1/rsvp/"+strings.Repeat("A", len(token))).is(t, 404)
}

func theOrganisationSees(t *testing.T, h house, meeting string, invited []person) {
	own := "/v1/organisations/" + string(demo.Passerelles) + "/invitations?"
	mine := all[invitation](t, h.organisation, own, "2")
	phases := map[int]bool{}
	seen := false
	for _, i := range mine {
		phases[i.Phase] = true
		seen = seen || i.Meeting == meeting && i.Person == invited[0].ID && i.Status == "accepted"
		if i.Organisation != string(demo.Passerelles) {
			t.Errorf("an invitation of others: %+v", i)
		}
	}
	if !seen || !phases[5] {
		t.Errorf("the organisation sees %+v", mine)
	}
	for _, i := range all[invitation](t, h.organisation, own+"phase=4", "10") {
		if i.Phase != 4 {
			t.Errorf("asked for phase 4: %+v", i)
		}
	}
	foreign := invited[1].Organisation
	if foreign == string(demo.Passerelles) {
		t.Fatal("the second invitee is of the same organisation")
	}
	h.organisation.get(t, "/v1/organisations/"+foreign+"/invitations").is(t, 404)
	h.official.get(t, "/v1/organisations/"+foreign+"/invitations").is(t, 403)
	h.organisation.get(t, "/v1/meetings/"+meeting+"/invitations").is(t, 403)
	h.official.get(t, "/v1/meetings/"+meeting+"/invitations").is(t, 403)
}

func theOrganisationKeepsItsProfile(t *testing.T, h house) {
	path := "/v1/organisations/" + string(demo.Passerelles)
	var o organisation
	before := h.organisation.get(t, path).is(t, 200).into(t, &o)
	h.organisation.get(t, path, "If-None-Match", before.etag()).is(t, 304)
	patch := map[string]string{"mission": "We hold the bridges of **dialogue** open."}
	h.organisation.patch(t, path, "", patch).is(t, 428)
	after := h.organisation.patch(t, path, before.etag(), patch).is(t, 200).into(t, &o)
	if o.Mission != patch["mission"] || after.etag() == before.etag() {
		t.Errorf("got %+v, %s", o, after.etag())
	}
	h.organisation.patch(t, path, before.etag(), map[string]string{"mission": "late"}).is(t, 412)

	var foreign list[organisation]
	h.organisation.get(t, "/v1/organisations?limit=1").is(t, 200).into(t, &foreign)
	refused := h.organisation.patch(t, "/v1/organisations/"+foreign.Items[0].ID, `"1"`, patch).is(t, 404)
	absent := h.organisation.patch(t, "/v1/organisations/01ARZ3NDEKTSV4RRFFQ69G5FAV", `"1"`, patch).is(t, 404)
	if string(refused.body) != string(absent.body) {
		t.Errorf("foreign and absent differ: %s %s", refused.body, absent.body)
	}

	var trail list[struct {
		By, Act string
		Fields  []struct{ Field, Before, After string }
	}]
	h.organisation.get(t, path+"/changes").is(t, 200).into(t, &trail)
	last := trail.Items[0]
	if last.Act != "organisation.changed" || last.By != string(demo.Organisation) || len(last.Fields) != 1 || last.Fields[0].Field != "mission" || last.Fields[0].After != patch["mission"] {
		t.Errorf("the trail says %+v", last)
	}
	h.organisation.get(t, "/v1/organisations/"+foreign.Items[0].ID+"/changes").is(t, 404)
}

func theConceptNoteIsWhole(t *testing.T, h house, meeting string) {
	h.anonymous.get(t, "/v1/meetings/"+meeting+"/concept-note").is(t, 401)
	note := h.official.get(t, "/v1/meetings/"+meeting+"/concept-note", "Accept", "text/html").is(t, 200)
	if got := note.header.Get("Content-Type"); !strings.HasPrefix(got, "text/html") {
		t.Errorf("it is %s", got)
	}
	page, err := html.Parse(strings.NewReader(string(note.body)))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(textOf(page)), " ")
	at := 0
	for _, part := range []string{
		"Civil Society Dialogue Network Policy Meeting",
		"The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
		fmt.Sprintf("1 February %d (9.15-11.30 CET)", nextFirstOfFebruary()), "Scotland House Conference Centre & Online",
		"Rond-Point Robert Schuman 6, 1040 Brussels", "Concept note", "Background", "Objectives", "Format", "Chatham House Rule",
		"Participants", "Language", "The discussions will be held in English.", "Draft Agenda", "09.15", "European External Action Service",
		"Civil Society Dialogue Network",
	} {
		next := strings.Index(words[at:], part)
		if next < 0 {
			t.Fatalf("%q does not follow in %q", part, words)
		}
		at += next + len(part)
	}
	if strings.Contains(words, "online.eplo.example") {
		t.Error("the note tells the online address")
	}
	var parts struct{ Title, PhaseLabel string }
	h.official.get(t, "/v1/meetings/"+meeting+"/concept-note?format=json").is(t, 200).into(t, &parts)
	if parts.Title == "" || parts.PhaseLabel == "" {
		t.Errorf("as JSON it is %+v", parts)
	}
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data + " "
	}
	if n.Data == "style" {
		return ""
	}
	var text strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		text.WriteString(textOf(child))
	}
	return text.String()
}

package e2e

import (
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/infra/seed/demo"
)

// mayHear is who may hear what identifies a person or an organisation that takes part in a meeting, from which operation, and why:
// none of them says that it takes part, but for the last.
var mayHear = []struct{ role, operation, what, why string }{
	{"planner", "search-people", "person", "a planner finds everybody of the directory"},
	{"planner", "read-person", "person", "a planner finds everybody of the directory"},
	{"planner", "read-person-card", "person", "a planner finds everybody of the directory"},
	{"planner", "search-organisations", "organisation", "organisations are open to all who are signed in"},
	{"planner", "read-organisation", "organisation", "organisations are open to all who are signed in"},
	{"planner", "search-people", "organisation", "a person is somebody of an organisation"},
	{"planner", "read-person", "organisation", "a person is somebody of an organisation"},
	{"planner", "read-person-card", "organisation", "a person is somebody of an organisation"},
	{"planner", "export-people", "person", "a planner finds everybody of the directory"},
	{"planner", "export-organisations", "organisation", "organisations are open to all who are signed in"},
	{"planner", "export-people", "organisation", "a person is somebody of an organisation"},
	{"official", "search-organisations", "organisation", "organisations are open to all who are signed in"},
	{"official", "read-organisation", "organisation", "organisations are open to all who are signed in"},
	{"organisation", "search-organisations", "organisation", "organisations are open to all who are signed in"},
	{"organisation", "read-organisation", "organisation", "organisations are open to all who are signed in"},
	{"organisation", "search-people", "own", "an organisation keeps its people"},
	{"organisation", "read-person", "own", "an organisation keeps its people"},
	{"organisation", "read-person-card", "own", "an organisation keeps its people"},
	{"organisation", "list-organisation-invitations", "own", "an organisation sees the invitations of its people"},

	// The pages of the site say the same as the API.
	{"planner", "page /people", "person", "a planner finds everybody of the directory"},
	{"planner", "page /people/{id}", "person", "a planner finds everybody of the directory"},
	{"planner", "page /people", "organisation", "a person is somebody of an organisation"},
	{"planner", "page /people/{id}", "organisation", "a person is somebody of an organisation"},
	{"planner", "page /organisations", "organisation", "organisations are open to all who are signed in"},
	{"planner", "page /organisations/{id}", "organisation", "organisations are open to all who are signed in"},
	{"official", "page /organisations", "organisation", "organisations are open to all who are signed in"},
	{"official", "page /organisations/{id}", "organisation", "organisations are open to all who are signed in"},
	{"organisation", "page /organisations", "organisation", "organisations are open to all who are signed in"},
	{"organisation", "page /organisations/{id}", "organisation", "organisations are open to all who are signed in"},
	{"organisation", "page /people", "organisation", "a filter by an organisation names it, whoever belongs to it"},
	{"organisation", "page /people", "own", "an organisation keeps its people"},
	{"organisation", "page /people/{id}", "own", "an organisation keeps its people"},
	{"organisation", "page /people/{id}/edit", "own", "an organisation keeps its people"},
	{"organisation", "page /organisations/{id}/invitations", "own", "an organisation sees the invitations of its people"},
}

// mayMove is whose answer may differ by who takes part in a meeting.
var mayMove = []struct{ role, operation, why string }{
	{"organisation", "list-organisation-invitations", "an organisation sees the invitations of its people"},
	{"organisation", "page /", "the desk lists and counts the invitations of the organisation's people, drafts not"},
	{"organisation", "page /organisations/{id}/invitations", "an organisation sees the invitations of its people"},
	{"official", "read-composition", "counts, none under three"},
}

// guest is a participant with a name that nothing else holds. It is in its address, position and biography as well.
type guest struct {
	name, status, id string
	own              bool // of the demo organisation
}

func guests() []*guest {
	return []*guest{
		{name: "Abernaclex", status: "invited"},
		{name: "Bodkinsworth", status: "accepted"},
		{name: "Crumhornly", status: "declined"},
		{name: "Dulcimerro", status: "tentative"},
		{name: "Euphoniumba", status: "offered"},
		{name: "Flageoletto", status: "withdrawn"},
		{name: "Glockenspil", status: "reserve"},
		{name: "Harmonikash", status: "revoked"},
		{name: "Jodelkauzen", status: "draft"},
		{name: "Krummhornis", status: "accepted", own: true},
		{name: "Lautenclavus", status: "draft", own: true},
	}
}

const chamber = "Xylophagou Chamber"

// TestChathamHouse crawls everything that each role can ask before and after people take part in a meeting under the Rule, in every
// state that an invitation has. Participation must make no difference to whoever may not know of it, and its names must be
// heard nowhere but where the lists above say; nor in mails to others, logs, or tables that need not know.
func TestChathamHouse(t *testing.T) {
	h := start(t)
	meeting, organisation := openMeeting(t, h, otherPlanner), addOrganisation(t, h, chamber)
	h.secretariat.patch(t, "/v1/meetings/"+meeting, "*", map[string]any{"seats": map[string]int{"inPerson": 3}}).is(t, 200)
	everyone := guests()
	askForErasure(t, h)
	p := place{ids: map[string][]string{
		"meetings": {meeting, string(demo.PolicyMeeting2023)}, "organisations": {organisation, string(demo.Passerelles)},
		"areas": {"mediation"}, "phases": {"4", "5"},
	}, words: []string{chamber}, sessions: sessions(t, h)}
	for _, g := range everyone {
		fields := map[string]any{"position": "Chair of " + g.name, "biography": "Founded " + g.name + ".", "areas": []string{"mediation"}}
		if !g.own {
			fields["organisation"] = organisation
		}
		g.id = addPerson(t, h, g.name, fields)
		p.ids["people"], p.words = append(p.ids["people"], g.id), append(p.words, g.name)
	}
	h.secretariat.post(t, "/v1/meetings/"+string(demo.PolicyMeeting2023)+"/close", nil).is(t, 200)
	publishSummary(t, h, string(demo.PolicyMeeting2023), "Listen first.")
	operations := operations(t, h)
	crawlAll := func() map[string]crawled {
		heard := map[string]crawled{}
		for _, c := range callers(h)[1:] {
			heard[c.name] = crawl(t, operations, c, p)
		}
		return heard
	}
	before, tables := crawlAll(), h.tables(t)
	take(t, h, meeting, everyone)
	after := crawlAll()

	t.Run("participation makes no difference", func(t *testing.T) { noDifference(t, before, after) })
	t.Run("names are heard where they may be", func(t *testing.T) { heardWhereTheyMay(t, after, everyone, organisation) })
	t.Run("an organisation hears of no draft", func(t *testing.T) { hearOfNoDraft(t, after["organisation"], everyone) })
	t.Run("officials hear of nobody", func(t *testing.T) { hearOfNobody(t, h, after["official"], after["anonymous"]) })
	t.Run("mails name their recipient alone", func(t *testing.T) { mailsNameTheirRecipient(t, h, everyone) })
	t.Run("a link shows its bearer alone", func(t *testing.T) { linksShowTheirBearer(t, h, everyone) })
	t.Run("tables that need not know do not", func(t *testing.T) { tablesKnowNothing(t, tables, h.tables(t), everyone) })
	t.Run("logs and files name nobody", func(t *testing.T) { filesNameNobody(t, h, everyone) })
	t.Run("the composition tells nobody", func(t *testing.T) { compositionTellsNobody(t, h, meeting, everyone) })
}

func addOrganisation(t *testing.T, h house, name string) string {
	t.Helper()
	var o organisation
	h.secretariat.post(t, "/v1/organisations", map[string]any{"name": name, "type": "ngo", "country": "ML"}).is(t, 201).into(t, &o)
	return o.ID
}

// take brings every guest into its state: three seats are in the room.
func take(t *testing.T, h house, meeting string, everyone []*guest) {
	t.Helper()
	path := "/v1/meetings/" + meeting
	var ids []string
	for _, g := range everyone {
		if g.status != "draft" {
			ids = append(ids, g.id)
		}
	}
	invite(t, h, meeting, ids...)
	links := map[string]string{}
	for _, g := range everyone {
		if g.status != "draft" {
			links[g.status+g.name] = h.inbox(t, address(g.name), 1)[0].link(t)
			continue
		}
		h.secretariat.post(t, path+"/invitations", map[string]any{"people": []string{g.id}}).is(t, 201)
	}
	by := func(name string) *guest {
		return everyone[slices.IndexFunc(everyone, func(g *guest) bool { return g.name == name })]
	}
	answer := func(name, word, want string) { g := by(name); say(t, h, links[g.status+g.name], word, want) }
	answer("Bodkinsworth", "accepted", "accepted")
	answer("Krummhornis", "accepted", "accepted")
	answer("Flageoletto", "accepted", "accepted")
	answer("Euphoniumba", "accepted", "reserve")
	answer("Glockenspil", "accepted", "reserve")
	answer("Flageoletto", "withdrawn", "withdrawn")
	answer("Crumhornly", "declined", "declined")
	answer("Dulcimerro", "tentative", "tentative")
	h.secretariat.post(t, path+"/invitations/"+by("Harmonikash").id+"/revoke", nil).is(t, 200)
	for _, g := range everyone {
		is(t, h.secretariat.get(t, path+"/invitations/"+g.id).is(t, 200), g.status)
	}
	eventually(t, "all mails went out", func() bool {
		for place, item := range h.tables(t) {
			if strings.HasPrefix(place, "OutboxTable") && !strings.Contains(item, "sentAt=") {
				return false
			}
		}
		return true
	})
}

func address(name string) string { return strings.ToLower(name) + "@demo.example" }

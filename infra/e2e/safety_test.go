package e2e

import (
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/infra/seed/demo"
)

// TestSafetyTakesEffectAtOnceAndEverywhere makes a person careful and then hidden, and after each change crawls everything that each
// role can ask for what must no longer be heard.
func TestSafetyTakesEffectAtOnceAndEverywhere(t *testing.T) {
	const name, alias = "Ottoline Quibbleworth", "Nightjar Seven"
	h := start(t)
	id := addPerson(t, h, name, map[string]any{
		"email": "o@demo.example", "position": "Quibbleworth chair", "biography": "Ottoline's own.", "areas": []string{"mediation"},
	})
	meeting := openMeeting(t, h, string(demo.Planner))
	invite(t, h, meeting, id)
	h.inbox(t, "o@demo.example", 1)
	operations := operations(t, h)
	p := place{ids: map[string][]string{
		"meetings": {meeting}, "organisations": {string(demo.Passerelles)}, "people": {id}, "areas": {"mediation"}, "phases": {"5"},
	}, words: []string{"Ottoline", "Quibbleworth", name, alias}, sessions: sessions(t, h)}
	become := func(level string) {
		h.secretariat.patch(t, "/v1/people/"+id, "*", map[string]string{"safety": level, "alias": alias}).is(t, 200)
	}
	heard := func(c caller, words ...string) (where map[string]bool) {
		where = map[string]bool{}
		for asked, got := range crawl(t, operations, c, p) {
			for _, word := range words {
				if strings.Contains(said(got), strings.ToLower(word)) {
					where[asked.operation] = true
				}
			}
		}
		return where
	}
	counted := func(c client, word string) int {
		var found struct {
			Items  []person
			Total  int
			Facets map[string]map[string]int
		}
		c.get(t, "/v1/people?facets=true&q="+word).is(t, 200).into(t, &found)
		if len(found.Items) != found.Total || found.Facets["organisation"][string(demo.Passerelles)] != found.Total {
			t.Errorf("%s finds %+v", word, found)
		}
		return found.Total
	}
	if counted(h.planner, "Quibbleworth") != 1 || !heard(callers(h)[1], "Quibbleworth")["search-people"] {
		t.Fatal("nobody finds an open person")
	}

	become("careful")
	for _, c := range callers(h)[1:] {
		if where := heard(c, "Ottoline", "Quibbleworth", "o@demo.example"); len(where) > 0 {
			t.Errorf("%s hears the name of a careful person in %v", c.name, where)
		}
	}
	for _, c := range []client{h.planner, h.organisation} {
		if counted(c, "Quibbleworth") != 0 || counted(c, "Nightjar") != 1 {
			t.Error("a careful person is not found by the alias alone")
		}
	}

	become("hidden")
	// Its own organisation keeps it under the alias, and its meeting's planners know whom they invited.
	kept := map[string][]string{
		"organisation": {"read-person", "read-person-card", "list-organisation-invitations", "page /people/{id}", "page /people/{id}/edit", "page /", "page /organisations/{id}/invitations"},
		"planner":      {"list-invitations", "read-invitation", "page /meetings/{id}/board", "page /meetings/{id}/board/shortlist"},
	}
	for _, c := range callers(h)[1:] {
		where := heard(c, "Ottoline", "Quibbleworth", "o@demo.example", alias, id)
		for operation := range where {
			if !slices.Contains(kept[c.name], operation) {
				t.Errorf("%s hears of a hidden person in %s", c.name, operation)
			}
		}
	}
	elsewhere := "/meetings/" + openMeeting(t, h, string(demo.Planner)) + "/board/shortlist?instead=" + id
	h.planner.get(t, elsewhere, "Cookie", p.sessions["planner"]).is(t, 404)
	for _, c := range []client{h.secretariat, h.planner, h.organisation} {
		if counted(c, "Quibbleworth")+counted(c, "Nightjar") != 0 {
			t.Error("a hidden person is counted")
		}
	}
}

package e2e

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// caller is one who tries: the column of the contract that says what it may do, the scope of the API token that it asks with, "" for a
// person who signed in.
type caller struct {
	name  string
	far   func(reaches) string
	scope string
	client
}

func callers(h house) []caller {
	return []caller{
		{"secretariat", func(r reaches) string { return r.secretariat }, "", h.secretariat},
		{"planner", func(r reaches) string { return r.planner }, "", h.planner},
		{"organisation", func(r reaches) string { return r.organisation }, "", h.organisation},
		{"official", func(r reaches) string { return r.official }, "", h.official},
		{"anonymous", func(r reaches) string { return r.anonymous }, "", h.anonymous},
	}
}

// systems are callers with API tokens of each scope, which have been used, so that their use is not noted again.
func systems(t *testing.T, h house) []caller {
	t.Helper()
	var made []caller
	for _, c := range callers(h) {
		if c.name != "secretariat" && c.name != "organisation" {
			continue
		}
		for _, scope := range []string{"read", "write"} {
			_, system := h.makes(t, c.client, map[string]any{"name": "System", "scope": scope})
			system.get(t, "/v1/me").is(t, 200)
			made = append(made, caller{c.name, c.far, scope, system})
		}
	}
	return made
}

// reach is how far the caller reaches with the operation: with an API token, no further than its scope.
func (c caller) reach(op operation, row reaches) string {
	if c.scope != "" && toPersons[op.id] || c.scope == "read" && op.method != http.MethodGet {
		return "no"
	}
	return c.far(row)
}

// TestMatrix tries every operation as every role on subjects in every relation to the caller, with requests that change nothing
// whoever sends them. What the caller may not reach answers byte for byte as what is absent.
func TestMatrix(t *testing.T) {
	h := start(t)
	subjects, everybody := relate(t, h), append(callers(h), systems(t, h)...)
	before := h.tables(t)
	tried := map[string]bool{}
	for _, op := range operations(t, h) {
		row, known := who[op.id]
		if !known {
			t.Errorf("%s (%s %s, act %s) has no row: add to who_test.go how far each role reaches with it, as the contract's column \"Who\" says",
				op.id, op.method, op.path, op.act)
			continue
		}
		tried[op.id] = true
		for _, c := range everybody {
			t.Run(op.id+" by "+c.name+" "+c.scope, func(t *testing.T) { tryOn(t, op, c, c.reach(op, row), subjects) })
		}
	}
	for id := range who {
		if !tried[id] {
			t.Errorf("who_test.go has a row for %s, which is no operation", id)
		}
	}
	if diff := gocmp.Diff(before, h.tables(t)); diff != "" {
		t.Errorf("the matrix changed the tables:\n%s", diff)
	}
}

// tryOn tries one operation as one caller on every subject of its kind.
func tryOn(t *testing.T, op operation, c caller, far string, subjects map[string][]subject) {
	if rank[far] == 0 && far != "no" {
		t.Fatalf("%q is no reach", far)
	}
	kind := op.kind()
	absent := op.try(t, c.client, nil)
	for _, s := range subjects[kind] {
		got := op.try(t, c.client, s.ids)
		switch within := rank[far] >= rank[s.needs(c.name)]; {
		case far == "no":
			refusedTo(t, c, got)
		case s.relation == "absent" && !emptyWhenAbsent(op, far) || !within:
			if got.is(t, http.StatusNotFound); alike(got) != alike(absent) {
				t.Errorf("%s differs from absent:\n%s\n%s", s.relation, alike(got), alike(absent))
			}
		default:
			passed(t, s.relation, got)
		}
	}
	switch {
	case far == "no":
		refusedTo(t, c, absent)
	case kind == "" || emptyWhenAbsent(op, far):
		passed(t, "absent", absent)
	default:
		absent.is(t, http.StatusNotFound)
	}
}

// emptyWhenAbsent is the list that is empty for an absent organisation, to those who reach every one: invitations are kept apart
// from organisations, and who keeps them cannot read whether there is one.
func emptyWhenAbsent(op operation, far string) bool {
	return op.id == "list-organisation-invitations" && far == "all"
}

func refusedTo(t *testing.T, c caller, got answer) {
	t.Helper()
	if c.token == "" {
		got.is(t, http.StatusUnauthorized)
		return
	}
	got.is(t, http.StatusForbidden)
}

// passed checks that a request was not refused for who sent it, nor failed.
func passed(t *testing.T, relation string, got answer) {
	t.Helper()
	switch got.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusBadRequest, http.StatusUnsupportedMediaType:
	default:
		if got.status < http.StatusInternalServerError && got.status != http.StatusTooManyRequests {
			return
		}
	}
	t.Errorf("%s (%s) is refused: %d %s", got.asked, relation, got.status, got.body)
}

// alike returns an answer as text, without what differs between two answers to the same request.
func alike(a answer) string {
	var text strings.Builder
	fmt.Fprintln(&text, a.status)
	for _, name := range slices.Sorted(maps.Keys(a.header)) {
		if name != "Date" && name != "Apigw-Requestid" {
			fmt.Fprintln(&text, name, a.header[name])
		}
	}
	text.Write(a.body)
	return text.String()
}

// kind is the kind of the operation's subject, "" when it has none, or makes the one that is absent.
func (o operation) kind() string {
	_, noun, _ := strings.Cut(o.path, "/v1/")
	noun, rest, _ := strings.Cut(noun, "/")
	if strings.Contains(rest, "/summary") || strings.Contains(rest, "{recommendation}") {
		return "summaries"
	}
	if !strings.HasPrefix(rest, "{") || o.method == http.MethodPut {
		return ""
	}
	if strings.Contains(rest, "{person}") {
		return "invitation"
	}
	if strings.HasSuffix(rest, "/merge") {
		return "merges"
	}
	return noun
}

// TestNothingTellsForeignFromAbsent tries what leads to a subject beside its own path: each of the ways must answer the same for
// one that the caller does not reach and for one that is not there.
func TestNothingTellsForeignFromAbsent(t *testing.T) {
	h := start(t)
	s := relate(t, h)
	id := func(kind, relation string) string { return find(t, s[kind], relation).ids["id"] }
	hidden := find(t, s["people"], "hidden").ids["id"]
	foreign, ours := find(t, s["people"], "other"), find(t, s["people"], "same organisation")
	profile := func(organisation string) map[string]any {
		return map[string]any{"name": "N", "email": "n@demo.example", "organisation": organisation,
			"consent": map[string]string{"basis": "consent", "givenAt": "2026-01-02T03:04:05Z"}}
	}
	etag := h.organisation.get(t, "/v1/people/"+ours.ids["id"]).is(t, 200).etag()
	move := func(organisation string) answer {
		return h.organisation.patch(t, "/v1/people/"+ours.ids["id"], etag, map[string]string{"organisation": organisation})
	}
	draft := func(person string) answer {
		return h.planner.post(t, "/v1/meetings/"+id("meetings", "own")+"/invitations", map[string]any{"people": []string{person}})
	}
	var page struct{ Next string }
	h.secretariat.get(t, "/v1/people?limit=1").is(t, 200).into(t, &page)
	other := id("organisations", "other")
	for name, pair := range map[string][2]answer{
		"people of another organisation":             {h.organisation.get(t, "/v1/people?facets=true&organisation="+other), h.organisation.get(t, "/v1/people?facets=true&organisation="+absentID)},
		"another's person by name":                   {h.organisation.get(t, "/v1/people?facets=true&q="+foreign.name), h.organisation.get(t, "/v1/people?facets=true&q=Quetzalcoatlus")},
		"a hidden person by name":                    {h.planner.get(t, "/v1/people?facets=true&q="+canaryName), h.planner.get(t, "/v1/people?facets=true&q=Quetzalcoatlus")},
		"a careful person by name":                   {h.planner.get(t, "/v1/people?facets=true&q="+carefulName), h.planner.get(t, "/v1/people?facets=true&q=Quetzalcoatlus")},
		"the cursor of another's list":               {h.organisation.get(t, "/v1/people?limit=1&cursor="+page.Next), h.organisation.get(t, "/v1/people?limit=1&cursor=AAAA")},
		"a new person of another organisation":       {h.organisation.post(t, "/v1/people", profile(other)), h.organisation.post(t, "/v1/people", profile(absentID))},
		"a person who moves to another organisation": {move(other), move(absentID)},
		"inviting a hidden person":                   {draft(hidden), draft(absentID)},
		"reading a hidden person":                    {h.planner.get(t, "/v1/people/"+hidden), h.planner.get(t, "/v1/people/"+absentID)},
		"a foreign person that one has already":      {h.organisation.get(t, "/v1/people/"+foreign.ids["id"], "If-None-Match", "*"), h.organisation.get(t, "/v1/people/"+absentID, "If-None-Match", "*")},
		"a foreign draft that one has already":       {h.planner.get(t, "/v1/meetings/"+id("meetings", "other's draft"), "If-None-Match", `"1"`), h.planner.get(t, "/v1/meetings/"+absentID, "If-None-Match", `"1"`)},
		"a foreign person on any version":            {h.organisation.patch(t, "/v1/people/"+foreign.ids["id"], "*", map[string]any{}), h.organisation.patch(t, "/v1/people/"+absentID, "*", map[string]any{})},
		"a foreign meeting on any version":           {h.planner.patch(t, "/v1/meetings/"+id("meetings", "other"), "*", map[string]any{}), h.planner.patch(t, "/v1/meetings/"+absentID, "*", map[string]any{})},
		"the note of a foreign draft, as JSON":       {h.official.get(t, "/v1/meetings/"+id("meetings", "other's draft")+"/concept-note?format=json"), h.official.get(t, "/v1/meetings/"+absentID+"/concept-note?format=json")},
		"an id that is none":                         {h.organisation.get(t, "/v1/people/"+foreign.ids["id"]), h.organisation.get(t, "/v1/people/none")},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := alike(pair[0]), alike(pair[1]); got != want || pair[0].status >= 500 {
				t.Errorf("%s\n%s\n%s", pair[0].asked, got, want)
			}
		})
	}
	for _, c := range []client{h.planner, h.official} {
		drafts := c.get(t, "/v1/meetings?limit=100").is(t, 200)
		if strings.Contains(string(drafts.body), id("meetings", "other's draft")) {
			t.Error("another's draft is listed")
		}
	}
}

func find(t *testing.T, list []subject, relation string) subject {
	t.Helper()
	n := slices.IndexFunc(list, func(s subject) bool { return s.relation == relation })
	if n < 0 {
		t.Fatalf("no subject is %s: %s", relation, cmp.Or(fmt.Sprint(list), "none"))
	}
	return list[n]
}

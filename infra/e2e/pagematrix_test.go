package e2e

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/site"
)

// posted is a form that a page of the site takes.
type posted struct {
	route string     // as the template routes it
	path  string     // where that differs
	op    string     // the operation whose row in who_test.go says how far each role reaches, "" for everybody
	kind  string     // of its subject, "" when it has none
	form  url.Values // {id} and {person} are the subject's
	does  bool       // what it asks for is done, by whoever may; the others are refused, or change nothing
}

// gone is the version of a subject that is no more.
var gone = url.Values{"version": {"999999"}}

// forms are all that the pages take, in the order of their routes. No rule is written anew: a page reaches as far as the operation that
// does the same.
var forms = []posted{
	{route: "/account/erasure", op: "request-erasure"},
	{route: "/account/tokens", op: "create-token"},
	{route: "/account/tokens/revoke", op: "delete-token", kind: "tokens", form: url.Values{"id": {"{id}"}}, does: true},
	{route: "/accounts", op: "create-account"},
	{route: "/accounts", op: "change-account", kind: "accounts", form: url.Values{"id": {"{id}"}, "act": {"activate"}}},
	{route: "/confirm/{token}", kind: "confirmations"},
	{route: "/imports", op: "import-organisations"},
	{route: "/imports/{id}", op: "import-organisations", kind: "imports"},
	{route: "/meeting-types", op: "write-meeting-type"},
	{route: "/meeting-types/{slug}", op: "write-meeting-type", kind: "meeting-types", form: gone},
	{route: "/meetings/new", op: "create-meeting"},
	{route: "/meetings/{id}/board", op: "draft-invitations", kind: "invitation", form: url.Values{"act": {"draft"}, "people": {"x"}}},
	{route: "/meetings/{id}/board", op: "record-invitations", kind: "invitation", form: url.Values{"act": {"record"}, "people": {"{person}"}, "status": {"attended"}}},
	{route: "/meetings/{id}/board", op: "send-invitations", kind: "invitation", form: url.Values{"act": {"send"}}},
	{route: "/meetings/{id}/board", op: "remind-invitations", kind: "invitation", form: url.Values{"act": {"remind"}, "person": {"{person}"}}},
	{route: "/meetings/{id}/board", op: "revoke-invitation", kind: "invitation", form: url.Values{"act": {"revoke"}, "person": {"{person}"}}},
	{route: "/meetings/{id}/board", op: "record-attendance", kind: "invitation", form: url.Values{"act": {"attended"}, "person": {"{person}"}}},
	{route: "/meetings/{id}/board", op: "record-attendance", kind: "invitation", form: url.Values{"act": {"absent"}, "person": {"{person}"}}},
	{route: "/meetings/{id}/concept-note", op: "approve-concept-note", kind: "meetings", form: gone},
	{route: "/meetings/{id}/edit", op: "change-meeting", kind: "meetings", form: gone},
	{route: "/meetings/{id}/summary/edit", op: "write-summary", kind: "summaries", form: gone},
	{route: "/meetings/{id}/summary/feedback", op: "answer-recommendation", kind: "summaries", form: gone},
	{route: "/meetings/{id}/summary/publish", op: "publish-summary", kind: "summaries", form: gone},
	{route: "/meetings/{id}/{move}", path: "/meetings/{id}/open", op: "open-meeting", kind: "summaries"}, // of meetings that are closed
	{route: "/meetings/{id}/{move}", path: "/meetings/{id}/hold", op: "hold-meeting", kind: "summaries"},
	{route: "/meetings/{id}/{move}", path: "/meetings/{id}/close", op: "close-meeting", kind: "summaries"},
	{route: "/meetings/{id}/{move}", path: "/meetings/{id}/cancel", op: "cancel-meeting", kind: "summaries"},
	{route: "/mergers", op: "start-merger"},
	{route: "/mergers/{id}", op: "undo-merger", kind: "mergers"},
	{route: "/organisations/new", op: "create-organisation"},
	{route: "/organisations/{id}/confirm", op: "confirm-organisation", kind: "organisations", does: true},
	{route: "/organisations/{id}/edit", op: "change-organisation", kind: "organisations", form: gone},
	{route: "/people/new", op: "create-person"},
	{route: "/people/{id}/edit", op: "change-person", kind: "people", form: gone},
	{route: "/requests", op: "grant-erasure", kind: "erasures", form: url.Values{"id": {"{id}"}}},
	{route: "/rsvp/{token}", kind: "rsvp"},
	{route: "/sign-out", does: true},
}

// name tells a form from the others of its route.
func (p posted) name() string {
	return strings.TrimSuffix(p.at(map[string]string{"id": "{id}"})+" "+p.form.Get("act"), " ")
}

func (p posted) at(ids map[string]string) string {
	path := p.route
	if p.path != "" {
		path = p.path
	}
	return operation{path: path}.at(ids)
}

// reach is how far the role reaches with the form.
func (p posted) reach(t *testing.T, c caller) string {
	t.Helper()
	if p.op == "" {
		return "all"
	}
	row, known := who[p.op]
	if !known {
		t.Fatalf("%s is no operation of who_test.go", p.op)
	}
	return c.far(row)
}

// send sends the form about a subject with a session, as a page of our own does, or with the headers that are given instead.
func (p posted) send(t *testing.T, h house, session string, ids map[string]string, headers ...string) answer {
	t.Helper()
	if headers == nil {
		headers = []string{"Origin", h.URL}
	}
	body, media := url.Values{}, "application/x-www-form-urlencoded"
	for name, values := range p.form {
		for _, value := range values {
			if of, is := strings.CutPrefix(value, "{"); is {
				value = absentID
				if id := ids[strings.TrimSuffix(of, "}")]; id != "" {
					value = id
				}
			}
			body.Add(name, value)
		}
	}
	sent := body.Encode()
	if p.route == "/imports" {
		sent, media = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\npeople\r\n--b--\r\n", "multipart/form-data; boundary=b"
	}
	return h.anonymous.post(t, p.at(ids), sent, append(headers, "Content-Type", media, "Cookie", session)...)
}

// TestMatrixOfForms sends every form of the site as every role, about subjects in every relation to the sender. Who may not reach a
// subject is shown what there is to see of one that is absent, and nothing is written; nor is it of what another site sends.
func TestMatrixOfForms(t *testing.T) {
	h := start(t)
	subjects, everybody := relate(t, h), callers(h)
	_, system := h.makes(t, h.organisation, map[string]any{"name": "System", "scope": "read"})
	system.get(t, "/v1/me").is(t, 200)
	var tokens list[struct{ ID string }]
	h.organisation.get(t, "/v1/tokens").is(t, 200).into(t, &tokens)
	subjects["tokens"] = []subject{{relation: "the organisation's", nearer: map[string]string{"organisation": "own"}, far: "beyond", ids: map[string]string{"id": tokens.Items[0].ID}}}
	for _, s := range subjects["summaries"][:2] { // so that no button moves them any more
		h.secretariat.post(t, "/v1/meetings/"+s.ids["id"]+"/close", nil).is(t, 200)
	}
	cookies := sessions(t, h)
	cookies["secretariat"] = h.visitor(t, "secretariat@demo.example")
	everyRouteHasAForm(t)

	before := h.tables(t)
	for _, p := range forms {
		t.Run("of another site "+p.name(), func(t *testing.T) { foreignForm(t, h, p, cookies["secretariat"], subjects) })
		for _, c := range everybody {
			t.Run(p.name()+" by "+c.name, func(t *testing.T) { sendOn(t, h, p, c, cookies[c.name], subjects) })
		}
	}
	if diff := gocmp.Diff(before, h.tables(t)); diff != "" {
		t.Errorf("the forms changed the tables:\n%s", diff)
	}
	for _, p := range forms {
		for _, c := range everybody {
			if p.does {
				t.Run(p.name()+" is done for "+c.name, func(t *testing.T) { doOn(t, h, p, c, cookies[c.name], subjects) })
			}
		}
	}
}

// everyRouteHasAForm checks the forms against the routes of the pages.
func everyRouteHasAForm(t *testing.T) {
	t.Helper()
	var routes []string
	for _, route := range slices.Concat(site.Routes(), site.ImportRoutes(), site.RequestRoutes(), site.MergerRoutes()) {
		if path, posts := strings.CutPrefix(route, "POST "); posts {
			routes = append(routes, path)
		} else if !strings.HasPrefix(route, "GET ") && route != "ANY /{rest+}" {
			t.Errorf("%s is neither read nor posted to", route)
		}
	}
	var taken []string
	for _, p := range forms {
		taken = append(taken, p.route)
	}
	slices.Sort(routes)
	slices.Sort(taken)
	if diff := gocmp.Diff(routes, slices.Compact(taken)); diff != "" {
		t.Errorf("the routes that take forms (-) and the forms that are tried (+); a new one needs a row in pagematrix_test.go:\n%s", diff)
	}
}

// sendOn sends a form as one role about every subject of its kind, where that changes nothing.
func sendOn(t *testing.T, h house, p posted, c caller, session string, subjects map[string][]subject) {
	far := p.reach(t, c)
	if p.does && p.kind == "" {
		return
	}
	absent := p.send(t, h, session, nil)
	for _, s := range subjects[p.kind] {
		within := rank[far] >= rank[s.needs(c.name)]
		if p.does && within && s.relation != "absent" && far != "no" {
			continue
		}
		got := p.send(t, h, session, s.ids)
		switch {
		case far == "no":
			refusedTo(t, c, got)
		case s.relation == "absent" || !within:
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
	case p.kind == "":
		passed(t, "none", absent)
	default:
		absent.is(t, http.StatusNotFound)
	}
}

// doOn sends a form that does what it asks for as one role about the subjects that the role reaches.
func doOn(t *testing.T, h house, p posted, c caller, session string, subjects map[string][]subject) {
	far := p.reach(t, c)
	reached := slices.Clone(subjects[p.kind])
	if p.kind == "" {
		reached = []subject{{far: "all"}}
	}
	for _, s := range reached {
		if far != "no" && s.relation != "absent" && rank[far] >= rank[s.needs(c.name)] {
			before := h.tables(t)
			p.send(t, h, session, s.ids).is(t, http.StatusSeeOther)
			if c.token != "" && gocmp.Equal(before, h.tables(t)) {
				t.Errorf("%s: nothing is done", s.relation)
			}
		}
	}
}

// foreignForm sends a form, with the session of whoever may do most, as pages of other sites make browsers send it, and without a
// word of where it comes from.
func foreignForm(t *testing.T, h house, p posted, session string, subjects map[string][]subject) {
	var ids map[string]string
	if of := subjects[p.kind]; len(of) > 0 {
		ids = of[0].ids
	}
	for name, headers := range map[string][]string{
		"another site": {"Sec-Fetch-Site", "cross-site"}, "a sister site": {"Sec-Fetch-Site", "same-site"},
		"another origin": {"Origin", "https://evil.example"}, "an origin that is hidden": {"Origin", "null"}, "no origin": {},
	} {
		if got := p.send(t, h, session, ids, headers...).is(t, http.StatusForbidden); !strings.Contains(string(got.body), "did not come from our page") {
			t.Errorf("%s: the page says %s", name, got.body)
		}
	}
}

package site

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestDocumentationOfASpecification(t *testing.T) {
	spec, err := readOpenAPI([]byte(`{
		"info": {"version": "2.0.0", "description": "A <b>directory</b>."},
		"paths": {
			"/v1/phases/{number}": {"patch": {
				"operationId": "change-phase", "tags": ["phases"], "summary": "Change a phase", "description": "Its years & label.", "x-act": "phase.changed",
				"parameters": [{"name": "number", "in": "path", "required": true, "description": "From 1", "schema": {"type": "integer", "examples": [4]}}],
				"requestBody": {"content": {"application/merge-patch+json": {"schema": {"type": "object", "required": ["label"], "properties": {
					"label": {"type": ["string", "null"], "description": "<script>alert(1)</script>"},
					"areas": {"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/Expertise"}, {"type": "string"}]}},
					"counts": {"type": "object", "additionalProperties": {"type": "integer"}},
					"kind": {"type": "string", "enum": ["a", "b"]},
					"at": {"type": "string", "format": "date-time"}
				}}}}},
				"responses": {"200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Expertise"}}}}, "412": {"description": "Stale"}}
			}},
			"/v1/rsvp/{token}": {"get": {"operationId": "read-rsvp", "tags": ["rsvp"], "summary": "Read", "x-act": "rsvp.read", "responses": {}}}
		},
		"components": {"schemas": {"Expertise": {"type": "object", "description": "What one knows", "additionalProperties": false, "properties": {"area": {"type": "string"}}}}}
	}`))
	must(t, err)
	want := documentation{
		Version: "2.0.0", Description: "A <b>directory</b>.", Problems: problems(),
		Groups: []group{
			{Name: "phases", Operations: []operation{{
				ID: "change-phase", Method: "PATCH", Path: "/v1/phases/{number}", Who: "secretariat", Summary: "Change a phase", Description: "Its years & label.",
				Parameters: []field{{Name: "number", In: "path", Type: "integer", Required: true, Text: "From 1", Example: "4"}},
				Media:      []string{"application/merge-patch+json"},
				Fields: []field{
					{Name: "areas", Type: "list of Expertise or string", Body: "Expertise"}, {Name: "at", Type: "instant"},
					{Name: "counts", Type: "map of integer"}, {Name: "kind", Type: "a | b"},
					{Name: "label", Type: "string or null", Required: true, Text: "<script>alert(1)</script>"},
				},
				Answers:  []answer{{Status: "200", Text: "OK", Type: "Expertise", Body: "Expertise"}},
				Problems: []problem{{412, "Precondition Failed", "problem-precondition-failed"}},
			}}},
			{Name: "rsvp", Operations: []operation{{ID: "read-rsvp", Method: "GET", Path: "/v1/rsvp/{token}", Who: "the bearer of the link", Summary: "Read"}}},
		},
		Bodies: []body{{Name: "Expertise", Text: "What one knows", Fields: []field{{Name: "area", Type: "string"}}}},
	}
	got := newDocumentation(spec)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("the view differs (-want +got):\n%s", diff)
	}
	page := render(t, "docs", "en", got)
	says(t, page, "A <b>directory</b>.", "PATCH /v1/phases/{number}", "Open to: secretariat", "Its years & label.", "number path required", "integer, such as 4",
		"<script>alert(1)</script>", "Body: as application/merge-patch+json", "Answer: 200 OK, Expertise", "Problems: 412", "What one knows")
	hides(t, page, "<script", "<b>")
}

func TestWhoMayDoAnAct(t *testing.T) {
	for act, want := range map[csdn.Act]string{
		"area.read": "anyone", "me.read": "everyone signed in", "organisation.changed": "secretariat, organisation", "composition.read": "secretariat, planner, official",
	} {
		if got := who("/v1/x", act); got != want {
			t.Errorf("%s is open to %q, want %q", act, got, want)
		}
	}
}

// TestDocumentationOfOurSpecification reads the page as a visitor would: every operation is there, every link within the page
// leads somewhere, and so does the type of every problem.
func TestDocumentationOfOurSpecification(t *testing.T) {
	h := New(nil, Pages{})
	w := ask(h, http.MethodGet, "/docs", "")
	if w.Code != http.StatusOK {
		t.Fatalf("status is %d", w.Code)
	}
	ids := map[string]int{}
	elements := parsed(t, w.Body.String())
	for _, e := range elements {
		if id := attribute(e, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the id %s is there %d times", id, n)
		}
	}
	for _, e := range elements {
		if target, within := strings.CutPrefix(attribute(e, "href"), "#"); within && ids[target] == 0 {
			t.Errorf("a link leads to #%s, which is not there", target)
		}
	}
	var spec struct {
		Paths map[string]map[string]struct {
			ID        string                     `json:"operationId"`
			Act       string                     `json:"x-act"`
			Responses map[string]json.RawMessage `json:"responses"`
		}
	}
	must(t, json.Unmarshal(specification, &spec))
	if len(spec.Paths) == 0 {
		t.Error("the specification has no paths")
	}
	for path, methods := range spec.Paths {
		for method, op := range methods {
			if ids[op.ID] == 0 {
				t.Errorf("%s %s is not documented", method, path)
			}
			if who(path, csdn.Act(op.Act)) == "" {
				t.Errorf("%s %s is open to nobody: no row of the policy governs %q", method, path, op.Act)
			}
		}
	}
	for _, status := range []int{400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503} {
		p := web.NewProblem(status, "")
		if _, id, _ := strings.Cut(p.Type, "#"); ids[id] == 0 {
			t.Errorf("the type of the problem %d leads to #%s, which is not there", status, id)
		}
	}
}

package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// canary is what must not be said again.
const canary = "canary-Amina-Diarra"

// bodies are requests in order, by operation.
var bodies = map[string]string{
	"create-organisation":  `{"name": "SDF", "type": "ngo", "country": "ML", "areas": ["mediation"]}`,
	"change-organisation":  `{"name": "SDF"}`,
	"create-person":        `{"name": "Amina Diarra", "email": "amina@sdf.example", "organisation": "` + aULID + `", "consent": {"basis": "consent", "givenAt": "2027-01-01T00:00:00Z"}}`,
	"change-person":        `{"position": "Director"}`,
	"create-account":       `{"email": "amina@sdf.example", "role": "planner"}`,
	"change-account":       `{"active": false}`,
	"create-token":         `{"name": "Website"}`,
	"write-area":           `{"label": {"en": "Mediation", "fr": "Médiation"}}`,
	"write-meeting-type":   `{"label": {"en": "Retreat", "fr": "Retraite"}}`,
	"merge-area":           `{"into": "mediation"}`,
	"create-phase":         `{"number": 4, "label": "Fourth phase", "from": 2020, "to": 2023}`,
	"change-phase":         `{"to": 2024}`,
	"create-meeting":       `{"phase": 4, "type": "other", "title": "Gathering", "start": "2027-02-01T09:15", "end": "2027-02-01T11:30", "mode": "in-person"}`,
	"change-meeting":       `{"title": "Gathering"}`,
	"draft-invitations":    `{"people": ["` + aULID + `"]}`,
	"record-invitations":   `{"people": ["` + aULID + `"], "status": "attended"}`,
	"send-invitations":     `{}`,
	"remind-invitations":   `{}`,
	"reschedule-meeting":   `{"start": "2027-02-08T09:15", "end": "2027-02-08T11:30"}`,
	"revoke-invitation":    `{"reason": "A change of plan"}`,
	"record-attendance":    `{"status": "attended"}`,
	"cancel-meeting":       `{"reason": "A change of plan"}`,
	"answer-rsvp":          `{"answer": "accepted"}`,
	"confirm-organisation": `{"areas": ["mediation"]}`,
	"confirm-person":       `{}`,
	"make-shortlist":       `{"size": 5}`,

	"write-summary":         `{"text": "What was said", "recommendations": [{"text": "Listen"}]}`,
	"publish-summary":       `{"override": true, "reason": "Agreed"}`,
	"answer-recommendation": `{"institution": "eeas", "status": "noted"}`,

	"import-organisations": "name type country\nSDF ngo ML",
	"import-people":        "name email\nAmina amina@sdf.example",
}

// send makes the request of an operation with the body.
func (f face) send(t *testing.T, op described, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	contentType := "application/json"
	if op.method == http.MethodPatch {
		contentType = mergePatchType
	}
	if op.RequestBody != nil && op.RequestBody.Content["text/csv"] != nil {
		contentType = "text/csv"
	}
	headers = append([]string{"If-Match", "*", "Content-Type", contentType}, headers...)
	if op.RequestBody == nil {
		return f.do(t, secretariat, op.method, target, nil, headers...)
	}
	return f.do(t, secretariat, op.method, target, strings.NewReader(body), headers...)
}

func TestFaultsAreOpaqueInEveryOperation(t *testing.T) {
	for _, op := range operations(newFace(newShelf()).api) {
		if _, known := bodies[op.OperationID]; op.RequestBody != nil && !known {
			t.Errorf("no body is known for %s", op.OperationID)
			continue
		}
		t.Run(op.OperationID, func(t *testing.T) {
			s := newShelf()
			f := newFace(s)
			s.fault = fmt.Errorf("read %s: %w", canary, errors.New(canary))
			answer := f.send(t, op, op.target(), bodies[op.OperationID])
			problemIn(t, answer, http.StatusInternalServerError)
			quiet(t, answer)
			if log := f.log.String(); !strings.Contains(log, "operation="+op.OperationID) || !strings.Contains(log, "cause=") {
				t.Errorf("the log does not say what failed: %s", log)
			}

			s.fault = fmt.Errorf("read %s: %w", canary, &csdn.Error{Kind: csdn.Unavailable, Message: "Try again.", RetryAfter: 3 * time.Second, Cause: errors.New(canary)})
			answer = f.send(t, op, op.target(), bodies[op.OperationID])
			problemIn(t, answer, http.StatusServiceUnavailable)
			quiet(t, answer)
			if got := answer.Header().Get("Retry-After"); got != "3" {
				t.Errorf("Retry-After is %q", got)
			}
		})
	}
}

// quiet checks that an answer that is an error does not have the canary, in its body or in its headers.
func quiet(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	if answer.Code < 400 {
		return
	}
	if text := fmt.Sprint(answer.Header(), answer.Body); strings.Contains(text, canary) {
		t.Errorf("%d repeats what was submitted: %s", answer.Code, text)
	}
	if answer.Header().Get("Content-Type") != web.ProblemType {
		t.Errorf("%d is no problem document: %s", answer.Code, answer.Body)
	}
}

func TestNothingSubmittedIsSaidAgain(t *testing.T) {
	for _, op := range operations(newFace(newShelf()).api) {
		t.Run(op.OperationID, func(t *testing.T) {
			for _, s := range []*shelf{newShelf(), patchable()} {
				f := newFace(s)
				tell := func(what string, answer *httptest.ResponseRecorder) {
					t.Helper()
					quiet(t, answer)
					if answer.Code >= 500 {
						t.Errorf("%s is a fault of ours: %d %s", what, answer.Code, answer.Body)
					}
					if strings.Contains(f.log.String(), canary) {
						t.Errorf("%s is in the log: %s", what, f.log)
					}
					f.log.Reset()
				}
				body := bodies[op.OperationID]
				for _, p := range op.Parameters {
					switch p.In {
					case "path":
						tell("a path", f.send(t, op, strings.Replace(strings.Replace(op.path, "{"+p.Name+"}", canary, 1), "{id}", aULID, 1), body))
					case "query":
						tell("a query", f.send(t, op, op.target()+"?"+p.Name+"="+url.QueryEscape(canary), body))
						tell("a query", f.send(t, op, op.target()+"?"+p.Name+"="+url.QueryEscape(canary+","+canary), body))
					case "header":
						tell("a header", f.send(t, op, op.target(), body, p.Name, canary))
					}
				}
				tell("a content type", f.send(t, op, op.target(), body, "Content-Type", "text/"+canary))
				if op.RequestBody == nil {
					continue
				}
				for _, broken := range []string{canary, `"` + canary + `"`, `["` + canary + `"]`, `{"name": "` + canary, `{"name": "` + canary + `"} "` + canary + `"`} {
					tell("a broken body", f.send(t, op, op.target(), broken))
				}
				for name := range propertiesOf(f.api, op) {
					for _, value := range []string{`"` + canary + `"`, `["` + canary + `"]`, `[["` + canary + `"]]`, `{"slug": "` + canary + `"}`, `[{"slug": "` + canary + `", "kind": "` + canary + `"}]`} {
						tell("a field", f.send(t, op, op.target(), withField(t, body, name, value)))
					}
				}
			}
		})
	}
}

// propertiesOf returns the properties of the body of an operation.
func propertiesOf(a *API, op described) map[string]*huma.Schema {
	for _, media := range op.RequestBody.Content {
		schema := media.Schema
		if schema.Ref != "" {
			schema = a.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
		}
		return schema.Properties
	}
	return nil
}

// withField returns the body with one field set anew.
func withField(t *testing.T, body, name, value string) string {
	t.Helper()
	object := decoded(t, body).(map[string]any)
	object[name] = decoded(t, value)
	return encoded(t, object)
}

func TestErrorsOfTheFramework(t *testing.T) {
	broken := &huma.ErrorDetail{Location: "body.name", Message: "is required", Value: canary}
	for _, test := range []struct {
		name   string
		status int
		errs   []error
		want   *web.Problem
	}{
		{"a body that cannot be read", 400, []error{errors.New(canary)}, web.NewProblem(400, "The body cannot be read as what its content type says.")},
		{"a body that is too large", 413, []error{errors.New(canary)}, web.NewProblem(413, "The body is larger than 1 MiB.")},
		{"another content type", 415, nil, web.NewProblem(415, "The content type of the body is not one that this operation takes.")},
		{"broken rules", 422, []error{broken, errors.New(canary)}, web.NewProblem(422, "The request breaks a rule; errors says which.", web.ProblemField{Location: "body.name", Message: "is required"})},
		{"details of what is no broken rule", 406, []error{broken}, web.NewProblem(406, "message of the framework")},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := problem(test.status, "message of the framework", test.errs...).(*web.Problem)
			if !ok || encoded(t, got) != encoded(t, test.want) {
				t.Errorf("got %s, want %s", encoded(t, got), encoded(t, test.want))
			}
		})
	}
}

func TestABodyHasALimit(t *testing.T) {
	f := newFace(newShelf())
	answer := f.do(t, secretariat, http.MethodPost, "/v1/phases", strings.NewReader(strings.Repeat(" ", web.MaximumBody)+"{}"), "Content-Type", "application/json")
	problemIn(t, answer, http.StatusRequestEntityTooLarge)
	exact := bodies["create-phase"]
	exact = strings.Repeat(" ", web.MaximumBody-len(exact)) + exact
	if answer := f.do(t, secretariat, http.MethodPost, "/v1/phases", strings.NewReader(exact), "Content-Type", "application/json"); answer.Code != http.StatusCreated {
		t.Errorf("a body of the greatest length: %d %s", answer.Code, answer.Body)
	}
}

func unhandled(context.Context, csdn.Caller, *struct{}) (*struct{}, error) { return nil, nil }

package web_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// statuses is the contract's table of errors.
var statuses = map[csdn.Kind]int{
	csdn.Malformed: 400, csdn.Invalid: 422, csdn.Unauthenticated: 401, csdn.Forbidden: 403, csdn.NotFound: 404, csdn.Conflict: 409,
	csdn.Stale: 412, csdn.TooLarge: 413, csdn.Unconditional: 428, csdn.TooMany: 429, csdn.Unavailable: 503,
}

func TestEveryKindHasItsStatus(t *testing.T) {
	kinds := kindsOf(t)
	if len(kinds) != len(statuses) {
		t.Errorf("csdn has %d kinds of error, and the table here %d", len(kinds), len(statuses))
	}
	for _, kind := range kinds {
		t.Run(string(kind), func(t *testing.T) {
			p := web.ProblemOf(fmt.Errorf("while reading: %w", csdn.Errorf(kind, "Public words.")), "body")
			title := http.StatusText(statuses[kind])
			want := &web.Problem{Type: "/docs#problem-" + strings.ToLower(strings.ReplaceAll(title, " ", "-")), Title: title, Status: statuses[kind], Detail: "Public words."}
			if diff := cmp.Diff(want, p, ignoreUnexported); diff != "" {
				t.Errorf("the problem differs (-want +got):\n%s", diff)
			}
			if p.GetStatus() != statuses[kind] {
				t.Errorf("its status is told as %d", p.GetStatus())
			}
		})
	}
}

var ignoreUnexported = cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".retryAfter" }, cmp.Ignore())

// kindsOf reads the kinds of error from the source of csdn, so that one added there cannot be forgotten here.
func kindsOf(t *testing.T) []csdn.Kind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../csdn/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []csdn.Kind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Kind" {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, csdn.Kind(text))
		}
		return true
	})
	if len(kinds) == 0 {
		t.Fatal("csdn has no kinds of error")
	}
	return kinds
}

func TestWhatIsNoErrorOfTheDomainIsOpaque(t *testing.T) {
	const canary = "canary@person.example"
	for _, test := range []struct {
		name string
		err  error
	}{
		{"a plain error", errors.New(canary)},
		{"a wrapped error", fmt.Errorf("read %s: %w", canary, errors.New(canary))},
		{"a kind without a message", csdn.NotFound},
		{"a kind that nobody knows", csdn.Errorf("surprising", canary)},
		{"a kind that nobody knows, with fields", &csdn.Error{Kind: "surprising", Message: canary, Fields: []csdn.Field{{Location: canary, Message: canary}}}},
		{"no error", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := httptest.NewRecorder()
			web.WriteProblem(answer, web.ProblemOf(test.err, "body"))
			if answer.Code != http.StatusInternalServerError {
				t.Errorf("the status is %d", answer.Code)
			}
			if strings.Contains(answer.Body.String(), canary) || strings.Contains(answer.Body.String(), string(csdn.NotFound)) {
				t.Errorf("the body repeats the error: %s", answer.Body)
			}
			var body map[string]any
			if err := json.Unmarshal(answer.Body.Bytes(), &body); err != nil || body["status"] != 500.0 || body["errors"] != nil {
				t.Errorf("the body is %s (%v)", answer.Body, err)
			}
		})
	}
}

func TestTheCauseOfADomainErrorIsForLogs(t *testing.T) {
	answer := httptest.NewRecorder()
	web.WriteProblem(answer, web.ProblemOf(fmt.Errorf("of canary-1: %w", &csdn.Error{Kind: csdn.Conflict, Message: "It is open.", Cause: errors.New("canary-2")}), "body"))
	if strings.Contains(answer.Body.String(), "canary") {
		t.Errorf("the body tells the cause: %s", answer.Body)
	}
}

func TestProblemDocument(t *testing.T) {
	err := &csdn.Error{Kind: csdn.Invalid, Message: "The meeting breaks a rule; errors says which.", Fields: []csdn.Field{
		{Location: "agenda[2].start", Message: "is not a time of day such as 09:15"}, {Location: "title", Message: "is required"},
	}}
	for _, test := range []struct {
		name    string
		problem *web.Problem
		want    string
	}{
		{"without fields", web.NewProblem(http.StatusNotFound, "There is nothing here."),
			`{"type":"/docs#problem-not-found","title":"Not Found","status":404,"detail":"There is nothing here."}`},
		{"without a detail", web.NewProblem(http.StatusNotFound, ""), `{"type":"/docs#problem-not-found","title":"Not Found","status":404}`},
		{"of a body", web.ProblemOf(err, "body"), `{"type":"/docs#problem-unprocessable-entity","title":"Unprocessable Entity","status":422,
			"detail":"The meeting breaks a rule; errors says which.","errors":[
			{"location":"body.agenda[2].start","message":"is not a time of day such as 09:15"},{"location":"body.title","message":"is required"}]}`},
		{"of a query", web.ProblemOf(&csdn.Error{Kind: csdn.Invalid, Message: "No.", Fields: []csdn.Field{{Location: "phase", Message: "is none"}}}, "query"),
			`{"type":"/docs#problem-unprocessable-entity","title":"Unprocessable Entity","status":422,"detail":"No.","errors":[{"location":"query.phase","message":"is none"}]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := httptest.NewRecorder()
			answer.Header().Set("Content-Type", "text/html")
			web.WriteProblem(answer, test.problem)
			if got := answer.Header().Get("Content-Type"); got != "application/problem+json" || answer.Code != test.problem.Status {
				t.Errorf("%d of the type %s", answer.Code, got)
			}
			if diff := cmp.Diff(decoded(t, test.want), decoded(t, answer.Body.String())); diff != "" {
				t.Errorf("the document differs (-want +got):\n%s", diff)
			}
			if test.problem.ContentType("text/html") != web.ProblemType {
				t.Error("the client's wish changes the media type")
			}
		})
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

func TestHeadersOfProblems(t *testing.T) {
	for _, test := range []struct {
		name string
		err  *csdn.Error
		want http.Header
	}{
		{"unauthenticated", csdn.Errorf(csdn.Unauthenticated, "Sign in."), http.Header{"Www-Authenticate": {"Bearer"}}},
		{"forbidden", csdn.Errorf(csdn.Forbidden, "No."), http.Header{}},
		{"too many", &csdn.Error{Kind: csdn.TooMany, RetryAfter: 90 * time.Second}, http.Header{"Retry-After": {"90"}}},
		{"too many, without a time", &csdn.Error{Kind: csdn.TooMany}, http.Header{"Retry-After": {"1"}}},
		{"unavailable", &csdn.Error{Kind: csdn.Unavailable, RetryAfter: 2 * time.Second}, http.Header{"Retry-After": {"2"}}},
		{"unavailable for less than a second", &csdn.Error{Kind: csdn.Unavailable, RetryAfter: 200 * time.Millisecond}, http.Header{"Retry-After": {"1"}}},
		{"unavailable until a time gone by", &csdn.Error{Kind: csdn.Unavailable, RetryAfter: -time.Minute}, http.Header{"Retry-After": {"1"}}},
		{"a conflict that names a time", &csdn.Error{Kind: csdn.Conflict, RetryAfter: time.Minute}, http.Header{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := web.ProblemOf(test.err, "")
			if diff := cmp.Diff(test.want, p.GetHeaders()); diff != "" {
				t.Errorf("the headers differ (-want +got):\n%s", diff)
			}
			answer := httptest.NewRecorder()
			web.WriteProblem(answer, p)
			for name := range test.want {
				if answer.Header().Get(name) != test.want.Get(name) {
					t.Errorf("%s is answered as %q", name, answer.Header().Get(name))
				}
			}
		})
	}
}

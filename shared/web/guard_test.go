package web_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// guarded is a face behind its guard on a real server, and what that logs.
type guarded struct {
	*httptest.Server
	log *bytes.Buffer
}

// guard serves the routes, each by its pattern, to a planner. Every look at the clock is 5 ms after the one before.
func guard(t *testing.T, routes map[string]http.HandlerFunc) guarded {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, handle := range routes {
		mux.HandleFunc(pattern, handle)
	}
	now := time.Date(2027, 2, 1, 8, 15, 0, 0, time.UTC)
	clock := func() time.Time { now = now.Add(5 * time.Millisecond); return now }
	log := &bytes.Buffer{}
	face := web.Guard(mux, slog.New(slog.NewJSONHandler(log, nil)), clock, func(*http.Request) string { return "REQUEST-1" })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := web.WithCaller(r.Context(), csdn.Caller{Account: "ACCOUNT-7", Role: csdn.PlannerRole, Token: "TOKEN-7", Scope: csdn.ReadScope})
		face.ServeHTTP(w, r.WithContext(ctx))
	}))
	t.Cleanup(server.Close)
	return guarded{server, log}
}

func (g guarded) do(t *testing.T, method, path string, body io.Reader) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, g.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer canary-credential")
	answer, err := g.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(text)
}

// lines waits for the server to have done, and returns what it logged but for the time.
func (g guarded) lines(t *testing.T) []map[string]any {
	t.Helper()
	g.Close()
	var all []map[string]any
	for decoder := json.NewDecoder(g.log); ; {
		var line map[string]any
		err := decoder.Decode(&line)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		delete(line, "time")
		all = append(all, line)
	}
}

func TestTheLogNamesTheRouteAndNeverThePath(t *testing.T) {
	g := guard(t, map[string]http.HandlerFunc{
		"GET /v1/rsvp/{token}":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) },
		"POST /v1/people":         func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) },
		"GET /v1/two":             func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202); w.WriteHeader(500) },
		"GET /v1/late":            func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a"); w.WriteHeader(500) },
		"GET /v1/people/{person}": func(http.ResponseWriter, *http.Request) { panic("at the disco") },
	})
	g.do(t, http.MethodGet, "/v1/rsvp/canary-token?q=canary-query", nil)
	g.do(t, http.MethodPost, "/v1/people?canary-name=canary-value", strings.NewReader("canary-body"))
	g.do(t, http.MethodGet, "/v1/two", nil)
	g.do(t, http.MethodGet, "/v1/late", nil)
	g.do(t, http.MethodGet, "/canary-nowhere", nil)
	g.do(t, http.MethodGet, "/v1/people/canary-person?q=canary-query", nil)
	lines := g.lines(t)
	line := func(route string, status float64, counted ...string) map[string]any {
		l := map[string]any{"level": "INFO", "msg": "request", "request": "REQUEST-1", "route": route, "status": status, "latency": 5.0, "account": "ACCOUNT-7", "token": "TOKEN-7"}
		for _, metric := range counted {
			l[metric] = 1.0
		}
		return l
	}
	panicked := map[string]any{"level": "ERROR", "msg": "a handler panicked", "request": "REQUEST-1", "cause": "at the disco"}
	want := []map[string]any{
		line("GET /v1/rsvp/{token}", 418, "refusals", "coldStarts"), line("POST /v1/people", 200), line("GET /v1/two", 202), line("GET /v1/late", 200), line("", 404, "refusals"),
		panicked, line("GET /v1/people/{person}", 500, "faults"),
	}
	for _, l := range lines {
		if text, err := json.Marshal(l); err != nil || strings.Contains(string(text), "canary") {
			t.Errorf("a line tells what the client sent (%v): %s", err, text)
		}
		delete(l, "stack")
		delete(l, "_aws")
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("the log differs (-want +got):\n%s", diff)
	}
}

func TestPanicsAreAnsweredAndSurvived(t *testing.T) {
	g := guard(t, map[string]http.HandlerFunc{
		"GET /before": func(http.ResponseWriter, *http.Request) { panic(errors.New("canary-cause")) },
		"GET /after": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, "half of")
			panic("canary-cause")
		},
		"GET /well": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "well") },
	})
	answer, body := g.do(t, http.MethodGet, "/before", nil)
	if answer.StatusCode != 500 || answer.Header.Get("Content-Type") != web.ProblemType || strings.Contains(body, "canary") || strings.Contains(body, "panic") {
		t.Errorf("%d %s: %s", answer.StatusCode, answer.Header.Get("Content-Type"), body)
	}
	if answer, body := g.do(t, http.MethodGet, "/after", nil); answer.StatusCode != 202 || body != "half of" {
		t.Errorf("what was begun ends as %d: %s", answer.StatusCode, body)
	}
	if answer, body := g.do(t, http.MethodGet, "/well", nil); answer.StatusCode != 200 || body != "well" {
		t.Errorf("the next is %d: %s", answer.StatusCode, body)
	}
	if lines := g.lines(t); len(lines) != 5 || !strings.Contains(lines[0]["stack"].(string), "guard_test.go") {
		t.Errorf("the log does not say where: %v", lines)
	}
}

// endless is a body whose length is not told.
type endless struct{ io.Reader }

func TestBodiesHaveALimit(t *testing.T) {
	exact, over := strings.Repeat("x", web.MaximumBody), strings.Repeat("x", web.MaximumBody+1)
	called := 0
	handle := func(w http.ResponseWriter, r *http.Request) {
		called++
		var large *http.MaxBytesError
		text, err := io.ReadAll(r.Body)
		if errors.As(err, &large) {
			web.WriteProblem(w, web.NewProblem(http.StatusRequestEntityTooLarge, "Too large."))
			return
		}
		if err != nil || len(text) != web.MaximumBody {
			t.Errorf("%d bytes were read: %v", len(text), err)
		}
	}
	for _, test := range []struct {
		name   string
		body   io.Reader
		status int
		calls  int
	}{
		{"of the greatest length", strings.NewReader(exact), 200, 1},
		{"a byte longer, refused before it is read", strings.NewReader(over), 413, 0},
		{"in chunks, of the greatest length", endless{strings.NewReader(exact)}, 200, 1},
		{"in chunks, a byte longer", endless{strings.NewReader(over)}, 413, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			called = 0
			g := guard(t, map[string]http.HandlerFunc{"POST /v1/people": handle})
			answer, body := g.do(t, http.MethodPost, "/v1/people", test.body)
			if answer.StatusCode != test.status || called != test.calls {
				t.Errorf("%d after %d calls: %s", answer.StatusCode, called, body)
			}
			if test.status == 413 && answer.Header.Get("Content-Type") != web.ProblemType {
				t.Errorf("the type is %s", answer.Header.Get("Content-Type"))
			}
		})
	}
}

func TestEveryAnswerIsProtected(t *testing.T) {
	g := guard(t, map[string]http.HandlerFunc{
		"GET /well":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "well") },
		"GET /broken": func(http.ResponseWriter, *http.Request) { panic("at the disco") },
		"GET /page": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Security-Policy", "default-src 'self'")
			w.Header().Set("Cache-Control", "max-age=60")
		},
	})
	want := map[string]string{
		"Cache-Control":                     "private, no-store",
		"Content-Security-Policy":           "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
		"Cross-Origin-Embedder-Policy":      "require-corp",
		"Cross-Origin-Opener-Policy":        "same-origin",
		"Cross-Origin-Resource-Policy":      "same-origin",
		"Permissions-Policy":                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Referrer-Policy":                   "no-referrer",
		"Strict-Transport-Security":         "max-age=63072000; includeSubDomains",
		"X-Content-Type-Options":            "nosniff",
		"X-Frame-Options":                   "DENY",
		"X-Permitted-Cross-Domain-Policies": "none",
	}
	check := func(method, path string, body io.Reader, want map[string]string) {
		t.Helper()
		answer, _ := g.do(t, method, path, body)
		for name, value := range want {
			if got := answer.Header.Values(name); len(got) != 1 || got[0] != value {
				t.Errorf("%s %s: %s is %q, want %q", method, path, name, got, value)
			}
		}
	}
	check(http.MethodGet, "/well", nil, want)
	check(http.MethodGet, "/broken", nil, want)
	check(http.MethodGet, "/nowhere", nil, want)
	check(http.MethodPost, "/well", strings.NewReader(strings.Repeat("x", web.MaximumBody+1)), want)
	want["Content-Security-Policy"], want["Cache-Control"] = "default-src 'self'", "max-age=60"
	check(http.MethodGet, "/page", nil, want)
}

func TestCallerOfAContext(t *testing.T) {
	planner := csdn.Caller{Account: "ACCOUNT-7", Role: csdn.PlannerRole, Organisation: "ORGANISATION-7"}
	if got := web.Caller(web.WithCaller(t.Context(), planner)); got != planner {
		t.Errorf("the caller is %+v", got)
	}
	if got, want := web.Caller(t.Context()), (csdn.Caller{Role: csdn.AnonymousRole}); got != want {
		t.Errorf("nobody is %+v, want %+v", got, want)
	}
	inner := web.WithCaller(web.WithCaller(t.Context(), planner), csdn.Caller{Role: csdn.AnonymousRole})
	if got := web.Caller(inner); got.Role != csdn.AnonymousRole || got.Account != "" {
		t.Errorf("the inner caller is %+v", got)
	}
}

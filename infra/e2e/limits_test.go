package e2e

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestRequestsAMinuteHaveALimit(t *testing.T) {
	h := startWith(t, map[string]string{"RequestsPerMinute": "40"})
	// Within two minutes of the clock there is one that is whole.
	var refused answer
	passed := 0
	for range 120 {
		a := h.official.get(t, "/v1/phases")
		if a.status == 429 {
			refused = a
			break
		}
		a.is(t, 200)
		passed++
	}
	if refused.status != 429 || passed > 80 {
		t.Fatalf("%d requests passed", passed)
	}
	wait, err := strconv.Atoi(refused.header.Get("Retry-After"))
	if err != nil || wait < 1 || wait > 60 || refused.header.Get("Content-Type") != "application/problem+json" || refused.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v: %s", refused.header, refused.body)
	}
	h.planner.get(t, "/v1/phases").is(t, 200)
	h.anonymous.get(t, "/v1/areas").is(t, 200)
	anonymous := 0
	for range 240 {
		if h.anonymous.get(t, "/v1/areas").status == 429 {
			break
		}
		anonymous++
	}
	if anonymous > 160 || anonymous < 40 {
		t.Errorf("%d anonymous requests passed", anonymous)
	}
	h.anonymous.get(t, "/healthz").is(t, 200)
	if counted := having(h.raw(t), "PeopleTable REQUESTS#", "expiresAt"); len(counted) < 2 {
		t.Errorf("counted are %v", counted)
	}
}

// chunked hides how long it is.
type chunked struct{ io.Reader }

func TestALongBodyOfUntoldLengthIsRefused(t *testing.T) {
	h := start(t)
	before := h.tables(t)
	body := chunked{strings.NewReader(`{"name": "Chunked", "type": "ngo", "country": "ML", "mission": "` + strings.Repeat("a", 1<<20) + `"}`)}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.URL+"/v1/organisations", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+h.secretariat.token)
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 413 || response.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s", response.StatusCode, response.Header.Get("Content-Type"))
	}
	if len(h.tables(t)) != len(before) {
		t.Error("something was written")
	}
}

// TestEveryAnswerIsProtected looks at an answer of each kind for what must stand on all of them.
func TestEveryAnswerIsProtected(t *testing.T) {
	h := start(t)
	etag := h.official.get(t, "/v1/phases/5").is(t, 200).etag()
	for name, a := range map[string]answer{
		"a page":         h.anonymous.get(t, "/").is(t, 200),
		"a style":        h.anonymous.get(t, "/style.css").is(t, 200),
		"a resource":     h.official.get(t, "/v1/phases/5").is(t, 200),
		"not changed":    h.official.get(t, "/v1/phases/5", "If-None-Match", etag).is(t, 304),
		"a problem":      h.anonymous.get(t, "/v1/phases").is(t, 401),
		"nowhere":        h.anonymous.get(t, "/nowhere").is(t, 404),
		"nowhere in v1":  h.anonymous.get(t, "/v1/nowhere").is(t, 404),
		"a wrong link":   h.anonymous.get(t, "/v1/rsvp/none").is(t, 404),
		"another method": h.anonymous.ask(t, "DELETE", "/docs", nil),
	} {
		for header, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "X-Permitted-Cross-Domain-Policies": "none",
		} {
			if got := a.header.Values(header); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
		for _, header := range []string{"Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "Strict-Transport-Security", "Cache-Control"} {
			if len(a.header.Values(header)) != 1 {
				t.Errorf("%s: %s is %q", name, header, a.header.Values(header))
			}
		}
		for _, header := range []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
			if got := a.header.Values(header); got != nil {
				t.Errorf("%s: %s is %q", name, header, got)
			}
		}
	}
}

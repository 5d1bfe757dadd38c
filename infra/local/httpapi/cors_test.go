package httpapi_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"csdn.example/directory/infra/local/httpapi"
	"csdn.example/directory/infra/local/template"
)

// allowing runs a gateway whose function answers, and claims that every origin may read it.
func allowing(t *testing.T, origins ...string) string {
	t.Helper()
	server := httptest.NewServer(httpapi.New(httpapi.Options{
		Template: template.Template{
			API: template.API{CORS: template.CORS{
				Origins: origins, Methods: []string{"GET", "POST"}, Headers: []string{"Authorization", "If-Match"},
				Exposed: []string{"ETag", "Location"}, MaxAge: 3600,
			}},
			Functions: []template.Function{{ID: "Nouns", Routes: []template.Route{{Method: "ANY", Path: "/{rest+}"}}}},
		},
		Invoke: func(context.Context, string, []byte) ([]byte, error) {
			return []byte(`{"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*", "ETag": "1"}, "body": "asked"}`), nil
		},
		Now: time.Now, NewID: func() string { return "id" }, Log: slog.New(slog.DiscardHandler),
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestOnlyAllowedOriginsReadAnswers(t *testing.T) {
	base := allowing(t, "https://www.example", "https://two.example")
	for _, test := range []struct {
		name, origin string
		allowed      bool
	}{
		{"allowed", "https://www.example", true},
		{"the other", "https://two.example", true},
		{"none", "", false},
		{"null", "null", false},
		{"another scheme", "http://www.example", false},
		{"another port", "https://www.example:8443", false},
		{"a longer host", "https://www.example.evil.example", false},
		{"a host that ends alike", "https://evilwww.example", false},
		{"a narrower host", "https://a.www.example", false},
		{"a slash at the end", "https://www.example/", false},
		{"two in one", "https://www.example,https://two.example", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			ask := func(method string, asked string) *http.Response {
				header := http.Header{}
				if test.origin != "" {
					header.Set("Origin", test.origin)
				}
				if asked != "" {
					header.Set("Access-Control-Request-Method", asked)
				}
				response, _ := do(t, method, base+"/v1/areas", header, "")
				return response
			}
			want := map[bool]string{true: test.origin}[test.allowed]
			read := ask(http.MethodGet, "")
			if got := read.Header.Values("Access-Control-Allow-Origin"); (want == "") != (got == nil) || want != "" && got[0] != want {
				t.Errorf("an answer is for %q", got)
			}
			if got := read.Header.Get("Access-Control-Expose-Headers"); (got == "ETag,Location") != test.allowed || read.Header.Get("ETag") != "1" {
				t.Errorf("an answer exposes %q", got)
			}
			if test.origin == "" {
				return
			}
			preflight := ask(http.MethodOptions, "POST")
			h := preflight.Header
			if preflight.StatusCode != 204 || h.Get("Access-Control-Allow-Origin") != want || h.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("a preflight is %d for %q", preflight.StatusCode, h.Get("Access-Control-Allow-Origin"))
			}
			if test.allowed && (h.Get("Access-Control-Allow-Methods") != "GET,POST" || h.Get("Access-Control-Allow-Headers") != "authorization,if-match" || h.Get("Access-Control-Max-Age") != "3600") {
				t.Errorf("a preflight is %v", h)
			}
		})
	}
}

func TestWhatIsNoPreflightReachesItsRoute(t *testing.T) {
	base := allowing(t, "https://www.example")
	for name, header := range map[string]http.Header{
		"without an origin": {"Access-Control-Request-Method": {"GET"}},
		"without a method":  {"Origin": {"https://www.example"}},
	} {
		if response, text := do(t, http.MethodOptions, base+"/v1/areas", header, ""); response.StatusCode != 200 || text != "asked" {
			t.Errorf("%s: %d %s", name, response.StatusCode, text)
		}
	}
}

func TestWithoutAListNoOriginIsAllowed(t *testing.T) {
	response, _ := do(t, http.MethodGet, allowing(t)+"/v1/areas", http.Header{"Origin": {""}}, "")
	if got := response.Header.Values("Access-Control-Allow-Origin"); got != nil {
		t.Errorf("an answer is for %q", got)
	}
}

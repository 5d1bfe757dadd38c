package gateway_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"csdn.example/directory/shared/gateway"
	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

func TestAddress(t *testing.T) {
	type address struct{ Path, Escaped, URI string }
	for _, test := range []struct {
		name, stage, path, query string
		want                     address
	}{
		{"plain", "$default", "/v1/areas", "", address{"/v1/areas", "/v1/areas", "/v1/areas"}},
		{"root", "$default", "/", "", address{"/", "/", "/"}},
		{"empty", "$default", "", "", address{"/", "/", "/"}},
		{"no leading slash", "$default", "v1", "", address{"/v1", "/v1", "/v1"}},
		{"trailing slash", "$default", "/v1/", "", address{"/v1/", "/v1/", "/v1/"}},
		{"double slash", "$default", "//other.example/v1", "", address{"//other.example/v1", "//other.example/v1", "//other.example/v1"}},
		{"escaped slash", "$default", "/v1/a%2Fb", "", address{"/v1/a/b", "/v1/a%2Fb", "/v1/a%2Fb"}},
		{"escaped accents", "$default", "/v1/%C3%A9tat", "", address{"/v1/état", "/v1/%C3%A9tat", "/v1/%C3%A9tat"}},
		{"needless escape", "$default", "/%76%31", "", address{"/v1", "/%76%31", "/%76%31"}},
		{"unescaped space", "$default", "/v1/a b", "", address{"/v1/a b", "/v1/a%20b", "/v1/a%20b"}},
		{"unescaped accents", "$default", "/v1/état", "", address{"/v1/état", "/v1/%C3%A9tat", "/v1/%C3%A9tat"}},
		{"unescaped percent", "$default", "/v1/100%", "", address{"/v1/100%", "/v1/100%25", "/v1/100%25"}},
		{"unescaped question mark", "$default", "/v1/a?b=1#c", "d=2", address{"/v1/a?b=1#c", "/v1/a%3Fb=1%23c", "/v1/a%3Fb=1%23c?d=2"}},
		{"query", "$default", "/v1", "area=ssr,ihl&area=gender", address{"/v1", "/v1", "/v1?area=ssr,ihl&area=gender"}},
		{"escaped query", "$default", "/v1", "q=%C3%A9tat+a%26b&x", address{"/v1", "/v1", "/v1?q=%C3%A9tat+a%26b&x"}},
		{"broken query", "$default", "/v1", "q=%zz;;&&=", address{"/v1", "/v1", "/v1?q=%zz;;&&="}},
		{"no stage", "", "//v1", "", address{"//v1", "//v1", "//v1"}},
		{"stage", "prod", "/prod/v1/areas", "", address{"/v1/areas", "/v1/areas", "/v1/areas"}},
		{"stage alone", "prod", "/prod", "", address{"/", "/", "/"}},
		{"stage once", "prod", "/prod/prod/x", "", address{"/prod/x", "/prod/x", "/prod/x"}},
		{"stage and escaped slash", "prod", "/prod/a%2Fb", "", address{"/a/b", "/a%2Fb", "/a%2Fb"}},
		{"not the stage", "prod", "/production/x", "", address{"/production/x", "/production/x", "/production/x"}},
		{"custom domain without the stage", "prod", "/v1/areas", "", address{"/v1/areas", "/v1/areas", "/v1/areas"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			event := newEvent(test.path, test.query)
			event.RequestContext.Stage = test.stage
			var got address
			answer(t, func(_ http.ResponseWriter, r *http.Request) {
				got = address{r.URL.Path, r.URL.EscapedPath(), r.RequestURI}
				served, err := url.ParseRequestURI(r.RequestURI) // as net/http's server does
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(served, r.URL); diff != "" {
					t.Error(diff)
				}
				if r.URL.RawQuery != test.query {
					t.Errorf("query %q", r.URL.RawQuery)
				}
			}, event)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRequest(t *testing.T) {
	type seen struct {
		Method, Host, RemoteAddr, Body string
		Length                         int64
		Header                         http.Header
	}
	plain := seen{Method: "GET", Host: "directory.example", RemoteAddr: "192.0.2.7:0", Header: http.Header{}}
	for _, test := range []struct {
		name   string
		change func(*events.APIGatewayV2HTTPRequest)
		want   func(*seen)
	}{
		{"plain", func(e *events.APIGatewayV2HTTPRequest) {}, func(s *seen) {}},
		{"no host", func(e *events.APIGatewayV2HTTPRequest) { e.Headers = nil }, func(s *seen) { s.Host = "api.directory.example" }},
		{
			"IPv6 and method",
			func(e *events.APIGatewayV2HTTPRequest) {
				e.RequestContext.HTTP.SourceIP, e.RequestContext.HTTP.Method = "2001:db8::7", "PATCH"
			},
			func(s *seen) { s.RemoteAddr, s.Method = "[2001:db8::7]:0", "PATCH" },
		},
		{"no address", func(e *events.APIGatewayV2HTTPRequest) { e.RequestContext.HTTP.SourceIP = "" }, func(s *seen) { s.RemoteAddr = "" }},
		{
			"headers stay joined",
			func(e *events.APIGatewayV2HTTPRequest) {
				e.Headers["if-match"], e.Headers["accept"] = `"a, b"`, "text/turtle,application/json"
			},
			func(s *seen) {
				s.Header = http.Header{"If-Match": {`"a, b"`}, "Accept": {"text/turtle,application/json"}}
			},
		},
		{
			"cookies",
			func(e *events.APIGatewayV2HTTPRequest) { e.Cookies = []string{"__Host-session=a=b", "lang=fr"} },
			func(s *seen) { s.Header = http.Header{"Cookie": {"__Host-session=a=b; lang=fr"}} },
		},
		{
			"body",
			func(e *events.APIGatewayV2HTTPRequest) { e.Body = `{"name":"é"}` },
			func(s *seen) { s.Body, s.Length = `{"name":"é"}`, 13 },
		},
		{
			"base64 body",
			func(e *events.APIGatewayV2HTTPRequest) { e.Body, e.IsBase64Encoded = "AP8=", true },
			func(s *seen) { s.Body, s.Length = "\x00\xff", 2 },
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			event := newEvent("/", "")
			test.change(&event)
			want := plain
			test.want(&want)
			var got seen
			answer(t, func(_ http.ResponseWriter, r *http.Request) {
				content, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				got = seen{r.Method, r.Host, r.RemoteAddr, string(content), r.ContentLength, r.Header}
			}, event)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBrokenBase64(t *testing.T) {
	event := newEvent("/", "")
	event.Body, event.IsBase64Encoded = "amina@", true
	_, err := gateway.Handler(http.NotFoundHandler())(t.Context(), event)
	if err == nil || !strings.Contains(err.Error(), "req-1") || strings.Contains(err.Error(), "amina") {
		t.Errorf("error %v", err)
	}
}

func TestMux(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/areas/{slug}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.PathValue("slug")) })
	if got := answer(t, mux.ServeHTTP, newEvent("/v1/areas/a%2Fb", "")); got.Body != "a/b" {
		t.Errorf("%d %q", got.StatusCode, got.Body)
	}
}

// FuzzAddress checks that every path and query arrives as its client meant it, whatever the stage, and that no raw path panics or
// yields a URL that contradicts itself.
func FuzzAddress(f *testing.F) {
	for _, path := range []string{"", "v1/areas", "a/b c", "é%", "%2F", "%zz", "a?b#c", "/", "//x", "..", "a;b", "\x00\xff\n", "$default", "prod"} {
		for _, query := range []string{"", "a=b&a=c", "q=%C3%A9+x", "%zz", "a;b", "?#", "&&=", "\xff"} {
			f.Add(path, query)
		}
	}
	f.Fuzz(func(t *testing.T, path, query string) {
		meant := "/" + path
		escaped := (&url.URL{Path: meant}).EscapedPath()
		for stage, raw := range map[string]string{"$default": escaped, "prod": "/prod" + escaped} {
			event := newEvent(raw, query)
			event.RequestContext.Stage = stage
			answer(t, func(_ http.ResponseWriter, r *http.Request) {
				if r.URL.Path != meant || r.URL.EscapedPath() != escaped || r.URL.RawQuery != query {
					t.Errorf("stage %s: %q?%q became %q (%q)?%q", stage, meant, query, r.URL.Path, r.URL.EscapedPath(), r.URL.RawQuery)
				}
			}, event)
		}
		answer(t, func(_ http.ResponseWriter, r *http.Request) {
			back, err := url.PathUnescape(r.URL.EscapedPath())
			if err != nil || back != r.URL.Path || !strings.HasPrefix(back, "/") {
				t.Errorf("raw %q: path %q, escaped %q, %v", path, r.URL.Path, r.URL.EscapedPath(), err)
			}
		}, newEvent(path, query))
	})
}

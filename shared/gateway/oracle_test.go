package gateway_test

import (
	"cmp"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"csdn.example/directory/shared/gateway"
	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
	gocmp "github.com/google/go-cmp/cmp"
)

// seenBy is what two adapters must agree on of a request. It leaves out what we do otherwise on purpose, to be like net/http's server:
// the URL is relative, Host stands apart from the headers, RemoteAddr has a port, cookies are one header, and a header's
// values are not split at commas.
type seenBy struct {
	Method, Path, Escaped, Query, URI, Address, Body string
	Length                                           int64
	Header                                           map[string][]string
	Cookies                                          []*http.Cookie
	Form                                             map[string][]string
}

func look(t *testing.T, r *http.Request) seenBy {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	header := map[string][]string{}
	for name, values := range r.Header {
		if name == "Host" || name == "Cookie" {
			continue
		}
		for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
			header[name] = append(header[name], strings.TrimSpace(part))
		}
	}
	return seenBy{
		r.Method, r.URL.Path, r.URL.EscapedPath(), r.URL.RawQuery, r.RequestURI, strings.TrimSuffix(r.RemoteAddr, ":0"),
		string(content), r.ContentLength, header, r.Cookies(), r.URL.Query(),
	}
}

func decoded(t *testing.T, got events.APIGatewayV2HTTPResponse) string {
	t.Helper()
	if !got.IsBase64Encoded {
		return got.Body
	}
	content, err := base64.StdEncoding.DecodeString(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// oracle serves the event with the handler through the adapter of awslabs.
func oracle(t *testing.T, h http.HandlerFunc, event events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPResponse {
	t.Helper()
	response, err := httpadapter.NewV2(h).ProxyWithContext(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func TestRequestsAgree(t *testing.T) {
	paths := []string{"/", "", "/v1/areas", "/v1/areas/", "/v1/a%2Fb", "/v1/%C3%A9tat", "/v1/état", "/a b", "/%76%31", "/a//b", "/a/../b", "/a;b,c@d:e+f", "/a%25b"}
	queries := []string{"", "area=ssr,ihl&area=gender&country=ML", "q=%C3%A9tat+a%26b", "x", "a=&=b&&", "q=a%zz", "cursor=aGk%3D", "a=1;b=2", "q=é"}
	shapes := map[string]func(*events.APIGatewayV2HTTPRequest){
		"plain":   func(e *events.APIGatewayV2HTTPRequest) {},
		"cookies": func(e *events.APIGatewayV2HTTPRequest) { e.Cookies = []string{"a=1", "b=x=y", `c="q"`} },
		"headers": func(e *events.APIGatewayV2HTTPRequest) {
			e.Headers["accept"] = "text/turtle;q=0.9, application/json"
			e.Headers["authorization"] = "Bearer a,b"
			e.Headers["user-agent"] = "Mozilla/5.0 (like Gecko, KHTML)"
			e.Headers["x-forwarded-for"] = "192.0.2.7,198.51.100.1"
		},
		"text": func(e *events.APIGatewayV2HTTPRequest) {
			e.RequestContext.HTTP.Method, e.Body, e.Headers["content-type"] = "POST", `{"é":1}`, "application/json"
		},
		"binary": func(e *events.APIGatewayV2HTTPRequest) {
			e.RequestContext.HTTP.Method, e.Body, e.IsBase64Encoded = "PUT", "AP8B", true
		},
	}
	for shape, change := range shapes {
		for _, path := range paths {
			for _, query := range queries {
				t.Run(shape+" "+path+"?"+query, func(t *testing.T) {
					event := newEvent(path, query)
					change(&event)
					var ours, theirs seenBy
					answer(t, func(_ http.ResponseWriter, r *http.Request) { ours = look(t, r) }, event)
					oracle(t, func(w http.ResponseWriter, r *http.Request) { theirs = look(t, r); w.WriteHeader(204) }, event)
					if diff := gocmp.Diff(theirs, ours); diff != "" {
						t.Error(diff)
					}
				})
			}
		}
	}
}

// The answers agree but for Content-Length, which we leave to the gateway, the space after a joining comma, and base64, which we use for
// every type that is not text.
func TestResponsesAgree(t *testing.T) {
	types := []string{"", "text/html; charset=utf-8", "application/problem+json", "application/pdf", "image/png"}
	bodies := []string{"", "a", "<html><p>é", "{}", "\x89PNG\r\n\x1a\n\xff", "%PDF-1.7"}
	for _, status := range []int{0, 200, 201, 303, 404, 422, 503} {
		for _, contentType := range types {
			for _, content := range bodies {
				h := func(w http.ResponseWriter, r *http.Request) {
					if contentType != "" {
						w.Header().Set("Content-Type", contentType)
					}
					w.Header()["Vary"] = []string{"Accept", "Cookie"}
					http.SetCookie(w, &http.Cookie{Name: "a", Value: "1", Path: "/"})
					http.SetCookie(w, &http.Cookie{Name: "b", Value: "2", HttpOnly: true})
					if content != "" && contentType == "" {
						w.Header().Set("Content-Type", http.DetectContentType([]byte(content))) // theirs guesses too late
					}
					if status != 0 {
						w.WriteHeader(status)
					}
					io.WriteString(w, content)
				}
				ours, theirs := answer(t, h, newEvent("/", "")), oracle(t, h, newEvent("/", ""))
				if content == "" {
					delete(theirs.Headers, "Content-Type") // guessed for nothing
					delete(ours.Headers, "Content-Type")
				}
				theirs.Headers["Vary"] = strings.ReplaceAll(theirs.Headers["Vary"], ",", ", ")
				ours.Body, theirs.Body = decoded(t, ours), decoded(t, theirs)
				ours.IsBase64Encoded, theirs.IsBase64Encoded = false, false
				if diff := gocmp.Diff(theirs, ours); diff != "" {
					t.Errorf("%d %q %q: %s", status, contentType, content, diff)
				}
			}
		}
	}
}

// TestDeliberateDifferences holds what we would not copy: the oracle leaves the stage on the path, reads a query out of
// an unescaped path, refuses a bare percent sign, fails when a handler writes nothing, lets a late status win and lets line
// breaks through.
func TestDeliberateDifferences(t *testing.T) {
	path := func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) }
	for _, test := range []struct {
		name, stage, path string
		handle            http.HandlerFunc
		ours, theirs      string // as brief tells
	}{
		{"stage", "prod", "/prod/v1", path, "/v1", "/prod/v1"},
		{"question mark", "$default", "/a?b", path, "/a?b", "/a"},
		{"percent", "$default", "/100%", path, "/100%", "504"},
		{"silence", "$default", "/", func(w http.ResponseWriter, r *http.Request) {}, "200", "504"},
		{"late status", "$default", "/", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); w.WriteHeader(500) }, "201", "500"},
		{
			"line break", "$default", "/",
			func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "/\nX: y")
				w.WriteHeader(303)
			},
			"/ X: y", "/\nX: y",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			event := newEvent(test.path, "")
			event.RequestContext.Stage = test.stage
			theirs, _ := httpadapter.NewV2(test.handle).ProxyWithContext(t.Context(), event)
			if got := brief(theirs); got != test.theirs {
				t.Errorf("theirs: %q, not %q any more", got, test.theirs)
			}
			ours, err := gateway.Handler(test.handle)(t.Context(), event)
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(ours); got != test.ours {
				t.Errorf("ours: %q, want %q", got, test.ours)
			}
		})
	}
}

// brief returns the body of a response, or else its Location, or else its status.
func brief(got events.APIGatewayV2HTTPResponse) string {
	return cmp.Or(got.Body, got.Headers["Location"], strconv.Itoa(got.StatusCode))
}

// FuzzRequestsAgree compares the adapters on requests as clients can mean them; what differs on purpose is kept out.
func FuzzRequestsAgree(f *testing.F) {
	f.Add("v1/areas", "area=ssr,ihl", "POST", `{"é":1}`, "application/json", "a=1")
	f.Add("a/b c%", "q=%C3%A9", "PUT", "\x00\xff", "text/turtle;q=0.9, */*", `c="q"`)
	f.Fuzz(func(t *testing.T, path, query, method, body, header, cookie string) {
		event := newEvent((&url.URL{Path: "/" + path}).EscapedPath(), query)
		valid := func(r rune) bool { return r >= 'A' && r <= 'Z' }
		if strings.Contains(query, "#") || strings.ContainsFunc(query, unicode.IsControl) || !utf8.ValidString(query) || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || !strings.ContainsFunc(method, valid) {
			return // no request line
		}
		event.RequestContext.HTTP.Method = method
		event.Body, event.IsBase64Encoded = base64.StdEncoding.EncodeToString([]byte(body)), true
		event.Headers["accept"] = header
		event.Cookies = []string{cookie}
		var ours, theirs seenBy
		got, err := gateway.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { ours = look(t, r) }))(t.Context(), event)
		if err != nil {
			t.Fatalf("%+v: %v", got, err)
		}
		if _, err := httpadapter.NewV2(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			theirs = look(t, r)
			w.WriteHeader(204)
		})).ProxyWithContext(t.Context(), event); err != nil {
			return // the other adapter refuses it
		}
		if diff := gocmp.Diff(theirs, ours); diff != "" {
			t.Error(diff)
		}
	})
}

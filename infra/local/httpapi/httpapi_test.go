package httpapi_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/infra/local/functiontest"
	"csdn.example/directory/infra/local/httpapi"
	"csdn.example/directory/infra/local/runtime"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

func TestMain(m *testing.M) { functiontest.Main(m) }

var instant = time.Date(2023, 2, 1, 9, 15, 0, 0, time.UTC)

// serve runs a gateway before the test's function: open routes, and routes with each kind of authorizer.
func serve(t *testing.T) string {
	t.Helper()
	var ids atomic.Int64
	newID := func() string { return fmt.Sprintf("id-%d", ids.Add(1)) }
	read := template.Template{
		API: template.API{Authorizers: map[string]template.Authorizer{
			"kept":   {Function: "Authorizer", Headers: []string{"Authorization"}, TTL: time.Minute},
			"always": {Function: "Authorizer"},
		}},
		Functions: []template.Function{
			{ID: "Authorizer", Folder: "authorizer", Timeout: 5 * time.Second},
			{ID: "Nouns", Folder: "nouns", Timeout: 5 * time.Second, Routes: []template.Route{
				{Method: "ANY", Path: "/nouns/{id}"},
				{Method: "GET", Path: "/answer"},
				{Method: "HEAD", Path: "/answer"},
				{Method: "GET", Path: "/kept", Authorizer: "kept"},
				{Method: "GET", Path: "/kept/too", Authorizer: "kept"},
				{Method: "GET", Path: "/always", Authorizer: "always"},
			}},
		},
	}
	limits := runtime.DefaultLimits()
	limits.Instances, limits.Queue = 1, 1
	r, err := runtime.Start(runtime.Options{
		Functions: read.Functions, Binaries: functiontest.Programs(t, "authorizer", "nouns"),
		Logs: filepath.Join(t.TempDir(), "logs"), Limits: limits,
		Now: time.Now, NewID: newID, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Stop)
	server := httptest.NewServer(httpapi.New(httpapi.Options{
		Template: read, Invoke: r.Invoke, Now: func() time.Time { return instant }, NewID: newID,
		Log: slog.New(slog.DiscardHandler),
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// do sends a request and returns the answer with its body read.
func do(t *testing.T, method, url string, header http.Header, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

func TestTheEventIsOfFormat2(t *testing.T) {
	base := serve(t)
	host := strings.TrimPrefix(base, "http://")
	_, port, _ := strings.Cut(host, ":")
	_, text := do(t, http.MethodPatch, base+"/nouns/a%20b%C3%A9?x=1&x=2&y=%2C", http.Header{
		"Content-Type": {"application/merge-patch+json"}, "X-Two": {"a", "b"}, "User-Agent": {"test"},
		"Cookie": {"one=1; two=2", "three=3"}, "Accept-Encoding": {"identity"},
	}, `{"a":"é"}`)
	var got events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	want := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: "ANY /nouns/{id}", RawPath: "/nouns/a bé", RawQueryString: "x=1&x=2&y=%2C",
		Cookies: []string{"one=1", "two=2", "three=3"},
		Headers: map[string]string{
			"host": host, "content-type": "application/merge-patch+json", "x-two": "a,b", "user-agent": "test",
			"accept-encoding": "identity", "content-length": "10", "x-forwarded-for": "127.0.0.1",
			"x-forwarded-port": port, "x-forwarded-proto": "http",
		},
		QueryStringParameters: map[string]string{"x": "1,2", "y": ","},
		PathParameters:        map[string]string{"id": "a bé"},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			RouteKey: "ANY /nouns/{id}", AccountID: template.AccountID, Stage: "$default", APIID: "local",
			DomainName: "127.0.0.1", DomainPrefix: "127",
			Time: "01/Feb/2023:09:15:00 +0000", TimeEpoch: instant.UnixMilli(), RequestID: got.RequestContext.RequestID,
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: "PATCH", Path: "/nouns/a bé", Protocol: "HTTP/1.1", SourceIP: "127.0.0.1", UserAgent: "test",
			},
		},
		Body: `{"a":"é"}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if got.RequestContext.RequestID == "" {
		t.Error("the request has no id")
	}
}

func TestBodies(t *testing.T) {
	base := serve(t)
	cases := []struct {
		name, kind, encoding, body, want string
		base64                           bool
	}{
		{"JSON", "application/json; charset=utf-8", "", "{}", "{}", false},
		{"text", "text/csv", "", "a,b", "a,b", false},
		{"a form", "application/x-www-form-urlencoded", "", "a=b", "YT1i", true},
		{"bytes called text", "text/plain", "", "\xff", "/w==", true},
		{"compressed JSON", "application/json", "gzip", "{}", "e30=", true},
		{"nothing", "application/octet-stream", "", "", "", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			header := http.Header{"Content-Type": {c.kind}}
			if c.encoding != "" {
				header.Set("Content-Encoding", c.encoding)
			}
			_, text := do(t, http.MethodPost, base+"/nouns/1", header, c.body)
			var got events.APIGatewayV2HTTPRequest
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				t.Fatal(err)
			}
			if got.Body != c.want || got.IsBase64Encoded != c.base64 {
				t.Errorf("body %q, in Base64 %t, want %q, %t", got.Body, got.IsBase64Encoded, c.want, c.base64)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	base := serve(t)
	cases := []struct {
		name, answer string
		status       int
		header       http.Header
		body         string
	}{
		{
			"a full answer",
			`{"statusCode":201,"headers":{"content-type":"text/html","x-a":"1"},"multiValueHeaders":{"vary":["a","b"]},
			  "cookies":["c=1; Secure","d=2"],"body":"aGk=","isBase64Encoded":true}`,
			201, http.Header{"Content-Type": {"text/html"}, "X-A": {"1"}, "Vary": {"a", "b"}, "Set-Cookie": {"c=1; Secure", "d=2"}}, "hi",
		},
		{"no body", `{"statusCode":204}`, 204, http.Header{"Content-Type": nil}, ""},
		{"a body without a type", `{"statusCode":200,"body":"<b>"}`, 200, http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, "<b>"},
		{"JSON without a status", `{"a":1}`, 200, http.Header{"Content-Type": {"application/json"}}, `{"a":1}`},
		{"a wrong status", `{"statusCode":7}`, 500, nil, `{"message":"Internal Server Error"}` + "\n"},
		{"wrong Base64", `{"statusCode":200,"body":"!","isBase64Encoded":true}`, 500, nil, `{"message":"Internal Server Error"}` + "\n"},
		{"the function's failure", `not JSON`, 500, nil, `{"message":"Internal Server Error"}` + "\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			response, body := do(t, http.MethodGet, base+"/answer?answer="+url.QueryEscape(c.answer), nil, "")
			if response.StatusCode != c.status || body != c.body {
				t.Errorf("answer %d %q, want %d %q", response.StatusCode, body, c.status, c.body)
			}
			for name, want := range c.header {
				if diff := cmp.Diff(want, response.Header[name]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
		})
	}
	response, body := do(t, http.MethodHead, base+"/answer?answer="+url.QueryEscape(`{"statusCode":200,"headers":{"content-length":"7"}}`), nil, "")
	if response.StatusCode != 200 || response.ContentLength != 7 || body != "" {
		t.Errorf("HEAD: %d, length %d, body %q", response.StatusCode, response.ContentLength, body)
	}
}

func TestTheGatewaysOwnAnswers(t *testing.T) {
	base := serve(t)
	cases := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"no route", "GET", "/nowhere", "", 404, `{"message":"Not Found"}`},
		{"another method", "DELETE", "/answer", "", 404, `{"message":"Not Found"}`},
		{"a body over 10 MB", "POST", "/nouns/1", strings.Repeat("x", 10<<20+1), 413, `{"message":"Request Entity Too Large"}`},
		{"an event over 6 MB", "POST", "/nouns/1", strings.Repeat("x", 5<<20), 413, `{"message":"Request Entity Too Large"}`},
		{"no identity", "GET", "/kept", "", 401, `{"message":"Unauthorized"}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			response, body := do(t, c.method, base+c.path, nil, c.body)
			if response.StatusCode != c.status || strings.TrimSpace(body) != c.want {
				t.Errorf("answer %d %s, want %d %s", response.StatusCode, body, c.status, c.want)
			}
		})
	}
}

func TestOverloadIsAProblemWithRetryAfter(t *testing.T) {
	base := serve(t)
	statuses := make(chan *http.Response, 3)
	for range 3 {
		go func() {
			response, err := http.Get(base + "/nouns/1?pause=500")
			if err != nil {
				t.Error(err)
				response = &http.Response{Body: http.NoBody}
			}
			statuses <- response
		}()
	}
	busy := 0
	for range 3 {
		response := <-statuses
		response.Body.Close()
		if response.StatusCode != http.StatusServiceUnavailable {
			continue
		}
		busy++
		if response.Header.Get("Retry-After") == "" || response.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("the headers are %v", response.Header)
		}
	}
	if busy != 1 {
		t.Errorf("%d of three were refused, want one", busy)
	}
}

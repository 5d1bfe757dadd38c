package gateway_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

type response = events.APIGatewayV2HTTPResponse

func TestResponse(t *testing.T) {
	text := map[string]string{"Content-Type": "text/plain; charset=utf-8"}
	for _, test := range []struct {
		name   string
		handle http.HandlerFunc
		want   response
	}{
		{"nothing written", func(w http.ResponseWriter, r *http.Request) {}, response{StatusCode: 200, Headers: map[string]string{}}},
		{
			"implicit 200",
			func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "bonjour") },
			response{StatusCode: 200, Headers: text, Body: "bonjour"},
		},
		{
			"a second status is ignored",
			func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(201); w.WriteHeader(500) },
			response{StatusCode: 201, Headers: map[string]string{}},
		},
		{
			"a status after the body is ignored",
			func(w http.ResponseWriter, r *http.Request) {
				io.WriteString(w, "a")
				w.WriteHeader(500)
				io.WriteString(w, "b")
			},
			response{StatusCode: 200, Headers: text, Body: "ab"},
		},
		{
			"1xx is ignored",
			func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(103); w.WriteHeader(404) },
			response{StatusCode: 404, Headers: map[string]string{}},
		},
		{
			"headers are those of the moment the status was written",
			func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("ETag", `"1"`)
				w.WriteHeader(200)
				w.Header().Set("ETag", `"2"`)
			},
			response{StatusCode: 200, Headers: map[string]string{"Etag": `"1"`}},
		},
		{
			"many values",
			func(w http.ResponseWriter, r *http.Request) {
				w.Header()["Vary"] = []string{"Accept", "Cookie"}
				w.Header()["Set-Cookie"] = []string{"a=1; Path=/", "b=2; Expires=Wed, 01 Feb 2023 09:15:00 GMT"}
				w.Header()["X-None"] = nil
			},
			response{
				StatusCode: 200, Headers: map[string]string{"Vary": "Accept, Cookie"},
				Cookies: []string{"a=1; Path=/", "b=2; Expires=Wed, 01 Feb 2023 09:15:00 GMT"},
			},
		},
		{
			"no line breaks in headers",
			func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "/a\r\nSet-Cookie: b=c")
				w.Header()["Set-Cookie"] = []string{"d=e\nX: y"}
			},
			response{StatusCode: 200, Headers: map[string]string{"Location": "/a  Set-Cookie: b=c"}, Cookies: []string{"d=e X: y"}},
		},
		{
			"the gateway counts the body",
			func(w http.ResponseWriter, r *http.Request) {
				w.Header()["content-length"] = []string{"1"}
				w.Header().Set("Content-Length", "1")
				io.WriteString(w, "a")
			},
			response{StatusCode: 200, Headers: text, Body: "a"},
		},
		{
			"a type that was declined is not guessed",
			func(w http.ResponseWriter, r *http.Request) { w.Header()["Content-Type"] = nil; io.WriteString(w, "a") },
			response{StatusCode: 200, Headers: map[string]string{}, Body: "YQ==", IsBase64Encoded: true},
		},
		{
			"the type of coded content is not guessed",
			func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", "gzip")
				io.WriteString(w, "\x1f\x8b")
			},
			response{StatusCode: 200, Headers: map[string]string{"Content-Encoding": "gzip"}, Body: "H4s=", IsBase64Encoded: true},
		},
		{
			"no body with 304",
			func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(304)
				if _, err := io.WriteString(w, "a"); !errors.Is(err, http.ErrBodyNotAllowed) {
					t.Errorf("error %v", err)
				}
			},
			response{StatusCode: 304, Headers: map[string]string{}},
		},
		{
			"no flushing",
			func(w http.ResponseWriter, r *http.Request) {
				if err := http.NewResponseController(w).Flush(); !errors.Is(err, http.ErrNotSupported) {
					t.Errorf("error %v", err)
				}
				w.WriteHeader(204)
			},
			response{StatusCode: 204, Headers: map[string]string{}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, answer(t, test.handle, newEvent("/", ""))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextOrBase64(t *testing.T) {
	for _, test := range []struct {
		contentType, body string
		text              bool
	}{
		{"text/html; charset=utf-8", "<p>é", true},
		{"TEXT/CALENDAR; method=REQUEST", "BEGIN:VCALENDAR\r\n", true},
		{"text/turtle", "@prefix : <#> .", true},
		{"text/csv", "a,b\n", true},
		{"application/json", "{}", true},
		{"application/problem+json", "{}", true},
		{"application/ld+json; profile=x", "{}", true},
		{"application/xml", "<a/>", true},
		{"image/svg+xml", "<svg/>", true},
		{"text/plain", "\xff", false},
		{"application/json", "\"\xc3\"", false},
		{"application/pdf", "%PDF-1.7", false},
		{"application/jsonish", "{}", false},
		{"image/png", "\x89PNG", false},
		{"font/woff2", "wOF2", false},
		{"nonsense", "a", false},
		{"application/pdf", "", false},
	} {
		t.Run(test.contentType, func(t *testing.T) {
			got := answer(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				io.WriteString(w, test.body)
			}, newEvent("/", ""))
			if content := decoded(t, got); content != test.body {
				t.Errorf("body %q", content)
			}
			if got.IsBase64Encoded == (test.text || test.body == "") {
				t.Errorf("base64: %v", got.IsBase64Encoded)
			}
		})
	}
}

func TestHead(t *testing.T) {
	event := newEvent("/", "")
	event.RequestContext.HTTP.Method = http.MethodHead
	got := answer(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>") }, event)
	want := response{StatusCode: 200, Headers: map[string]string{"Content-Type": "text/html; charset=utf-8"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestImpossibleStatus(t *testing.T) {
	for _, status := range []int{0, 99, 1000} {
		answer(t, func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				if recover() == nil {
					t.Errorf("%d was accepted", status)
				}
			}()
			w.WriteHeader(status)
		}, newEvent("/", ""))
	}
}

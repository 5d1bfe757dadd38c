package gateway

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"
)

// recorder keeps what a handler writes, by the rules of http.ResponseWriter.
type recorder struct {
	header http.Header
	status int         // 0 until it is written
	sent   http.Header // the header as it stood then
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter. Informational statuses (1xx) cannot be sent and are ignored, and so is every status after
// the first.
func (w *recorder) WriteHeader(status int) {
	if status < 100 || status > 999 {
		panic(fmt.Sprintf("gateway: invalid status %d", status)) // as net/http does
	}
	if status < 200 || w.status != 0 {
		return
	}
	w.status = status
	w.sent = w.header.Clone()
}

// Write implements http.ResponseWriter. It returns http.ErrBodyNotAllowed for a status that has no body.
func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.status == http.StatusNoContent || w.status == http.StatusNotModified {
		return 0, http.ErrBodyNotAllowed
	}
	return w.body.Write(p)
}

// response returns what was written as the answer to a request of the method. The gateway counts the body itself, so Content-Length is
// left out.
func (w *recorder) response(method string) events.APIGatewayV2HTTPResponse {
	w.WriteHeader(http.StatusOK)
	w.sniff()
	answer := events.APIGatewayV2HTTPResponse{StatusCode: w.status, Headers: make(map[string]string, len(w.sent))}
	for name, values := range w.sent {
		switch name = http.CanonicalHeaderKey(name); {
		case name == "Content-Length" || len(values) == 0:
			continue
		case name == "Set-Cookie":
			for _, cookie := range values {
				answer.Cookies = append(answer.Cookies, oneLine(cookie))
			}
		default:
			answer.Headers[name] = oneLine(strings.Join(values, ", "))
		}
	}
	if method == http.MethodHead {
		return answer
	}
	if isText(w.sent.Get("Content-Type")) && utf8.Valid(w.body.Bytes()) {
		answer.Body = w.body.String()
		return answer
	}
	answer.Body = base64.StdEncoding.EncodeToString(w.body.Bytes())
	answer.IsBase64Encoded = w.body.Len() > 0
	return answer
}

// sniff gives a body without a type the type net/http would give it: the gateway would call it JSON or plain text.
func (w *recorder) sniff() {
	_, typed := w.sent["Content-Type"]
	if typed || w.body.Len() == 0 || w.sent.Get("Content-Encoding") != "" {
		return
	}
	w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
}

// oneLine keeps a value from starting another header, as net/http does when it writes one.
func oneLine(value string) string {
	return strings.TrimSpace(strings.NewReplacer("\r", " ", "\n", " ").Replace(value))
}

// isText reports whether a media type is one of text: text/html, text/calendar and text/turtle, but also JSON, XML and the types built
// on them (RFC 6839), such as application/problem+json.
func isText(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	if strings.HasPrefix(media, "text/") {
		return true
	}
	for _, suffix := range []string{"/json", "+json", "/xml", "+xml"} {
		if strings.HasSuffix(media, suffix) {
			return true
		}
	}
	return false
}

package gateway

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// request returns the event as net/http's own server would present it: no scheme or host in the URL, the host apart from the
// headers, the cookies in one header (RFC 6265, section 5.4). The gateway has joined repeated headers by commas; they
// stay joined, because a comma may as well be part of a value. It does not tell the caller's port, so RemoteAddr has port 0.
func request(ctx context.Context, event events.APIGatewayV2HTTPRequest) (*http.Request, error) {
	content, err := body(event)
	if err != nil {
		return nil, fmt.Errorf("decode the body of request %q: %w", event.RequestContext.RequestID, err)
	}
	r := &http.Request{
		Method:        event.RequestContext.HTTP.Method,
		URL:           address(event),
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        make(http.Header, len(event.Headers)+1),
		Body:          http.NoBody,
		ContentLength: int64(len(content)),
	}
	if len(content) > 0 {
		r.Body = io.NopCloser(bytes.NewReader(content))
	}
	r.RequestURI = r.URL.RequestURI()
	for name, value := range event.Headers {
		r.Header.Set(name, value)
	}
	if len(event.Cookies) > 0 {
		r.Header.Set("Cookie", strings.Join(event.Cookies, "; "))
	}
	r.Host = r.Header.Get("Host")
	if r.Host == "" {
		r.Host = event.RequestContext.DomainName
	}
	r.Header.Del("Host")
	if ip := event.RequestContext.HTTP.SourceIP; ip != "" {
		r.RemoteAddr = net.JoinHostPort(ip, "0")
	}
	return r.WithContext(context.WithValue(ctx, eventContextKey{}, event.RequestContext)), nil
}

func body(event events.APIGatewayV2HTTPRequest) ([]byte, error) {
	if !event.IsBase64Encoded {
		return []byte(event.Body), nil
	}
	return base64.StdEncoding.DecodeString(event.Body)
}

// address returns the path, without the stage, and the query, untouched. The path of an event is escaped or, behind an HTTP
// API, already unescaped; one that is no valid escaped path is taken as it stands, so that a bare % or ? in it does no harm.
func address(event events.APIGatewayV2HTTPRequest) *url.URL {
	raw := withoutStage(event.RawPath, event.RequestContext.Stage)
	if !strings.HasPrefix(raw, "/") {
		raw = "/" + raw
	}
	path, err := url.PathUnescape(raw)
	if err != nil {
		path = raw
	}
	u := &url.URL{Path: path, RawPath: raw, RawQuery: event.RawQueryString}
	if u.EscapedPath() == (&url.URL{Path: path}).EscapedPath() {
		u.RawPath = "" // a hint that url.URL does without
	}
	return u
}

// withoutStage removes the first segment of a path when it names the stage, which the gateway puts there for every stage but $default.
func withoutStage(path, stage string) string {
	if stage == "" || stage == "$default" {
		return path
	}
	rest, found := strings.CutPrefix(path, "/"+stage)
	if !found || (rest != "" && rest[0] != '/') {
		return path
	}
	return rest
}

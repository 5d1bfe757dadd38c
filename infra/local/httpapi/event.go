package httpapi

import (
	"encoding/base64"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

// stage is the one that is served without a prefix to the path.
const stage = "$default"

// event describes the request in payload format 2.0. The path is decoded, as an HTTP API delivers it.
func (g *Gateway) event(r *http.Request, route route, parameters map[string]string, body []byte) events.APIGatewayV2HTTPRequest {
	now := g.options.Now().UTC()
	source, _, _ := net.SplitHostPort(r.RemoteAddr)
	domain, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		domain, port = r.Host, "80"
	}
	headers := map[string]string{
		"host":              r.Host,
		"x-forwarded-for":   strings.Join(append(r.Header.Values("X-Forwarded-For"), source), ", "),
		"x-forwarded-port":  port,
		"x-forwarded-proto": "http",
	}
	for name, values := range r.Header {
		lower := strings.ToLower(name)
		if lower == "cookie" || headers[lower] != "" {
			continue
		}
		headers[lower] = strings.Join(values, ",")
	}
	event := events.APIGatewayV2HTTPRequest{
		Version:               "2.0",
		RouteKey:              route.Key(),
		RawPath:               r.URL.Path,
		RawQueryString:        r.URL.RawQuery,
		Cookies:               cookies(r.Header),
		Headers:               headers,
		QueryStringParameters: query(r.URL.Query()),
		PathParameters:        parameters,
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			RouteKey:     route.Key(),
			AccountID:    template.AccountID,
			Stage:        stage,
			RequestID:    g.options.NewID(),
			APIID:        "local",
			DomainName:   domain,
			DomainPrefix: strings.Split(domain, ".")[0],
			Time:         now.Format("02/Jan/2006:15:04:05 -0700"),
			TimeEpoch:    now.UnixMilli(),
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{
				Method: r.Method, Path: r.URL.Path, Protocol: r.Proto, SourceIP: source, UserAgent: r.UserAgent(),
			},
		},
	}
	if isText(r.Header, body) {
		event.Body = string(body)
	} else {
		event.Body, event.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	return event
}

// cookies splits all Cookie headers into name=value.
func cookies(header http.Header) []string {
	var out []string
	for _, line := range header.Values("Cookie") {
		for cookie := range strings.SplitSeq(line, ";") {
			if cookie = strings.TrimSpace(cookie); cookie != "" {
				out = append(out, cookie)
			}
		}
	}
	return out
}

// query joins the values of a repeated parameter with commas.
func query(values url.Values) map[string]string {
	if len(values) == 0 {
		return nil
	}
	out := map[string]string{}
	for name, several := range values {
		out[name] = strings.Join(several, ",")
	}
	return out
}

// isText tells which bodies are delivered as they are: those of a type known to be text and not compressed. All
// others, forms included, are delivered in Base64.
func isText(header http.Header, body []byte) bool {
	if len(body) == 0 {
		return true
	}
	if header.Get("Content-Encoding") != "" || !utf8.Valid(body) {
		return false
	}
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return false
	}
	switch kind {
	case "application/json", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+json") || strings.HasSuffix(kind, "+xml")
}

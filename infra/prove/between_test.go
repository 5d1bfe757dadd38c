package prove

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
)

// between puts a proxy before the DynamoDB at the endpoint and returns its URL. operation is the target of a request, such as
// DynamoDB_20120810.UpdateItem, and pass forwards it.
func between(t *testing.T, endpoint string, handle func(operation string, body []byte, w http.ResponseWriter, pass func())) string {
	t.Helper()
	to, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	// A function that is killed breaks off its requests, which is no news here.
	proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		handle(r.Header.Get("X-Amz-Target"), body, w, func() { proxy.ServeHTTP(w, r) })
	}))
	t.Cleanup(server.Close)
	return server.URL
}

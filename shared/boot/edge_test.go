package boot

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestNothingPassesTheEdgeBy(t *testing.T) {
	const seen = "198.51.100.1"
	for _, test := range []struct {
		name, secrets, secret, viewer string
		status                        int
		address                       string
	}{
		{"without an edge", "", "", "", 204, seen},
		{"a viewer that anybody tells", "", "", "192.0.2.7", 204, seen},
		{"a secret that anybody tells", "", "guess", "192.0.2.7", 204, seen},
		{"past the edge", "one", "", "192.0.2.7", 403, ""},
		{"with a wrong secret", "one", "on", "192.0.2.7", 403, ""},
		{"with both secrets as one", "one two", "one two", "192.0.2.7", 403, ""},
		{"by the edge", "one", "one", "192.0.2.7", 204, "192.0.2.7"},
		{"by the edge with IPv6", "one", "one", "2001:db8::7", 204, "2001:db8::7"},
		{"by the edge, which tells no viewer", "one", "one", "", 204, seen},
		{"by the edge, which tells nonsense", "one", "one", "192.0.2.7, 10.0.0.1", 204, seen},
		{"while the secret is changed, by the old", "one two", "one", "192.0.2.7", 204, "192.0.2.7"},
		{"and by the new", "one two", "two", "192.0.2.7", 204, "192.0.2.7"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("ORIGIN_SECRETS", test.secrets)
			address := ""
			face := newEdge().only(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				address = r.RemoteAddr
				if r.Header.Get(secretHeader) != "" {
					t.Error("the secret goes on")
				}
				w.WriteHeader(http.StatusNoContent)
			}))
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = seen + ":0"
			r.Header.Set(secretHeader, test.secret)
			r.Header.Set(viewerHeader, test.viewer)
			w := httptest.NewRecorder()
			face.ServeHTTP(w, r)
			want := ""
			if test.address != "" {
				want = test.address + ":0"
				if test.address == "2001:db8::7" {
					want = "[2001:db8::7]:0"
				}
			}
			if w.Code != test.status || address != want {
				t.Errorf("%d from %q, want %d from %q", w.Code, address, test.status, want)
			}
		})
	}
}

package boot

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// The headers that infra/edge.yaml sends along. A caller's own never get past it.
const (
	secretHeader = "X-Origin-Secret"
	viewerHeader = "X-Viewer-Address"
)

// edge is what may stand before the gateway, by the secrets that it sends along; none of them is no edge, and two are for the time in
// which the one is exchanged for the other.
type edge struct{ secrets []string }

func newEdge() edge { return edge{strings.Fields(os.Getenv("ORIGIN_SECRETS"))} }

// passed reports whether a request came by way of the edge, by the secret that it has.
func (e edge) passed(secret string) bool {
	for _, own := range e.secrets {
		if subtle.ConstantTimeCompare([]byte(own), []byte(secret)) == 1 {
			return true
		}
	}
	return false
}

// address returns the address from which somebody asks: that of the viewer if the edge says so, and else the one that the gateway sees.
func (e edge) address(secret, viewer, seen string) string {
	if _, err := netip.ParseAddr(viewer); err != nil || !e.passed(secret) {
		return seen
	}
	return viewer
}

// only surrounds a face, so that nothing gets to it but by way of the edge, if there is one. The secret goes no further.
func (e edge) only(face http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secret := r.Header.Get(secretHeader)
		r.Header.Del(secretHeader)
		if len(e.secrets) > 0 && !e.passed(secret) {
			web.WriteProblem(w, web.ProblemOf(csdn.Errorf(csdn.Forbidden, "Come by the address of the directory that people know."), ""))
			return
		}
		if seen, port, err := net.SplitHostPort(r.RemoteAddr); err == nil {
			r.RemoteAddr = net.JoinHostPort(e.address(secret, r.Header.Get(viewerHeader), seen), port)
		}
		face.ServeHTTP(w, r)
	})
}

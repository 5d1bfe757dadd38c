package httpapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// cors does what an HTTP API with a CORS configuration does, by
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html: it answers preflights itself, drops what functions
// say of access, and says itself what pages of an allowed origin may do. It reports whether it has answered.
func (g *Gateway) cors(w http.ResponseWriter, r *http.Request) (answered bool) {
	c, origin := g.options.Template.API.CORS, r.Header.Get("Origin")
	allowed := slices.Contains(c.Origins, origin)
	preflight := r.Method == http.MethodOptions && origin != "" && r.Header.Get("Access-Control-Request-Method") != ""
	if !preflight {
		if allowed {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Access-Control-Expose-Headers", strings.Join(c.Exposed, ","))
		}
		return false
	}
	if allowed {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Methods", strings.Join(c.Methods, ","))
		w.Header().Set("Access-Control-Allow-Headers", strings.ToLower(strings.Join(c.Headers, ",")))
		w.Header().Set("Access-Control-Max-Age", strconv.Itoa(c.MaxAge))
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}

package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

const jsonType = "application/json"

// representations are the media types in which an operation answers beside JSON, by Accept. write returns the body in one of them;
// param gives the parameters of the path.
type representations struct {
	types []string
	write func(ctx context.Context, caller csdn.Caller, mediaType string, param func(string) string) ([]byte, error)
}

// negotiate answers in the media type that the client prefers if it is not JSON, which is also what a client gets that
// accepts none of them. The entity tag is a digest of the body: it differs from that of the JSON, and changes with whatever the body
// tells of other resources.
func (a *API) negotiate(op operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		ctx.AppendHeader("Vary", "Accept")
		chosen := preferred(ctx.Header("Accept"), append([]string{jsonType}, op.also.types...))
		if chosen == jsonType {
			next(ctx)
			return
		}
		_, w := humago.Unwrap(ctx)
		body, err := op.also.write(ctx.Context(), web.Caller(ctx.Context()), chosen, ctx.Param)
		if err != nil {
			web.WriteProblem(w, a.problem(ctx.Context(), op.id, err, location(op.method)))
			return
		}
		sum := sha256.Sum256(body)
		tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
		w.Header().Set("ETag", tag)
		if among(ctx.Header("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", chosen)
		_, _ = w.Write(body) // a client that has gone needs no answer
	}
}

// responses describes the media types of an operation's answer. Huma adds the schema of the JSON.
func (r representations) responses() map[string]*huma.Response {
	content := map[string]*huma.MediaType{jsonType: {}}
	for _, t := range r.types {
		content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	return map[string]*huma.Response{strconv.Itoa(http.StatusOK): {Content: content}}
}

// preferred returns the media type that an Accept header prefers among those offered (RFC 9110, section 12.5.1): that of the greatest
// weight, then the one named more exactly, then the first offered, which is also the answer when none is acceptable.
func preferred(accept string, offered []string) string {
	best, most, exactness := offered[0], 0.0, 0
	for _, t := range offered {
		q, exact := weigh(accept, t)
		if q > most || q == most && q > 0 && exact > exactness {
			best, most, exactness = t, q, exact
		}
	}
	return best
}

// weigh returns the weight that an Accept header gives to a media type, by the range that names it most exactly: 3 for the type
// itself, 2 for its kind, 1 for all.
func weigh(accept, mediaType string) (q float64, exactness int) {
	kind, _, _ := strings.Cut(mediaType, "/")
	ranges := map[string]int{mediaType: 3, kind + "/*": 2, "*/*": 1}
	for part := range strings.SplitSeq(accept, ",") {
		named, parameters, err := mime.ParseMediaType(part)
		if err != nil || ranges[named] <= exactness {
			continue
		}
		q, exactness = 1, ranges[named]
		if text, given := parameters["q"]; given {
			q = weight(text)
		}
	}
	return q, exactness
}

// plain returns an Accept header with what can be read of it: media ranges, each with its weight if it has one.
func plain(accept string) string {
	var kept []string
	for part := range strings.SplitSeq(accept, ",") {
		named, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if q, given := parameters["q"]; given {
			named += ";q=" + strconv.FormatFloat(weight(q), 'f', -1, 64)
		}
		kept = append(kept, named)
	}
	return strings.Join(kept, ", ")
}

// weight reads a weight of 0 to 1. What is none weighs nothing.
func weight(text string) float64 {
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}

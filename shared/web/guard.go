package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// MaximumBody is the greatest size of a request's body in bytes.
const MaximumBody = 1 << 20

// Guard surrounds a face with what every answer needs: security headers, a limit on bodies, recovery from panics and one
// line in the access log, which is a measurement too. requestID names the request in the log.
func Guard(next http.Handler, log *slog.Logger, now func() time.Time, requestID func(*http.Request) string) http.Handler {
	var warm atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := now()
		answer := &recorder{ResponseWriter: w}
		defer func() {
			if cause := recover(); cause != nil {
				log.Error("a handler panicked", "request", requestID(r), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
				if answer.status == 0 {
					Refuse(next, answer, r, ProblemOf(fmt.Errorf("panic"), ""))
				}
			}
			// The pattern of the route is logged and never the path, which may hold the token of a link.
			ended, status := now(), max(answer.status, http.StatusOK)
			line := []any{
				"request", requestID(r), "route", r.Pattern, "status", status, "account", string(Caller(r.Context()).Account),
				"token", string(Caller(r.Context()).Token),
			}
			log.Info("request", append(line, Measured(ended, measures(status, ended.Sub(began), !warm.Swap(true)))...)...)
		}()
		protect(w.Header())
		if r.ContentLength > MaximumBody {
			Refuse(next, answer, r, NewProblem(http.StatusRequestEntityTooLarge, "The body is larger than 1 MiB."))
			return
		}
		r.Body = http.MaxBytesReader(answer, r.Body, MaximumBody)
		next.ServeHTTP(answer, r)
	})
}

// measures are the metrics of one request. What did not happen is not told.
func measures(status int, took time.Duration, cold bool) map[Metric]int64 {
	values := map[Metric]int64{Latency: took.Milliseconds()}
	switch {
	case status >= http.StatusInternalServerError:
		values[Faults] = 1
	case status >= http.StatusBadRequest:
		values[Refusals] = 1
	}
	if cold {
		values[ColdStarts] = 1
	}
	return values
}

// protect sets the headers that hold for every answer, those of the OWASP Secure Headers Project; a page may allow itself more.
func protect(h http.Header) {
	h.Set("Cache-Control", "private, no-store")
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Permitted-Cross-Domain-Policies", "none")
}

// recorder remembers the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

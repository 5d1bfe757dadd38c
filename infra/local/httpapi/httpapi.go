// Package httpapi does over net/http what an API Gateway HTTP API does with Lambda integrations and payload format 2.0:
// it selects the route, asks the authorizer, hands the request to the function as an event and writes out its answer.
//
// The formats are those of
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html and
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html. Answers that the gateway
// makes itself have the words of the real one ({"message": …}), as nobody can change them there; the one exception is an
// overload, which is a problem document with Retry-After, as the API promises for 503.
//
// It may import runtime (for its errors), template and the event types of aws-lambda-go.
package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"csdn.example/directory/infra/local/runtime"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

const (
	// maximumBody is the limit of an HTTP API, in bytes, and maximumEvent that of a Lambda invocation.
	maximumBody  = 10 << 20
	maximumEvent = 6 << 20
	// integrationTimeout is the longest that an HTTP API waits for a function.
	integrationTimeout = 30 * time.Second
	// retryAfter is what a client is told when all instances are busy, in seconds.
	retryAfter = 1
)

// Options are what a gateway is made of. All fields are required.
type Options struct {
	Template template.Template
	// Invoke runs a function on an event; see runtime.Runtime.
	Invoke func(ctx context.Context, function string, payload []byte) ([]byte, error)
	Now    func() time.Time
	// NewID makes the unique ids of requests.
	NewID func() string
	Log   *slog.Logger
}

// Gateway is an http.Handler.
type Gateway struct {
	options   Options
	routes    []route
	decisions decisions
}

// New makes a gateway for the template's routes.
func New(o Options) *Gateway {
	g := &Gateway{options: o, decisions: decisions{now: o.Now, kept: map[string]decision{}}}
	for _, f := range o.Template.Functions {
		for _, r := range f.Routes {
			g.routes = append(g.routes, newRoute(r, f.ID))
		}
	}
	return g
}

// ServeHTTP implements http.Handler.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.cors(w, r) {
		return
	}
	route, parameters, found := match(g.routes, r.Method, r.URL.Path)
	if !found {
		message(w, http.StatusNotFound, "Not Found")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maximumBody))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			message(w, http.StatusRequestEntityTooLarge, "Request Entity Too Large")
		}
		// Otherwise the client has gone.
		return
	}
	event := g.event(r, route, parameters, body)
	w.Header().Set("Apigw-Requestid", event.RequestContext.RequestID)
	ctx, cancel := context.WithTimeout(r.Context(), integrationTimeout)
	defer cancel()
	if name := route.Authorizer; name != "" {
		account, status, err := g.authorize(ctx, g.options.Template.API.Authorizers[name], name, event)
		if err != nil {
			g.fail(w, r, err)
			return
		}
		switch status {
		case http.StatusUnauthorized:
			message(w, status, "Unauthorized")
			return
		case http.StatusForbidden:
			message(w, status, "Forbidden")
			return
		}
		event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: account}
	}
	payload, err := json.Marshal(event)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	if len(payload) > maximumEvent {
		message(w, http.StatusRequestEntityTooLarge, "Request Entity Too Large")
		return
	}
	answer, err := g.options.Invoke(ctx, route.function, payload)
	if err != nil {
		g.fail(w, r, err)
		return
	}
	if err := write(w, r, answer); err != nil {
		g.fail(w, r, err)
	}
}

// fail answers for a function that did not.
func (g *Gateway) fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, runtime.ErrBusy):
		overloaded(w)
	case r.Context().Err() != nil:
		// The client has gone.
	case errors.Is(err, context.DeadlineExceeded):
		message(w, http.StatusServiceUnavailable, "Service Unavailable")
	default:
		g.options.Log.Warn("a request failed", "request", w.Header().Get("Apigw-Requestid"), "error", err)
		message(w, http.StatusInternalServerError, "Internal Server Error")
	}
}

// message answers as the real gateway does on its own account.
func message(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The client has gone if this fails.
	_ = json.NewEncoder(w).Encode(map[string]string{"message": text})
}

// overloaded answers with a problem of RFC 9457.
func overloaded(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	w.WriteHeader(http.StatusServiceUnavailable)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"type": "about:blank", "title": "Service Unavailable", "status": http.StatusServiceUnavailable,
		"detail": "Too many requests are being answered at the moment. Please try again in a moment.",
	})
}

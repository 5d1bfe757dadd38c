package gateway_test

import (
	"context"
	"net/http"
	"testing"

	"csdn.example/directory/shared/gateway"
	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

// newEvent returns a GET of the path and query on the stage $default.
func newEvent(path, query string) events.APIGatewayV2HTTPRequest {
	return events.APIGatewayV2HTTPRequest{
		Version:        "2.0",
		RawPath:        path,
		RawQueryString: query,
		Headers:        map[string]string{"host": "directory.example"},
		RequestContext: events.APIGatewayV2HTTPRequestContext{
			Stage:      "$default",
			RequestID:  "req-1",
			DomainName: "api.directory.example",
			HTTP:       events.APIGatewayV2HTTPRequestContextHTTPDescription{Method: "GET", SourceIP: "192.0.2.7"},
		},
	}
}

// answer serves the event with the handler.
func answer(t *testing.T, h http.HandlerFunc, event events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPResponse {
	t.Helper()
	response, err := gateway.Handler(h)(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	return response
}

func TestContext(t *testing.T) {
	event := newEvent("/v1/me", "")
	said := map[string]any{"account": "01J", "role": "planner", "level": float64(2)}
	event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: said}
	answer(t, func(_ http.ResponseWriter, r *http.Request) {
		got := gateway.Authorizer(r.Context())
		if diff := cmp.Diff(said, got); diff != "" {
			t.Error(diff)
		}
		got["role"] = "secretariat"
		if role := gateway.Authorizer(r.Context())["role"]; role != "planner" {
			t.Errorf("a handler changed the role to %v", role)
		}
		if id := gateway.RequestID(r.Context()); id != "req-1" {
			t.Errorf("request id %q", id)
		}
	}, event)
}

func TestContextIsTheCallers(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "kept")
	h := func(_ http.ResponseWriter, r *http.Request) {
		if r.Context().Value(key{}) != "kept" {
			t.Error("the caller's context is lost")
		}
		if got := gateway.Authorizer(r.Context()); got != nil {
			t.Errorf("a route without an authorizer has %v", got)
		}
	}
	if _, err := gateway.Handler(http.HandlerFunc(h))(ctx, newEvent("/", "")); err != nil {
		t.Fatal(err)
	}
	if gateway.Authorizer(ctx) != nil || gateway.RequestID(ctx) != "" {
		t.Error("a context of no request has an authorizer or an id")
	}
}

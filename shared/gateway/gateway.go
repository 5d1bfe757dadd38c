// Package gateway lets a net/http handler answer an HTTP API of API Gateway: it turns an event of payload format 2.0 into
// a request, and what the handler writes into the response the gateway expects.
//
// It imports net/http and the event types of aws-lambda-go, and nothing of the directory, so that the faces of the
// directory stay plain handlers that know no cloud, and this package can be read against the format alone:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
package gateway

import (
	"context"
	"maps"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// Handler returns h as a Lambda function of an HTTP API. It fails only on a body that is not the base64 its event says it is;
// the error names the request by its id.
//
// A response is sent whole when h returns: the writer given to h is no http.Flusher and has no deadlines.
func Handler(h http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		r, err := request(ctx, event)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{}, err
		}
		w := &recorder{header: http.Header{}}
		h.ServeHTTP(w, r)
		return w.response(r.Method), nil
	}
}

// Authorizer returns a copy of what the Lambda authorizer said of the caller (requestContext.authorizer.lambda), for the context of a
// request served by Handler; nil when the route has no such authorizer. Numbers are float64, as everywhere in decoded JSON.
func Authorizer(ctx context.Context) map[string]any {
	authorizer := eventContext(ctx).Authorizer
	if authorizer == nil {
		return nil
	}
	return maps.Clone(authorizer.Lambda)
}

// RequestID returns the gateway's id of the request, for the context of a request served by Handler; empty for any other.
func RequestID(ctx context.Context) string { return eventContext(ctx).RequestID }

type eventContextKey struct{}

func eventContext(ctx context.Context) events.APIGatewayV2HTTPRequestContext {
	found, _ := ctx.Value(eventContextKey{}).(events.APIGatewayV2HTTPRequestContext)
	return found
}

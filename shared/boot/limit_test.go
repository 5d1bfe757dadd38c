package boot

import (
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"csdn.example/directory/shared/gateway"
)

func TestTooManyRequestsAreAnsweredInThePlaceOfTheFace(t *testing.T) {
	for _, test := range []struct {
		name   string
		told   map[string]any
		status int
	}{
		{"nothing", nil, 204},
		{"no wait", map[string]any{"account": "A7"}, 204},
		{"a wait", map[string]any{"account": "A7", "retryAfter": "17"}, 429},
		{"no number", map[string]any{"retryAfter": "soon"}, 204},
	} {
		t.Run(test.name, func(t *testing.T) {
			reached := false
			answer := gateway.Handler(unlessTooMany(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				reached = true
				w.WriteHeader(http.StatusNoContent)
			})))
			var event events.APIGatewayV2HTTPRequest
			event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{Lambda: test.told}
			got, err := answer(t.Context(), event)
			if err != nil || got.StatusCode != test.status || reached != (test.status == 204) {
				t.Fatalf("%d, reached: %t, %v", got.StatusCode, reached, err)
			}
			if test.status == 429 && (got.Headers["Retry-After"] != "17" || got.Headers["Content-Type"] != "application/problem+json") {
				t.Errorf("%v", got.Headers)
			}
		})
	}
}

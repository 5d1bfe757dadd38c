package httpapi_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

// accountAt returns the status and the authorizer's context that the function was given.
func accountAt(t *testing.T, url, token string) (int, map[string]any) {
	t.Helper()
	header := http.Header{}
	if token != "" {
		header.Set("Authorization", token)
	}
	response, text := do(t, http.MethodGet, url, header, "")
	var event events.APIGatewayV2HTTPRequest
	if response.StatusCode != http.StatusOK {
		return response.StatusCode, nil
	}
	if err := json.Unmarshal([]byte(text), &event); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, event.RequestContext.Authorizer.Lambda
}

func TestTheAuthorizer(t *testing.T) {
	base := serve(t)
	cases := []struct {
		name, path, token string
		status            int
		sources           any
	}{
		{"with its identity", "/kept", "yes", 200, 1.0},
		{"refused", "/kept", "no", 403, nil},
		{"without identity sources", "/always", "yes", 200, 0.0},
		{"without identity sources and header", "/always", "", 200, 0.0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			status, account := accountAt(t, base+c.path, c.token)
			if status != c.status || account["sources"] != c.sources {
				t.Errorf("status %d, account %v, want %d with %v sources", status, account, c.status, c.sources)
			}
			if status == 200 && account["token"] != c.token {
				t.Errorf("the token is %v", account["token"])
			}
		})
	}
}

func TestDecisionsAreKeptPerIdentity(t *testing.T) {
	base := serve(t)
	_, first := accountAt(t, base+"/kept", "one")
	// The authorizer is asked again for another identity only; it then runs in the same process, but counts.
	_, same := accountAt(t, base+"/kept/too", "one")
	_, other := accountAt(t, base+"/kept", "two")
	if diff := cmp.Diff(first, same); diff != "" {
		t.Errorf("the same identity (-first +second):\n%s", diff)
	}
	if first["calls"] == other["calls"] {
		t.Errorf("another identity was given the decision on the first: %v", other)
	}
	_, once := accountAt(t, base+"/always", "one")
	_, twice := accountAt(t, base+"/always", "one")
	if once["calls"] == twice["calls"] {
		t.Errorf("a decision was kept without an identity: %v", twice)
	}
}

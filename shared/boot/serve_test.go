package boot

import (
	"encoding/json"
	"testing"
)

func TestRequestsAndSchedules(t *testing.T) {
	for event, want := range map[string]bool{
		`{"version": "2.0", "rawPath": "/v1/areas/ssr/merge", "requestContext": {"http": {"method": "POST"}}}`: true,
		`{"version": "0", "source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": "{}"}`:        false,
		`{"version": "0", "source": "aws.events", "detail": {"requestContext": {}}}`:                           false,
		`"a text"`: false,
	} {
		if got := requested(json.RawMessage(event)); got != want {
			t.Errorf("%s is a request: %v", event, got)
		}
	}
}

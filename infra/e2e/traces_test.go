package e2e

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// tracedSpan is a span as a collector gets it, with its attributes by their names.
type tracedSpan struct {
	TraceID, SpanID, ParentSpanID, Name string
	Attributes                          []struct {
		Key   string
		Value map[string]any
	}
}

func (s tracedSpan) attribute(key string) any {
	for _, a := range s.Attributes {
		if a.Key == key {
			for _, value := range a.Value {
				return value
			}
		}
	}
	return nil
}

// TestTracesTellWhatWasDoneAndNotToWhom has a collector listen while people are searched and links are tried.
func TestTracesTellWhatWasDoneAndNotToWhom(t *testing.T) {
	var lock sync.Mutex
	var spans []tracedSpan
	var raw strings.Builder
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		body, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("X-Key") != "seven" {
			t.Errorf("the collector got %s with the key %q: %v", r.URL.Path, r.Header.Get("X-Key"), err)
		}
		raw.Write(body)
		var sent struct {
			ResourceSpans []struct {
				ScopeSpans []struct{ Spans []tracedSpan }
			}
		}
		if err := json.Unmarshal(body, &sent); err != nil {
			t.Errorf("%v: %s", err, body)
		}
		for _, resource := range sent.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				spans = append(spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(collector.Close)
	h := startWith(t, map[string]string{"TracesEndpoint": collector.URL, "TracesHeaders": "x-key=seven"})
	var found list[person]
	h.secretariat.get(t, "/v1/people?q=canary&limit=1").is(t, 200)
	h.secretariat.get(t, "/v1/people?limit=1").is(t, 200).into(t, &found)
	p := found.Items[0]
	h.secretariat.get(t, "/v1/people/"+p.ID).is(t, 200)
	h.anonymous.get(t, "/v1/rsvp/canary-token").is(t, 404)
	h.anonymous.get(t, "/rsvp/canary-token").is(t, 404)

	lock.Lock()
	defer lock.Unlock()
	roots, calls := map[string]tracedSpan{}, map[string]int{}
	for _, s := range spans {
		if s.ParentSpanID == "" {
			roots[s.Name] = s
		}
	}
	for _, s := range spans {
		if root := roots["GET /v1/people/{id}"]; s.TraceID == root.TraceID && s.ParentSpanID == root.SpanID {
			calls[s.Name]++
		}
	}
	for _, route := range []string{"GET /v1/people", "GET /v1/people/{id}", "GET /v1/rsvp/{token}", "GET /rsvp/{token}", "AuthorizerFunction"} {
		if roots[route].Name == "" {
			t.Errorf("nothing is told of %s", route)
		}
	}
	if calls["DynamoDB.GetItem"] == 0 {
		t.Errorf("of the reading of a person it is told: %v", calls)
	}
	root := roots["GET /v1/people/{id}"]
	log, err := os.ReadFile(filepath.Join(h.data, "logs", "people.log"))
	request, _ := root.attribute("aws.request_id").(string)
	if err != nil || request == "" || !strings.Contains(string(log), `"request":"`+request+`"`) || root.attribute("http.response.status_code") != "200" {
		t.Errorf("the request is %q, which the log does not know, or its status is %v: %v", request, root.attribute("http.response.status_code"), err)
	}
	for _, secret := range []string{"canary", p.ID, p.Email, p.Name, "@"} {
		if strings.Contains(raw.String(), secret) {
			t.Errorf("the collector is told %s", secret)
		}
	}
}

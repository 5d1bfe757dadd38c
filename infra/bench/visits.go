package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/httpapi"
	"csdn.example/directory/infra/local/template"
	"csdn.example/directory/infra/seed/demo"

	"github.com/aws/aws-lambda-go/events"
	"github.com/oklog/ulid/v2"
)

// visit is an event for a function.
type visit struct {
	function template.Function
	name     string
	payload  []byte
}

// paths are asked for by the secretariat; the template's routes say of which function.
var paths = []string{
	"/v1/organisations/" + string(demo.Passerelles),
	"/v1/organisations?area=" + area + "&language=en",
	"/v1/people/" + guest,
	"/v1/people?area=" + area + "&language=en",
	"/v1/areas/" + area,
	"/v1/phases/4",
	"/v1/meetings/" + string(demo.PolicyMeeting2023),
	"/v1/meetings/" + string(demo.PolicyMeeting2023) + "/invitations",
	"/v1/me",
	"/",
}

// area is one of the demo's, with narrower ones, and guest one of its people.
const (
	area  = "security-sector-reform"
	guest = "01HK153X00PE0P000000000001"
)

// visits returns the events that the gateway makes of the paths, the first of those that the authorizer is asked about, and
// empty ones for functions of streams and schedules. unknown names the functions that remain.
func (b *bench) visits(ctx context.Context) (all []visit, unknown []string, err error) {
	byID, seen := map[string]template.Function{}, map[string]bool{}
	for _, f := range b.template.Functions {
		byID[f.ID] = f
	}
	authorizers := map[string]bool{}
	for _, a := range b.template.API.Authorizers {
		authorizers[a.Function] = true
	}
	gateway := httpapi.New(httpapi.Options{
		Template: b.template, Now: b.now, NewID: newID, Log: quiet,
		Invoke: func(ctx context.Context, id string, payload []byte) ([]byte, error) {
			if !seen[id] || !authorizers[id] {
				all = append(all, visit{byID[id], nameOf(payload), payload})
			}
			seen[id] = true
			return b.machine.Invoke(ctx, id, payload)
		},
	})
	for _, path := range paths {
		request := httptest.NewRequestWithContext(ctx, "GET", b.machine.URL+path, nil)
		request.Header.Set("Authorization", "Bearer "+b.token)
		answer := httptest.NewRecorder()
		if gateway.ServeHTTP(answer, request); answer.Code != http.StatusOK {
			return nil, nil, fmt.Errorf("ask for %s: the answer is %d", path, answer.Code)
		}
	}
	for _, f := range b.template.Functions {
		switch {
		case seen[f.ID]:
		case len(f.Streams) > 0:
			all = append(all, visit{f, "a stream without records", []byte(`{"Records": []}`)})
		case len(f.Schedules) > 0:
			all = append(all, visit{f, "a schedule with nothing due", []byte(`{}`)})
		default:
			unknown = append(unknown, f.Folder)
		}
	}
	return all, unknown, nil
}

// nameOf returns the route of an event and its query.
func nameOf(payload []byte) string {
	var event events.APIGatewayV2HTTPRequest
	// An event of the gateway is JSON.
	_ = json.Unmarshal(payload, &event)
	return strings.TrimSuffix(event.RouteKey+"?"+event.RawQueryString, "?")
}

// good returns an error for an HTTP answer other than 200, of which the time would mean nothing.
func good(answer []byte) error {
	var response events.APIGatewayV2HTTPResponse
	if json.Unmarshal(answer, &response) != nil || response.StatusCode == 0 || response.StatusCode == http.StatusOK {
		return nil
	}
	return fmt.Errorf("the answer is %d", response.StatusCode)
}

// environment points a function at the machine's parts, and marks its process.
func (b *bench) environment(endpoint, mark string) map[string]string {
	name, value, _ := strings.Cut(mark, "=")
	return map[string]string{
		name: value, "AWS_REGION": template.Region, "AWS_ACCESS_KEY_ID": engine.AccessKey, "AWS_SECRET_ACCESS_KEY": engine.AccessKey,
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint, "AWS_ENDPOINT_URL_SESV2": b.machine.URL + "/local/ses",
	}
}

func newID() string { return ulid.Make().String() }

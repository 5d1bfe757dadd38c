package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

// authorize asks the authorizer about the request, unless it has decided on the same identity before. It returns the
// context that the authorizer gives, and the status 200, 401 for a request without the identity, or 403.
func (g *Gateway) authorize(
	ctx context.Context, a template.Authorizer, name string, event events.APIGatewayV2HTTPRequest,
) (map[string]any, int, error) {
	identity, present := identityOf(a, event)
	if !present {
		return nil, http.StatusUnauthorized, nil
	}
	key := name + "\x00" + strings.Join(identity, "\x00")
	answer, kept := g.decisions.get(key)
	if !kept {
		var err error
		if answer, err = g.ask(ctx, a, identity, event); err != nil {
			return nil, 0, err
		}
		if a.TTL > 0 {
			g.decisions.put(key, answer, a.TTL)
		}
	}
	if !answer.IsAuthorized {
		return nil, http.StatusForbidden, nil
	}
	return answer.Context, http.StatusOK, nil
}

// identityOf returns the values of the identity sources, all of which must be present.
func identityOf(a template.Authorizer, event events.APIGatewayV2HTTPRequest) ([]string, bool) {
	var out []string
	for _, header := range a.Headers {
		value := event.Headers[strings.ToLower(header)]
		if strings.EqualFold(header, "cookie") {
			value = strings.Join(event.Cookies, "; ")
		}
		out = append(out, value)
	}
	for _, parameter := range a.Query {
		out = append(out, event.QueryStringParameters[parameter])
	}
	for _, value := range out {
		if value == "" {
			return nil, false
		}
	}
	return out, true
}

func (g *Gateway) ask(
	ctx context.Context, a template.Authorizer, identity []string, event events.APIGatewayV2HTTPRequest,
) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
	var answer events.APIGatewayV2CustomAuthorizerSimpleResponse
	http := event.RequestContext.HTTP
	payload, err := json.Marshal(events.APIGatewayV2CustomAuthorizerV2Request{
		Version:               "2.0",
		Type:                  "REQUEST",
		RouteArn:              template.ARN("execute-api", "local/"+stage+"/"+http.Method+http.Path),
		IdentitySource:        identity,
		RouteKey:              event.RouteKey,
		RawPath:               event.RawPath,
		RawQueryString:        event.RawQueryString,
		Cookies:               event.Cookies,
		Headers:               event.Headers,
		QueryStringParameters: event.QueryStringParameters,
		RequestContext:        event.RequestContext,
		PathParameters:        event.PathParameters,
	})
	if err != nil {
		return answer, fmt.Errorf("ask the authorizer: %w", err)
	}
	reply, err := g.options.Invoke(ctx, a.Function, payload)
	if err != nil {
		return answer, fmt.Errorf("ask the authorizer: %w", err)
	}
	if err := json.Unmarshal(reply, &answer); err != nil {
		return answer, fmt.Errorf("read the authorizer's answer: %w", err)
	}
	return answer, nil
}

// decisions keeps authorizers' answers for a while.
type decisions struct {
	now   func() time.Time
	mutex sync.Mutex
	kept  map[string]decision
}

type decision struct {
	answer events.APIGatewayV2CustomAuthorizerSimpleResponse
	until  time.Time
}

// manyDecisions is when those that have run out are dropped.
const manyDecisions = 1000

func (d *decisions) get(key string) (events.APIGatewayV2CustomAuthorizerSimpleResponse, bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	found, ok := d.kept[key]
	return found.answer, ok && d.now().Before(found.until)
}

func (d *decisions) put(key string, answer events.APIGatewayV2CustomAuthorizerSimpleResponse, ttl time.Duration) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	now := d.now()
	if len(d.kept) >= manyDecisions {
		maps.DeleteFunc(d.kept, func(_ string, old decision) bool { return !now.Before(old.until) })
	}
	d.kept[key] = decision{answer, now.Add(ttl)}
}

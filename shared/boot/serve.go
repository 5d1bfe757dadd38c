package boot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"csdn.example/directory/shared/boot/traces"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/gateway"
	"csdn.example/directory/shared/web"
)

// The names under which the authorizer tells the other functions who calls.
const (
	accountKey      = "account"
	roleKey         = "role"
	organisationKey = "organisation"
	tokenKey        = "token"
	scopeKey        = "scope"
	retryAfterKey   = "retryAfter" // in seconds, for a caller that has made too many requests
	unknownKey      = "unknown"    // that it cannot be known just now
)

// Serve starts a function that answers HTTP requests.
func Serve(wire func(*Environment) http.Handler) {
	start(func(e *Environment) any { return e.serve(wire(e)) })
}

// serve returns what answers the requests of a gateway.
func (e *Environment) serve(face http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	handler := web.Guard(newEdge().only(unlessTooMany(unlessUnknown(face))), e.Log, e.Now, func(r *http.Request) string { return gateway.RequestID(r.Context()) })
	answer := gateway.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := web.WithCaller(r.Context(), caller(gateway.Authorizer(r.Context())))
		handler.ServeHTTP(w, r.WithContext(ctx))
	}))
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		ctx, cancel := hurried(ctx)
		defer cancel()
		response, err := answer(ctx, event)
		traces.Answered(ctx, event.RouteKey, response.StatusCode, event.RequestContext.RequestID)
		return response, err
	}
}

// Gate is what the authorizer is made of.
type Gate struct {
	// Identify returns who presents the Authorization header; reason, for logs alone, is why that is nobody.
	Identify func(ctx context.Context, header string) (caller csdn.Caller, reason string, err error)
	// Member returns who goes on with the session of the secret; Unauthenticated for nobody.
	Member func(ctx context.Context, secret string) (csdn.Caller, error)
	// Admit counts a request of the caller from the address, and returns how long to wait when it is one too many. With an error it was
	// not counted.
	Admit func(ctx context.Context, caller csdn.Caller, address string) (wait time.Duration, err error)
}

// Authorize starts the function that says who calls. It always lets the request pass: what a caller may do is for the
// other functions to say, to an anonymous one as well.
func Authorize(wire func(*Environment) Gate) {
	start(func(e *Environment) any {
		gate, edge := wire(e), newEdge()
		return func(ctx context.Context, event events.APIGatewayV2CustomAuthorizerV2Request) (events.APIGatewayV2CustomAuthorizerSimpleResponse, error) {
			ctx, cancel := hurried(ctx)
			defer cancel()
			answer := events.APIGatewayV2CustomAuthorizerSimpleResponse{IsAuthorized: true}
			who, reason, err := gate.who(ctx, event)
			if err != nil {
				e.Log.Error("who calls cannot be known", "request", event.RequestContext.RequestID, "cause", err.Error())
				answer.Context = map[string]any{unknownKey: true}
				return answer, nil
			}
			if reason != "" {
				e.Log.Info("an anonymous caller", "request", event.RequestContext.RequestID, "reason", reason)
			}
			answer.Context = told(who)
			wait, err := gate.Admit(ctx, who, edge.address(
				event.Headers[strings.ToLower(secretHeader)], event.Headers[strings.ToLower(viewerHeader)], event.RequestContext.HTTP.SourceIP,
			))
			if err != nil {
				e.Log.Error("requests cannot be counted", "request", event.RequestContext.RequestID, "cause", err.Error())
			}
			if wait > 0 {
				answer.Context[retryAfterKey] = strconv.Itoa(int(math.Ceil(wait.Seconds())))
			}
			return answer, nil
		}
	})
}

// who returns who asks. A browser with a session of the pages may read, so that they can link to a paper or an export; what changes
// something needs a token, as a form of another site could send the cookie too.
func (g Gate) who(ctx context.Context, event events.APIGatewayV2CustomAuthorizerV2Request) (csdn.Caller, string, error) {
	header, secret := event.Headers["authorization"], ""
	for _, cookie := range event.Cookies {
		if value, ok := strings.CutPrefix(cookie, web.SessionCookie+"="); ok {
			secret = value
		}
	}
	if header != "" || secret == "" || event.RequestContext.HTTP.Method != http.MethodGet {
		return g.Identify(ctx, header)
	}
	who, err := g.Member(ctx, secret)
	if csdn.KindOf(err) == csdn.Unauthenticated {
		return csdn.Caller{Role: csdn.AnonymousRole}, "no such session", nil
	}
	return who, "", err
}

// unlessTooMany answers in the place of the face when the authorizer says that the caller has made too many requests: it cannot say so
// itself in a way that the contract knows.
func unlessTooMany(face http.Handler) http.Handler {
	return web.Behind(face, func(w http.ResponseWriter, r *http.Request) {
		told, _ := gateway.Authorizer(r.Context())[retryAfterKey].(string)
		seconds, err := strconv.Atoi(told)
		if err != nil {
			face.ServeHTTP(w, r)
			return
		}
		web.Refuse(face, w, r, web.ProblemOf(&csdn.Error{
			Kind: csdn.TooMany, Message: "You have made as many requests as can be made in a minute; Retry-After says when the next one begins.",
			RetryAfter: time.Duration(seconds) * time.Second,
		}, ""))
	})
}

// told is how the authorizer tells the other functions who calls.
func told(who csdn.Caller) map[string]any {
	return map[string]any{
		accountKey: string(who.Account), roleKey: string(who.Role), organisationKey: string(who.Organisation),
		tokenKey: string(who.Token), scopeKey: string(who.Scope),
	}
}

// caller reads what the authorizer told. Whatever it does not tell is anonymous, and so is a token that is not told whole.
func caller(told map[string]any) csdn.Caller {
	text := func(name string) string {
		value, _ := told[name].(string)
		return value
	}
	role, scope := csdn.Role(text(roleKey)), csdn.Scope(text(scopeKey))
	byToken, scoped := text(tokenKey) != "", slices.Contains(csdn.Scopes(), scope)
	if !slices.Contains(csdn.Roles(), role) || text(accountKey) == "" || byToken != scoped {
		return csdn.Caller{Role: csdn.AnonymousRole}
	}
	return csdn.Caller{
		Account: csdn.AccountID(text(accountKey)), Role: role, Organisation: csdn.OrganisationID(text(organisationKey)),
		Token: csdn.TokenID(text(tokenKey)), Scope: scope,
	}
}

// Deliver starts the function that is told of new deliveries by the stream of the outbox. A record that fails is reported
// alone, to be told again.
func Deliver(wire func(*Environment) func(context.Context, csdn.DeliveryID) (sent bool, err error)) {
	start(func(e *Environment) any {
		deliver, count := wire(e), e.Count(web.MailsSent)
		return func(ctx context.Context, event events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
			var failed events.DynamoDBEventResponse
			for _, record := range event.Records {
				id, ok := deliveryOf(record)
				if !ok {
					continue
				}
				sent, err := deliver(ctx, id)
				if err != nil {
					e.Log.Error("a delivery failed", "delivery", string(id), "cause", err.Error())
					failed.BatchItemFailures = append(failed.BatchItemFailures, events.DynamoDBBatchItemFailure{ItemIdentifier: record.Change.SequenceNumber})
					continue
				}
				e.Log.Info("a delivery is done", "delivery", string(id), "sent", sent)
				if sent {
					count()
				}
			}
			return failed, nil
		}
	})
}

// Tick starts the function that does what is due.
func Tick(wire func(*Environment) func(context.Context) (done int, err error)) {
	start(func(e *Environment) any {
		tick := wire(e)
		return func(ctx context.Context) error { return e.tick(ctx, tick) }
	})
}

func (e *Environment) tick(ctx context.Context, do func(context.Context) (done int, err error)) error {
	done, err := do(ctx)
	e.Log.Info("the clock has ticked", "done", done)
	return err
}

// ServeAndTick starts a function that answers HTTP requests, and when a schedule calls carries on what they began.
func ServeAndTick(wire func(*Environment) (http.Handler, func(context.Context) (done int, err error))) {
	start(func(e *Environment) any {
		face, do := wire(e)
		serve := e.serve(face)
		return func(ctx context.Context, event json.RawMessage) (any, error) {
			if !requested(event) {
				return nil, e.tick(ctx, do)
			}
			var request events.APIGatewayV2HTTPRequest
			if err := json.Unmarshal(event, &request); err != nil {
				return nil, fmt.Errorf("read the event of a request: %w", err)
			}
			return serve(ctx, request)
		}
	})
}

// requested reports whether an event is a request of the gateway: those of schedules have no request context.
func requested(event json.RawMessage) bool {
	var probe struct{ RequestContext json.RawMessage }
	return json.Unmarshal(event, &probe) == nil && probe.RequestContext != nil
}

func start(wire func(*Environment) any) {
	collectSeldom()
	e := newEnvironment()
	slog.SetDefault(e.Log) // for what others log
	handler := wire(e)
	if len(e.missing) > 0 {
		fmt.Fprintln(os.Stderr, "the environment lacks", strings.Join(e.missing, ", "))
		os.Exit(1)
	}
	lambda.Start(e.traced(handler))
}

// traced surrounds what answers events with traces, where a collector is named.
func (e *Environment) traced(handler any) any {
	if e.traces == nil {
		return handler
	}
	return e.traces.Handler(lambda.NewHandler(handler))
}

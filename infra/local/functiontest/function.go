package functiontest

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// function does what its event says. It counts the authorizer's calls, which come one at a time.
//
//   - an HTTP request (payload format 2.0): /answer returns the query's "answer" as it is; every other path returns the
//     event itself as the body; a query's "pause" in milliseconds delays either
//   - an authorizer's request: authorised unless the header "authorization" is "no", with the header as "token", the
//     number of "calls" so far and of identity "sources"
//   - {"do": "environment"} returns the process's environment, "process" its id, "exit" ends it, "fail" is an error,
//     "panic" a panic; "pause" takes that many milliseconds first
type function struct{ calls int }

type order struct {
	Do    string
	Pause int
}

func (f *function) handle(_ context.Context, event json.RawMessage) (any, error) {
	var probe struct {
		Type    string
		Version string
	}
	if err := json.Unmarshal(event, &probe); err != nil {
		return nil, err
	}
	switch {
	case probe.Type == "REQUEST":
		return f.authorize(event)
	case probe.Version == "2.0":
		return answer(event)
	}
	var o order
	if err := json.Unmarshal(event, &o); err != nil {
		return nil, err
	}
	return o.carryOut()
}

func (o order) carryOut() (any, error) {
	time.Sleep(time.Duration(o.Pause) * time.Millisecond)
	switch o.Do {
	case "environment":
		return os.Environ(), nil
	case "exit":
		os.Exit(1)
	case "fail":
		return nil, errors.New("as told")
	case "panic":
		panic("as told")
	}
	return os.Getpid(), nil
}

func answer(event json.RawMessage) (any, error) {
	var request events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(event, &request); err != nil {
		return nil, err
	}
	pause, _ := strconv.Atoi(request.QueryStringParameters["pause"])
	time.Sleep(time.Duration(pause) * time.Millisecond)
	if request.RawPath == "/answer" {
		return json.RawMessage(request.QueryStringParameters["answer"]), nil
	}
	return events.APIGatewayV2HTTPResponse{
		StatusCode: 200, Headers: map[string]string{"Content-Type": "application/json"}, Body: string(event),
	}, nil
}

func (f *function) authorize(event json.RawMessage) (any, error) {
	var request events.APIGatewayV2CustomAuthorizerV2Request
	if err := json.Unmarshal(event, &request); err != nil {
		return nil, err
	}
	f.calls++
	token := request.Headers["authorization"]
	return events.APIGatewayV2CustomAuthorizerSimpleResponse{
		IsAuthorized: token != "no",
		Context:      map[string]any{"token": token, "calls": f.calls, "sources": len(request.IdentitySource)},
	}, nil
}

package traces_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"csdn.example/directory/shared/boot/traces"
)

// answers is a handler that gives one answer.
type answers struct {
	text string
	err  error
}

func (a answers) Invoke(ctx context.Context, _ []byte) ([]byte, error) {
	traces.Answered(ctx, "GET /v1/people", http.StatusServiceUnavailable, "REQUEST-7")
	return []byte(a.text), a.err
}

func TestEachInvocationIsToldBeforeItEnds(t *testing.T) {
	var told []string
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%v, %v", r.Header, err)
		}
		told = append(told, string(body))
	}))
	defer collector.Close()
	broken := errors.New("canary-cause")
	tracer := traces.New(traces.Options{
		Endpoint: collector.URL, Function: "people", Client: collector.Client(), Lost: func(err error) { t.Error(err) },
	})
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "INVOCATION-7"})
	for n, next := range []lambda.Handler{answers{"well", nil}, answers{"", broken}} {
		answer, err := tracer.Handler(next).Invoke(ctx, nil)
		if want := next.(answers); string(answer) != want.text || !errors.Is(err, want.err) {
			t.Errorf("the answer becomes %q, %v", answer, err)
		}
		if len(told) != n+1 {
			t.Fatalf("after %d invocations %d were told", n+1, len(told))
		}
		for _, want := range []string{
			`"name":"GET /v1/people"`, `"kind":2`, `"status":{"code":2}`, `{"key":"service.name","value":{"stringValue":"people"}}`,
			`{"key":"http.response.status_code","value":{"intValue":"503"}}`, `{"key":"aws.request_id","value":{"stringValue":"REQUEST-7"}}`,
			`{"key":"faas.invocation_id","value":{"stringValue":"INVOCATION-7"}}`,
			[]string{`{"key":"faas.coldstart","value":{"boolValue":true}}`, `{"key":"faas.coldstart","value":{"boolValue":false}}`}[n],
		} {
			if !strings.Contains(told[n], want) {
				t.Errorf("what is told lacks %s: %s", want, told[n])
			}
		}
		if strings.Contains(told[n], "canary") {
			t.Errorf("causes are told: %s", told[n])
		}
	}
}

func TestAnInvocationDoesNotNeedTheCollector(t *testing.T) {
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }))
	defer refusing.Close()
	for name, endpoint := range map[string]string{"that refuses": refusing.URL, "that is not there": "http://127.0.0.1:1"} {
		t.Run(name, func(t *testing.T) {
			var lost error
			tracer := traces.New(traces.Options{Endpoint: endpoint, Function: "people", Client: refusing.Client(), Lost: func(err error) { lost = err }})
			answer, err := tracer.Handler(answers{"well", nil}).Invoke(t.Context(), nil)
			if string(answer) != "well" || err != nil || lost == nil {
				t.Errorf("%q, %v; lost: %v", answer, err, lost)
			}
		})
	}
}

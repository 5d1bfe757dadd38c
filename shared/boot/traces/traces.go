// Package traces tells a collector how long each part of an invocation took, by OpenTelemetry. Where no collector is named there is no
// Tracer, and nothing of it runs.
//
// What is told is what was done and never to whom: routes, operations of services, statuses and ids of requests. It may import
// aws-lambda-go, the SDK of OpenTelemetry, and that of AWS to watch its calls; it knows nothing of the directory. It writes OTLP itself,
// in export.go: the exporter of OpenTelemetry brings gRPC along, which doubles the time to a first answer.
package traces

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// scope is what makes the spans, as OpenTelemetry calls it.
const scope = "csdn.example/directory"

// Options are what a Tracer is made of. All fields are required, but for Headers.
type Options struct {
	// Endpoint is the collector's address, without a slash at the end.
	Endpoint string
	// Headers are sent to the collector.
	Headers http.Header
	// Function is the name of the function that is traced.
	Function string
	Client   *http.Client
	// Lost is told when the collector takes no spans. Nothing else comes of that.
	Lost func(error)
}

// Tracer makes spans.
type Tracer struct {
	provider *sdk.TracerProvider
	tracer   trace.Tracer
	function string
	lost     func(error)
	warm     bool
}

// New returns a Tracer.
func New(o Options) *Tracer {
	provider := sdk.NewTracerProvider(
		sdk.WithBatcher(exporter{o}),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", o.Function), attribute.String("cloud.provider", "aws"))),
	)
	return &Tracer{provider: provider, tracer: provider.Tracer(scope), function: o.Function, lost: o.Lost}
}

// flushWithin is the longest that an invocation waits for the collector.
const flushWithin = time.Second

// Handler surrounds a handler with a span for each invocation, and has the collector told before the invocation ends, as nothing runs
// after that.
func (t *Tracer) Handler(next lambda.Handler) lambda.Handler { return handler{t, next} }

type handler struct {
	*Tracer
	next lambda.Handler
}

func (h handler) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	attributes := []attribute.KeyValue{attribute.Bool("faas.coldstart", !h.warm)}
	h.warm = true
	if called, ok := lambdacontext.FromContext(ctx); ok {
		attributes = append(attributes, attribute.String("faas.invocation_id", called.AwsRequestID))
	}
	// A caller is not asked of which trace it would be a part.
	during, span := h.tracer.Start(ctx, h.function, trace.WithSpanKind(trace.SpanKindServer), trace.WithNewRoot(), trace.WithAttributes(attributes...))
	answer, err := h.next.Invoke(during, payload)
	if err != nil {
		span.SetStatus(codes.Error, "")
	}
	span.End()
	flushing, cancel := context.WithTimeout(ctx, flushWithin)
	defer cancel()
	if err := h.provider.ForceFlush(flushing); err != nil {
		h.lost(err)
	}
	return answer, err
}

// Answered tells what was asked, by the pattern of the route, and how it was answered, on the span of the invocation under way.
func Answered(ctx context.Context, route string, status int, request string) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	if route != "" {
		span.SetName(route)
	}
	span.SetAttributes(
		attribute.String("http.route", route), attribute.Int("http.response.status_code", status), attribute.String("aws.request_id", request),
	)
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
}

// Watch makes a client of AWS tell of its calls, each a span with the name of the operation alone.
func (t *Tracer) Watch(options *[]func(*middleware.Stack) error) {
	*options = append(slices.Clip(*options), func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Traces", t.call), middleware.After)
	})
}

func (t *Tracer) call(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
	service, operation := awsmiddleware.GetServiceID(ctx), awsmiddleware.GetOperationName(ctx)
	ctx, span := t.tracer.Start(ctx, service+"."+operation, trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(
		attribute.String("rpc.system.name", "aws-api"), attribute.String("rpc.method", service+"/"+operation),
	))
	defer span.End()
	out, metadata, err := next.HandleInitialize(ctx, in)
	if err != nil {
		span.SetStatus(codes.Error, "")
	}
	return out, metadata, err
}

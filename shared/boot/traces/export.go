package traces

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// exporter sends spans as OTLP over HTTP in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp
type exporter struct{ Options }

// The messages of OTLP, as far as they are used here. 64-bit numbers are texts and ids are hexadecimal, as its JSON has them.
type (
	request struct {
		ResourceSpans []resourceSpans `json:"resourceSpans"`
	}
	resourceSpans struct {
		Resource   attributes   `json:"resource"`
		ScopeSpans []scopeSpans `json:"scopeSpans"`
	}
	attributes struct {
		Attributes []keyValue `json:"attributes"`
	}
	scopeSpans struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []span `json:"spans"`
	}
	span struct {
		TraceID           string     `json:"traceId"`
		SpanID            string     `json:"spanId"`
		ParentSpanID      string     `json:"parentSpanId,omitempty"`
		Name              string     `json:"name"`
		Kind              int        `json:"kind"`
		StartTimeUnixNano string     `json:"startTimeUnixNano"`
		EndTimeUnixNano   string     `json:"endTimeUnixNano"`
		Attributes        []keyValue `json:"attributes"`
		Status            status     `json:"status"`
	}
	status struct {
		Code int `json:"code,omitempty"`
	}
	keyValue struct {
		Key   string         `json:"key"`
		Value map[string]any `json:"value"`
	}
)

// failed is the status of a span that did not go well.
const failed = 2

// ExportSpans implements sdk.SpanExporter.
func (e exporter) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	all := scopeSpans{}
	all.Scope.Name = scope
	for _, s := range spans {
		all.Spans = append(all.Spans, spanOf(s))
	}
	body, err := json.Marshal(request{[]resourceSpans{{
		Resource: attributes{keyValues(spans[0].Resource().Attributes())}, ScopeSpans: []scopeSpans{all},
	}}})
	if err != nil {
		return fmt.Errorf("write the spans: %w", err)
	}
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, e.Endpoint+"/v1/traces", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("send the spans: %w", err)
	}
	for name, values := range e.Headers {
		post.Header[name] = values
	}
	post.Header.Set("Content-Type", "application/json")
	answer, err := e.Client.Do(post)
	if err != nil {
		return fmt.Errorf("send the spans: %w", err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // so that the connection can serve again
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("send the spans: the collector answers %d", answer.StatusCode)
	}
	return nil
}

// Shutdown implements sdk.SpanExporter.
func (exporter) Shutdown(context.Context) error { return nil }

func spanOf(s sdk.ReadOnlySpan) span {
	out := span{
		TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(), Name: s.Name(), Kind: int(s.SpanKind()),
		StartTimeUnixNano: nanoseconds(s.StartTime()), EndTimeUnixNano: nanoseconds(s.EndTime()), Attributes: keyValues(s.Attributes()),
	}
	if s.Parent().IsValid() {
		out.ParentSpanID = s.Parent().SpanID().String()
	}
	if s.Status().Code == codes.Error {
		out.Status.Code = failed
	}
	return out
}

func nanoseconds(at time.Time) string { return strconv.FormatInt(at.UnixNano(), 10) }

func keyValues(set []attribute.KeyValue) []keyValue {
	out := []keyValue{}
	for _, one := range set {
		value := map[string]any{"stringValue": one.Value.String()}
		switch one.Value.Type() {
		case attribute.BOOL:
			value = map[string]any{"boolValue": one.Value.AsBool()}
		case attribute.INT64:
			value = map[string]any{"intValue": one.Value.String()}
		}
		out = append(out, keyValue{string(one.Key), value})
	}
	return out
}

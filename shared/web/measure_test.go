package web_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"csdn.example/directory/shared/web"

	"github.com/google/go-cmp/cmp"
)

// TestALineTellsMetrics reads a line as CloudWatch does: the directive names members of the line.
func TestALineTellsMetrics(t *testing.T) {
	var log bytes.Buffer
	at := time.Date(2027, 1, 10, 12, 0, 0, 7e6, time.UTC)
	web.Logger(slog.NewJSONHandler(&log, nil), "people").Info("request", web.Measured(at, map[web.Metric]int64{web.Latency: 12})...)
	var line map[string]any
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	delete(line, "time")
	want := map[string]any{
		"level": "INFO", "msg": "request", "function": "people", "latency": 12.0,
		"_aws": map[string]any{"Timestamp": 1799582400007.0, "CloudWatchMetrics": []any{map[string]any{
			"Namespace": "CSDN", "Dimensions": []any{[]any{"function"}},
			"Metrics": []any{map[string]any{"Name": "latency", "Unit": "Milliseconds"}},
		}}},
	}
	if diff := cmp.Diff(want, line); diff != "" {
		t.Errorf("the line differs (-want +got):\n%s", diff)
	}
}

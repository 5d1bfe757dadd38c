package web

import (
	"log/slog"
	"time"
)

// Metric names one of the numbers by which the directory is watched. Each is kept for the function that tells it and for nothing
// finer: no account, person or meeting can be read from a number.
type Metric string

// The metrics. Latency is in milliseconds, and there is one for each request, so that they count requests as well.
const (
	Latency       Metric = "latency"
	Refusals      Metric = "refusals" // answers with 4xx
	Faults        Metric = "faults"   // answers with 5xx
	ColdStarts    Metric = "coldStarts"
	SeatsTaken    Metric = "seatsTaken"
	MailsSent     Metric = "mailsSent"
	MailsReturned Metric = "mailsReturned"
)

// namespace is under which the metrics are found, and functionDimension by what they are told apart: every line of the log has that
// member.
const (
	namespace         = "CSDN"
	functionDimension = "function"
)

// Measured returns the attributes that make a line of the log tell metrics too, in CloudWatch's embedded metric format:
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
func Measured(at time.Time, values map[Metric]int64) []any {
	type definition struct{ Name, Unit string }
	type directive struct {
		Namespace  string
		Dimensions [][]string
		Metrics    []definition
	}
	told := directive{Namespace: namespace, Dimensions: [][]string{{functionDimension}}}
	var attributes []any
	for metric, value := range values {
		unit := "Count"
		if metric == Latency {
			unit = "Milliseconds"
		}
		told.Metrics = append(told.Metrics, definition{string(metric), unit})
		attributes = append(attributes, string(metric), value)
	}
	return append(attributes, "_aws", struct {
		Timestamp         int64
		CloudWatchMetrics []directive
	}{at.UnixMilli(), []directive{told}})
}

// Logger returns the log of a function, every line of which names it.
func Logger(handler slog.Handler, function string) *slog.Logger {
	return slog.New(handler).With(functionDimension, function)
}

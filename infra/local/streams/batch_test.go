package streams_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/infra/local/runtime"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

func TestFailures(t *testing.T) {
	// poison fails the batches that have x; report names x as the first record not processed.
	poison := func(keys []string, _ events.DynamoDBEvent) (any, error) {
		if slices.Contains(keys, "x") {
			return nil, errors.New("poison")
		}
		return map[string]any{}, nil
	}
	report := func(keys []string, e events.DynamoDBEvent) (any, error) {
		at := slices.Index(keys, "x")
		if at < 0 {
			return events.DynamoDBEventResponse{}, nil
		}
		return events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{
			{ItemIdentifier: e.Records[at].Change.SequenceNumber},
		}}, nil
	}
	unknown := func([]string, events.DynamoDBEvent) (any, error) {
		return events.DynamoDBEventResponse{BatchItemFailures: []events.DynamoDBBatchItemFailure{{ItemIdentifier: "?"}}}, nil
	}
	cases := []struct {
		name    string
		stream  template.Stream
		answer  func([]string, events.DynamoDBEvent) (any, error)
		batches [][]string
		letters []string
	}{
		{
			"the batch is given up whole", template.Stream{BatchSize: 4, Retries: 1}, poison,
			[][]string{{"a", "b", "x", "c"}, {"a", "b", "x", "c"}, {"d"}}, []string{"RetryAttemptsExhausted 4"},
		},
		{
			"bisecting isolates the record", template.Stream{BatchSize: 4, Retries: 0, Bisect: true}, poison,
			[][]string{{"a", "b", "x", "c"}, {"a", "b"}, {"x", "c"}, {"x"}, {"c"}, {"d"}}, []string{"RetryAttemptsExhausted 1"},
		},
		{
			"a report keeps what was processed", template.Stream{BatchSize: 4, Retries: 0, ReportsFailures: true}, report,
			[][]string{{"a", "b", "x", "c"}, {"d"}}, []string{"RetryAttemptsExhausted 2"},
		},
		{
			"a report with bisecting", template.Stream{BatchSize: 4, Retries: 0, ReportsFailures: true, Bisect: true}, report,
			[][]string{{"a", "b", "x", "c"}, {"x"}, {"c"}, {"d"}}, []string{"RetryAttemptsExhausted 1"},
		},
		{
			"a report is not asked for", template.Stream{BatchSize: 4, Retries: 0}, report,
			[][]string{{"a", "b", "x", "c"}, {"d"}}, nil,
		},
		{
			"a report of an unknown record", template.Stream{BatchSize: 5, Retries: 0, ReportsFailures: true}, unknown,
			[][]string{{"a", "b", "x", "c", "d"}}, []string{"RetryAttemptsExhausted 5"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.stream.OnFailure = "Lost"
			s := newSetting(t, c.stream)
			s.put(t, "a", "b", "x", "c", "d")
			r := &receiver{answer: c.answer}
			running := s.start(t, r)
			eventually(t, "all records", func() bool {
				return slices.Contains(r.processed(), "d") && len(s.letters(t)) == len(c.letters)
			})
			running.Stop()
			if diff := cmp.Diff(c.batches, r.batches); diff != "" {
				t.Errorf("batches (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.letters, s.letters(t)); diff != "" {
				t.Errorf("dead letters (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnOverloadIsNoFailure(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 4, Retries: 0, Bisect: true, OnFailure: "Lost"})
	s.put(t, "a", "b")
	calls := 0
	r := &receiver{answer: func([]string, events.DynamoDBEvent) (any, error) {
		if calls++; calls < 3 {
			return nil, runtime.ErrBusy
		}
		return map[string]any{}, nil
	}}
	running := s.start(t, r)
	eventually(t, "the third attempt", func() bool { return len(r.processed()) == 6 })
	running.Stop()
	if letters := s.letters(t); letters != nil {
		t.Errorf("given up: %v", letters)
	}
}

func TestOldRecordsAreGivenUp(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 4, MaximumAge: time.Hour, OnFailure: "Lost"})
	s.now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	s.put(t, "a", "b")
	r := &receiver{answer: fine}
	running := s.start(t, r)
	eventually(t, "a dead letter", func() bool { return len(s.letters(t)) == 1 })
	running.Stop()
	if got := s.letters(t)[0]; got != "RecordAgeExceeded 2" || len(r.batches) != 0 {
		t.Errorf("letter %q, batches %v", got, r.batches)
	}
}

package streams

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/infra/local/runtime"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// The pauses between attempts grow from the first to the last.
const (
	firstRetry = 100 * time.Millisecond
	lastRetry  = 5 * time.Second
)

// deliver brings records to the function, in their order, until each has been processed or given up. The error is that
// of ctx, or that the position cannot be saved.
func (m *mapping) deliver(ctx context.Context, shard string, records []types.Record) error {
	if len(records) == 0 {
		return nil
	}
	last := records[len(records)-1]
	records = slices.DeleteFunc(slices.Clone(records), m.isOfNoInterest)
	if err := m.deliverBatch(ctx, shard, records); err != nil {
		return err
	}
	return m.advance(shard, last)
}

// isOfNoInterest tells records that the mapping's filter holds back, or from before a mapping that starts at the latest.
func (m *mapping) isOfNoInterest(r types.Record) bool {
	if names := m.stream.EventNames; len(names) > 0 && !slices.Contains(names, string(r.EventName)) {
		return true
	}
	// The engine's times are in whole seconds.
	since := m.positions.of(m.key).Since.Truncate(time.Second)
	return m.stream.Latest && aws.ToTime(r.Dynamodb.ApproximateCreationDateTime).Before(since)
}

func (m *mapping) deliverBatch(ctx context.Context, shard string, records []types.Record) error {
	wait, attempts := firstRetry, 0
	for {
		if records = m.withoutOld(shard, records); len(records) == 0 {
			return nil
		}
		done, err := m.invoke(ctx, records)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if done > 0 {
			if err := m.advance(shard, records[done-1]); err != nil {
				return err
			}
			records, attempts, wait = records[done:], 0, firstRetry
		}
		if len(records) == 0 {
			return nil
		}
		// An overload says nothing about the records.
		busy := errors.Is(err, runtime.ErrBusy)
		if !busy {
			attempts++
		}
		if !busy && m.stream.Bisect && len(records) > 1 {
			half := len(records) / 2
			if err := m.deliverBatch(ctx, shard, records[:half]); err != nil {
				return err
			}
			if err := m.advance(shard, records[half-1]); err != nil {
				return err
			}
			return m.deliverBatch(ctx, shard, records[half:])
		}
		if m.stream.Retries >= 0 && attempts > m.stream.Retries {
			m.giveUp(shard, records, "RetryAttemptsExhausted", attempts)
			return nil
		}
		pause(ctx, wait)
		wait = min(2*wait, lastRetry)
	}
}

func (m *mapping) advance(shard string, to types.Record) error {
	return m.positions.advance(m.key, shard, aws.ToString(to.Dynamodb.SequenceNumber))
}

// withoutOld gives up the records at the head that are too old.
func (m *mapping) withoutOld(shard string, records []types.Record) []types.Record {
	if m.stream.MaximumAge == 0 {
		return records
	}
	oldest := m.options.Now().Add(-m.stream.MaximumAge)
	old := 0
	for old < len(records) && aws.ToTime(records[old].Dynamodb.ApproximateCreationDateTime).Before(oldest) {
		old++
	}
	if old > 0 {
		m.giveUp(shard, records[:old], "RecordAgeExceeded", 0)
	}
	return records[old:]
}

// invoke runs the function and returns how many records, from the first on, it has processed. The error says why it
// did not process all.
func (m *mapping) invoke(ctx context.Context, records []types.Record) (int, error) {
	payload, err := json.Marshal(m.event(records))
	if err != nil {
		return 0, fmt.Errorf("write a stream's event: %w", err)
	}
	answer, err := m.options.Invoke(ctx, m.function, payload)
	if err != nil {
		return 0, err
	}
	if !m.stream.ReportsFailures {
		return len(records), nil
	}
	var report events.DynamoDBEventResponse
	if err := json.Unmarshal(answer, &report); err != nil {
		return 0, fmt.Errorf("read the report of failures: %w", err)
	}
	done := len(records)
	for _, failure := range report.BatchItemFailures {
		at := slices.IndexFunc(records, func(r types.Record) bool {
			return aws.ToString(r.Dynamodb.SequenceNumber) == failure.ItemIdentifier
		})
		// A number that was not in the batch fails it whole.
		done = min(done, max(at, 0))
	}
	if done < len(records) {
		return done, errors.New("the function reported failures")
	}
	return done, nil
}

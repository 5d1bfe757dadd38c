package streams

import (
	"context"
	"errors"
	"fmt"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// mapping reads one table's stream for one function.
type mapping struct {
	options   Options
	stream    template.Stream
	function  string
	arn       string
	key       string // in positions
	client    *dynamodbstreams.Client
	positions *positions
}

// afterError is the pause when the engine could not be reached.
const afterError = 500 * time.Millisecond

// run reads until ctx ends.
func (m *mapping) run(ctx context.Context) {
	for ctx.Err() == nil {
		err := m.round(ctx)
		if err == nil {
			pause(ctx, m.options.Every)
			continue
		}
		if ctx.Err() == nil {
			m.options.Log.Warn("a stream cannot be read for now", "function", m.function, "error", err)
		}
		pause(ctx, afterError)
	}
}

// pause waits, unless ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// round reads each shard as far as it goes. A shard follows only when its parent is finished, which keeps the order.
func (m *mapping) round(ctx context.Context) error {
	shards, err := m.shards(ctx)
	if err != nil {
		return err
	}
	exists := map[string]bool{}
	for _, shard := range shards {
		exists[aws.ToString(shard.ShardId)] = true
	}
	m.positions.retain(m.key, func(shard string) bool { return exists[shard] })
	for _, shard := range shards {
		at := m.positions.of(m.key).Shards
		id, parent := aws.ToString(shard.ShardId), aws.ToString(shard.ParentShardId)
		if at[id] == finished || exists[parent] && at[parent] != finished {
			continue
		}
		if err := m.read(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// shards lists the stream's shards, parents first.
func (m *mapping) shards(ctx context.Context) ([]types.Shard, error) {
	var out []types.Shard
	var from *string
	for {
		page, err := m.client.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{
			StreamArn: aws.String(m.arn), ExclusiveStartShardId: from,
		})
		if err != nil {
			return nil, fmt.Errorf("describe the stream: %w", err)
		}
		out = append(out, page.StreamDescription.Shards...)
		if from = page.StreamDescription.LastEvaluatedShardId; from == nil {
			return out, nil
		}
	}
}

// read delivers what a shard has beyond the position, and returns when there is nothing more at present.
func (m *mapping) read(ctx context.Context, shard string) error {
	iterator, err := m.iterator(ctx, shard)
	if err != nil {
		return err
	}
	for iterator != nil {
		page, err := m.client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{
			ShardIterator: iterator, Limit: aws.Int32(int32(min(m.stream.BatchSize, 1000))),
		})
		if err != nil {
			return fmt.Errorf("read the stream: %w", err)
		}
		if err := m.deliver(ctx, shard, page.Records); err != nil {
			return err
		}
		if iterator = page.NextShardIterator; iterator != nil && len(page.Records) == 0 {
			return nil
		}
	}
	return m.positions.advance(m.key, shard, finished)
}

// iterator starts behind the position, or at the beginning of the shard. Records that are gone are passed over.
func (m *mapping) iterator(ctx context.Context, shard string) (*string, error) {
	input := &dynamodbstreams.GetShardIteratorInput{
		StreamArn: aws.String(m.arn), ShardId: aws.String(shard), ShardIteratorType: types.ShardIteratorTypeTrimHorizon,
	}
	if last := m.positions.of(m.key).Shards[shard]; last != "" {
		input.ShardIteratorType = types.ShardIteratorTypeAfterSequenceNumber
		input.SequenceNumber = aws.String(last)
	}
	got, err := m.client.GetShardIterator(ctx, input)
	var trimmed *types.TrimmedDataAccessException
	if errors.As(err, &trimmed) {
		input.ShardIteratorType, input.SequenceNumber = types.ShardIteratorTypeTrimHorizon, nil
		got, err = m.client.GetShardIterator(ctx, input)
	}
	if err != nil {
		return nil, fmt.Errorf("open the stream: %w", err)
	}
	return got.ShardIterator, nil
}

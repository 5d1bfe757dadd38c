// Package streams feeds the changes of DynamoDB tables to functions, as a Lambda event source mapping does: in batches
// and in order per shard, at least once, with retries, bisecting and a place for what was given up.
//
// The rules are those of https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html. How far
// each mapping has read is kept in a file, so that a restart continues there.
//
// It may import engine, iam, runtime (for its errors), template, the AWS SDK and the event types of aws-lambda-go.
package streams

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
)

// Options are what the mappings are made of. All fields are required.
type Options struct {
	// Endpoint is the URL of the engine.
	Endpoint  string
	Functions []template.Function
	// Invoke runs a function on an event; see runtime.Runtime.
	Invoke func(ctx context.Context, function string, payload []byte) ([]byte, error)
	// May says whether the function's role may make the call.
	May func(function string, calls ...iam.Call) error
	// Positions is the file that says how far each mapping has read, made if absent.
	Positions string
	// DeadLetters is the folder for a file per queue, a line of JSON per batch that was given up.
	DeadLetters string
	// Every is the pause between looks at a stream that had nothing new.
	Every time.Duration
	Now   func() time.Time
	Log   *slog.Logger
}

// Streams are running mappings.
type Streams struct {
	cancel context.CancelFunc
	group  sync.WaitGroup
}

// Start starts a mapping for each stream event of the functions, whose tables must exist.
func Start(ctx context.Context, o Options) (*Streams, error) {
	if err := os.MkdirAll(o.DeadLetters, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for dead letters: %w", err)
	}
	positions, err := openPositions(o.Positions)
	if err != nil {
		return nil, err
	}
	tables := engine.Client(o.Endpoint)
	client := dynamodbstreams.New(dynamodbstreams.Options{
		BaseEndpoint: aws.String(o.Endpoint), Region: template.Region, Credentials: engine.Credentials,
	})
	var mappings []*mapping
	for _, f := range o.Functions {
		for _, stream := range f.Streams {
			arn, err := streamOf(ctx, tables, stream.Table)
			if err != nil {
				return nil, err
			}
			key := f.ID + "/" + stream.ID + " " + arn
			if err := positions.begin(key, o.Now()); err != nil {
				return nil, err
			}
			mappings = append(mappings, &mapping{
				options: o, stream: stream, function: f.ID, arn: arn, key: key, client: client, positions: positions,
			})
		}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &Streams{cancel: cancel}
	for _, m := range mappings {
		s.group.Go(func() { m.run(ctx) })
	}
	return s, nil
}

// Stop ends the mappings; a batch under way is delivered again after the next start.
func (s *Streams) Stop() {
	s.cancel()
	s.group.Wait()
}

func streamOf(ctx context.Context, client *dynamodb.Client, table string) (string, error) {
	got, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: aws.String(table)})
	if err != nil {
		return "", fmt.Errorf("look for the stream of %s: %w", table, err)
	}
	if got.Table.LatestStreamArn == nil {
		return "", fmt.Errorf("the table %s has no stream", table)
	}
	return *got.Table.LatestStreamArn, nil
}

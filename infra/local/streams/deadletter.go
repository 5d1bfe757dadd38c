package streams

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// letter tells where in the stream the records stand that were given up, as Lambda tells a queue. It holds nothing of
// the records themselves.
type letter struct {
	RequestContext struct {
		FunctionARN string `json:"functionArn"`
		Condition   string `json:"condition"`
		Attempts    int    `json:"approximateInvokeCount"`
	} `json:"requestContext"`
	Version   string    `json:"version"`
	Timestamp time.Time `json:"timestamp"`
	Batch     struct {
		Shard        string    `json:"shardId"`
		Start        string    `json:"startSequenceNumber"`
		End          string    `json:"endSequenceNumber"`
		FirstArrival time.Time `json:"approximateArrivalOfFirstRecord"`
		LastArrival  time.Time `json:"approximateArrivalOfLastRecord"`
		Size         int       `json:"batchSize"`
		Stream       string    `json:"streamArn"`
	} `json:"DDBStreamBatchInfo"`
}

// giveUp notes the records for the mapping's queue, if it has one. They are passed over whether or not that succeeds.
func (m *mapping) giveUp(shard string, records []types.Record, condition string, attempts int) {
	first, last := records[0].Dynamodb, records[len(records)-1].Dynamodb
	m.options.Log.Error("records of a stream are given up", "function", m.function, "why", condition,
		"from", aws.ToString(first.SequenceNumber), "records", len(records))
	if m.stream.OnFailure == "" {
		return
	}
	queue := iam.Call{Action: "sqs:SendMessage", Resource: template.ARN("sqs", m.stream.OnFailure)}
	if err := m.options.May(m.function, queue); err != nil {
		m.options.Log.Error("a dead letter is lost", "function", m.function, "error", err)
		return
	}
	l := letter{Version: "1.0", Timestamp: m.options.Now().UTC()}
	l.RequestContext.FunctionARN = template.ARN("lambda", "function:"+m.function)
	l.RequestContext.Condition, l.RequestContext.Attempts = condition, attempts
	l.Batch.Shard, l.Batch.Stream, l.Batch.Size = shard, m.arn, len(records)
	l.Batch.Start, l.Batch.End = aws.ToString(first.SequenceNumber), aws.ToString(last.SequenceNumber)
	l.Batch.FirstArrival = aws.ToTime(first.ApproximateCreationDateTime).UTC()
	l.Batch.LastArrival = aws.ToTime(last.ApproximateCreationDateTime).UTC()
	if err := appendLine(filepath.Join(m.options.DeadLetters, m.stream.OnFailure+".jsonl"), l); err != nil {
		m.options.Log.Error("a dead letter is lost", "function", m.function, "error", err)
	}
}

func appendLine(path string, value any) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the dead letters: %w", err)
	}
	if err := json.NewEncoder(file).Encode(value); err != nil {
		file.Close()
		return fmt.Errorf("write a dead letter: %w", err)
	}
	return file.Close()
}

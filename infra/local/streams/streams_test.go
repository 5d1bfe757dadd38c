package streams_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/streams"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/go-cmp/cmp"
)

var outbox = template.Table{
	Name:       "Outbox",
	Attributes: []template.Attribute{{Name: "pk", Type: "S"}},
	Key:        []template.KeyElement{{Attribute: "pk", Role: "HASH"}},
	StreamView: "NEW_AND_OLD_IMAGES",
}

// receiver stands for the function: it notes the batches it is given, and answers by what they hold.
type receiver struct {
	mutex   sync.Mutex
	batches [][]string
	events  []events.DynamoDBEvent
	answer  func(keys []string, e events.DynamoDBEvent) (any, error)
}

func (r *receiver) invoke(_ context.Context, _ string, payload []byte) ([]byte, error) {
	var event events.DynamoDBEvent
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	var keys []string
	for _, record := range event.Records {
		keys = append(keys, record.Change.Keys["pk"].String())
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.batches = append(r.batches, keys)
	r.events = append(r.events, event)
	answer, err := r.answer(keys, event)
	if err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}

// processed returns the keys of all batches, in order.
func (r *receiver) processed() []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Concat(r.batches...)
}

func fine([]string, events.DynamoDBEvent) (any, error) { return map[string]any{}, nil }

type setting struct {
	store  enginetest.Store
	folder string
	stream template.Stream
	now    func() time.Time
}

func newSetting(t *testing.T, stream template.Stream) setting {
	stream.ID, stream.Table = "Outbox", "Outbox"
	return setting{enginetest.StartWith(t, []template.Table{outbox}), t.TempDir(), stream, time.Now}
}

func (s setting) start(t *testing.T, r *receiver) *streams.Streams {
	t.Helper()
	function := template.Function{ID: "Notifier", Streams: []template.Stream{s.stream}, Policies: []template.Statement{{
		Actions: []string{"sqs:SendMessage"}, Resources: []string{template.ARN("sqs", "Lost")},
	}}}
	running, err := streams.Start(t.Context(), streams.Options{
		Endpoint:  s.store.Endpoint,
		Functions: []template.Function{function},
		May:       iam.New([]template.Function{function}).Check,
		Invoke:    r.invoke,
		Positions: filepath.Join(s.folder, "streams.json"), DeadLetters: filepath.Join(s.folder, "dead-letters"),
		Every: 5 * time.Millisecond, Now: s.now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return running
}

func (s setting) put(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		_, err := s.store.Client.PutItem(t.Context(), &dynamodb.PutItemInput{
			TableName: aws.String("Outbox"),
			Item: map[string]types.AttributeValue{
				"pk": &types.AttributeValueMemberS{Value: key},
				"m": &types.AttributeValueMemberM{Value: map[string]types.AttributeValue{
					"l": &types.AttributeValueMemberL{Value: []types.AttributeValue{
						&types.AttributeValueMemberN{Value: "1"}, &types.AttributeValueMemberBOOL{Value: true},
						&types.AttributeValueMemberNULL{Value: true}, &types.AttributeValueMemberB{Value: []byte{1}},
					}},
					"s": &types.AttributeValueMemberSS{Value: []string{"a"}},
				}},
			},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// letters returns the sizes of the batches given up.
func (s setting) letters(t *testing.T) []string {
	t.Helper()
	file, err := os.Open(filepath.Join(s.folder, "dead-letters", "Lost.jsonl"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var l struct {
			RequestContext struct{ Condition string }
			Batch          struct{ BatchSize int } `json:"DDBStreamBatchInfo"`
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s %d", l.RequestContext.Condition, l.Batch.BatchSize))
	}
	return out
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("never: " + what)
		}
	}
}

func TestTheEventIsLambdas(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 10})
	s.put(t, "a")
	if _, err := s.store.Client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{
		TableName: aws.String("Outbox"), Key: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "a"}},
	}); err != nil {
		t.Fatal(err)
	}
	r := &receiver{answer: fine}
	running := s.start(t, r)
	eventually(t, "two records", func() bool { return len(r.processed()) == 2 })
	running.Stop()
	inserted, removed := r.events[0].Records[0], r.events[0].Records[1]
	if inserted.EventName != "INSERT" || removed.EventName != "REMOVE" || inserted.EventSource != "aws:dynamodb" {
		t.Errorf("events %s, %s of %s", inserted.EventName, removed.EventName, inserted.EventSource)
	}
	if inserted.EventID == "" || inserted.Change.SequenceNumber == "" || !strings.Contains(inserted.EventSourceArn, ":table/Outbox/stream/") {
		t.Errorf("the record has no identity: %+v", inserted)
	}
	image, err := json.Marshal(inserted.Change.NewImage)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"m":{"M":{"l":{"L":[{"N":"1"},{"BOOL":true},{"NULL":true},{"B":"AQ=="}]},"s":{"SS":["a"]}}},"pk":{"S":"a"}}`
	if string(image) != want {
		t.Errorf("the new image is %s", image)
	}
	if diff := cmp.Diff(len(inserted.Change.NewImage), len(removed.Change.OldImage)); diff != "" || removed.Change.NewImage != nil {
		t.Errorf("the removed record's images: %+v", removed.Change)
	}
}

func TestARestartContinues(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 2})
	r := &receiver{answer: fine}
	s.put(t, "a", "b", "c")
	running := s.start(t, r)
	eventually(t, "the first three", func() bool { return len(r.processed()) == 3 })
	running.Stop()
	s.put(t, "d", "e")
	running = s.start(t, r)
	s.put(t, "f")
	eventually(t, "all six", func() bool { return len(r.processed()) == 6 })
	running.Stop()
	if diff := cmp.Diff([]string{"a", "b", "c", "d", "e", "f"}, r.processed()); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][]string{{"a", "b"}, {"c"}, {"d", "e"}, {"f"}}, r.batches); diff != "" && len(r.batches[2]) > 2 {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
}

func TestABatchUnderWayIsDeliveredAgain(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 10, Retries: -1})
	r := &receiver{answer: func([]string, events.DynamoDBEvent) (any, error) { return nil, errors.New("down") }}
	s.put(t, "a")
	running := s.start(t, r)
	eventually(t, "an attempt", func() bool { return len(r.processed()) > 0 })
	running.Stop()
	r = &receiver{answer: fine}
	running = s.start(t, r)
	defer running.Stop()
	eventually(t, "the record", func() bool { return slices.Contains(r.processed(), "a") })
}

func TestOnlyTheNamedEventsPass(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 4, EventNames: []string{"MODIFY"}})
	s.put(t, "a", "b")
	if _, err := s.store.Client.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
		TableName: aws.String("Outbox"), Key: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "b"}},
		UpdateExpression:          aws.String("SET sent = :t"),
		ExpressionAttributeValues: map[string]types.AttributeValue{":t": &types.AttributeValueMemberBOOL{Value: true}},
	}); err != nil {
		t.Fatal(err)
	}
	r := &receiver{answer: fine}
	running := s.start(t, r)
	eventually(t, "the change", func() bool { return len(r.processed()) > 0 })
	running.Stop()
	if diff := cmp.Diff([][]string{{"b"}}, r.batches); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
}

func TestLatestPassesOverWhatWasBefore(t *testing.T) {
	s := newSetting(t, template.Stream{BatchSize: 4, Latest: true})
	s.put(t, "old")
	// The engine's times are whole seconds.
	time.Sleep(1100 * time.Millisecond)
	r := &receiver{answer: fine}
	s.start(t, r).Stop()
	s.put(t, "between")
	running := s.start(t, r)
	s.put(t, "new")
	eventually(t, "the new record", func() bool { return slices.Contains(r.processed(), "new") })
	running.Stop()
	if diff := cmp.Diff([]string{"between", "new"}, r.processed()); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
}

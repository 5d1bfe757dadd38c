package prove

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"
)

// times is how often each record of the stream is delivered.
const times = 10

// TestADuplicateRecordSendsNothing is the stream of the outbox itself, whose every record comes ten times and out of order:
// one after the other, and all at the same moment.
func TestADuplicateRecordSendsNothing(t *testing.T) {
	cases := []struct {
		name    string
		senders int
	}{{"in turn", 1}, {"at once", 8}}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := start(t, withoutStreams(t))
			h.meets(t, seats)
			guests := h.knows(t, count(20, 200), numbered)
			h.posts(t, guests)

			var records []events.DynamoDBEventRecord
			for n, g := range guests {
				for range times {
					records = append(records, inserted(h, g, n))
				}
			}
			if c.senders == 1 {
				rand.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
			}
			h.stream(t, records, c.senders)

			want := map[string]int{}
			for _, g := range guests {
				want[g.email] = 1
			}
			if diff := cmp.Diff(want, h.mails(t)); diff != "" {
				t.Errorf("mails by recipient (-want +got):\n%s", diff)
			}
			h.settled(t)
		})
	}
}

// withoutStreams is an engine whose streams cannot be read, so that the test is the stream.
func withoutStreams(t *testing.T) string {
	t.Helper()
	return between(t, enginetest.StartWith(t, nil).Endpoint, func(operation string, _ []byte, w http.ResponseWriter, pass func()) {
		if strings.HasPrefix(operation, "DynamoDBStreams") {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		pass()
	})
}

// inserted is the record of a delivery in the outbox's stream, which names it by its key alone.
func inserted(h *house, g guest, number int) events.DynamoDBEventRecord {
	key := map[string]events.DynamoDBAttributeValue{
		"pk": events.NewStringAttribute("DELIVERY#" + string(g.delivery)), "sk": events.NewStringAttribute("DELIVERY"),
	}
	return events.DynamoDBEventRecord{
		EventName: "INSERT", EventSource: "aws:dynamodb",
		Change: events.DynamoDBStreamRecord{Keys: key, SequenceNumber: fmt.Sprintf("%021d", number)},
	}
}

// stream delivers the records in batches, by so many senders at once, and again what is reported as failed.
func (h *house) stream(t *testing.T, records []events.DynamoDBEventRecord, senders int) {
	t.Helper()
	batches := make(chan []events.DynamoDBEventRecord)
	var group sync.WaitGroup
	for range senders {
		group.Go(func() {
			for batch := range batches {
				for attempt := 0; len(batch) > 0 && attempt < 100; attempt++ {
					batch = h.deliver(t, batch)
					if len(batch) > 0 {
						time.Sleep(200 * time.Millisecond)
					}
				}
				if len(batch) > 0 {
					t.Errorf("%d records cannot be delivered", len(batch))
				}
			}
		})
	}
	for batch := range slices.Chunk(records, 5) {
		batches <- batch
	}
	close(batches)
	group.Wait()
}

// deliver hands a batch to the notifier and returns those that it reports as failed.
func (h *house) deliver(t *testing.T, batch []events.DynamoDBEventRecord) []events.DynamoDBEventRecord {
	t.Helper()
	payload, err := json.Marshal(events.DynamoDBEvent{Records: batch})
	if err != nil {
		t.Error(err)
		return nil
	}
	answer, err := h.Invoke(t.Context(), "NotifierFunction", payload)
	if err != nil {
		return batch
	}
	var report events.DynamoDBEventResponse
	if err := json.Unmarshal(answer, &report); err != nil {
		t.Error(err)
		return nil
	}
	return slices.DeleteFunc(slices.Clone(batch), func(r events.DynamoDBEventRecord) bool {
		return !slices.Contains(report.BatchItemFailures, events.DynamoDBBatchItemFailure{ItemIdentifier: r.Change.SequenceNumber})
	})
}

// TestAPoisonRecordIsGivenUpAlone has some guests with an address that no mail can be sent to.
func TestAPoisonRecordIsGivenUpAlone(t *testing.T) {
	h := start(t, "")
	h.meets(t, seats)
	every := count(12, 40)
	poison := func(number int) bool { return number%every == every/2 }
	guests := h.knows(t, count(12, 200), func(number int) string {
		if poison(number) {
			return fmt.Sprintf("guest %d has none", number)
		}
		return numbered(number)
	})
	began := time.Now()
	h.posts(t, guests)

	want, lost := map[string]int{}, 0
	for n, g := range guests {
		if poison(n) {
			lost++
			continue
		}
		want[g.email] = 1
	}
	var letters []string
	eventually(t, "the poison was given up and the rest sent", func() bool {
		letters = h.deadLetters(t)
		return len(letters) >= lost && len(h.mails(t)) >= len(want)
	})
	t.Logf("%d deliveries, %d of them poison, took %v", len(guests), lost, time.Since(began).Round(100*time.Millisecond))
	if diff := cmp.Diff(want, h.mails(t)); diff != "" {
		t.Errorf("mails by recipient (-want +got):\n%s", diff)
	}
	if len(letters) != lost {
		t.Errorf("%d letters for %d poisons", len(letters), lost)
	}
	for _, letter := range letters {
		var told struct {
			DDBStreamBatchInfo struct{ BatchSize int }
		}
		if err := json.Unmarshal([]byte(letter), &told); err != nil || told.DDBStreamBatchInfo.BatchSize != 1 {
			t.Errorf("%v, given up together: %s", err, letter)
		}
	}
	for n, g := range guests {
		d, err := h.outbox.Delivery(t.Context(), g.delivery)
		if err != nil || d.SentAt.IsZero() != poison(n) {
			t.Errorf("delivery %d was sent at %v: %v", n, d.SentAt, err)
		}
	}
}

package prove

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"

	"github.com/google/go-cmp/cmp"
)

// TestKillsBetweenSendingAndMarking kills the notifier once for each delivery: in turn when the mail is sent and the mark is asked
// for but not set, and when the mark is set but the notifier has not heard so. Nobody goes without a mail; where the mark
// was not set there are two.
func TestKillsBetweenSendingAndMarking(t *testing.T) {
	var lock sync.Mutex
	mails := map[csdn.DeliveryID]int{} // to be expected, of those that were killed
	endpoint := between(t, enginetest.StartWith(t, nil).Endpoint, func(operation string, body []byte, _ http.ResponseWriter, pass func()) {
		delivery, marks := marked(operation, body)
		lock.Lock()
		defer lock.Unlock()
		if !marks || mails[delivery] > 0 {
			pass()
			return
		}
		mails[delivery] = 2
		if len(mails)%2 == 0 {
			mails[delivery] = 1
			pass()
		}
		for _, pid := range children(t, filepath.Join(functions(t), "notifier")) {
			kill(t, pid)
		}
	})
	h := start(t, endpoint)
	h.meets(t, seats)
	guests := h.knows(t, count(6, 100), numbered)
	began := time.Now()
	h.posts(t, guests)
	h.settled(t)
	t.Logf("%d kills, each between a mail and its mark, took %v", len(mails), time.Since(began).Round(100*time.Millisecond))

	want := map[string]int{}
	for _, g := range guests {
		want[g.email] = mails[g.delivery]
	}
	if diff := cmp.Diff(want, h.mails(t)); diff != "" {
		t.Errorf("mails by recipient (-want +got):\n%s", diff)
	}
	if len(mails) != len(guests) {
		t.Errorf("%d of %d deliveries were killed", len(mails), len(guests))
	}
}

// marked returns the delivery that a request to DynamoDB marks as sent, if it does.
func marked(operation string, body []byte) (csdn.DeliveryID, bool) {
	var update struct {
		TableName string
		Key       struct{ PK struct{ S string } }
	}
	if !strings.HasSuffix(operation, ".UpdateItem") || json.Unmarshal(body, &update) != nil || update.TableName != "OutboxTable" {
		return "", false
	}
	return dynamo.DeliveryOf(update.Key.PK.S)
}

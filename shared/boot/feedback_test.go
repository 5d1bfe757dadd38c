package boot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestWhatTheMailServiceTells(t *testing.T) {
	at := time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	of := func(kind csdn.ReturnKind, addresses ...string) (all []csdn.MailReturn) {
		for _, address := range addresses {
			all = append(all, csdn.MailReturn{Email: address, Kind: kind, At: at})
		}
		return all
	}
	bounce := func(kind, recipients string) string {
		return `{"eventType":"Bounce","mail":{"messageId":"m-7"},"bounce":{"bounceType":"` + kind + `","bounceSubType":"General",` +
			`"timestamp":"2027-01-10T12:00:00.000Z","bouncedRecipients":[` + recipients + `]}}`
	}
	complaint := func(kind string) string {
		return `{"eventType":"Complaint","mail":{"messageId":"m-7"},"complaint":{"complaintFeedbackType":"` + kind + `",` +
			`"timestamp":"2027-01-10T12:00:00.000Z","complainedRecipients":[{"emailAddress":"a@ngo.example"}]}}`
	}
	for _, test := range []struct {
		name, detail string
		want         []csdn.MailReturn
	}{
		{"a bounce for good", bounce("Permanent", `{"emailAddress":"a@ngo.example","status":"5.1.1"}`), of(csdn.Bounced, "a@ngo.example")},
		{"of two", bounce("Permanent", `{"emailAddress":"a@ngo.example"},{"emailAddress":"b@ngo.example"}`), of(csdn.Bounced, "a@ngo.example", "b@ngo.example")},
		{"with a name", bounce("Permanent", `{"emailAddress":"Amina <a@ngo.example>"}`), of(csdn.Bounced, "a@ngo.example")},
		{"a bounce that passes", bounce("Transient", `{"emailAddress":"a@ngo.example"}`), nil},
		{"a bounce of an unknown kind", bounce("Undetermined", `{"emailAddress":"a@ngo.example"}`), nil},
		{"a complaint", complaint("abuse"), of(csdn.Complained, "a@ngo.example")},
		{"a complaint without a kind", complaint(""), of(csdn.Complained, "a@ngo.example")},
		{"what is welcome after all", complaint("not-spam"), nil},
		{"a delivery", `{"eventType":"Delivery","mail":{"messageId":"m-7"}}`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var taken []csdn.MailReturn
			var log bytes.Buffer
			e := &Environment{Log: slog.New(slog.NewJSONHandler(&log, nil))}
			err := e.hearer(func(_ context.Context, r csdn.MailReturn) (bool, error) {
				taken = append(taken, r)
				return true, nil
			})(t.Context(), events.EventBridgeEvent{Detail: json.RawMessage(test.detail)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, taken); diff != "" {
				t.Errorf("what is told differs (-want +got):\n%s", diff)
			}
			if strings.Contains(log.String(), "@") {
				t.Errorf("the log has addresses: %s", &log)
			}
		})
	}
}

func TestAReturnThatFailsIsToldAgain(t *testing.T) {
	broken := errors.New("broken")
	e := &Environment{Log: slog.New(slog.DiscardHandler)}
	hear := e.hearer(func(context.Context, csdn.MailReturn) (bool, error) { return false, broken })
	detail := `{"eventType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"a@ngo.example"}]}}`
	if err := hear(t.Context(), events.EventBridgeEvent{Detail: json.RawMessage(detail)}); !errors.Is(err, broken) {
		t.Errorf("the invocation comes to %v", err)
	}
	if err := hear(t.Context(), events.EventBridgeEvent{Detail: json.RawMessage(`[`)}); err == nil {
		t.Error("what cannot be read is taken")
	}
}

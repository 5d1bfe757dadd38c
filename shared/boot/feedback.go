package boot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// Hear starts the function that is told by the mail service, over the bus of events, of mail that came back. When one return fails the
// invocation does, so that it is told again of all of them: to take a return twice must do no harm.
func Hear(wire func(*Environment) func(context.Context, csdn.MailReturn) (noted bool, err error)) {
	start(func(e *Environment) any { return e.hearer(wire(e)) })
}

func (e *Environment) hearer(take func(context.Context, csdn.MailReturn) (bool, error)) func(context.Context, events.EventBridgeEvent) error {
	count := e.Count(web.MailsReturned)
	return func(ctx context.Context, event events.EventBridgeEvent) error {
		var told mailEvent
		if err := json.Unmarshal(event.Detail, &told); err != nil {
			return fmt.Errorf("read the event of a mail: %w", err)
		}
		var failed []error
		for _, r := range told.returns() {
			noted, err := take(ctx, r)
			failed = append(failed, err)
			if noted {
				count()
			}
			e.Log.Info("mail came back", "message", told.Mail.MessageID, "kind", string(r.Kind), "noted", noted, "failed", err != nil)
		}
		return errors.Join(failed...)
	}
}

// mailEvent is what Amazon SES publishes of a mail, as far as it matters here. Its member names are those of the service:
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
type mailEvent struct {
	EventType string `json:"eventType"`
	Mail      struct {
		MessageID string `json:"messageId"`
	} `json:"mail"`
	Bounce struct {
		Type       string      `json:"bounceType"`
		Timestamp  time.Time   `json:"timestamp"`
		Recipients []recipient `json:"bouncedRecipients"`
	} `json:"bounce"`
	Complaint struct {
		Type       string      `json:"complaintFeedbackType"`
		Timestamp  time.Time   `json:"timestamp"`
		Recipients []recipient `json:"complainedRecipients"`
	} `json:"complaint"`
}

type recipient struct {
	Address string `json:"emailAddress"`
}

// returns are those that last: a full mailbox may empty, and a message that its owner takes out of the unwanted ones is welcome.
func (m mailEvent) returns() []csdn.MailReturn {
	switch {
	case m.EventType == "Bounce" && m.Bounce.Type == "Permanent":
		return returnsOf(csdn.Bounced, m.Bounce.Timestamp, m.Bounce.Recipients)
	case m.EventType == "Complaint" && m.Complaint.Type != "not-spam":
		return returnsOf(csdn.Complained, m.Complaint.Timestamp, m.Complaint.Recipients)
	}
	return nil
}

func returnsOf(kind csdn.ReturnKind, at time.Time, recipients []recipient) []csdn.MailReturn {
	var all []csdn.MailReturn
	for _, r := range recipients {
		address := r.Address
		if parsed, err := mail.ParseAddress(address); err == nil {
			address = parsed.Address // it may come with a name
		}
		all = append(all, csdn.MailReturn{Email: address, Kind: kind, At: at.UTC().Truncate(time.Millisecond)})
	}
	return all
}

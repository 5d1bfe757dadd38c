package mailbox

import (
	"strings"
	"time"
)

// Simulator is the domain whose addresses answer as those of the mailbox simulator of Amazon SES do: bounce@ takes no mail for good,
// busy@ none just now, and complaint@ calls what comes unwanted. A part after + is of no account, so that there are many of each.
const Simulator = "simulator.example"

// Publish is told of what becomes of a message, as an event destination of Amazon SES is.
type Publish func(detailType string, detail any) error

type returned struct {
	EventType string         `json:"eventType"`
	Mail      map[string]any `json:"mail"`
	Bounce    *bounce        `json:"bounce,omitempty"`
	Complaint *complaint     `json:"complaint,omitempty"`
}

type recipient struct {
	EmailAddress string `json:"emailAddress"`
}

type bounce struct {
	BounceType        string      `json:"bounceType"`
	BounceSubType     string      `json:"bounceSubType"`
	BouncedRecipients []recipient `json:"bouncedRecipients"`
	Timestamp         time.Time   `json:"timestamp"`
}

type complaint struct {
	ComplainedRecipients  []recipient `json:"complainedRecipients"`
	ComplaintFeedbackType string      `json:"complaintFeedbackType"`
	Timestamp             time.Time   `json:"timestamp"`
}

// tell publishes what becomes of a message to an address of the simulator.
func (m *Mailbox) tell(id, to string, at time.Time) error {
	local, domain, _ := strings.Cut(to, "@")
	if domain != Simulator {
		return nil
	}
	name, _, _ := strings.Cut(local, "+")
	mail := map[string]any{"messageId": id, "destination": []string{to}, "timestamp": at}
	recipients := []recipient{{to}}
	switch name {
	case "bounce":
		return m.options.Publish("Email Bounced", returned{
			EventType: "Bounce", Mail: mail, Bounce: &bounce{"Permanent", "General", recipients, at},
		})
	case "busy":
		return m.options.Publish("Email Bounced", returned{
			EventType: "Bounce", Mail: mail, Bounce: &bounce{"Transient", "MailboxFull", recipients, at},
		})
	case "complaint":
		return m.options.Publish("Email Complaint Received", returned{
			EventType: "Complaint", Mail: mail, Complaint: &complaint{recipients, "abuse", at},
		})
	}
	return nil
}

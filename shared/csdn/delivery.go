package csdn

import (
	"context"
	"time"
)

// Message is a kind of message to an invitee, or RenewalMessage.
type Message string

// The messages.
const (
	InvitationMessage   Message = "invitation"
	ConfirmationMessage Message = "confirmation"
	ReserveMessage      Message = "reserve"
	OfferMessage        Message = "offer"
	ReminderMessage     Message = "reminder"
	ChangeMessage       Message = "change"
	CancellationMessage Message = "cancellation"
)

// Delivery is one message that is to be sent: ids only, so that the outbox holds no personal data. It is written in the
// transaction of the act that causes it.
type Delivery struct {
	ID           DeliveryID
	Message      Message
	Meeting      MeetingID
	Person       PersonID
	Round        int            // of the invitation
	Organisation OrganisationID // of a renewal, which is about no meeting
	Account      AccountID      // of a renewal, "" for the organisation's own address
	CreatedAt    time.Time
	SentAt       time.Time // zero until sent
}

// LinkHash is the SHA-256 of a link's token, in hexadecimal. The token itself is in the mail alone.
type LinkHash string

// Link lets its bearer answer one round of one invitation.
type Link struct {
	Hash    LinkHash
	Meeting MeetingID
	Person  PersonID
	Round   int
}

// Outbox tells which deliveries are still to be sent.
type Outbox interface {
	// Delivery returns one delivery, consistently read. NotFound.
	Delivery(ctx context.Context, id DeliveryID) (Delivery, error)
	// MarkSent records that the delivery was sent. Marking twice is no error.
	MarkSent(ctx context.Context, id DeliveryID, at time.Time) error
}

// Letter is everything that one message says. Token is that of the link made for it.
type Letter struct {
	Delivery
	Meeting    Meeting
	Invitation Invitation
	Person     Person
	Token      string
}

// Post sends letters.
type Post interface {
	// Send hands one letter to the mail service. Unavailable when it may be tried again.
	Send(ctx context.Context, letter Letter) error
	// SendRenewal is Send for the letter of a renewal.
	SendRenewal(ctx context.Context, letter RenewalLetter) error
}

// Calendars writes calendar entries.
type Calendars interface {
	// Entry returns the iCalendar object (RFC 5545) of the letter's invitation as it now stands, for its one attendee.
	Entry(letter Letter) ([]byte, error)
}

// Holds reports whether the delivery still says what is so: its meeting has not begun, and the invitation has not moved on,
// which has a message of its own.
func (d Delivery) Holds(m Meeting, i Invitation, at time.Time) bool {
	if !at.Before(m.StartsAt()) || d.Round != i.Round {
		return false
	}
	switch d.Message {
	case InvitationMessage, ReminderMessage:
		return i.Status == Invited || i.Status == Tentative
	case ConfirmationMessage:
		return i.Status == Accepted
	case ReserveMessage:
		return i.Status == Reserved
	case OfferMessage:
		return i.Status == Offered
	case CancellationMessage:
		return !i.Active()
	}
	return i.Active()
}

package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// Notifier sends what the outbox holds.
type Notifier struct {
	Clerk
	Outbox        csdn.Outbox
	Invitations   csdn.InvitationStore
	Meetings      csdn.MeetingStore
	People        csdn.PersonStore
	Organisations csdn.OrganisationStore
	Accounts      csdn.AccountStore
	Renewals      csdn.RenewalStore
	Post          csdn.Post
	NewToken      func() string // at least 128 random bits
}

// Deliver sends one delivery, once: one that was sent is left alone. One that no longer holds, because its invitation has moved on
// or its meeting has begun, is marked without being sent, and so is one to an address that mail came back from. It returns whether a
// message went out.
func (n Notifier) Deliver(ctx context.Context, id csdn.DeliveryID) (bool, error) {
	delivery, err := n.Outbox.Delivery(ctx, id)
	if err != nil {
		return false, unlessAbsent(err)
	}
	if !delivery.SentAt.IsZero() {
		return false, nil
	}
	send := n.invite
	if delivery.Message == csdn.RenewalMessage {
		send = n.renew
	}
	holds, err := send(ctx, delivery)
	if err != nil {
		return false, err
	}
	return holds, n.mark(ctx, id)
}

// markAttempts is how often a mark is tried: a letter without one is sent again.
const markAttempts = 5

// mark notes that a delivery was sent, unless it was erased meanwhile.
func (n Notifier) mark(ctx context.Context, id csdn.DeliveryID) error {
	var err error
	for range markAttempts {
		if err = n.Outbox.MarkSent(ctx, id, n.Now()); !errors.Is(err, csdn.Unavailable) {
			return unlessAbsent(err)
		}
	}
	return err
}

// invite sends the letter of a delivery to an invitee, if it still holds.
func (n Notifier) invite(ctx context.Context, delivery csdn.Delivery) (bool, error) {
	letter, holds, err := n.letter(ctx, delivery)
	if err != nil || !holds {
		return false, err
	}
	return true, n.Post.Send(ctx, letter)
}

// letter gathers what the message says and makes a link of its own for it. Each message has its own link, as tokens are
// stored nowhere; all links of one round of an invitation answer the same.
func (n Notifier) letter(ctx context.Context, delivery csdn.Delivery) (csdn.Letter, bool, error) {
	letter := csdn.Letter{Delivery: delivery}
	var err error
	if letter.Meeting, err = n.Meetings.Meeting(ctx, delivery.Meeting); err != nil {
		return letter, false, unlessAbsent(err)
	}
	if letter.Invitation, err = located(ctx, n.Invitations, n.People, delivery.Meeting, delivery.Person); err != nil {
		return letter, false, unlessAbsent(err)
	}
	if letter.Person, err = standingPerson(ctx, n.People, delivery.Person); err != nil {
		return letter, false, unlessAbsent(err)
	}
	delivery.Person = letter.Invitation.Person
	letter.Delivery = delivery
	if !delivery.Holds(letter.Meeting, letter.Invitation, n.Now()) || !letter.Person.Undeliverable.IsZero() {
		return letter, false, nil
	}
	if !letter.Invitation.Answerable() {
		return letter, true, nil
	}
	letter.Token = n.NewToken()
	err = n.Invitations.PutLink(ctx, csdn.Link{
		Hash: HashToken(letter.Token), Meeting: delivery.Meeting, Person: delivery.Person, Round: letter.Invitation.Round,
	})
	if !errors.Is(err, csdn.NotFound) {
		return letter, true, err
	}
	if _, err := located(ctx, n.Invitations, n.People, delivery.Meeting, delivery.Person); err != nil {
		return letter, false, unlessAbsent(err)
	}
	return n.letter(ctx, delivery) // it was handed over to another at this very moment
}

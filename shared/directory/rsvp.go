package directory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Rsvp is what the bearer of an invitation's link sees.
type Rsvp struct {
	Meeting    csdn.Meeting
	Invitation csdn.Invitation
	Person     csdn.Person
	Choices    []csdn.Answer
}

// HashToken returns the hash under which the link of a token is stored.
func HashToken(token string) csdn.LinkHash {
	sum := sha256.Sum256([]byte(token))
	return csdn.LinkHash(hex.EncodeToString(sum[:]))
}

// ReadRsvp returns what a link leads to, and changes nothing: mail scanners open every link. A wrong, a dead and an expired
// link are the same NotFound.
func (d Invitations) ReadRsvp(ctx context.Context, token string) (Rsvp, error) {
	i, err := d.linked(ctx, token)
	if err != nil {
		return Rsvp{}, err
	}
	return d.rsvp(ctx, i)
}

// Respond answers an invitation by its link. The same answer again changes nothing.
func (d Invitations) Respond(ctx context.Context, token string, r csdn.Response) (Rsvp, error) {
	i, err := d.linked(ctx, token)
	if err != nil {
		return Rsvp{}, err
	}
	answer := func(s *situation) error {
		if !leads(s.meeting, s.at) {
			return absent()
		}
		return s.respond(r)
	}
	after, err := d.alter(ctx, csdn.Caller{Account: csdn.Invitee}, "invitation.answered", i.Meeting, i.Person, answer)
	if errors.Is(err, csdn.NotFound) { // as when it was handed over at this very moment
		if i, err = d.linked(ctx, token); err == nil {
			after, err = d.alter(ctx, csdn.Caller{Account: csdn.Invitee}, "invitation.answered", i.Meeting, i.Person, answer)
		}
	}
	if err != nil {
		return Rsvp{}, err
	}
	return d.rsvp(ctx, after)
}

// respond sets what the invitation comes to by its invitee's response.
func (s *situation) respond(r csdn.Response) error {
	if err := r.Validate(s.meeting); err != nil {
		return err
	}
	var err error
	s.after, s.seating, err = s.before.Respond(r, s.meeting, s.seating, s.at)
	s.freed = s.before.Seated() && (!s.after.Seated() || s.after.Mode != s.before.Mode)
	s.messages = answerMessages(s.before, s.after)
	return err
}

// answerMessages says what is written to an invitee whose answer changed an invitation.
func answerMessages(before, after csdn.Invitation) []csdn.Message {
	moved := before.Status != after.Status || before.Mode != after.Mode
	switch {
	case !moved:
		return nil
	case after.Status == csdn.Accepted:
		return []csdn.Message{csdn.ConfirmationMessage}
	case after.Status == csdn.Reserved:
		return []csdn.Message{csdn.ReserveMessage}
	case before.Status == csdn.Accepted:
		return []csdn.Message{csdn.CancellationMessage}
	}
	return nil
}

// linked returns the invitation that the token's link may answer.
func (d Invitations) linked(ctx context.Context, token string) (csdn.Invitation, error) {
	link, err := d.Store.Link(ctx, HashToken(token))
	if err != nil {
		return csdn.Invitation{}, hidden(err)
	}
	i, err := located(ctx, d.Store, d.People, link.Meeting, link.Person)
	if err != nil {
		return csdn.Invitation{}, hidden(err)
	}
	if i.Round != link.Round || !i.Answerable() {
		return csdn.Invitation{}, absent()
	}
	return i, nil
}

func (d Invitations) rsvp(ctx context.Context, i csdn.Invitation) (Rsvp, error) {
	m, err := d.Meetings.Meeting(ctx, i.Meeting)
	if err != nil {
		return Rsvp{}, hidden(err)
	}
	p, err := standingPerson(ctx, d.People, i.Person)
	if err != nil {
		return Rsvp{}, hidden(err)
	}
	now := d.Now()
	if !leads(m, now) {
		return Rsvp{}, absent()
	}
	m.Planners = nil
	if i.Status != csdn.Accepted {
		m.OnlineURL = ""
	}
	return Rsvp{Meeting: m, Invitation: i, Person: p, Choices: i.Choices(m, now)}, nil
}

// leads reports whether links of the meeting's invitations still lead anywhere: until its start.
func leads(m csdn.Meeting, now time.Time) bool {
	return m.Status == csdn.MeetingOpen && now.Before(m.StartsAt())
}

// hidden makes every absence look the same.
func hidden(err error) error {
	if errors.Is(err, csdn.NotFound) {
		return absent()
	}
	return err
}

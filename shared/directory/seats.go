package directory

import (
	"context"
	"time"

	"csdn.example/directory/shared/csdn"
)

// attempts is how often an act that lost against another is decided anew.
const attempts = 30

// situation is what an act on one invitation is decided on, and what it comes to.
type situation struct {
	at       time.Time
	meeting  csdn.Meeting
	before   csdn.Invitation
	seating  csdn.Seating
	after    csdn.Invitation
	messages []csdn.Message
	freed    bool // the seat that before held is given up
	offers   []csdn.Invitation
}

// leave sets what the invitation comes to when it gives up the seat that it may hold.
func (s *situation) leave(after csdn.Invitation, err error) {
	if err != nil {
		return
	}
	s.after, s.freed = after, s.before.Seated()
	s.seating = s.seating.Leave(s.before)
}

// alter decides an act on one invitation and writes what it comes to, with the offers of a seat that it frees, in one
// transaction. When another act was faster it is decided anew. A decision that leaves the invitation as it is writes
// nothing.
func (d Invitations) alter(ctx context.Context, by csdn.Caller, act csdn.Act, meeting csdn.MeetingID, person csdn.PersonID, decide func(*situation) error) (csdn.Invitation, error) {
	var after csdn.Invitation
	accepted := false
	err := d.retry(ctx, func() error {
		s, err := d.situation(ctx, meeting, person)
		if err != nil {
			return err
		}
		taken := s.seating
		if err := decide(&s); err != nil {
			return err
		}
		after, accepted = s.after, false
		if after.Version == s.before.Version {
			return nil
		}
		if err := d.keepOrder(ctx, &s, taken); err != nil {
			return err
		}
		if err := d.offer(ctx, &s); err != nil {
			return err
		}
		after = s.after
		write := csdn.InvitationWrite{Meeting: meeting, MeetingVersion: s.meeting.Version}
		d.add(&write, by, act, s.before, s.after, s.messages...)
		for _, offered := range s.offers {
			waiting := offered
			waiting.Status = csdn.Reserved
			d.add(&write, csdn.Caller{Account: csdn.Clock}, "invitation.offered", waiting, offered, csdn.OfferMessage)
		}
		// Whoever joins the reserve counts as a change of the seating: a seat that becomes free at that moment must meet them. So
		// does attendance, which the closing of the meeting must meet.
		if s.seating != taken || s.after.Status == csdn.Reserved || s.after.Status == csdn.Attended || s.after.Status == csdn.Absent {
			s.seating.Version = taken.Version + 1
			write.Seating = &s.seating
		}
		accepted = s.after.Status == csdn.Accepted && s.before.Status != csdn.Accepted
		return d.write(ctx, write)
	})
	if err == nil && accepted && d.Taken != nil {
		d.Taken()
	}
	return after, err
}

func (d Invitations) situation(ctx context.Context, meeting csdn.MeetingID, person csdn.PersonID) (situation, error) {
	s := situation{at: d.Now()}
	var err error
	if s.meeting, err = d.Meetings.Meeting(ctx, meeting); err != nil {
		return s, err
	}
	if s.before, err = d.Store.Invitation(ctx, meeting, person); err != nil {
		return s, err
	}
	s.seating, err = d.Store.Seating(ctx, meeting)
	s.after = s.before
	return s, err
}

// keepOrder lets those go first who wait for the seat that an acceptance took, as when seats were added: they are offered the free
// ones, and the invitee gets what is left, or joins them. taken is the seating before the act.
func (d Invitations) keepOrder(ctx context.Context, s *situation, taken csdn.Seating) error {
	kept := s.before.Seated() && s.before.Mode == s.after.Mode
	if s.after.Status != csdn.Accepted || kept || s.meeting.Seats.Limit(s.after.Mode) == nil {
		return nil
	}
	list, err := d.Store.Invitations(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	ahead := s.before.Ahead(list, s.after.Mode)
	if len(ahead) == 0 {
		return nil
	}
	offers, seating := csdn.NextOffers(s.meeting, taken, ahead, s.after, s.at, s.at.Add(s.meeting.OfferTime()))
	if len(offers) == len(ahead) && seating.Has(s.after.Mode, s.meeting.Seats) {
		seating = s.seating.Join(offers)
	} else if s.before.Seated() {
		return csdn.Errorf(csdn.Conflict, "Others wait for a seat of that mode; the one held is kept.")
	} else {
		queued := s.before.Queue(s.after.Mode, s.at)
		queued.Note, queued.Sequence = s.after.Note, s.after.Sequence
		s.after, s.messages = queued, answerMessages(s.before, queued)
	}
	s.offers, s.seating = offers, seating
	return nil
}

// offer offers the seat that is given up to those who wait for it, unless the meeting has begun.
func (d Invitations) offer(ctx context.Context, s *situation) error {
	if !s.freed || s.meeting.Status != csdn.MeetingOpen || !s.at.Before(s.meeting.StartsAt()) {
		return nil
	}
	list, err := d.Store.Invitations(ctx, s.meeting.ID)
	if err != nil {
		return err
	}
	offers, seating := csdn.NextOffers(s.meeting, s.seating, list, s.before, s.at, s.at.Add(s.meeting.OfferTime()))
	s.offers, s.seating = append(s.offers, offers...), seating
	return nil
}

// add puts what became of an invitation into the write, with its entry of the trail and the messages to its invitee.
func (d Invitations) add(write *csdn.InvitationWrite, by csdn.Caller, act csdn.Act, before, after csdn.Invitation, messages ...csdn.Message) {
	write.Invitations = append(write.Invitations, after)
	write.Changes = append(write.Changes, csdn.InvitationChange{
		Person: after.Person,
		Change: d.change(by, act, after.UpdatedAt, after.Version, csdn.Differences(before.Facts(), after.Facts())),
	})
	for _, message := range messages {
		write.Deliveries = append(write.Deliveries, csdn.Delivery{
			ID: csdn.DeliveryID(d.NewID()), Message: message, Meeting: after.Meeting, Person: after.Person, Round: after.Round, CreatedAt: after.UpdatedAt,
		})
	}
}

func (d Invitations) write(ctx context.Context, write csdn.InvitationWrite) error {
	if len(write.Invitations) == 0 {
		return nil
	}
	return d.Store.WriteInvitations(ctx, write)
}

// retry does an act again while it loses against others. Unavailable, with nothing done, when it always lost.
func (d Invitations) retry(ctx context.Context, act func() error) error {
	var err error
	for attempt := range attempts {
		if err = act(); !lost(err) {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		d.Pause(attempt)
	}
	return &csdn.Error{Kind: csdn.Unavailable, Message: "Too many others are at this meeting just now. Nothing was changed; try again.", RetryAfter: time.Second, Cause: err}
}

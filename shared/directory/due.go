package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// dueAtOnce is how many due invitations are looked at in one reading.
const dueAtOnce = 50

// DoDue does what is due by now and returns how many invitations it looked at. A reminder that waited for the morning goes
// out; an unanswered invitation expires; an offer lapses, and its seat goes to the next in the reserve. One that cannot be done just now does not hold up the others:
// it stays due, and the error is returned at the end.
func (d Invitations) DoDue(ctx context.Context) (int, error) {
	due, err := d.Store.DueInvitations(ctx, d.Now(), dueAtOnce)
	if err != nil {
		return 0, err
	}
	done := 0
	for _, i := range due {
		if _, failed := d.alter(ctx, csdn.Caller{Account: csdn.Clock}, "invitation.due", i.Meeting, i.Person, pastDue); failed != nil {
			err = failed
			continue
		}
		done++
	}
	return done, err
}

// pastDue decides what becomes of an invitation whose time has come, if it still has.
func pastDue(s *situation) error {
	deadline := s.meeting.AnswersUntil()
	switch {
	case s.before.DueAt.IsZero() || s.at.Before(s.before.DueAt):
		return nil
	case s.before.Status == csdn.Offered:
		after, err := s.before.Lapse(s.at)
		s.leave(after, err)
		return err
	case s.at.Before(deadline) && !s.before.RemindAt.IsZero():
		s.after, s.messages = s.before.Reminded(s.at, s.meeting), []csdn.Message{csdn.ReminderMessage}
		return nil
	case s.at.Before(deadline):
		s.after = s.before.Postpone(s.at, deadline)
		return nil
	}
	after, err := s.before.Expire(s.at)
	s.after = after
	return err
}

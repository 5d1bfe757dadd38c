package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// AnswerByMail answers an invitation by what a calendar program sent back. It does what the link's answer does, and is taken
// from the invitee's own address alone. A reply to nothing, to what is over or taken back, and from or for somebody else are the
// same NotFound. Conflict for one to an earlier date of the meeting, and where the link's answer would be one. Unavailable,
// with nothing done, when it may be tried again.
func (d Invitations) AnswerByMail(ctx context.Context, r csdn.Reply) error {
	meeting, person, ok := csdn.ParseCalendarUID(r.UID)
	if !ok {
		return absent()
	}
	p, err := standingPerson(ctx, d.People, person) // an entry keeps its UID when the record of the person is merged into another
	if err != nil {
		return hidden(err)
	}
	if !r.By(p) {
		return absent()
	}
	i, err := located(ctx, d.Store, d.People, meeting, person)
	if err != nil {
		return hidden(err)
	}
	_, err = d.alter(ctx, csdn.Caller{Account: csdn.Invitee}, "invitation.answered.by-mail", meeting, i.Person, func(s *situation) error {
		if !r.To(s.before) || s.meeting.Status != csdn.MeetingOpen || !s.at.Before(s.meeting.StartsAt()) {
			return absent()
		}
		if r.Outdated(s.before, s.meeting) {
			return csdn.Errorf(csdn.Conflict, "The answer is to an earlier date of the meeting.")
		}
		return s.respond(r.Response(s.before, s.meeting, s.at))
	})
	return hidden(err)
}

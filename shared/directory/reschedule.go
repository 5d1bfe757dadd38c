package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Reschedule moves an open meeting to another occasion and asks everybody again who had been sent an invitation: seats are
// freed, answers are void, calendars are told. The deadline for answers moves with the start unless the edit sets it. Broken off on
// the way, it goes on when it is done again with the same occasion.
func (d Invitations) Reschedule(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, read csdn.Version, edit func(csdn.MeetingProfile) (csdn.MeetingProfile, error)) (csdn.Meeting, error) {
	m, err := planned(ctx, d.Meetings, caller, "meeting.rescheduled", meeting)
	if err != nil {
		return m, err
	}
	if err := matches(read, m.Version); err != nil {
		return m, err
	}
	profile, err := edit(m.MeetingProfile)
	if err != nil {
		return m, err
	}
	if deadline := profile.ResponseDeadline; !deadline.IsZero() && deadline.Equal(m.ResponseDeadline) {
		profile.ResponseDeadline = deadline.Add(profile.StartsAt().Sub(m.StartsAt()))
	}
	profile = profile.Clean()
	if err := profile.Validate(); err != nil {
		return m, err
	}
	moved := m
	if !profile.SameOccasion(m.MeetingProfile) {
		if moved, err = m.Reschedule(profile, d.Now()); err != nil {
			return m, err
		}
		change := d.change(caller, "meeting.rescheduled", moved.UpdatedAt, moved.Version, csdn.Differences(m.Facts(), moved.Facts()))
		if err := d.Meetings.PutMeeting(ctx, m, moved, change); err != nil {
			return m, err
		}
	}
	return moved, d.sweep(ctx, caller, "invitation.asked-again", moved, func(before csdn.Invitation) (csdn.Invitation, []csdn.Message, error) {
		after, err := before.AskAgain(d.Now(), moved)
		return after, []csdn.Message{csdn.ChangeMessage}, err
	})
}

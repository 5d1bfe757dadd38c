package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Cancel cancels an open meeting, which takes no answer from then on, revokes every active invitation, and tells those who had been
// sent one. Broken off on the way, it goes on when it is done again.
func (d Invitations) Cancel(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, read csdn.Version, reason string) (csdn.Meeting, error) {
	m, err := planned(ctx, d.Meetings, caller, "meeting.cancelled", meeting)
	if err != nil {
		return m, err
	}
	if err := matches(read, m.Version); err != nil {
		return m, err
	}
	cancelled, err := m.Cancel(d.Now())
	if err != nil {
		return m, d.resumeCancelling(ctx, caller, m, reason, err)
	}
	change := d.change(caller, "meeting.cancelled", cancelled.UpdatedAt, cancelled.Version, csdn.Differences(m.Facts(), cancelled.Facts()))
	if err := d.Meetings.PutMeeting(ctx, m, cancelled, change); err != nil {
		return m, err
	}
	return cancelled, d.sweep(ctx, caller, "invitation.revoked", cancelled, d.revoking(reason))
}

// resumeCancelling goes on with a cancelling that was broken off. Where nothing is left to do it returns why the meeting
// cannot be cancelled.
func (d Invitations) resumeCancelling(ctx context.Context, caller csdn.Caller, m csdn.Meeting, reason string, refusal error) error {
	if m.Status != csdn.MeetingCancelled {
		return refusal
	}
	rest, err := d.next(ctx, caller, "invitation.revoked", m, d.revoking(reason))
	if err != nil {
		return err
	}
	if len(rest.Invitations) == 0 {
		return refusal
	}
	return d.sweep(ctx, caller, "invitation.revoked", m, d.revoking(reason))
}

// revoking takes an invitation back; whoever had been sent it is told.
func (d Invitations) revoking(reason string) turn {
	return func(before csdn.Invitation) (csdn.Invitation, []csdn.Message, error) {
		after, err := before.Revoke(d.Now(), reason)
		if before.Status == csdn.Draft {
			return after, nil, err
		}
		return after, []csdn.Message{csdn.CancellationMessage}, err
	}
}

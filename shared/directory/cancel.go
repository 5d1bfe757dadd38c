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
	change := d.change(caller.Account, "meeting.cancelled", cancelled.UpdatedAt, cancelled.Version, csdn.Differences(m.Facts(), cancelled.Facts()))
	if err := d.Meetings.PutMeeting(ctx, m, cancelled, change); err != nil {
		return m, err
	}
	return cancelled, d.revokeAll(ctx, caller, cancelled, reason)
}

// resumeCancelling goes on with a cancelling that was broken off. Where nothing is left to do it returns why the meeting
// cannot be cancelled.
func (d Invitations) resumeCancelling(ctx context.Context, caller csdn.Caller, m csdn.Meeting, reason string, refusal error) error {
	if m.Status != csdn.MeetingCancelled {
		return refusal
	}
	rest, err := d.revocations(ctx, caller, m, reason)
	if err != nil {
		return err
	}
	if len(rest.Invitations) == 0 {
		return refusal
	}
	return d.revokeAll(ctx, caller, m, reason)
}

// revokeAll revokes every active invitation of a meeting, a transaction at a time.
func (d Invitations) revokeAll(ctx context.Context, caller csdn.Caller, m csdn.Meeting, reason string) error {
	for {
		var write csdn.InvitationWrite
		err := d.retry(ctx, func() (err error) {
			if write, err = d.revocations(ctx, caller, m, reason); err != nil {
				return err
			}
			return d.write(ctx, write)
		})
		if err != nil || len(write.Invitations) < chunk {
			return err
		}
	}
}

// revocations returns the write that revokes the next active invitations of a meeting, as many as one transaction takes.
func (d Invitations) revocations(ctx context.Context, caller csdn.Caller, m csdn.Meeting, reason string) (csdn.InvitationWrite, error) {
	write := csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: m.Version}
	seating, err := d.Store.Seating(ctx, m.ID)
	if err != nil {
		return write, err
	}
	list, err := d.Store.Invitations(ctx, m.ID)
	if err != nil {
		return write, err
	}
	taken := seating
	for _, before := range list {
		after, err := before.Revoke(d.Now(), reason)
		if err != nil || len(write.Invitations) == chunk {
			continue
		}
		seating = seating.Leave(before)
		var messages []csdn.Message
		if before.Status != csdn.Draft {
			messages = append(messages, csdn.CancellationMessage)
		}
		d.add(&write, caller.Account, "invitation.revoked", before, after, messages...)
	}
	if seating != taken {
		seating.Version++
		write.Seating = &seating
	}
	return write, nil
}

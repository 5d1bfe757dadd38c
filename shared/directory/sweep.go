package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// turn is what an act on a whole meeting does to one invitation, and what its invitee is told. A Conflict passes the invitation by.
type turn func(csdn.Invitation) (csdn.Invitation, []csdn.Message, error)

// sweep does an act to every invitation of a meeting that takes it, a transaction at a time. Broken off on the way, it
// goes on when it is done again.
func (d Invitations) sweep(ctx context.Context, by csdn.Caller, act csdn.Act, m csdn.Meeting, do turn) error {
	for {
		var write csdn.InvitationWrite
		err := d.retry(ctx, func() (err error) {
			if write, err = d.next(ctx, by, act, m, do); err != nil {
				return err
			}
			return d.write(ctx, write)
		})
		if err != nil || len(write.Invitations) < chunk {
			return err
		}
	}
}

// next returns the write that does the act to the next invitations, as many as one transaction takes, and frees the seats that
// they held.
func (d Invitations) next(ctx context.Context, by csdn.Caller, act csdn.Act, m csdn.Meeting, do turn) (csdn.InvitationWrite, error) {
	write := csdn.InvitationWrite{Meeting: m.ID}
	present, err := d.Meetings.Meeting(ctx, m.ID)
	if err != nil {
		return write, err
	}
	write.MeetingVersion = present.Version
	taken, err := d.Store.Seating(ctx, m.ID)
	if err != nil {
		return write, err
	}
	list, err := d.Store.Invitations(ctx, m.ID)
	if err != nil {
		return write, err
	}
	seating := taken
	for _, before := range list {
		after, messages, err := do(before)
		if err != nil || len(write.Invitations) == chunk {
			continue
		}
		seating = seating.Leave(before)
		d.add(&write, by, act, before, after, messages...)
	}
	if seating != taken {
		seating.Version++
		write.Seating = &seating
	}
	return write, nil
}

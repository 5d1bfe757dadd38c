package directory

import (
	"context"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// recordingChunk is how many invitations one transaction records: each is itself and an entry of the trail, beside the meeting and its
// seating, and a transaction holds a hundred items.
const recordingChunk = 45

// Record records how it ended with people at a meeting that has begun, as when one of the past is entered whole: they get an invitation
// in that state, and nobody is written to. One that is already there is left as it is, but for a draft. category and mode are those of the
// person and the meeting unless given. Conflict when their seats are taken, or when it is kept no longer who was invited.
func (d Invitations) Record(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, people []csdn.PersonID, status csdn.InvitationStatus, category csdn.Category, mode csdn.Mode) ([]Drafted, error) {
	m, err := planned(ctx, d.Meetings, caller, "invitation.recorded", meeting)
	if err != nil {
		return nil, err
	}
	if err := d.takesRecords(ctx, m); err != nil {
		return nil, err
	}
	if mode == "" {
		mode = m.Mode.Default()
	}
	people = once(people)
	if err := csdn.ValidateRecording(m, people, status, category, mode); err != nil {
		return nil, err
	}
	persons, err := d.invitable(ctx, caller, people)
	if err != nil {
		return nil, err
	}
	var recorded []Drafted
	for some := range slices.Chunk(persons, recordingChunk) {
		part, err := d.recordChunk(ctx, caller, meeting, some, status, category, mode)
		if err != nil {
			return nil, err
		}
		recorded = append(recorded, part...)
	}
	return recorded, nil
}

func (d Invitations) takesRecords(ctx context.Context, m csdn.Meeting) error {
	if err := m.TakesRecords(d.Now()); err != nil {
		return err
	}
	held, err := d.held(ctx, m)
	if err == nil && !held {
		return csdn.Errorf(csdn.Conflict, "It is kept no longer who was invited to this meeting. The secretariat can set retainUntil to a later day first.")
	}
	return err
}

func (d Invitations) recordChunk(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, persons []csdn.Person, status csdn.InvitationStatus, category csdn.Category, mode csdn.Mode) ([]Drafted, error) {
	var recorded []Drafted
	err := d.retry(ctx, func() error {
		recorded = nil
		m, err := d.Meetings.Meeting(ctx, meeting)
		if err != nil {
			return err
		}
		if err := m.TakesRecords(d.Now()); err != nil {
			return err
		}
		seating, err := d.Store.Seating(ctx, meeting)
		if err != nil {
			return err
		}
		there, err := d.there(ctx, meeting)
		if err != nil {
			return err
		}
		write := csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: m.Version}
		for _, p := range persons {
			before, known := there[p.ID]
			if known && before.Status != csdn.Draft {
				recorded = append(recorded, Drafted{Invitation: before, Already: true})
				continue
			}
			draft := d.fresh(m, p, category, mode)
			draft.Version = before.Version
			if known {
				draft.Round, draft.CreatedAt, draft.Calendar = before.Round, before.CreatedAt, before.Calendar
			}
			var after csdn.Invitation
			if after, seating, err = draft.Record(status, m, seating, d.Now()); err != nil {
				return err
			}
			recorded = append(recorded, Drafted{Invitation: after})
			d.add(&write, caller, "invitation.recorded", before, after)
		}
		if len(write.Invitations) > 0 {
			seating.Version++ // whatever is recorded, the closing of the meeting must meet it
			write.Seating = &seating
		}
		return d.write(ctx, write)
	})
	return recorded, err
}

package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Closings closes meetings.
type Closings struct {
	Invitations
	Closing csdn.ClosingStore
}

// Close ends the record of a meeting that was held: attendance can no longer be corrected, and its indicators are frozen for the
// report of its phase, in one transaction. Invitees who accepted and whose attendance nobody recorded count as accepted, not as
// attended. Conflict unless the meeting is held.
func (d Closings) Close(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version) (csdn.Meeting, error) {
	var closed csdn.Meeting
	var outdated error
	err := d.retry(ctx, func() error {
		m, err := planned(ctx, d.Meetings, caller, "meeting.closed", id)
		if err != nil {
			return err
		}
		if outdated = matches(read, m.Version); outdated != nil {
			return nil
		}
		if closed, err = m.Close(d.Now()); err != nil {
			return err
		}
		return d.freeze(ctx, caller, m, closed)
	})
	if err == nil {
		err = outdated
	}
	return closed, err
}

// freeze counts the indicators and writes the closing. The seating is read before the invitations, so that attendance recorded
// in between makes the write Stale.
func (d Closings) freeze(ctx context.Context, caller csdn.Caller, before, closed csdn.Meeting) error {
	seating, err := d.Store.Seating(ctx, closed.ID)
	if err != nil {
		return err
	}
	invitations, err := d.Store.Invitations(ctx, closed.ID)
	if err != nil {
		return err
	}
	roll, err := d.Closing.Roll(ctx, closed.Phase)
	if err != nil {
		return err
	}
	homes, err := d.homes(ctx, invitations)
	if err != nil {
		return err
	}
	c := csdn.Closing{Meeting: closed, Seating: seating.Version}
	c.Indicators, c.Roll = csdn.Count(closed, invitations, func(p csdn.PersonID) csdn.Country { return homes[p] }, roll)
	c.Change = d.change(caller, "meeting.closed", closed.UpdatedAt, closed.Version, csdn.Differences(before.Facts(), closed.Facts()))
	return d.Closing.CloseMeeting(ctx, c)
}

// homes tells where the participants live, of those that say.
func (d Closings) homes(ctx context.Context, invitations []csdn.Invitation) (map[csdn.PersonID]csdn.Country, error) {
	var participants []csdn.PersonID
	for _, i := range invitations {
		if i.Participates() {
			participants = append(participants, i.Person)
		}
	}
	persons, err := d.People.PeopleByID(ctx, participants)
	if err != nil {
		return nil, err
	}
	homes := make(map[csdn.PersonID]csdn.Country, len(persons))
	for _, p := range persons {
		homes[p.ID] = p.Country
	}
	return homes, nil
}

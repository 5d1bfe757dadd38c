package directory

import (
	"context"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// Reminders is what came of reminding: the invitations whose reminder went out, those whose reminder waits for their invitee's
// morning, and how many of those asked for had answered or been reminded within a day.
type Reminders struct {
	Sent   []csdn.Invitation
	Later  []csdn.Invitation
	Before int
}

// Remind reminds those who have not answered: all of them, or those of the people named.
func (d Invitations) Remind(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, people []csdn.PersonID) (Reminders, error) {
	var reminders Reminders
	m, err := planned(ctx, d.Meetings, caller, "invitation.reminded", meeting)
	if err != nil {
		return reminders, err
	}
	if err := takesInvitations(m, d.Now()); err != nil {
		return reminders, err
	}
	there, err := d.there(ctx, meeting)
	if err != nil {
		return reminders, err
	}
	people = once(people)
	if len(people) == 0 {
		for _, i := range there {
			if i.Unanswered() {
				people = append(people, i.Person)
			}
		}
	}
	invited := func(id csdn.PersonID) bool { return there[id].Version > 0 }
	if err := unknownPeople(people, invited, "has no invitation to this meeting"); err != nil {
		return reminders, err
	}
	for some := range slices.Chunk(people, chunk) {
		if err := d.remindChunk(ctx, caller, m, some, &reminders); err != nil {
			return reminders, err
		}
	}
	return reminders, nil
}

func (d Invitations) remindChunk(ctx context.Context, caller csdn.Caller, m csdn.Meeting, people []csdn.PersonID, reminders *Reminders) error {
	persons, err := d.People.PeopleByID(ctx, people)
	if err != nil {
		return err
	}
	var part Reminders
	err = d.retry(ctx, func() error {
		part = Reminders{Before: len(people)}
		m, there, err := d.table(ctx, m.ID)
		if err != nil {
			return err
		}
		write := csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: m.Version}
		for _, p := range persons {
			before := there[p.ID]
			after, now, err := before.Remind(d.Now(), m, p.Zone)
			if err != nil {
				continue
			}
			part.Before--
			if !now {
				part.Later = append(part.Later, after)
				d.add(&write, caller, "invitation.reminded", before, after)
				continue
			}
			part.Sent = append(part.Sent, after)
			d.add(&write, caller, "invitation.reminded", before, after, csdn.ReminderMessage)
		}
		return d.write(ctx, write)
	})
	reminders.Sent, reminders.Later = append(reminders.Sent, part.Sent...), append(reminders.Later, part.Later...)
	reminders.Before += part.Before
	return err
}

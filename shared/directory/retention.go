package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// held reports whether it is still kept who was invited to the meeting. The phase is read for a past meeting alone.
func (d Invitations) held(ctx context.Context, m csdn.Meeting) (bool, error) {
	today := csdn.DateOf(d.Now())
	if m.EndsAt().After(d.Now()) {
		return true, nil
	}
	if m.RetainUntil != "" {
		return today <= m.RetainUntil, nil
	}
	phase, err := d.Phases.Phase(ctx, m.Phase)
	return today <= m.KeptUntil(phase), err
}

// kept returns the invitations of a meeting, none when they are kept no longer.
func (d Invitations) kept(ctx context.Context, m csdn.Meeting) ([]csdn.Invitation, error) {
	held, err := d.held(ctx, m)
	if err != nil || !held {
		return nil, err
	}
	return d.Store.Invitations(ctx, m.ID)
}

// gone tells the meetings of the invitations that are kept no longer.
func (d Invitations) gone(ctx context.Context, invitations []csdn.Invitation) (map[csdn.MeetingID]bool, error) {
	gone := map[csdn.MeetingID]bool{}
	for _, i := range invitations {
		if _, known := gone[i.Meeting]; known {
			continue
		}
		m, err := d.Meetings.Meeting(ctx, i.Meeting)
		if unlessAbsent(err) != nil {
			return nil, err
		}
		if err != nil {
			continue
		}
		held, err := d.held(ctx, m)
		if err != nil {
			return nil, err
		}
		gone[i.Meeting] = !held
	}
	return gone, nil
}

// Retention removes what is kept of meetings about people when its time has come. What a meeting came to stays in the report of
// its phase, which names nobody.
type Retention struct {
	Clerk
	Store    csdn.RetentionStore
	Phases   csdn.PhaseStore
	Meetings csdn.MeetingStore
}

// removalsAtOnce is how many transactions one tick of the clock makes.
const removalsAtOnce = 20

// Preview returns the meetings of which nothing would be kept about people on the day, with what they hold now, the earliest date
// first within each phase. Nothing is removed. Invalid for a day that does not exist.
func (d Retention) Preview(ctx context.Context, caller csdn.Caller, day csdn.Date) ([]csdn.Retained, error) {
	if _, err := permit(caller, "retention.read"); err != nil {
		return nil, err
	}
	if !day.Valid() {
		return nil, &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which.",
			Fields: []csdn.Field{{Location: "on", Message: "is not a date that exists, such as 2027-01-01"}}}
	}
	due, err := d.due(ctx, day)
	if err != nil {
		return nil, err
	}
	var list []csdn.Retained
	for _, r := range due {
		if r.Traces, err = d.Store.Participants(ctx, r.Meeting); err != nil {
			return nil, err
		}
		if len(r.Traces) > 0 {
			list = append(list, r)
		}
	}
	return list, nil
}

// Forget removes, a bounded part at a time, what is kept no longer, once a day; it returns how many transactions that took.
func (d Retention) Forget(ctx context.Context) (int, error) {
	today := csdn.DateOf(d.Now())
	done, err := d.Store.ForgottenOn(ctx)
	if err != nil || done >= today {
		return 0, err
	}
	removers, err := d.removers(ctx, today)
	if err != nil {
		return 0, err
	}
	removals := 0
	for _, remove := range removers {
		for {
			if removals == removalsAtOnce {
				return removals, nil
			}
			removed, err := remove()
			if err != nil {
				return removals, err
			}
			if removed == 0 {
				break
			}
			removals++
		}
	}
	return removals, d.Store.MarkForgotten(ctx, today)
}

// removers each remove some of what is kept no longer on the day, until nothing is left to them: that of one meeting, and the tallies
// of those who were invited last in a phase that long ago.
func (d Retention) removers(ctx context.Context, day csdn.Date) ([]func() (int, error), error) {
	due, err := d.due(ctx, day)
	if err != nil {
		return nil, err
	}
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return nil, err
	}
	var removers []func() (int, error)
	for _, r := range due {
		removers = append(removers, func() (int, error) {
			removed, err := d.Store.ForgetParticipants(ctx, r.Meeting)
			return len(removed), err
		})
	}
	var past []csdn.PhaseNumber
	for _, p := range phases {
		if p.KeptUntil() < day {
			past = append(past, p.Number)
		}
	}
	return append(removers, func() (int, error) { return d.Store.ForgetGuests(ctx, past) }), nil
}

// due returns the meetings of which nothing is kept about people on the day.
func (d Retention) due(ctx context.Context, day csdn.Date) ([]csdn.Retained, error) {
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return nil, err
	}
	var list []csdn.Retained
	for _, phase := range phases {
		meetings, err := d.Meetings.Meetings(ctx, phase.Number)
		if err != nil {
			return nil, err
		}
		for _, m := range meetings {
			if until := m.KeptUntil(phase); until < day && csdn.DateOf(m.EndsAt()) < day {
				list = append(list, csdn.Retained{Meeting: m.ID, Until: until})
			}
		}
	}
	return list, nil
}

// retains returns Invalid when the caller may not set another day until which it is kept who was invited.
func retains(caller csdn.Caller, before, after csdn.Date) error {
	if before == after || caller.Role == csdn.SecretariatRole {
		return nil
	}
	return &csdn.Error{Kind: csdn.Invalid, Message: "The meeting breaks a rule; errors says which.",
		Fields: []csdn.Field{{Location: "retainUntil", Message: "is set by the secretariat alone"}}}
}

// onlyRetention reports whether the two differ in the day until which it is kept who was invited, and in nothing else.
func onlyRetention(before, after csdn.Meeting) bool {
	if before.RetainUntil == after.RetainUntil {
		return false
	}
	before.RetainUntil = after.RetainUntil
	return len(csdn.Differences(before.Facts(), after.Facts())) == 0
}

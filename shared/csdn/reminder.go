package csdn

import "time"

// Reminders wait for the morning: they go out from 8 to 21 hours of the recipient's own day.
const (
	morning = 8
	evening = 21
)

// reminderPause is how long nobody is reminded again.
const reminderPause = 24 * time.Hour

// Daytime returns the time if it is day then in the zone, and the next morning there if it is not.
func Daytime(at time.Time, zone Zone) time.Time {
	local := at.In(zone.Location())
	if hour := local.Hour(); hour >= morning && hour < evening {
		return at
	}
	day := local.Day()
	if local.Hour() >= evening {
		day++
	}
	return time.Date(local.Year(), local.Month(), day, morning, 0, 0, 0, local.Location()).UTC()
}

// Unanswered reports whether the invitee has been asked and has neither accepted nor declined.
func (i Invitation) Unanswered() bool { return i.Status == Invited || i.Status == Tentative }

// Remind returns the invitation with a reminder that goes out at the time, which is now or the next morning of its
// invitee. now reports which. Conflict for one that is answered, that has a reminder waiting or had one within a day, or whose
// deadline comes first.
func (i Invitation) Remind(at time.Time, m Meeting, zone Zone) (next Invitation, now bool, err error) {
	if !i.Unanswered() || !i.RemindAt.IsZero() || at.Before(i.RemindedAt.Add(reminderPause)) {
		return i, false, i.forbids("reminded of now")
	}
	when := Daytime(at, zone)
	if !when.Before(m.AnswersUntil()) {
		return i, false, i.forbids("reminded of before its deadline")
	}
	if when.Equal(at) {
		return i.Reminded(at, m), true, nil
	}
	i.RemindAt, i.DueAt, i.UpdatedAt, i.Version = when, when, at, i.Version+1
	return i, false, nil
}

// Reminded returns the invitation after its reminder went out; what is due next is its deadline.
func (i Invitation) Reminded(at time.Time, m Meeting) Invitation {
	i.RemindAt, i.RemindedAt, i.DueAt = time.Time{}, at, m.AnswersUntil()
	i.UpdatedAt, i.Version = at, i.Version+1
	return i
}

package csdn

import (
	"context"
	"time"
)

// Date is a calendar day as "2006-01-02"; "" is none.
type Date string

// Valid reports whether the day exists.
func (d Date) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// DateOf returns the day of an instant, in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// The terms of keeping, in years.
const (
	retentionDefault = 2  // after the end of the phase
	retentionMost    = 10 // after the end of the meeting
)

// KeptUntil returns the last day on which it is kept who was invited to the meeting: as the secretariat set it, or else two years
// after the phase ends.
func (m MeetingProfile) KeptUntil(p Phase) Date {
	if m.RetainUntil != "" {
		return m.RetainUntil
	}
	return min(p.KeptUntil(), m.keptAtMost())
}

// KeptUntil returns the last day on which it is kept who was invited in the phase and how often, unless it was set otherwise for a
// meeting.
func (p Phase) KeptUntil() Date {
	return DateOf(time.Date(p.To+retentionDefault, time.December, 31, 0, 0, 0, 0, time.UTC))
}

func (m MeetingProfile) keptAtMost() Date { return DateOf(m.EndsAt().AddDate(retentionMost, 0, 0)) }

func (v *violations) retention(m MeetingProfile) {
	if m.RetainUntil == "" || m.End.IsZero() || !m.Zone.Valid() {
		return
	}
	if !m.RetainUntil.Valid() || m.RetainUntil < DateOf(m.EndsAt()) || m.RetainUntil > m.keptAtMost() {
		v.add("retainUntil", "is not a date such as 2029-12-31, from the end of the meeting to ten years after it")
	}
}

// Retained is what a meeting holds about people, and until when.
type Retained struct {
	Meeting MeetingID
	Until   Date
	Traces  Traces
}

// RetentionStore removes what is kept no longer.
type RetentionStore interface {
	// Participants counts what is stored about the people of a meeting.
	Participants(ctx context.Context, meeting MeetingID) (Traces, error)
	// ForgetParticipants removes some of that, at most as much as one transaction holds, and returns what it removed: nothing when
	// nothing is left.
	ForgetParticipants(ctx context.Context, meeting MeetingID) (Traces, error)
	// ForgetGuests removes some of the tallies of those whose last invitation was to a meeting of one of the phases, at most as
	// many as one transaction holds, and returns how many: 0 when none is left. Stale when one was invited again just now.
	ForgetGuests(ctx context.Context, phases []PhaseNumber) (int, error)
	// ForgottenOn returns the day for which everything was last removed whose time had come, "" for none.
	ForgottenOn(ctx context.Context) (Date, error)
	// MarkForgotten records that day.
	MarkForgotten(ctx context.Context, day Date) error
}

package csdn

import (
	"context"
	"slices"
	"time"
)

// Outcome is what came of an invitation that was sent and not taken back. Each has one, so that the numbers of outcomes add up.
type Outcome string

// The outcomes.
const (
	WasThere   Outcome = "attended"
	WasAwaited Outcome = "accepted" // and was not there, or nobody recorded it
	OtherReply Outcome = "answered" // otherwise: declined, perhaps, withdrawn, or in the reserve to the end
	NoReply    Outcome = "unanswered"
)

// Indicators are the numbers of one meeting that its phase reports. They are counted when the meeting is closed and never
// change, as nothing in them is about a person.
type Indicators struct {
	Meeting       MeetingID
	Phase         PhaseNumber
	Type          MeetingType
	ClosedAt      time.Time
	Outcomes      map[Outcome]map[Category]int
	Countries     map[Country]int  // of participants, as people say where they live
	Areas         map[AreaSlug]int // of participants; one counts once for each
	Organisations int              // of participants, that had taken part in no meeting of the phase closed before
}

// Outcome returns what came of the invitation. ok is false for one that was never sent, or was taken back.
func (i Invitation) Outcome() (o Outcome, ok bool) {
	switch {
	case i.Status == Draft || i.Status == Revoked:
		return "", false
	case i.Status == Attended:
		return WasThere, true
	case i.Status == Accepted || i.Status == Absent:
		return WasAwaited, true
	case i.RespondedAt.IsZero() && i.Status != Declined: // when somebody declined is not known of one that was recorded
		return NoReply, true
	}
	return OtherReply, true
}

// Participates reports whether the invitee is counted among those who take part: was there, or accepted and was not marked
// as absent.
func (i Invitation) Participates() bool { return i.Status == Accepted || i.Status == Attended }

// Count returns the indicators of a meeting that is closed, and the roll of its phase with the organisations that took part
// in it. country tells where a person lives, "" where that is not known.
func Count(m Meeting, invitations []Invitation, country func(PersonID) Country, roll Roll) (Indicators, Roll) {
	n := Indicators{
		Meeting: m.ID, Phase: m.Phase, Type: m.Type, ClosedAt: m.UpdatedAt,
		Outcomes: map[Outcome]map[Category]int{}, Countries: map[Country]int{}, Areas: map[AreaSlug]int{},
	}
	known := len(roll.Organisations)
	for _, i := range invitations {
		outcome, sent := i.Outcome()
		if !sent {
			continue
		}
		if n.Outcomes[outcome] == nil {
			n.Outcomes[outcome] = map[Category]int{}
		}
		n.Outcomes[outcome][i.Category]++
		if !i.Participates() {
			continue
		}
		if c := country(i.Person); c != "" {
			n.Countries[c]++
		}
		for _, area := range i.Areas {
			n.Areas[area]++
		}
		roll = roll.with(i.Organisation)
	}
	n.Organisations = len(roll.Organisations) - known
	roll.Version++
	return n, roll
}

// Roll names the organisations whose people took part in the closed meetings of a phase, so that each is counted once. It is
// as private as the invitations that it comes from.
type Roll struct {
	Phase         PhaseNumber
	Organisations []OrganisationID
	MovedBy       map[MergerID]bool // each that put one organisation in the place of another, and whether that was there already
	Version       Version
}

func (r Roll) with(o OrganisationID) Roll {
	if o == "" || slices.Contains(r.Organisations, o) {
		return r
	}
	r.Organisations = append(slices.Clip(r.Organisations), o)
	return r
}

// Closing is what the closing of a meeting writes, all or nothing. Seating is the version of the seating on which the
// indicators were counted: attendance recorded since makes the write Stale, as does another closing in the phase.
type Closing struct {
	Meeting    Meeting // closed, at its new version
	Seating    Version
	Indicators Indicators
	Roll       Roll // at its new version
	Change     Change
}

// ClosingStore closes meetings.
type ClosingStore interface {
	// Roll returns the roll of a phase, consistently read; one without organisations when no meeting of it was closed.
	Roll(ctx context.Context, phase PhaseNumber) (Roll, error)
	// CloseMeeting applies the closing in one transaction. Stale when the meeting, its seating or the roll is at another version
	// than the closing was decided on.
	CloseMeeting(ctx context.Context, c Closing) error
}

// IndicatorStore reads what closed meetings left for the report.
type IndicatorStore interface {
	// Indicators returns those of the meetings of a phase in the order in which they were closed.
	Indicators(ctx context.Context, phase PhaseNumber) ([]Indicators, error)
}

package csdn

import (
	"context"
	"slices"
	"time"
)

// Guest tells how often a person was sent an invitation, and when last, so that whose turn it is is known without reading every
// meeting. Organisation is the person's at that time.
type Guest struct {
	Person       PersonID
	Organisation OrganisationID
	Invited      int
	Phase        PhaseNumber // of the last invitation
	At           time.Time   // of the last invitation
	MovedBy      []MergerID  // from one organisation to the next, the last one last
	Parts        []GuestPart // that mergers of people added, the last one last
}

// GuestPart is what a merger put together: the tally of the one who stays as it was, and that of the one who went, whose person is the
// merger's to know.
type GuestPart struct {
	Merger     MergerID
	Own, Other Guest
}

// With returns the tally of somebody that a merger adds that of another to. Invited last is who was invited later.
func (g Guest) With(other Guest, by Merger) Guest {
	own := g
	own.Parts, other.Person = nil, ""
	parts := append(slices.Clip(g.Parts), GuestPart{Merger: by.ID, Own: own, Other: other})
	sum := g.And(other)
	sum.Person, sum.Parts = PersonID(by.Keep), parts
	return sum
}

// Without takes apart what the merger put together: the tally of the one who stays, with whatever was counted since, and that of the
// other. ok is false when the merger was not the last to add to it.
func (g Guest) Without(by Merger) (own, other Guest, ok bool) {
	last := len(g.Parts) - 1
	if last < 0 || g.Parts[last].Merger != by.ID {
		return g, Guest{}, false
	}
	part := g.Parts[last]
	own, other = g, part.Other
	other.Person = PersonID(by.Absorb)
	if sum := part.Own.With(part.Other, by); sum.At.Equal(g.At) { // nobody was invited since
		own.Organisation, own.Phase, own.At, own.MovedBy = part.Own.Organisation, part.Own.Phase, part.Own.At, part.Own.MovedBy
	}
	own.Invited, own.Parts = g.Invited-part.Other.Invited, butLast(g.Parts)
	return own, other, true
}

// And returns the tally with what was counted under the same person besides.
func (g Guest) And(more Guest) Guest {
	sum := g
	if more.At.After(g.At) {
		sum.Organisation, sum.Phase, sum.At, sum.MovedBy = more.Organisation, more.Phase, more.At, more.MovedBy
	}
	sum.Invited += more.Invited
	return sum
}

// rotationYears is how long after an invitation it is somebody's turn again.
const rotationYears = 2

// Rotation is who was invited how often and when, of people and of organisations.
type Rotation struct {
	people        map[PersonID]Guest
	organisations map[OrganisationID]Guest
}

// NewRotation returns the rotation of the tallies.
func NewRotation(tallies []Guest) Rotation {
	r := Rotation{people: map[PersonID]Guest{}, organisations: map[OrganisationID]Guest{}}
	for _, t := range tallies {
		r.people[t.Person] = t
		last, known := r.organisations[t.Organisation]
		if !known || last.At.Before(t.At) {
			r.organisations[t.Organisation] = t
		}
	}
	return r
}

// Turn returns the candidate with how long it and its organisation have not been invited, for a meeting of the phase.
func (r Rotation) Turn(c Candidate, phase PhaseNumber, at time.Time) Candidate {
	c.Rest, c.MembersRest = r.people[c.Person].rest(phase, at), r.organisations[c.Organisation].rest(phase, at)
	c.Invited = r.people[c.Person].Invited
	return c
}

func (g Guest) rest(phase PhaseNumber, at time.Time) Rest {
	switch {
	case g.At.IsZero():
		return Never
	case !g.At.AddDate(rotationYears, 0, 0).After(at):
		return TwoYears
	case g.Phase != phase:
		return AnotherPhase
	}
	return Recent
}

// RotationStore keeps the tallies, which are written with the invitations that go out.
type RotationStore interface {
	// Guests returns everybody who was ever invited and is not erased.
	Guests(ctx context.Context) ([]Guest, error)
}

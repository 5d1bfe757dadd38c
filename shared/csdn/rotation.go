package csdn

import (
	"context"
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

package csdn

import (
	"context"
	"slices"
	"time"
)

// Place is what two people whose records are merged have at one meeting. An invitation of version 0 is none.
type Place struct {
	Meeting  MeetingID
	Kept     Invitation // of the one who stays
	Absorbed Invitation // of the one who goes
	Aside    Invitation // of either of the two: it made way for that of the other, as one person has one invitation
}

// Belonging is what lies with an invitation and goes where it goes: an entry of its trail, or a link that answers it.
type Belonging struct {
	Change     ChangeID // of an entry; "" for a link
	Link       LinkHash // "" for an entry
	Deliveries []DeliveryID
	HandedBy   []MergerID // from one person to the next, the last one last
}

// furthest is how far invitations can come, the furthest first. Of two the one that came further says what is so of the person.
var furthest = []InvitationStatus{
	Attended, Accepted, Absent, Offered, Reserved, Tentative, Invited, Withdrawn, Declined, Lapsed, Expired, Draft, Revoked,
}

// Clash returns Conflict when both have an invitation to the meeting that can still come to something: each may hold a seat, or be answered
// by its own link, so a human decides which of the two it is.
func (p Place) Clash(m Meeting) error {
	both := p.Kept.Version > 0 && p.Absorbed.Version > 0 && p.Kept.Active() && p.Absorbed.Active()
	if !both || m.Status == MeetingClosed || m.Status == MeetingCancelled {
		return nil
	}
	if m.Status == MeetingOpen {
		return Errorf(Conflict, "Both are invited to %q (%s); revoke one of the two invitations first.", m.Title, m.ID)
	}
	return Errorf(Conflict, "Both are expected at %q (%s); record for one of the two that it was absent, or close the meeting first.", m.Title, m.ID)
}

// Concerns reports whether the merger has, or had, something to hand over at the place.
func (p Place) Concerns(m Merger) bool {
	return p.Absorbed.Version > 0 || p.Aside.Version > 0 || p.came(m)
}

// came reports whether the invitation of the one who stays is one that the merger handed over.
func (p Place) came(m Merger) bool {
	last := len(p.Kept.HandedBy) - 1
	return last >= 0 && p.Kept.HandedBy[last] == m.ID
}

// Merged returns the place with what the one who goes has at it handed to the one who stays.
func (p Place) Merged(m Merger) Place {
	if p.Absorbed.Version == 0 {
		return p
	}
	came := p.Absorbed.handed(PersonID(m.Keep), append(slices.Clip(p.Absorbed.HandedBy), m.ID))
	switch {
	case p.Kept.Version == 0:
		p.Kept = came
	case slices.Index(furthest, p.Absorbed.Status) < slices.Index(furthest, p.Kept.Status):
		came.Version = max(p.Kept.Version, p.Absorbed.Version) + 1
		p.Aside, p.Kept = p.Kept, came
	default:
		p.Aside = p.Absorbed
	}
	p.Absorbed = Invitation{}
	return p
}

// Parted returns the place as it was before the merger: whatever it handed over goes back as it is by now, and what made way for the
// other takes its place again.
func (p Place) Parted(m Merger) Place {
	keep, absorb := PersonID(m.Keep), PersonID(m.Absorb)
	if p.came(m) {
		p.Absorbed, p.Kept = p.Kept.handed(absorb, butLast(p.Kept.HandedBy)), Invitation{}
		if p.Aside.Version > 0 {
			p.Kept = p.Aside.handed(keep, p.Aside.HandedBy)
			p.Kept.Version = max(p.Absorbed.Version, p.Aside.Version) + 1
			p.Aside = Invitation{}
		}
		return p
	}
	if p.Aside.Version > 0 {
		p.Absorbed, p.Aside = p.Aside.handed(absorb, p.Aside.HandedBy), Invitation{}
	}
	return p
}

// butLast returns the list without its last entry, nil for one that is then empty.
func butLast[T any](list []T) []T {
	if len(list) <= 1 {
		return nil
	}
	return slices.Clone(list[:len(list)-1])
}

// handed returns the invitation as that of a person.
func (i Invitation) handed(to PersonID, by []MergerID) Invitation {
	i.Person, i.HandedBy, i.Version = to, by, i.Version+1
	return i
}

// Reseated returns the seating once the place is as after.
func (p Place) Reseated(after Place, s Seating) Seating {
	for _, left := range []Invitation{p.Kept, p.Absorbed} {
		s = s.Leave(left)
	}
	for _, joined := range []Invitation{after.Kept, after.Absorbed} {
		if joined.Seated() {
			s = s.Join([]Invitation{joined})
		}
	}
	return s
}

// Follows reports whether something that lies with the invitation of the one who stays goes back to the other when the merger is undone,
// and ends whether it is to go altogether: a link that was sent since, to the address of the one who stays, must not answer for the other.
func (p Place) Follows(b Belonging, m Merger) (goes, ends bool) {
	if last := len(b.HandedBy) - 1; last >= 0 && b.HandedBy[last] == m.ID {
		return true, false
	}
	if !p.came(m) {
		return false, false // the invitation is that of the one who stays
	}
	alone := p.Aside.Version == 0
	if b.Link != "" {
		return false, alone
	}
	return alone || b.Change > ChangeID(m.ID), false
}

// PlaceMove is one step of handing a place over: all or nothing. Belongings go from the one person to the other; Ended go altogether.
// When the places differ, the invitations are moved too, with the seating, if that changes, and the entries of their trails.
type PlaceMove struct {
	Meeting       Meeting
	From, To      PersonID
	Belongings    []Belonging
	Ended         []Belonging
	Before, After Place
	Seating       *Seating // at its new version
	Changes       []InvitationChange
	Until         time.Time // until when what made way for another is kept
}

// PlaceStore hands the places of people from one to another.
type PlaceStore interface {
	// Places returns what two people have at those of the meetings at which either has something, consistently read.
	Places(ctx context.Context, keep, absorb PersonID, meetings []MeetingID) ([]Place, error)
	// Belongings returns what lies with the invitation of a person to a meeting, entries first, consistently read.
	Belongings(ctx context.Context, meeting MeetingID, person PersonID) ([]Belonging, error)
	// MovePlace does one step. Stale when anything of it is no longer as it was read.
	MovePlace(ctx context.Context, m Merger, move PlaceMove) error
}

package csdn

import (
	"slices"
	"time"
)

// Seating counts the seats of a meeting that are taken, per mode: by those who accepted and those who hold an offer.
type Seating struct {
	InPerson int
	Online   int
	Version  Version
}

func (s Seating) taken(m Mode) int {
	if m == Online {
		return s.Online
	}
	return s.InPerson
}

func (s Seating) add(m Mode, n int) Seating {
	if m == Online {
		s.Online += n
		return s
	}
	s.InPerson += n
	return s
}

// Has reports whether a seat of the mode is free under the limits.
func (s Seating) Has(m Mode, limits Seats) bool {
	limit := limits.Limit(m)
	return limit == nil || s.taken(m) < *limit
}

func (s Seating) take(m Mode, limits Seats) (Seating, bool) {
	if !s.Has(m, limits) {
		return s, false
	}
	return s.add(m, 1), true
}

func (s Seating) free(m Mode) Seating { return s.add(m, -1) }

// Leave returns the seating after the invitation, which is as it was before it ended, gave up what it held.
func (s Seating) Leave(i Invitation) Seating {
	if !i.Seated() {
		return s
	}
	return s.free(i.Mode)
}

// Join returns the seating with the seats that the offers hold.
func (s Seating) Join(offers []Invitation) Seating {
	for _, offer := range offers {
		s = s.add(offer.Mode, 1)
	}
	return s
}

// offersAtOnce is how many offers one act makes at most: each is an invitation, a delivery and an entry of the trail in its transaction.
const offersAtOnce = 25

// NextOffers returns the offers that the free seats of a mode allow: the longest waiting in the reserve first, those of
// the category whose seat became free before the others. Each offer stands until the time, or the start of the
// meeting if that is sooner.
func NextOffers(m Meeting, s Seating, waiting []Invitation, freed Invitation, at, until time.Time) ([]Invitation, Seating) {
	if until.After(m.StartsAt()) {
		until = m.StartsAt()
	}
	queue := slices.DeleteFunc(slices.Clone(waiting), func(i Invitation) bool {
		return i.Status != Reserved || i.Mode != freed.Mode
	})
	slices.SortFunc(queue, func(a, b Invitation) int {
		switch {
		case a.Category != b.Category && a.Category == freed.Category:
			return -1
		case a.Category != b.Category && b.Category == freed.Category:
			return 1
		case !a.ReservedAt.Equal(b.ReservedAt):
			return a.ReservedAt.Compare(b.ReservedAt)
		case a.Person < b.Person:
			return -1
		}
		return 1
	})
	var offers []Invitation
	for _, next := range queue {
		seated, ok := s.take(next.Mode, m.Seats)
		if !ok || len(offers) == offersAtOnce {
			break
		}
		offer, err := next.Offer(at, until)
		if err != nil {
			continue
		}
		offers, s = append(offers, offer), seated
	}
	return offers, s
}

package directory

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Roster holds everybody who can be put on a shortlist, by the feed of their cards. Unlike a Finder it knows what makes each claim
// weigh, and no names. It loads the feed at its first use and before each further one reads what has changed. A Roster is for
// concurrent use and must not be copied.
type Roster struct {
	Feed csdn.Feed
	Now  func() time.Time

	lock  sync.Mutex
	known map[string]listing // of every card ever told
	asOf  time.Time
}

// listing is somebody of the roster, or the tombstone of who is removed.
type listing struct {
	csdn.Candidate
	version csdn.Version
	removed bool
}

// candidates returns those whom the filter lets pass, in the order of ids.
func (r *Roster) candidates(ctx context.Context, passes func(csdn.Candidate) bool) ([]csdn.Candidate, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if err := r.read(ctx); err != nil {
		return nil, err
	}
	var list []csdn.Candidate
	for _, one := range r.known {
		if !one.removed && passes(one.Candidate) {
			list = append(list, one.Candidate)
		}
	}
	slices.SortFunc(list, func(a, b csdn.Candidate) int { return cmp.Compare(a.Person, b.Person) })
	return list, nil
}

func (r *Roster) read(ctx context.Context) error {
	now, since := r.Now(), time.Time{}
	if r.known != nil {
		since = r.asOf.Add(-overlap)
	}
	cards, err := r.Feed.CardsSince(ctx, csdn.People, since)
	if err != nil {
		return err
	}
	if r.known == nil {
		r.known = make(map[string]listing, len(cards))
	}
	for _, card := range cards {
		if card.Version > r.known[card.ID].version {
			r.known[card.ID] = listing{Candidate: card.Candidate(), version: card.Version, removed: card.Removed}
		}
	}
	r.asOf = now
	return nil
}

// Rotations tells who was invited how often, read anew when the last reading is older than five minutes. It is for concurrent use
// and must not be copied.
type Rotations struct {
	Store csdn.RotationStore
	Now   func() time.Time

	lock  sync.Mutex
	known csdn.Rotation
	asOf  time.Time
}

const rotationAge = 5 * time.Minute

func (r *Rotations) current(ctx context.Context) (csdn.Rotation, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if !r.asOf.IsZero() && r.Now().Sub(r.asOf) < rotationAge {
		return r.known, nil
	}
	guests, err := r.Store.Guests(ctx)
	if err != nil {
		return csdn.Rotation{}, err
	}
	r.known, r.asOf = csdn.NewRotation(guests), r.Now()
	return r.known, nil
}

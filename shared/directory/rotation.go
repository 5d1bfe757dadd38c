package directory

import (
	"context"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
)

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

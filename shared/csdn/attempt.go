package csdn

import (
	"context"
	"time"
)

// AttemptStore counts failed attempts at secrets, such as links that are none, by origin and window of time.
type AttemptStore interface {
	// Attempts returns how many attempts of the origin failed in the window, eventually consistent.
	Attempts(ctx context.Context, origin string, window time.Time) (int, error)
	// AddAttempt counts one more, and forgets the window after the time.
	AddAttempt(ctx context.Context, origin string, window, forget time.Time) error
}

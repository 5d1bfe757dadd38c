package csdn

import (
	"context"
	"time"
)

// QuotaStore counts the requests of an account, a token or an address in a minute, for all who let requests pass together.
type QuotaStore interface {
	// Lease counts some more requests of the subject in the minute and returns how many are counted then, these included. The minute is
	// forgotten after the time.
	Lease(ctx context.Context, subject string, minute time.Time, requests int, forget time.Time) (total int, err error)
}

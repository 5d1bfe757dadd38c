package directory

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Limiter lets requests pass up to a number in each minute: PerMinute of an account or token, twice that of an address from which
// nobody known calls. The bound is exact over all limiters of a store: each leases some requests at a time, and those leased never
// are more. It is for concurrent use and must not be copied.
type Limiter struct {
	Store     csdn.QuotaStore
	PerMinute int
	Patience  time.Duration // how long the counting of requests may take before they pass uncounted
	Now       func() time.Time

	lock   sync.Mutex
	minute time.Time
	leases map[string]int // what is left of the lease of each subject in the minute; spent when no more can be had
}

const (
	// leases is how often a minute's requests are leased, if all are made through one limiter.
	leases = 60
	// subjects is how many subjects a limiter remembers at most.
	subjects = 2000

	spent = -1
)

// Admit counts a request of the caller from the address, and returns 0 when it may pass, or else how long to wait. When it cannot be
// counted it may pass, and so may a lease of those that follow: a limit must not stop what it protects.
func (l *Limiter) Admit(ctx context.Context, caller csdn.Caller, address string) (wait time.Duration, err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	now := l.Now()
	if minute := now.Truncate(time.Minute); !minute.Equal(l.minute) || len(l.leases) >= subjects {
		l.minute, l.leases = minute, map[string]int{}
	}
	subject, most := l.subject(caller, address)
	if l.leases[subject] == 0 {
		l.leases[subject], err = l.lease(ctx, subject, most)
	}
	if l.leases[subject] == spent {
		return l.minute.Add(time.Minute).Sub(now), err
	}
	l.leases[subject]--
	return 0, err
}

// subject returns who is counted, and how many requests it may make in a minute. A caller is all that is known of it, so that each token
// of an account has a count of its own.
func (l *Limiter) subject(caller csdn.Caller, address string) (name string, most int) {
	if caller.Role != csdn.AnonymousRole {
		return fmt.Sprintf("caller %q", caller), l.PerMinute
	}
	return "address " + network(address), 2 * l.PerMinute
}

// lease returns how many more requests the subject may make, spent for none.
func (l *Limiter) lease(ctx context.Context, subject string, most int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, l.Patience)
	defer cancel()
	size := max(1, most/leases)
	total, err := l.Store.Lease(ctx, subject, l.minute, size, l.minute.Add(time.Hour))
	if err != nil {
		return size, fmt.Errorf("lease requests: %w", err)
	}
	if left := size - max(0, total-most); left > 0 {
		return left, nil
	}
	return spent, nil
}

// network returns what one caller has of addresses: an address of version 4, or the 64 bits of version 6 that name its network.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}

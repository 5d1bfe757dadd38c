package prove

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// crowd are guests who keep changing their minds. Each insists on an answer until the house has taken it.
type crowd struct {
	stop     chan struct{}
	group    sync.WaitGroup
	failures atomic.Int64
	rude     atomic.Int64 // failures that did not say when to come back

	lock      sync.Mutex // of positions, until the crowd has gone
	positions positions
}

// positions are what guests were told of where they stand, in order.
type positions map[csdn.PersonID][]csdn.InvitationStatus

// hands are how many answer at the same moment.
const hands = 6

// gather lets the guests answer until the crowd is sent home.
func (h *house) gather(t *testing.T, guests []guest) *crowd {
	t.Helper()
	c := &crowd{stop: make(chan struct{}), positions: positions{}}
	for hand := range hands {
		c.group.Go(func() {
			for c.open() {
				// A guest has one hand, so that the order of the answers is known.
				g := guests[rand.N(len(guests)/hands)*hands+hand]
				status, failures, err := h.insist(t.Context(), g.token, another(c.soFar()[g.person]))
				if err != nil {
					t.Errorf("guest %s: %v", g.person, err)
					break
				}
				c.failures.Add(int64(len(failures)))
				for _, f := range failures {
					if f.code != http.StatusServiceUnavailable || f.retryAfter == 0 {
						c.rude.Add(1)
					}
				}
				c.hears(g.person, csdn.InvitationStatus(status))
				time.Sleep(rand.N(20 * time.Millisecond))
			}
		})
	}
	return c
}

func (c *crowd) hears(person csdn.PersonID, status csdn.InvitationStatus) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.positions[person] = append(c.positions[person], status)
}

// soFar is what the guests were told until now.
func (c *crowd) soFar() positions {
	c.lock.Lock()
	defer c.lock.Unlock()
	return maps.Clone(c.positions)
}

func (c *crowd) open() bool {
	select {
	case <-c.stop:
		return false
	default:
		return true
	}
}

// goHome ends the answering once every answer under way is taken, and returns how many were.
func (c *crowd) goHome() int {
	close(c.stop)
	c.group.Wait()
	taken := 0
	for _, positions := range c.positions {
		taken += len(positions)
	}
	return taken
}

// another returns an answer that alters where a guest stands.
func another(positions []csdn.InvitationStatus) string {
	answers := []string{"accepted", "accepted", "declined"}
	if len(positions) > 0 {
		switch positions[len(positions)-1] {
		case csdn.Accepted, csdn.Reserved:
			answers = []string{"withdrawn", "declined"}
		case csdn.Declined:
			answers = []string{"accepted", "tentative"}
		}
	}
	return answers[rand.N(len(answers))]
}

// within reports whether the acknowledged positions are among the recorded ones, in order, and whether the last one is the
// last to which the guest came by an answer of their own.
func within(acknowledged []csdn.InvitationStatus, trail []entry) bool {
	next := 0
	for _, e := range trail {
		if next < len(acknowledged) && e.after() == acknowledged[next] {
			next++
			continue
		}
		if next == len(acknowledged) && e.Act == "invitation.answered" {
			return false
		}
	}
	return next == len(acknowledged)
}

// among reports whether the acknowledged positions are among the recorded ones, in order, whatever was answered since.
func among(acknowledged []csdn.InvitationStatus, trail []entry) bool {
	for _, e := range trail {
		if len(acknowledged) > 0 && e.after() == acknowledged[0] {
			acknowledged = acknowledged[1:]
		}
	}
	return len(acknowledged) == 0
}

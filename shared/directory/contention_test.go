package directory_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// pause waits longer at each attempt, and by chance.
func pause(attempt int) { time.Sleep(rand.N(time.Duration(attempt+1) * 5 * time.Millisecond)) }

// TestSixtyAcceptFifteenSeatsAtOnce has everybody accept at the same moment, whoever is told to try again doing so.
func TestSixtyAcceptFifteenSeatsAtOnce(t *testing.T) {
	const crowd, room = 60, 15
	h := convened(t, crowd, seats(room, 0))
	h.invitations.Pause = pause
	var everybody sync.WaitGroup
	begin := make(chan struct{})
	for n := 1; n <= crowd; n++ {
		everybody.Go(func() {
			<-begin
			for {
				_, err := h.invitations.Respond(t.Context(), tokenOf(personID(n), 1), csdn.Response{Answer: csdn.Accept})
				if csdn.KindOf(err) != csdn.Unavailable {
					refused(t, "", err)
					return
				}
			}
		})
	}
	close(begin)
	everybody.Wait()

	list, err := h.participation.Invitations(t.Context(), meetingID(1))
	must(t, err)
	count := map[csdn.InvitationStatus]int{}
	for _, i := range list {
		count[i.Status]++
		if i.Version != 3 {
			t.Errorf("%s was written %d times", i.Person, i.Version)
		}
	}
	same(t, map[csdn.InvitationStatus]int{csdn.Accepted: room, csdn.Reserved: crowd - room}, count)
	taken, err := h.participation.Seating(t.Context(), meetingID(1))
	must(t, err)
	if taken.InPerson != room || taken.Online != 0 {
		t.Errorf("taken are %+v", taken)
	}
	same(t, map[string]int{"invitation": crowd, "confirmation": room, "reserve": crowd - room}, h.outgoing(t))
}

// outgoing counts the deliveries in the outbox by message.
func (h *house) outgoing(t *testing.T) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, d := range h.deliveries(t) {
		count[string(d.Message)]++
	}
	return count
}

// TestSeatsChangeHandsAtOnce has the five who are seated decline while five of the ten who wait do too: whatever the order,
// the seats go to the five who are left.
func TestSeatsChangeHandsAtOnce(t *testing.T) {
	const seated, waiting = 5, 10
	h := convened(t, seated+waiting, seats(seated, 0))
	for n := 1; n <= seated+waiting; n++ {
		h.answers(t, n, csdn.Accept, "")
	}
	h.invitations.Pause = pause
	var everybody sync.WaitGroup
	for n := 1; n <= seated+waiting; n++ {
		if n > seated && n%2 == 0 {
			continue // these five stay
		}
		everybody.Go(func() {
			for {
				_, err := h.answer(t, n, csdn.Decline, "")
				if csdn.KindOf(err) != csdn.Unavailable {
					refused(t, "", err)
					return
				}
			}
		})
	}
	everybody.Wait()
	var want []csdn.InvitationStatus
	for n := 1; n <= seated+waiting; n++ {
		if n > seated && n%2 == 0 {
			want = append(want, csdn.Offered)
			continue
		}
		want = append(want, csdn.Declined)
	}
	h.stand(t, want...)
}

// contended is a store that loses the first writes of invitations against others, and counts all.
type contended struct {
	csdn.InvitationStore
	with   csdn.Kind
	losses int32
	after  bool // the write is done all the same, and its answer is lost
	asked  atomic.Int32
}

func (c *contended) WriteInvitations(ctx context.Context, w csdn.InvitationWrite) error {
	lost := c.asked.Add(1) <= c.losses
	if lost && !c.after {
		return csdn.Errorf(c.with, "lost")
	}
	err := c.InvitationStore.WriteInvitations(ctx, w)
	if lost && err == nil {
		return csdn.Errorf(c.with, "lost")
	}
	return err
}

// TestLostWritesAreDecidedAnew loses the first writes of each act, before or after they were done: every act comes to what it
// would have, and no message is doubled.
func TestLostWritesAreDecidedAnew(t *testing.T) {
	acts := []struct {
		name string
		do   func(*testing.T, *house) error
	}{
		{"draft", func(t *testing.T, h *house) error {
			_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(4), "", "")
			return err
		}},
		{"send", func(t *testing.T, h *house) error {
			_, err := h.invitations.Send(t.Context(), planner, meetingID(1), people(4))
			return err
		}},
		{"accept", func(t *testing.T, h *house) error { _, err := h.answer(t, 1, csdn.Accept, ""); return err }},
		{"wait", func(t *testing.T, h *house) error { _, err := h.answer(t, 2, csdn.Accept, ""); return err }},
		{"withdraw", func(t *testing.T, h *house) error { _, err := h.answer(t, 1, csdn.Withdraw, ""); return err }},
		{"lapse", func(t *testing.T, h *house) error {
			h.clock.pass(48 * time.Hour)
			_, err := h.invitations.DoDue(t.Context())
			return err
		}},
		{"revoke", func(t *testing.T, h *house) error { return h.revoke(t, 3) }},
	}
	for name, c := range map[string]struct {
		with  csdn.Kind
		after bool
	}{
		"unavailable": {csdn.Unavailable, false}, "stale": {csdn.Stale, false}, "done, and the answer lost": {csdn.Unavailable, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := convened(t, 3, seats(1, 0))
			h.person(t, 4)
			for _, act := range acts {
				if c.after && act.name == "revoke" {
					continue // it ends in a Conflict, as what is revoked cannot be revoked again
				}
				store := &contended{InvitationStore: h.participation, with: c.with, losses: 3, after: c.after}
				if c.after {
					store.losses = 1
				}
				h.invitations.Store = store
				paused := 0
				h.invitations.Pause = func(attempt int) {
					if attempt != paused {
						t.Errorf("attempt %d follows %d pauses", attempt, paused)
					}
					paused++
				}
				must(t, act.do(t, h))
				if int32(paused) != store.losses {
					t.Errorf("%s: %d pauses after %d losses", act.name, paused, store.losses)
				}
			}
			last := csdn.Revoked
			if c.after {
				last = csdn.Invited
			}
			h.stand(t, csdn.Withdrawn, csdn.Lapsed, last, csdn.Invited)
			want := map[string]int{"invitation": 4, "confirmation": 1, "reserve": 1, "offer": 1, "cancellation": 2}
			if c.after {
				want["cancellation"] = 1
			}
			same(t, want, h.outgoing(t))
		})
	}
}

func TestWhoAlwaysLosesIsToldToComeBack(t *testing.T) {
	for _, kind := range []csdn.Kind{csdn.Unavailable, csdn.Stale} {
		h := convened(t, 1, seats(1, 0))
		store := &contended{InvitationStore: h.participation, with: kind, losses: 1 << 30}
		h.invitations.Store = store
		h.refuses(t, csdn.Unavailable, func() error {
			_, err := h.answer(t, 1, csdn.Accept, "")
			var public *csdn.Error
			if !asError(err, &public) || public.RetryAfter <= 0 || public.Cause == nil {
				t.Errorf("got %+v", public)
			}
			return err
		})
		if asked := store.asked.Load(); asked < 2 || asked > 100 {
			t.Errorf("it was tried %d times", asked)
		}
	}
}

func TestOtherFailuresAreNotTriedAgain(t *testing.T) {
	h := convened(t, 1)
	store := &failingOnce{InvitationStore: h.participation}
	h.invitations.Store = store
	h.invitations.Pause = func(int) { t.Error("it waits to try again") }
	if _, err := h.answer(t, 1, csdn.Accept, ""); err == nil {
		t.Error("the failure is not told")
	}
	h.stand(t, csdn.Invited)
}

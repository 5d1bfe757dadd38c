package directory_test

import (
	"context"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// tick does what is due, as the clock's function does: without the table of people.
func (h *house) tick(t *testing.T) {
	t.Helper()
	clock := h.invitations
	clock.People = nil
	_, err := clock.DoDue(t.Context())
	must(t, err)
}

func TestOffersLapseAndGoToTheNext(t *testing.T) {
	h := queue(t)
	h.answers(t, 1, csdn.Withdraw, "")
	until := h.invitation(t, personID(5)).DueAt
	h.clock.time = until.Add(-time.Nanosecond)
	h.silent(t, func() error { h.tick(t); return nil })
	h.clock.time = until
	h.tick(t)
	h.stand(t, csdn.Withdrawn, csdn.Reserved, csdn.Reserved, csdn.Offered, csdn.Lapsed)
	same(t, []string{"invitation", "offer", "reserve"}, h.messages(t, personID(4)))
	trail := h.trail(t, personID(5))
	same(t, "invitation.due by clock", trail[len(trail)-1])
	h.silent(t, func() error { h.tick(t); return nil })

	h.clock.time = until.Add(48 * time.Hour)
	h.tick(t)
	h.stand(t, csdn.Withdrawn, csdn.Reserved, csdn.Offered, csdn.Lapsed, csdn.Lapsed)
	h.answers(t, 5, csdn.Accept, "") // late, and behind those who wait
	h.stand(t, csdn.Withdrawn, csdn.Reserved, csdn.Offered, csdn.Lapsed, csdn.Reserved)
}

func TestOffersEndAtTheStart(t *testing.T) {
	h := queue(t)
	start := agenda(t, 1).StartsAt()
	h.clock.time = start.Add(-time.Hour)
	h.answers(t, 1, csdn.Withdraw, "")
	if due := h.invitation(t, personID(5)).DueAt; !due.Equal(start) {
		t.Errorf("the offer stands until %s", due)
	}
	h.clock.time = start
	h.tick(t)
	h.stand(t, csdn.Withdrawn, csdn.Reserved, csdn.Reserved, csdn.Reserved, csdn.Lapsed) // nobody is offered a seat of what has begun
}

func TestUnansweredInvitationsExpireAtTheDeadline(t *testing.T) {
	h := convened(t, 4, deadline(24*time.Hour))
	h.answers(t, 2, csdn.Maybe, "")
	h.answers(t, 3, csdn.Accept, "")
	h.answers(t, 4, csdn.Decline, "")
	h.clock.time = noon.Add(24*time.Hour - time.Nanosecond)
	h.silent(t, func() error { h.tick(t); return nil })
	h.clock.pass(time.Nanosecond)
	h.tick(t)
	h.stand(t, csdn.Expired, csdn.Expired, csdn.Accepted, csdn.Declined)
	same(t, []string{"invitation"}, h.messages(t, personID(1)))
	h.silent(t, func() error { h.tick(t); return nil })
}

func TestWithoutADeadlineTheyExpireAtTheStart(t *testing.T) {
	h := convened(t, 1)
	h.clock.time = agenda(t, 1).StartsAt()
	h.tick(t)
	h.stand(t, csdn.Expired)
}

func TestAPostponedDeadlineIsWaitedFor(t *testing.T) {
	h := convened(t, 1, deadline(24*time.Hour))
	must(t, h.edit(t, 1, 1, deadline(72*time.Hour)))
	h.clock.time = noon.Add(30 * time.Hour)
	h.tick(t)
	h.stand(t, csdn.Invited)
	if due := h.invitation(t, personID(1)).DueAt; !due.Equal(noon.Add(72 * time.Hour)) {
		t.Errorf("it is due at %s", due)
	}
	h.silent(t, func() error { h.tick(t); return nil })
	h.answers(t, 1, csdn.Maybe, "") // can still be answered
	h.clock.time = noon.Add(72 * time.Hour)
	h.tick(t)
	h.stand(t, csdn.Expired)
}

// brokenFor is a store that cannot read one person's invitation.
type brokenFor struct {
	csdn.InvitationStore
	person csdn.PersonID
}

func (b brokenFor) Invitation(ctx context.Context, m csdn.MeetingID, p csdn.PersonID) (csdn.Invitation, error) {
	if p == b.person {
		return csdn.Invitation{}, context.Canceled
	}
	return b.InvitationStore.Invitation(ctx, m, p)
}

func TestOneThatCannotBeDoneDoesNotHoldUpTheOthers(t *testing.T) {
	h := convened(t, 3, deadline(time.Hour))
	h.clock.pass(time.Hour)
	h.invitations.Store = brokenFor{h.participation, personID(2)}
	done, err := h.invitations.DoDue(t.Context())
	if done != 2 || err == nil {
		t.Errorf("%d were done, %v", done, err)
	}
	h.stand(t, csdn.Expired, csdn.Invited, csdn.Expired)
	h.invitations.Store = h.participation
	h.tick(t)
	h.stand(t, csdn.Expired, csdn.Expired, csdn.Expired)
}

package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func TestTheLastSeatThenTheReserve(t *testing.T) {
	h := convened(t, 4, seats(2, 1))
	h.answers(t, 1, csdn.Accept, "")
	h.answers(t, 2, csdn.Accept, "")
	h.answers(t, 3, csdn.Accept, "")
	h.answers(t, 4, csdn.Accept, csdn.Online)
	h.stand(t, csdn.Accepted, csdn.Accepted, csdn.Reserved, csdn.Accepted)
	same(t, []string{"confirmation", "invitation"}, h.messages(t, personID(2)))
	same(t, []string{"invitation", "reserve"}, h.messages(t, personID(3)))
	if i := h.invitation(t, personID(3)); !i.ReservedAt.Equal(noon.Add(2*time.Minute)) || !i.DueAt.IsZero() {
		t.Errorf("in the reserve is %+v", i)
	}
}

func TestSeatsWithoutALimit(t *testing.T) {
	h := convened(t, 3)
	for n := 1; n <= 3; n++ {
		h.answers(t, n, csdn.Accept, "")
	}
	h.stand(t, csdn.Accepted, csdn.Accepted, csdn.Accepted)
}

// queue has person 1 in the one seat; 2 online waits for no seat of the room; 3 to 5 wait, of whom only 4 and 5 are of
// the category of 1, and 3 waits longest.
func queue(t *testing.T, edits ...func(*csdn.MeetingProfile)) *house {
	t.Helper()
	h := convened(t, 0, append(edits, seats(1, 0))...)
	for n := 1; n <= 5; n++ {
		h.person(t, n, func(p *csdn.PersonProfile) {
			if n == 3 {
				p.Category = "academic"
			}
		})
	}
	h.invite(t, people(1, 2, 3, 4, 5)...)
	h.answers(t, 1, csdn.Accept, "")
	h.answers(t, 2, csdn.Accept, csdn.Online)
	for _, n := range []int{3, 5, 4} {
		h.answers(t, n, csdn.Accept, "")
	}
	h.stand(t, csdn.Accepted, csdn.Reserved, csdn.Reserved, csdn.Reserved, csdn.Reserved)
	return h
}

// TestAFreedSeatGoesToTheFirstOfItsCategory frees the seat in each way that there is.
func TestAFreedSeatGoesToTheFirstOfItsCategory(t *testing.T) {
	for name, c := range map[string]struct {
		free func(*testing.T, *house)
		left csdn.InvitationStatus
	}{
		"by a decline":    {func(t *testing.T, h *house) { h.answers(t, 1, csdn.Decline, "") }, csdn.Declined},
		"by a withdrawal": {func(t *testing.T, h *house) { h.answers(t, 1, csdn.Withdraw, "") }, csdn.Withdrawn},
		"by a revocation": {func(t *testing.T, h *house) { must(t, h.revoke(t, 1)) }, csdn.Revoked},
	} {
		t.Run(name, func(t *testing.T) {
			h := queue(t)
			at := h.clock.now()
			c.free(t, h)
			h.stand(t, c.left, csdn.Reserved, csdn.Reserved, csdn.Reserved, csdn.Offered)
			same(t, []string{"invitation", "offer", "reserve"}, h.messages(t, personID(5)))
			if due := h.invitation(t, personID(5)).DueAt; !due.Equal(at.Add(48 * time.Hour)) {
				t.Errorf("the offer stands until %s", due)
			}
		})
	}
}

func TestOffersAnswered(t *testing.T) {
	for name, c := range map[string]struct {
		answer csdn.Answer
		want   []csdn.InvitationStatus
	}{
		"accepted":  {csdn.Accept, []csdn.InvitationStatus{csdn.Withdrawn, csdn.Reserved, csdn.Reserved, csdn.Reserved, csdn.Accepted}},
		"declined":  {csdn.Decline, []csdn.InvitationStatus{csdn.Withdrawn, csdn.Reserved, csdn.Reserved, csdn.Offered, csdn.Declined}},
		"withdrawn": {csdn.Withdraw, []csdn.InvitationStatus{csdn.Withdrawn, csdn.Reserved, csdn.Reserved, csdn.Offered, csdn.Withdrawn}},
	} {
		t.Run(name, func(t *testing.T) {
			h := queue(t, deadline(time.Hour))
			h.answers(t, 1, csdn.Withdraw, "")
			h.clock.pass(2 * time.Hour) // the deadline of invitations does not end an offer
			h.answers(t, 5, c.answer, "")
			h.stand(t, c.want...)
		})
	}
}

func TestWhoWaitsLongestOfThoseWhoAreLeft(t *testing.T) {
	h := queue(t)
	h.answers(t, 1, csdn.Withdraw, "") // offered to 5, of the category
	h.answers(t, 5, csdn.Decline, "")  // to 4
	h.answers(t, 4, csdn.Decline, "")  // none of the category is left: to 3
	h.stand(t, csdn.Withdrawn, csdn.Reserved, csdn.Offered, csdn.Declined, csdn.Declined)
	h.answers(t, 3, csdn.Decline, "") // 2 waits for a seat online, of which there is none
	h.stand(t, csdn.Withdrawn, csdn.Reserved, csdn.Declined, csdn.Declined, csdn.Declined)
}

func TestChangingTheMode(t *testing.T) {
	h := convened(t, 3, seats(1, 1))
	h.answers(t, 1, csdn.Accept, csdn.InPerson)
	h.answers(t, 2, csdn.Accept, csdn.InPerson)
	h.stand(t, csdn.Accepted, csdn.Reserved, csdn.Invited)
	h.answers(t, 1, csdn.Accept, csdn.Online) // frees the room for 2
	h.stand(t, csdn.Accepted, csdn.Offered, csdn.Invited)
	if i := h.invitation(t, personID(1)); i.Mode != csdn.Online || i.Sequence != 2 {
		t.Errorf("online is %+v", i)
	}
	h.answers(t, 2, csdn.Accept, "")
	h.refuses(t, csdn.Conflict, func() error { // the room is full, and the seat held is kept
		_, err := h.answer(t, 1, csdn.Accept, csdn.InPerson)
		return err
	})
	h.answers(t, 3, csdn.Accept, csdn.Online) // waits
	h.answers(t, 3, csdn.Accept, csdn.InPerson)
	h.stand(t, csdn.Accepted, csdn.Accepted, csdn.Reserved)
	if i := h.invitation(t, personID(3)); i.Mode != csdn.InPerson || !i.ReservedAt.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("waiting for the room is %+v", i)
	}
	same(t, []string{"confirmation", "confirmation", "invitation"}, h.messages(t, personID(1)))
}

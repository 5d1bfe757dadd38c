package directory_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// replied is what the calendar of the person of the number says to meeting 1.
func (h *house) replied(t *testing.T, n int, a csdn.Answer) csdn.Reply {
	t.Helper()
	m, err := h.network.Meeting(t.Context(), meetingID(1))
	must(t, err)
	i, address := h.invitation(t, personID(n)), profile(n).Email
	return csdn.Reply{UID: i.Calendar, Attendee: address, From: address, Answer: a, Sequence: m.Calendar + i.Sequence}
}

func (h *house) takes(t *testing.T, r csdn.Reply) {
	t.Helper()
	must(t, h.invitations.AnswerByMail(t.Context(), r))
	h.clock.pass(time.Minute)
}

// TestAnswersByMail does what links do: seats, the reserve, offers, messages, the trail, and nothing for the same answer again.
func TestAnswersByMail(t *testing.T) {
	h := convened(t, 3, seats(1, 1))
	h.takes(t, h.replied(t, 1, csdn.Accept))
	h.takes(t, h.replied(t, 2, csdn.Accept))
	h.takes(t, h.replied(t, 3, csdn.Maybe))
	h.stand(t, csdn.Accepted, csdn.Reserved, csdn.Tentative)
	same(t, []string{"confirmation", "invitation"}, h.messages(t, personID(1)))
	same(t, []string{"invitation", "reserve"}, h.messages(t, personID(2)))
	if acts := h.trail(t, personID(1)); !slices.Contains(acts, "invitation.answered.by-mail by "+string(csdn.Invitee)) {
		t.Errorf("the trail is %v", acts)
	}
	h.silent(t, func() error { return h.invitations.AnswerByMail(t.Context(), h.replied(t, 1, csdn.Accept)) })

	shouted := h.replied(t, 1, csdn.Decline)
	shouted.From, shouted.Attendee = strings.ToUpper(shouted.From), strings.ToUpper(shouted.Attendee)
	h.takes(t, shouted)
	h.stand(t, csdn.Declined, csdn.Offered, csdn.Tentative)
	same(t, []string{"cancellation", "confirmation", "invitation"}, h.messages(t, personID(1)))
	h.takes(t, h.replied(t, 2, csdn.Accept))
	h.stand(t, csdn.Declined, csdn.Accepted, csdn.Tentative)
	h.answers(t, 2, csdn.Withdraw, "") // link and calendar answer the same invitation
	h.stand(t, csdn.Declined, csdn.Withdrawn, csdn.Tentative)
}

func TestADeclineByMailAfterTheDeadlineIsAWithdrawal(t *testing.T) {
	h := convened(t, 2, deadline(time.Hour))
	h.takes(t, h.replied(t, 1, csdn.Accept))
	h.clock.pass(2 * time.Hour)
	h.takes(t, h.replied(t, 1, csdn.Decline))
	h.stand(t, csdn.Withdrawn, csdn.Invited)
	h.refuses(t, csdn.Conflict, func() error { return h.invitations.AnswerByMail(t.Context(), h.replied(t, 2, csdn.Accept)) })
}

// TestRepliesThatAreNobodys all look the same, and change nothing.
func TestRepliesThatAreNobodys(t *testing.T) {
	h := convened(t, 2)
	whole := h.replied(t, 1, csdn.Accept)
	for name, edit := range map[string]func(*csdn.Reply){
		"from another's address":       func(r *csdn.Reply) { r.From = profile(2).Email },
		"from no address":              func(r *csdn.Reply) { r.From = "" },
		"for another":                  func(r *csdn.Reply) { r.Attendee = profile(2).Email },
		"from and for another":         func(r *csdn.Reply) { r.From, r.Attendee = profile(2).Email, profile(2).Email },
		"of a UID of another system":   func(r *csdn.Reply) { r.UID = "event@calendar.example" },
		"of a UID with another secret": func(r *csdn.Reply) { r.UID = r.UID[:53] + "-" + strings.Repeat("A", 52) },
		"of a UID cut short":           func(r *csdn.Reply) { r.UID = r.UID[:len(r.UID)-1] },
		"of a UID that goes on":        func(r *csdn.Reply) { r.UID += "A" },
		"of another's UID":             func(r *csdn.Reply) { r.UID = h.replied(t, 2, csdn.Accept).UID },
		"of an absent meeting":         func(r *csdn.Reply) { r.UID = string(meetingID(9)) + r.UID[26:] },
		"of an absent person":          func(r *csdn.Reply) { r.UID = r.UID[:27] + string(personID(9)) + r.UID[53:] },
		"of a person who is not invited": func(r *csdn.Reply) {
			p := h.person(t, 3)
			*r = csdn.Reply{UID: r.UID[:27] + string(p.ID) + r.UID[53:], From: p.Email, Attendee: p.Email, Answer: csdn.Accept}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := whole
			edit(&r)
			h.refuses(t, csdn.NotFound, func() error { return h.invitations.AnswerByMail(t.Context(), r) })
		})
	}
	h.takes(t, whole)
	h.stand(t, csdn.Accepted, csdn.Invited)
}

// TestRepliesThatComeTooLate come to an invitation taken back, drafted anew, or to a meeting that takes none.
func TestRepliesThatComeTooLate(t *testing.T) {
	h := convened(t, 2)
	first, second := h.replied(t, 1, csdn.Accept), h.replied(t, 2, csdn.Accept)
	refuse := func() {
		t.Helper()
		h.refuses(t, csdn.NotFound, func() error { return h.invitations.AnswerByMail(t.Context(), first) })
	}
	must(t, h.revoke(t, 1))
	refuse()
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1), "", "")
	must(t, err)
	refuse()
	h.refuses(t, csdn.NotFound, func() error { return h.invitations.AnswerByMail(t.Context(), h.replied(t, 1, csdn.Accept)) })
	h.invite(t, personID(1))
	refuse()
	h.takes(t, h.replied(t, 1, csdn.Accept))

	h.clock.time = agenda(t, 1).StartsAt()
	h.refuses(t, csdn.NotFound, func() error { return h.invitations.AnswerByMail(t.Context(), second) })
	h.clock.time = noon.Add(time.Hour)
	_, err = h.invitations.Cancel(t.Context(), planner, meetingID(1), directory.AnyVersion, "")
	must(t, err)
	h.refuses(t, csdn.NotFound, func() error { return h.invitations.AnswerByMail(t.Context(), second) })
}

func TestAReplyToAnEarlierDate(t *testing.T) {
	h := convened(t, 1)
	old := h.replied(t, 1, csdn.Accept)
	h.takes(t, h.replied(t, 1, csdn.Accept))
	accepted := h.replied(t, 1, csdn.Accept)
	_, err := h.invitations.Reschedule(t.Context(), planner, meetingID(1), directory.AnyVersion, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
		p.Start, p.End = local(t, "2027-02-08T09:15"), local(t, "2027-02-08T11:30")
		return p, nil
	})
	must(t, err)
	h.stand(t, csdn.Invited)
	for _, r := range []csdn.Reply{old, accepted} {
		h.refuses(t, csdn.Conflict, func() error { return h.invitations.AnswerByMail(t.Context(), r) })
	}
	present := h.replied(t, 1, csdn.Accept)
	h.takes(t, present)
	h.stand(t, csdn.Accepted)
	present.Answer = csdn.Decline // the calendar has not seen the confirmation yet
	h.takes(t, present)
	h.stand(t, csdn.Declined)
}

package directory_test

import (
	"context"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func (h *house) revoke(t *testing.T, n int) error {
	t.Helper()
	_, err := h.invitations.Revoke(t.Context(), planner, meetingID(1), personID(n), " plans  changed ")
	return err
}

func TestRevoking(t *testing.T) {
	h := convened(t, 4, seats(1, 1))
	h.answers(t, 1, csdn.Accept, "")
	h.answers(t, 2, csdn.Accept, "") // waits
	h.answers(t, 3, csdn.Decline, "")
	h.stand(t, csdn.Accepted, csdn.Reserved, csdn.Declined, csdn.Invited)

	must(t, h.revoke(t, 1))
	h.stand(t, csdn.Revoked, csdn.Offered, csdn.Declined, csdn.Invited)
	revoked := h.invitation(t, personID(1))
	if revoked.Reason != "plans changed" || revoked.Sequence != 2 {
		t.Errorf("revoked is %+v", revoked)
	}
	same(t, []string{"cancellation", "confirmation", "invitation"}, h.messages(t, personID(1)))
	same(t, []string{"invitation", "offer", "reserve"}, h.messages(t, personID(2)))
	if due := h.invitation(t, personID(2)).DueAt; !due.Equal(h.clock.now().Add(48 * time.Hour)) {
		t.Errorf("the offer stands until %s", due)
	}
	same(t, "invitation.offered by clock", h.trail(t, personID(2))[3])

	h.refuses(t, csdn.Conflict, func() error { return h.revoke(t, 1) })
	h.refuses(t, csdn.Conflict, func() error { return h.revoke(t, 3) })
	h.refuses(t, csdn.NotFound, func() error { return h.revoke(t, 9) })
	must(t, h.revoke(t, 2)) // an offer frees its seat too; nobody waits
	must(t, h.revoke(t, 4))
	h.stand(t, csdn.Revoked, csdn.Revoked, csdn.Declined, csdn.Revoked)
	for _, n := range []int{1, 2, 4} {
		h.linkIsDead(t, tokenOf(personID(n), 1))
	}
}

func TestADraftThatIsRevokedTellsNobody(t *testing.T) {
	h := convened(t, 0)
	h.person(t, 1)
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1), "", "")
	must(t, err)
	must(t, h.revoke(t, 1))
	same(t, []string{}, h.messages(t, personID(1)))
}

// TestRevokedAndDraftedAgain begins a second round with new facts of the person, whose earlier link stays dead.
func TestRevokedAndDraftedAgain(t *testing.T) {
	h := convened(t, 1)
	_, err := h.invitations.Respond(t.Context(), tokenOf(personID(1), 1), csdn.Response{Answer: csdn.Accept, Note: "By train."})
	must(t, err)
	first := h.invitation(t, personID(1))
	must(t, h.revoke(t, 1))
	h.organisation(t, 2, func(p *csdn.OrganisationProfile) { p.Type = "academic" })
	_, err = h.people.Change(t.Context(), secretariat, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Organisation = organisationID(2)
		return p, nil
	})
	must(t, err)
	h.clock.pass(time.Hour)
	drafted, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1), "", csdn.Online)
	must(t, err)
	again := h.invitation(t, personID(1))
	same(t, directory.Drafted{Invitation: again}, drafted[0])
	if again.Calendar == first.Calendar || again.Calendar == "" {
		t.Errorf("the calendar entry of the second round is %q", again.Calendar)
	}
	same(t, csdn.Invitation{
		Meeting: meetingID(1), Person: personID(1), Phase: 4, Organisation: organisationID(2), Category: "academic",
		Mode: csdn.Online, Status: csdn.Draft, Round: 2, Calendar: again.Calendar,
		CreatedAt: first.CreatedAt, UpdatedAt: h.clock.now(), Version: first.Version + 2,
	}, again)
	h.linkIsDead(t, tokenOf(personID(1), 1))
	h.invite(t, personID(1))
	h.linkIsDead(t, tokenOf(personID(1), 1))
	_, err = h.invitations.Respond(t.Context(), tokenOf(personID(1), 2), csdn.Response{Answer: csdn.Accept})
	must(t, err)
	h.stand(t, csdn.Accepted)
}

func TestAttendance(t *testing.T) {
	h := convened(t, 2)
	h.answers(t, 1, csdn.Accept, "")
	mark := func(n int, present bool) func() error {
		return func() error {
			_, err := h.invitations.Attendance(t.Context(), planner, meetingID(1), personID(n), present)
			return err
		}
	}
	h.clock.time = agenda(t, 1).StartsAt().Add(-time.Nanosecond)
	h.refuses(t, csdn.Conflict, mark(1, true))
	h.clock.pass(time.Nanosecond)
	must(t, mark(1, true)())
	if now := h.invitation(t, personID(1)).Status; now != csdn.Attended {
		t.Errorf("marked as %s", now)
	}
	must(t, mark(1, false)()) // it can be corrected
	h.refuses(t, csdn.Conflict, mark(2, true))
	h.refuses(t, csdn.NotFound, mark(3, true))
	if now := h.invitation(t, personID(1)).Status; now != csdn.Absent {
		t.Errorf("marked as %s", now)
	}
}

func (h *house) linkIsDead(t *testing.T, token string) {
	t.Helper()
	_, err := h.invitations.ReadRsvp(t.Context(), token)
	missing(t, err)
	before := h.stored(t)
	_, err = h.invitations.Respond(t.Context(), token, csdn.Response{Answer: csdn.Accept})
	missing(t, err)
	same(t, before, h.stored(t))
}

func TestCancelling(t *testing.T) {
	h := convened(t, 5, seats(1, 0))
	h.person(t, 6)
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(6), "", "")
	must(t, err)
	h.answers(t, 1, csdn.Accept, "")
	h.answers(t, 2, csdn.Accept, "")
	h.answers(t, 3, csdn.Maybe, "")
	h.answers(t, 4, csdn.Decline, "")
	cancelled, err := h.invitations.Cancel(t.Context(), planner, meetingID(1), 1, "floods")
	must(t, err)
	if cancelled.Status != csdn.MeetingCancelled || cancelled.Version != 2 {
		t.Errorf("cancelled is %+v", cancelled)
	}
	h.stand(t, csdn.Revoked, csdn.Revoked, csdn.Revoked, csdn.Declined, csdn.Revoked, csdn.Revoked)
	for n, told := range []bool{true, true, true, false, true, false} {
		messages := h.messages(t, personID(n+1))
		if (len(messages) > 0 && messages[0] == "cancellation") != told {
			t.Errorf("person %d is sent %v", n+1, messages)
		}
	}
	if reason := h.invitation(t, personID(1)).Reason; reason != "floods" {
		t.Errorf("the reason is %q", reason)
	}
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.invitations.Cancel(t.Context(), planner, meetingID(1), directory.AnyVersion, "")
		return err
	})
}

// failingOnce is a store whose first write of invitations fails.
type failingOnce struct {
	csdn.InvitationStore
	failed bool
}

func (f *failingOnce) WriteInvitations(ctx context.Context, w csdn.InvitationWrite) error {
	if !f.failed {
		f.failed = true
		return context.Canceled
	}
	return f.InvitationStore.WriteInvitations(ctx, w)
}

func TestACancellingThatWasBrokenOffGoesOn(t *testing.T) {
	h := convened(t, 2)
	h.invitations.Store = &failingOnce{InvitationStore: h.participation}
	if _, err := h.invitations.Cancel(t.Context(), planner, meetingID(1), 1, "floods"); err == nil {
		t.Fatal("the failure is not told")
	}
	h.stand(t, csdn.Invited, csdn.Invited)
	cancelled, err := h.invitations.Cancel(t.Context(), planner, meetingID(1), 2, "floods")
	must(t, err)
	if cancelled.Status != csdn.MeetingCancelled || cancelled.Version != 2 {
		t.Errorf("cancelled is %+v", cancelled)
	}
	h.stand(t, csdn.Revoked, csdn.Revoked)
	same(t, []string{"cancellation", "invitation"}, h.messages(t, personID(2)))
}

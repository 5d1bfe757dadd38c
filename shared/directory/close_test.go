package directory_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func (h *house) attend(t *testing.T, n int, present bool) error {
	t.Helper()
	_, err := h.invitations.Attendance(t.Context(), planner, meetingID(1), personID(n), present)
	return err
}

func (h *house) close(t *testing.T, n int, read csdn.Version) (csdn.Meeting, error) {
	t.Helper()
	return h.closings.Close(t.Context(), planner, meetingID(n), read)
}

// held is a meeting with n people who accepted, that has begun and is held.
func held(t *testing.T, n int) *house {
	t.Helper()
	h := convened(t, n)
	for i := 1; i <= n; i++ {
		h.answers(t, i, csdn.Accept, "")
	}
	h.clock.pass(22 * 24 * time.Hour)
	_, err := h.meetings.Hold(t.Context(), planner, meetingID(1), directory.AnyVersion)
	must(t, err)
	return h
}

func TestClosing(t *testing.T) {
	h := held(t, 5)
	for n := 1; n <= 4; n++ {
		must(t, h.attend(t, n, n < 4))
	}
	h.refuses(t, csdn.Stale, func() error { _, err := h.close(t, 1, 1); return err })
	closed, err := h.close(t, 1, 2)
	must(t, err)
	stored, err := h.network.Meeting(t.Context(), meetingID(1))
	must(t, err)
	same(t, stored, closed)
	if closed.Status != csdn.MeetingClosed || closed.Version != 3 {
		t.Errorf("the meeting is %s at version %d", closed.Status, closed.Version)
	}
	left, err := h.network.Indicators(t.Context(), 4)
	must(t, err)
	same(t, []csdn.Indicators{{
		Meeting: meetingID(1), Phase: 4, Type: "policy-meeting", ClosedAt: h.clock.now(), Organisations: 1,
		Outcomes: map[csdn.Outcome]map[csdn.Category]int{csdn.WasThere: {csdn.CivilSociety: 3}, csdn.WasAwaited: {csdn.CivilSociety: 2}},
	}}, left)
	report, err := h.reports.Read(t.Context(), official, 4)
	must(t, err)
	same(t, csdn.Tally{Total: 3, ByCategory: map[csdn.Category]int{csdn.CivilSociety: 3}}, report.Attended)

	h.refuses(t, csdn.Conflict, func() error { _, err := h.close(t, 1, directory.AnyVersion); return err })
	h.refuses(t, csdn.Conflict, func() error { return h.attend(t, 5, true) })
	h.refuses(t, csdn.NotFound, func() error { _, err := h.reports.Read(t.Context(), official, 5); return err })
}

func TestOnlyAMeetingThatWasHeldIsClosed(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	for n, status := range []csdn.MeetingStatus{csdn.MeetingDraft, csdn.MeetingOpen, csdn.MeetingCancelled, csdn.MeetingClosed} {
		h.meeting(t, n+1, status)
		h.refuses(t, csdn.Conflict, func() error { _, err := h.close(t, n+1, directory.AnyVersion); return err })
	}
}

// TestAnOrganisationIsCountedOnceInItsPhase closes two meetings at which the same organisation took part.
func TestAnOrganisationIsCountedOnceInItsPhase(t *testing.T) {
	h := held(t, 1)
	_, err := h.close(t, 1, directory.AnyVersion)
	must(t, err)
	h.meeting(t, 2, csdn.MeetingHeld)
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{Meeting: meetingID(2), MeetingVersion: 1, Invitations: []csdn.Invitation{
		{Meeting: meetingID(2), Person: personID(1), Status: csdn.Attended, Organisation: organisationID(1), Category: "academic", Version: 1},
		{Meeting: meetingID(2), Person: personID(2), Status: csdn.Attended, Organisation: organisationID(2), Category: "academic", Version: 1},
	}}))
	_, err = h.close(t, 2, directory.AnyVersion)
	must(t, err)
	left, err := h.network.Indicators(t.Context(), 4)
	must(t, err)
	same(t, []int{1, 1}, []int{left[0].Organisations, left[1].Organisations})
}

// TestAttendanceMeetsTheClosing records attendance while the meeting is closed: whatever was recorded is counted.
func TestAttendanceMeetsTheClosing(t *testing.T) {
	const people = 12
	h := held(t, people)
	var recorded sync.Map
	var all sync.WaitGroup
	for n := 1; n <= people; n++ {
		all.Go(func() {
			switch _, err := h.invitations.Attendance(context.Background(), planner, meetingID(1), personID(n), true); {
			case err == nil:
				recorded.Store(n, true)
			case !errors.Is(err, csdn.Conflict):
				t.Error(err)
			}
		})
	}
	all.Go(func() {
		if _, err := h.closings.Close(context.Background(), planner, meetingID(1), directory.AnyVersion); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	there := 0
	recorded.Range(func(any, any) bool { there++; return true })
	left, err := h.network.Indicators(t.Context(), 4)
	must(t, err)
	same(t, fmt.Sprint(there), fmt.Sprint(left[0].Outcomes[csdn.WasThere][csdn.CivilSociety]))
}

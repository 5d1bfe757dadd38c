package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// past is a phase with four people, and a meeting that was opened after it had been, with two seats in the room.
func past(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.phase(t, 4)
	h.organisation(t, 1)
	for n := 1; n <= 4; n++ {
		h.person(t, n)
	}
	p := agenda(t, 1, seats(2, 9))
	p.Start, p.End = local(t, "2021-02-01T09:15"), local(t, "2021-02-01T11:30")
	m, err := h.meetings.Create(t.Context(), planner, p)
	must(t, err)
	_, err = h.meetings.Open(t.Context(), planner, m.ID, 1)
	must(t, err)
	return h
}

func (h *house) only(t *testing.T) csdn.Meeting {
	t.Helper()
	list, err := h.network.Meetings(t.Context(), 4)
	must(t, err)
	return list[0]
}

// TestAPastMeetingIsRecordedWhole: participants are recorded with how it ended, within the seats, nobody is written to, and the closing
// counts them.
func TestAPastMeetingIsRecordedWhole(t *testing.T) {
	h := past(t)
	m := h.only(t)
	record := func(status csdn.InvitationStatus, mode csdn.Mode, numbers ...int) error {
		_, err := h.invitations.Record(t.Context(), planner, m.ID, people(numbers...), status, "", mode)
		return err
	}
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.invitations.Draft(t.Context(), planner, m.ID, people(1), "", "")
		return err
	})
	must(t, record(csdn.Attended, "", 1))
	h.refuses(t, csdn.Conflict, func() error { return record(csdn.Absent, "", 2, 3) })
	must(t, record(csdn.Absent, "", 2))
	must(t, record(csdn.Accepted, csdn.Online, 3))
	must(t, record(csdn.Declined, "", 4))
	again, err := h.invitations.Record(t.Context(), planner, m.ID, people(1), csdn.Declined, "", "")
	must(t, err)
	if !again[0].Already || again[0].Status != csdn.Attended {
		t.Errorf("recorded again it is %+v", again)
	}
	for _, invalid := range []error{record("revoked", "", 1), record(csdn.Attended, csdn.Hybrid, 1), record(csdn.Attended, ""), record(csdn.Attended, "", 77)} {
		refused(t, csdn.Invalid, invalid)
	}
	for key := range h.stored(t) {
		if len(key) > 11 && key[:11] == "OutboxTable" {
			t.Errorf("somebody is written to: %s", key)
		}
	}
	seating, err := h.participation.Seating(t.Context(), m.ID)
	must(t, err)
	same(t, csdn.Seating{InPerson: 2, Online: 1, Version: 4}, seating)
	entries, err := h.trails.Latest(t.Context(), secretariat, csdn.PageRequest{Limit: 1})
	must(t, err)
	if got := entries.Items[0]; got.Act != "invitation.recorded" || got.By != planner.Account || got.Fields[3].After != csdn.RecordedReason {
		t.Errorf("the trail says %+v", got)
	}
	_, err = h.invitations.Attendance(t.Context(), planner, m.ID, personID(3), true)
	must(t, err)

	held, err := h.meetings.Hold(t.Context(), planner, m.ID, 2)
	must(t, err)
	closed, err := h.closings.Close(t.Context(), planner, m.ID, held.Version)
	must(t, err)
	h.refuses(t, csdn.Conflict, func() error { return record(csdn.Attended, "", 4) })
	indicators, err := h.network.Indicators(t.Context(), 4)
	must(t, err)
	side := csdn.CivilSociety
	same(t, map[csdn.Outcome]map[csdn.Category]int{csdn.WasThere: {side: 2}, csdn.WasAwaited: {side: 1}, csdn.OtherReply: {side: 1}}, indicators[0].Outcomes)
	same(t, csdn.MeetingClosed, closed.Status)
}

// TestWhatCannotBeRecorded: a meeting to come, and one of which it is kept no longer who was invited. A draft is recorded in its place.
func TestWhatCannotBeRecorded(t *testing.T) {
	h := convened(t, 0)
	h.person(t, 1)
	record := func() error {
		_, err := h.invitations.Record(t.Context(), planner, meetingID(1), people(1), csdn.Attended, "academic", csdn.Online)
		return err
	}
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1), "", "")
	must(t, err)
	h.refuses(t, csdn.Conflict, record)
	h.clock.pass(10 * 365 * 24 * time.Hour)
	h.refuses(t, csdn.Conflict, record)
	h.clock.pass(-9 * 365 * 24 * time.Hour)
	drafted := h.invitation(t, personID(1))
	must(t, record())
	got := h.invitation(t, personID(1))
	same(t, csdn.Attended, got.Status)
	same(t, csdn.Category("academic"), got.Category)
	if got.Version != drafted.Version+1 || got.Mode != csdn.Online || !got.RespondedAt.IsZero() {
		t.Errorf("the draft became %+v", got)
	}
}

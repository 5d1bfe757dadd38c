package directory_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

// calendar is six meetings in two phases; the draft is of another planner.
func calendar(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.area(t, "mediation")
	h.area(t, "gender")
	h.phase(t, 3)
	h.phase(t, 4)
	for n, row := range []struct {
		phase  csdn.PhaseNumber
		kind   csdn.MeetingType
		status csdn.MeetingStatus
		day    string
		areas  []csdn.AreaSlug
	}{
		{3, "policy-meeting", csdn.MeetingClosed, "2019-05-02", []csdn.AreaSlug{"mediation"}},
		{4, "policy-meeting", csdn.MeetingHeld, "2023-02-01", []csdn.AreaSlug{"gender"}},
		{4, "training-seminar", csdn.MeetingOpen, "2027-03-01", []csdn.AreaSlug{"gender", "mediation"}},
		{4, "policy-meeting", csdn.MeetingOpen, "2027-03-01", nil},
		{4, "policy-meeting", csdn.MeetingDraft, "2027-04-01", nil},
		{3, "policy-meeting", csdn.MeetingCancelled, "2027-03-02", nil},
	} {
		h.meeting(t, n+1, row.status, func(p *csdn.MeetingProfile) {
			p.Phase, p.Type, p.Areas = row.phase, row.kind, row.areas
			p.Start, p.End = local(t, row.day+"T09:00"), local(t, row.day+"T17:00")
			if row.status == csdn.MeetingDraft {
				p.Planners = []csdn.AccountID{otherPlanner.Account}
			}
		})
	}
	return h
}

// listed returns the numbers of the meetings listed, and the cursor of the next page.
func (h *house) listed(t *testing.T, caller csdn.Caller, f csdn.MeetingFilter, page csdn.PageRequest) ([]csdn.MeetingID, csdn.Cursor) {
	t.Helper()
	found, err := h.meetings.List(t.Context(), caller, f, page)
	must(t, err)
	var ids []csdn.MeetingID
	for _, m := range found.Items {
		ids = append(ids, m.ID)
	}
	return ids, found.Next
}

func meetingIDs(numbers ...int) []csdn.MeetingID {
	var ids []csdn.MeetingID
	for _, n := range numbers {
		ids = append(ids, meetingID(n))
	}
	return ids
}

func TestMeetingsAreListed(t *testing.T) {
	h := calendar(t)
	for name, c := range map[string]struct {
		caller csdn.Caller
		filter csdn.MeetingFilter
		want   []csdn.MeetingID
	}{
		"all, the newest start first":      {secretariat, csdn.MeetingFilter{}, meetingIDs(5, 6, 4, 3, 2, 1)},
		"a planner, without others' draft": {planner, csdn.MeetingFilter{}, meetingIDs(6, 4, 3, 2, 1)},
		"the planner of the draft":         {otherPlanner, csdn.MeetingFilter{}, meetingIDs(5, 6, 4, 3, 2, 1)},
		"an official":                      {official, csdn.MeetingFilter{}, meetingIDs(6, 4, 3, 2, 1)},
		"drafts, for an official":          {official, csdn.MeetingFilter{Statuses: []csdn.MeetingStatus{"draft"}}, nil},
		"phase":                            {official, csdn.MeetingFilter{Phases: []csdn.PhaseNumber{3}}, meetingIDs(6, 1)},
		"phases":                           {official, csdn.MeetingFilter{Phases: []csdn.PhaseNumber{3, 4}}, meetingIDs(6, 4, 3, 2, 1)},
		"type":                             {official, csdn.MeetingFilter{Types: []csdn.MeetingType{"training-seminar"}}, meetingIDs(3)},
		"statuses":                         {official, csdn.MeetingFilter{Statuses: []csdn.MeetingStatus{"held", "closed"}}, meetingIDs(2, 1)},
		"area":                             {official, csdn.MeetingFilter{Areas: []csdn.AreaSlug{"mediation"}}, meetingIDs(3, 1)},
		"any of two areas":                 {official, csdn.MeetingFilter{Areas: []csdn.AreaSlug{"mediation", "gender"}}, meetingIDs(3, 2, 1)},
		"from a day on":                    {official, csdn.MeetingFilter{From: "2027-03-01"}, meetingIDs(6, 4, 3)},
		"to a day":                         {official, csdn.MeetingFilter{To: "2023-02-01"}, meetingIDs(2, 1)},
		"of one day":                       {official, csdn.MeetingFilter{From: "2027-03-01", To: "2027-03-01"}, meetingIDs(4, 3)},
		"all at once":                      {official, csdn.MeetingFilter{Phases: []csdn.PhaseNumber{4}, Types: []csdn.MeetingType{"policy-meeting"}, Statuses: []csdn.MeetingStatus{"open"}, From: "2027-01-01"}, meetingIDs(4)},
	} {
		t.Run(name, func(t *testing.T) {
			got, next := h.listed(t, c.caller, c.filter, first)
			same(t, c.want, got)
			if next != "" {
				t.Errorf("there is a next page: %q", next)
			}
		})
	}
}

func TestUnknownValuesOfAMeetingList(t *testing.T) {
	h := calendar(t)
	for where, filter := range map[string]csdn.MeetingFilter{
		"type": {Types: []csdn.MeetingType{"party"}}, "status": {Statuses: []csdn.MeetingStatus{"gone"}},
		"phases[0]": {Phases: []csdn.PhaseNumber{0}}, "from": {From: "2027-02-30"}, "to": {To: "tomorrow"},
	} {
		t.Run(where, func(t *testing.T) {
			_, err := h.meetings.List(t.Context(), official, filter, first)
			refused(t, csdn.Invalid, err)
			same(t, []string{where}, locations(err))
		})
	}
}

// TestPagesOfMeetings goes through the list two by two, across phases and two meetings that start at one time.
func TestPagesOfMeetings(t *testing.T) {
	h := calendar(t)
	page := csdn.PageRequest{Limit: 2}
	var all []csdn.MeetingID
	for n := range 3 {
		ids, next := h.listed(t, secretariat, csdn.MeetingFilter{}, page)
		all = append(all, ids...)
		if (next == "") != (n == 2) {
			t.Errorf("page %d ends with %q", n, next)
		}
		page.Cursor = next
	}
	same(t, meetingIDs(5, 6, 4, 3, 2, 1), all)

	_, next := h.listed(t, official, csdn.MeetingFilter{}, csdn.PageRequest{Limit: 2})
	for name, c := range map[string]struct {
		caller csdn.Caller
		filter csdn.MeetingFilter
	}{
		"of another filter": {official, csdn.MeetingFilter{To: "2027-12-31"}},
		"of another caller": {planner, csdn.MeetingFilter{}},
	} {
		t.Run("a cursor "+name, func(t *testing.T) {
			_, err := h.meetings.List(t.Context(), c.caller, c.filter, csdn.PageRequest{Limit: 2, Cursor: next})
			refused(t, csdn.Malformed, err)
		})
	}
}

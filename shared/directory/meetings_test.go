package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// TestWhoSeesAMeeting tells who knows of a meeting in each status, and who of those sees its online address and planners.
func TestWhoSeesAMeeting(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	statuses := csdn.MeetingStatuses()
	for n, status := range statuses {
		h.meeting(t, n+1, status)
	}
	for name, c := range map[string]struct {
		caller       csdn.Caller
		draft, whole bool
		lists        bool
	}{
		"secretariat":     {secretariat, true, true, true},
		"its planner":     {planner, true, true, true},
		"another planner": {otherPlanner, false, false, true},
		"official":        {official, false, false, true},
		"organisation":    {representative, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			listed := 0
			for n, status := range statuses {
				note, err := h.meetings.ConceptNote(t.Context(), c.caller, meetingID(n+1))
				m := note.Meeting
				if status == csdn.MeetingDraft && !c.draft {
					missing(t, err)
					continue
				}
				must(t, err)
				listed++
				if (m.OnlineURL != "") != c.whole || (len(m.Planners) > 0) != c.whole {
					t.Errorf("of the %s meeting it sees %q and %v", status, m.OnlineURL, m.Planners)
				}
				if !c.lists {
					continue
				}
				read, err := h.meetings.Read(t.Context(), c.caller, meetingID(n+1))
				must(t, err)
				same(t, m, read)
			}
			page, err := h.meetings.List(t.Context(), c.caller, csdn.MeetingFilter{}, first)
			if !c.lists {
				refused(t, csdn.Forbidden, err)
				return
			}
			must(t, err)
			if len(page.Items) != listed {
				t.Errorf("%d are listed, %d can be read", len(page.Items), listed)
			}
			for _, m := range page.Items {
				if (m.OnlineURL != "") != c.whole || (len(m.Planners) > 0) != c.whole {
					t.Errorf("the list tells %q and %v", m.OnlineURL, m.Planners)
				}
			}
		})
	}
	_, err := h.meetings.ConceptNote(t.Context(), anonymous, meetingID(2))
	refused(t, csdn.Unauthenticated, err)
}

func TestMeetingIsCreated(t *testing.T) {
	for name, c := range map[string]struct {
		caller csdn.Caller
		named  []csdn.AccountID
		want   []csdn.AccountID
	}{
		"a planner is named":           {planner, nil, []csdn.AccountID{planner.Account}},
		"beside others":                {planner, []csdn.AccountID{otherPlanner.Account}, []csdn.AccountID{otherPlanner.Account, planner.Account}},
		"once":                         {planner, []csdn.AccountID{planner.Account}, []csdn.AccountID{planner.Account}},
		"the secretariat is not named": {secretariat, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.phase(t, 4)
			p := agenda(t, 1, func(p *csdn.MeetingProfile) { p.Planners, p.Rule, p.Zone = c.named, "", "" })
			m, err := h.meetings.Create(t.Context(), c.caller, p)
			must(t, err)
			want := agenda(t, 1, func(p *csdn.MeetingProfile) { p.Planners = c.want })
			same(t, csdn.Meeting{ID: m.ID, MeetingProfile: want, TypeProfile: want.Type.Profile(), Status: csdn.MeetingDraft, CreatedAt: noon, UpdatedAt: noon, Version: 1}, m)
			read, err := h.meetings.Read(t.Context(), c.caller, m.ID)
			must(t, err)
			same(t, m, read)
		})
	}
}

func TestBrokenMeetingsAreNotWritten(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.area(t, "mediation")
	h.meeting(t, 1, csdn.MeetingDraft)
	for name, c := range map[string]struct {
		edit  func(*csdn.MeetingProfile)
		where []string
	}{
		"a phase that is not there": {func(p *csdn.MeetingProfile) { p.Phase = 5 }, []string{"phase"}},
		"an unknown area":           {func(p *csdn.MeetingProfile) { p.Areas = []csdn.AreaSlug{"mediation", "magic"} }, []string{"areas[1]"}},
		"an end before its start":   {func(p *csdn.MeetingProfile) { p.End = local(t, "2027-02-01T08:00") }, []string{"end"}},
		"a deadline after it began": {deadline(40 * 24 * time.Hour), []string{"responseDeadline"}},
		"no title, another type":    {func(p *csdn.MeetingProfile) { p.Title, p.Type = "", "party" }, []string{"type", "title"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, csdn.Invalid, func() error {
				_, err := h.meetings.Create(t.Context(), planner, agenda(t, 2, c.edit))
				same(t, c.where, locations(err))
				return err
			})
			h.refuses(t, csdn.Invalid, func() error { return h.edit(t, 1, 1, c.edit) })
		})
	}
}

// edit changes a meeting as its planner.
func (h *house) edit(t *testing.T, n int, read csdn.Version, edit func(*csdn.MeetingProfile)) error {
	t.Helper()
	_, err := h.meetings.Change(t.Context(), planner, meetingID(n), read, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
		edit(&p)
		return p, nil
	})
	return err
}

// TestWhatOfAMeetingCanChangeWhen tries a kind of change in every status.
func TestWhatOfAMeetingCanChangeWhen(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	statuses := csdn.MeetingStatuses() // draft, open, held, closed, cancelled
	for name, c := range map[string]struct {
		edit func(*csdn.MeetingProfile)
		want [5]csdn.Kind
	}{
		"the title": {func(p *csdn.MeetingProfile) { p.Title = "Other" }, [5]csdn.Kind{"", "", "", csdn.Conflict, csdn.Conflict}},
		"the start": {func(p *csdn.MeetingProfile) { p.Start = local(t, "2027-02-01T10:00") }, [5]csdn.Kind{"", csdn.Conflict, "", csdn.Conflict, csdn.Conflict}},
		"the end":   {func(p *csdn.MeetingProfile) { p.End = local(t, "2027-02-01T12:00") }, [5]csdn.Kind{"", csdn.Conflict, "", csdn.Conflict, csdn.Conflict}},
		"the zone":  {func(p *csdn.MeetingProfile) { p.Zone = "Africa/Bamako" }, [5]csdn.Kind{"", csdn.Conflict, "", csdn.Conflict, csdn.Conflict}},
		"the mode":  {func(p *csdn.MeetingProfile) { p.Mode = csdn.Online }, [5]csdn.Kind{"", csdn.Conflict, "", csdn.Conflict, csdn.Conflict}},
		"the seats": {seats(3, 3), [5]csdn.Kind{"", "", "", csdn.Conflict, csdn.Conflict}},
		"nothing":   {func(*csdn.MeetingProfile) {}, [5]csdn.Kind{"", "", "", csdn.Conflict, csdn.Conflict}},
	} {
		for n, status := range statuses {
			t.Run(name+" of a meeting that is "+string(status), func(t *testing.T) {
				m := h.meeting(t, newNumber(h), status)
				act := func() error {
					_, err := h.meetings.Change(t.Context(), planner, m.ID, 1, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
						c.edit(&p)
						return p, nil
					})
					return err
				}
				switch {
				case c.want[n] != "":
					h.refuses(t, c.want[n], act)
				case name == "nothing":
					h.silent(t, act)
				default:
					must(t, act())
					refused(t, csdn.Stale, act())
				}
			})
		}
	}
}

// newNumber is the number of a subject that no fixture has.
func newNumber(h *house) int {
	var n int
	for _, digit := range h.clerk.NewID()[3:] {
		n = 10*n + int(digit-'0')
	}
	return n
}

// TestTransitions tries to open, hold, cancel and delete a meeting in every status, before and after its start.
func TestTransitions(t *testing.T) {
	opened := func(h *house, id csdn.MeetingID, read csdn.Version) error {
		_, err := h.meetings.Open(t.Context(), planner, id, read)
		return err
	}
	held := func(h *house, id csdn.MeetingID, read csdn.Version) error {
		_, err := h.meetings.Hold(t.Context(), planner, id, read)
		return err
	}
	cancelled := func(h *house, id csdn.MeetingID, read csdn.Version) error {
		_, err := h.invitations.Cancel(t.Context(), planner, id, read, "")
		return err
	}
	deleted := func(h *house, id csdn.MeetingID, read csdn.Version) error {
		return h.meetings.Delete(t.Context(), planner, id, read)
	}
	for name, c := range map[string]struct {
		act     func(*house, csdn.MeetingID, csdn.Version) error
		from    csdn.MeetingStatus // in every other it is a Conflict
		to      csdn.MeetingStatus // "" for gone
		begun   bool               // whether the meeting has begun
		refused bool               // for the time
	}{
		"open before the start":  {opened, csdn.MeetingDraft, csdn.MeetingOpen, false, false},
		"open a past meeting":    {opened, csdn.MeetingDraft, csdn.MeetingOpen, true, false},
		"hold before the start":  {held, csdn.MeetingOpen, "", false, true},
		"hold at the start":      {held, csdn.MeetingOpen, csdn.MeetingHeld, true, false},
		"cancel before it":       {cancelled, csdn.MeetingOpen, csdn.MeetingCancelled, false, false},
		"cancel at the start":    {cancelled, csdn.MeetingOpen, "", true, true},
		"delete before it":       {deleted, csdn.MeetingDraft, "", false, false},
		"delete after the start": {deleted, csdn.MeetingDraft, "", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.phase(t, 4)
			for n, status := range csdn.MeetingStatuses() {
				m := h.meeting(t, n+1, status)
				h.clock.time = noon
				if c.begun {
					h.clock.time = m.StartsAt()
				}
				h.refuses(t, csdn.Stale, func() error { return c.act(h, m.ID, 2) })
				if status != c.from || c.refused {
					h.refuses(t, csdn.Conflict, func() error { return c.act(h, m.ID, directory.AnyVersion) })
					continue
				}
				must(t, c.act(h, m.ID, 1))
				after, err := h.network.Meeting(t.Context(), m.ID)
				if c.to == "" {
					refused(t, csdn.NotFound, err)
					continue
				}
				must(t, err)
				if after.Status != c.to || after.Version != 2 || !after.UpdatedAt.Equal(h.clock.time) {
					t.Errorf("it is %s at %d since %s", after.Status, after.Version, after.UpdatedAt)
				}
			}
		})
	}
}

package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// TestWhoWasInvitedIsHiddenAndThenForgotten lets the time of keeping end, which is two years after the phase.
func TestWhoWasInvitedIsHiddenAndThenForgotten(t *testing.T) {
	h := convened(t, 40) // more than a transaction takes
	h.answers(t, 1, csdn.Accept, "")
	read := func() [4]int {
		list, err := h.invitations.List(t.Context(), secretariat, meetingID(1), first)
		must(t, err)
		_, missed := h.invitations.Read(t.Context(), secretariat, meetingID(1), personID(1))
		_, composition, err := h.invitations.Composition(t.Context(), secretariat, meetingID(1))
		must(t, err)
		ours, err := h.invitations.OfOrganisation(t.Context(), representative, organisationID(1), 0, first)
		must(t, err)
		found := 0
		if csdn.KindOf(missed) != csdn.NotFound {
			must(t, missed)
			found = 1
		}
		return [4]int{len(list.Items), found, composition.Total, len(ours.Items)}
	}
	preview := func(day csdn.Date) []csdn.Retained {
		list, err := h.retention.Preview(t.Context(), secretariat, day)
		must(t, err)
		return list
	}
	set := func(day time.Time) { h.clock.pass(day.Sub(h.clock.now())) }
	set(time.Date(2029, 12, 31, 23, 59, 0, 0, time.UTC))
	same(t, [4]int{40, 1, 1, 40}, read())
	same(t, []csdn.Retained{}, preview("2029-12-31"))
	same(t, []csdn.Retained{{
		Meeting: meetingID(1), Until: "2029-12-31",
		Traces: csdn.Traces{"invitations": 40, "changes": 81, "links": 40, "deliveries": 41},
	}}, preview("2030-01-01"))
	refusedPreview := func() error { _, err := h.retention.Preview(t.Context(), secretariat, "2030-02-30"); return err }
	h.refuses(t, csdn.Invalid, refusedPreview)
	forget := func() int {
		done, err := h.retention.Forget(t.Context())
		must(t, err)
		return done
	}
	same(t, 0, forget())
	set(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC))
	same(t, [4]int{}, read())
	trail, err := h.trails.Latest(t.Context(), secretariat, csdn.PageRequest{Limit: 50})
	must(t, err)
	same(t, []csdn.Entry{}, trail.Items)                           // the fifty newest were of the invitations
	same(t, 81, preview("2030-01-01")[0].Traces[csdn.ChangeTrace]) // hidden, and there
	if forget() == 0 {
		t.Error("nothing is forgotten")
	}
	same(t, []csdn.Retained{}, preview("2030-01-01"))
	h.nothingOf(t, "invitation.", "DirectoryTable")
}

// TestForgettingIsBoundedAndGoesOn removes what four meetings hold, some transactions at each tick.
func TestForgettingIsBoundedAndGoesOn(t *testing.T) {
	h := convened(t, 40)
	h.clock.pass(5 * 365 * 24 * time.Hour)
	before := h.stored(t)
	total, ticks := 0, 0
	for {
		done, err := h.retention.Forget(t.Context())
		must(t, err)
		if done == 0 {
			break
		}
		total, ticks = total+done, ticks+1
	}
	same(t, []int{8, 1}, []int{total, ticks})
	for place := range h.stored(t) {
		if _, known := before[place]; known && (place[:6] == "Outbox" || place[:6] == "Partic") {
			t.Errorf("%s is left", place)
		}
	}
	h.silent(t, func() error { _, err := h.retention.Forget(t.Context()); return err })
}

func TestRetainUntil(t *testing.T) {
	for name, c := range map[string]struct {
		caller csdn.Caller
		day    csdn.Date
		kind   csdn.Kind
	}{
		"the day of the meeting":  {secretariat, "2027-02-01", ""},
		"before the meeting":      {secretariat, "2027-01-31", csdn.Invalid},
		"ten years":               {secretariat, "2037-02-01", ""},
		"more than ten years":     {secretariat, "2037-02-02", csdn.Invalid},
		"no day":                  {secretariat, "2028-02-30", csdn.Invalid},
		"a planner":               {planner, "2028-01-01", csdn.Invalid},
		"a planner, the same day": {planner, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := convened(t, 0)
			h.meeting(t, 2, csdn.MeetingClosed)
			for _, n := range []int{1, 2} {
				_, err := h.meetings.Change(t.Context(), c.caller, meetingID(n), directory.AnyVersion, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
					p.RetainUntil = c.day
					return p, nil
				})
				kind := c.kind
				if n == 2 && c.day == "" {
					kind = csdn.Conflict // nothing is changed of a closed meeting
				}
				refused(t, kind, err)
			}
		})
	}
}

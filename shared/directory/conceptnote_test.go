package directory_test

import (
	"strconv"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/google/go-cmp/cmp"
)

// TestAnApprovedNoteStandsAsItWasSeen walks a note from its first draft to its second version.
func TestAnApprovedNoteStandsAsItWasSeen(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.meeting(t, 1, csdn.MeetingOpen)
	id := meetingID(1)
	edit := func(read csdn.Version, background string) csdn.Meeting {
		t.Helper()
		m, err := h.meetings.Change(t.Context(), planner, id, read, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
			p.Background = background
			return p, nil
		})
		must(t, err)
		return m
	}
	reads := func(c csdn.Caller) (int, string) {
		t.Helper()
		v, err := h.meetings.ConceptNote(t.Context(), c, id)
		must(t, err)
		return v.Number, v.Meeting.Background
	}
	is := func(c csdn.Caller, number int, background string) {
		t.Helper()
		if n, text := reads(c); n != number || text != background {
			t.Errorf("%s reads version %d, %q; want %d, %q", c.Role, n, text, number, background)
		}
	}

	edit(1, "First")
	is(official, 0, "First") // as long as none is approved, everybody reads the meeting as it is
	_, err := h.meetings.ApproveNote(t.Context(), planner, id, 1)
	refused(t, csdn.Stale, err) // which is not what was seen
	approved, err := h.meetings.ApproveNote(t.Context(), planner, id, 2)
	must(t, err)
	if approved.Number != 1 || approved.ApprovedBy != planner.Account || !approved.ApprovedAt.Equal(noon) {
		t.Errorf("approved %d by %s at %s", approved.Number, approved.ApprovedBy, approved.ApprovedAt)
	}
	if m := approved.Meeting; m.OnlineURL != "" || m.Planners != nil || m.RetainUntil != "" {
		t.Errorf("the version holds %q, %v, %q", m.OnlineURL, m.Planners, m.RetainUntil)
	}
	_, err = h.meetings.ApproveNote(t.Context(), planner, id, 2)
	refused(t, csdn.Conflict, err) // nothing differs

	edit(2, "Second")
	is(planner, 0, "Second")
	is(secretariat, 0, "Second")
	for _, c := range []csdn.Caller{official, representative, otherPlanner} {
		is(c, 1, "First")
	}
	must(t, second(h.meetings.ApproveNote(t.Context(), secretariat, id, 3)))
	is(official, 2, "Second")

	// What is no matter of the note makes no version.
	m := edit(3, "Second")
	m, err = h.meetings.Change(t.Context(), planner, id, m.Version, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
		p.OnlineURL, p.OfferHours = "https://meet.example/other", 12
		return p, nil
	})
	must(t, err)
	_, err = h.meetings.ApproveNote(t.Context(), planner, id, m.Version)
	refused(t, csdn.Conflict, err)

	page, err := h.meetings.NoteVersions(t.Context(), planner, id, csdn.PageRequest{Limit: 1})
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].Number != 2 || page.Next == "" {
		t.Errorf("the list begins %+v", page)
	}
	for name, want := range map[string]string{"1": "First", "2": "Second", csdn.NoteDraft: "Second"} {
		v, err := h.meetings.NoteVersion(t.Context(), planner, id, name)
		must(t, err)
		if v.Meeting.Background != want {
			t.Errorf("version %s says %q", name, v.Meeting.Background)
		}
	}
	for _, name := range []string{"3", "0", "-1", "none", "", "51"} {
		missing(t, second(h.meetings.NoteVersion(t.Context(), planner, id, name)))
	}
	trail, err := h.trails.Latest(t.Context(), secretariat, first)
	must(t, err)
	var approvals [][]csdn.Difference
	for _, e := range trail.Items {
		if e.Act == "concept-note.approved" {
			approvals = append(approvals, e.Fields)
		}
	}
	if diff := cmp.Diff([][]csdn.Difference{{{Field: "conceptNote", Before: "1", After: "2"}}, {{Field: "conceptNote", After: "1"}}}, approvals); diff != "" {
		t.Error(diff)
	}
}

func second[T any](_ T, err error) error { return err }

func TestWhatIsOverIsNotApproved(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	for n, status := range csdn.MeetingStatuses() {
		h.meeting(t, n+1, status)
		_, err := h.meetings.ApproveNote(t.Context(), planner, meetingID(n+1), directory.AnyVersion)
		if over := status == csdn.MeetingClosed || status == csdn.MeetingCancelled; over {
			refused(t, csdn.Conflict, err)
			continue
		}
		must(t, err)
	}
}

// TestADeletedDraftLeavesNoNote: versions go with their meeting.
func TestADeletedDraftLeavesNoNote(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.meeting(t, 1, csdn.MeetingDraft)
	must(t, second(h.meetings.ApproveNote(t.Context(), planner, meetingID(1), directory.AnyVersion)))
	must(t, h.meetings.Delete(t.Context(), planner, meetingID(1), 1))
	versions, err := h.network.NoteVersions(t.Context(), meetingID(1))
	must(t, err)
	if len(versions) != 0 {
		t.Errorf("%d versions are left", len(versions))
	}
}

// TestManyVersionsAreKept: the number of versions has an end, and one of two who approve at once is refused.
func TestManyVersionsAreKept(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	m := h.meeting(t, 1, csdn.MeetingOpen)
	note := csdn.ConceptNote{Meeting: m, Phase: csdn.Phase{Number: 4}}
	newest := csdn.NoteVersion{}
	for n := range 50 {
		note.Meeting.Background = strconv.Itoa(n)
		v, err := note.Approve(newest, planner.Account, noon.Add(time.Duration(n)*time.Hour))
		must(t, err)
		newest = v
	}
	note.Meeting.Background = "one more"
	_, err := note.Approve(newest, planner.Account, noon)
	refused(t, csdn.Conflict, err)

	must(t, h.network.PutNoteVersion(t.Context(), newest, h.change()))
	refused(t, csdn.Stale, h.network.PutNoteVersion(t.Context(), newest, h.change()))
	newest.Number, newest.Meeting.Version = 51, 2
	refused(t, csdn.Stale, h.network.PutNoteVersion(t.Context(), newest, h.change()))
}

package dynamo_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func local(t *testing.T, s string) csdn.LocalTime {
	t.Helper()
	wall, err := csdn.ParseLocalTime(s)
	must(t, err)
	return wall
}

func meeting(t *testing.T, n int) csdn.Meeting {
	t.Helper()
	room, online := 30, 100
	return csdn.Meeting{
		ID: id[csdn.MeetingID](n),
		MeetingProfile: csdn.MeetingProfile{
			Phase: 4, Type: "policy-meeting", Title: "Mediation in the Sahel", Start: local(t, "2023-02-01T09:15"),
			End: local(t, "2023-02-01T17:00"), Zone: "Europe/Brussels", Mode: csdn.Hybrid,
			Venue: csdn.Venue{Name: "House of Dialogue", Address: "1 Rue de la Paix, Brussels"}, OnlineURL: "https://meet.example/1",
			Language: "en", Rule: csdn.ChathamHouse, Background: "Why", Objectives: "What", Format: "How", Participants: "Who",
			Areas: []csdn.AreaSlug{"mediation"},
			Bands: csdn.Bands{
				Total: csdn.Band{Min: 25, Max: 30}, Categories: map[csdn.Category]csdn.Band{csdn.CivilSociety: {Min: 10, Max: 15}},
			},
			Seats: csdn.Seats{InPerson: &room, Online: &online}, ResponseDeadline: noon, OfferHours: 24,
			Agenda: []csdn.AgendaItem{{
				Start: 555, End: 570, Kind: "opening", Title: "Welcome", By: []string{"EPLO"}, Points: []string{"Aims"},
				Questions: []string{"Who is here?"}, QuestionAreas: [][]csdn.AreaSlug{{"gender"}},
			}},
			RetainUntil: "2029-12-31", Planners: []csdn.AccountID{id[csdn.AccountID](7)},
		},
		TypeProfile: csdn.MeetingTypeProfile{LabelEN: "Policy Meeting", LabelFR: "Réunion", Retired: true},
		Status:      csdn.MeetingOpen, Calendar: 2, CreatedAt: noon.Add(-time.Hour), UpdatedAt: noon, Version: 1,
	}
}

func TestMeetingComesBackWhole(t *testing.T) {
	h := open(t)
	whole := meeting(t, 1)
	full(t, "meeting", reflect.ValueOf(whole))
	none := 0
	bare := csdn.Meeting{ID: id[csdn.MeetingID](2), Version: 1}
	bare.Start, bare.Seats.InPerson = local(t, "2023-02-01T00:00"), &none
	bare.Agenda = []csdn.AgendaItem{{Start: 0, End: 60, Kind: "social", Title: "Midnight", Questions: []string{"Why?", "Who?"}, QuestionAreas: [][]csdn.AreaSlug{nil, {"gender"}}}}
	for n, want := range []csdn.Meeting{whole, bare} {
		must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, want, change(n, 1)))
		got, err := h.directory.Meeting(t.Context(), want.ID)
		must(t, err)
		same(t, want, got)
	}
	_, err := h.directory.Meeting(t.Context(), id[csdn.MeetingID](3))
	refused(t, csdn.NotFound, err)
}

// planned returns the ids of the meetings in the list of a phase.
func (h house) planned(t *testing.T, phase csdn.PhaseNumber) []csdn.MeetingID {
	t.Helper()
	found, err := h.directory.Meetings(t.Context(), phase)
	must(t, err)
	var ids []csdn.MeetingID
	for _, m := range found {
		ids = append(ids, m.ID)
	}
	return ids
}

func ids[T ~string](numbers ...int) []T {
	var list []T
	for _, n := range numbers {
		list = append(list, id[T](n))
	}
	return list
}

func TestMeetingsOfAPhaseInOrderOfTheirStart(t *testing.T) {
	h := open(t)
	for n, start := range []string{"2021-05-01T09:00", "2023-02-01T09:15", "2022-01-01T09:00", "2022-01-01T14:00"} {
		m := meeting(t, n+1)
		m.Start = local(t, start)
		must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, m, change(n, 1)))
	}
	same(t, ids[csdn.MeetingID](2, 4, 3, 1), h.planned(t, 4))

	steps := []struct {
		name           string
		edit           func(*csdn.Meeting)
		inFour, inFive []csdn.MeetingID
	}{
		{"another title", func(m *csdn.Meeting) { m.Title = "Another" }, ids[csdn.MeetingID](2, 4, 3, 1), nil},
		{"a later start", func(m *csdn.Meeting) { m.Start = local(t, "2024-01-01T09:00") }, ids[csdn.MeetingID](1, 2, 4, 3), nil},
		{"the next phase", func(m *csdn.Meeting) { m.Phase = 5 }, ids[csdn.MeetingID](2, 4, 3), ids[csdn.MeetingID](1)},
	}
	for n, step := range steps {
		before, err := h.directory.Meeting(t.Context(), id[csdn.MeetingID](1))
		must(t, err)
		after := before
		step.edit(&after)
		after.Version++
		must(t, h.directory.PutMeeting(t.Context(), before, after, change(10+n, after.Version)))
		t.Run(step.name, func(t *testing.T) {
			same(t, step.inFour, h.planned(t, 4))
			same(t, step.inFive, h.planned(t, 5))
		})
	}
}

func TestMoreMeetingsThanOneBatch(t *testing.T) {
	h := open(t)
	const count = 103
	for n := range count {
		m := csdn.Meeting{ID: id[csdn.MeetingID](n), Version: 1}
		m.Phase, m.Start = 4, local(t, "2023-02-01T09:15")
		must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, m, change(n, 1)))
	}
	got := h.planned(t, 4)
	if len(got) != count || got[0] != id[csdn.MeetingID](count-1) || got[count-1] != id[csdn.MeetingID](0) {
		t.Errorf("found %d meetings: %v", len(got), got)
	}
}

func TestMeetingIsWrittenAtTheVersionBehindTheStoredOne(t *testing.T) {
	h := open(t)
	first := meeting(t, 1)
	must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, first, change(1, 1)))
	second := first
	second.Version, second.Start = 2, local(t, "2023-03-01T09:15")
	must(t, h.directory.PutMeeting(t.Context(), first, second, change(2, 2)))

	late := first
	late.Version, late.Phase = 2, 5
	h.unchanged(t, csdn.Stale, func() error { return h.directory.PutMeeting(t.Context(), first, late, change(3, 2)) })
	h.unchanged(t, csdn.Stale, func() error {
		return h.directory.PutMeeting(t.Context(), csdn.Meeting{}, first, change(3, 1))
	})
	h.unchanged(t, csdn.Stale, func() error { return h.directory.DeleteMeeting(t.Context(), first, change(3, 1)) })
}

func TestDeletedMeetingLeavesItsTrailAlone(t *testing.T) {
	h := open(t)
	m := meeting(t, 1)
	must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, m, change(1, 1)))
	must(t, h.directory.DeleteMeeting(t.Context(), m, change(2, 1)))
	_, err := h.directory.Meeting(t.Context(), m.ID)
	refused(t, csdn.NotFound, err)
	same(t, []csdn.MeetingID{}, h.planned(t, 4))
	if all, trail := h.stored(t), h.trail(t, "DirectoryTable MEETING#"+string(m.ID)+" CHANGE#"); len(all) != 2 || len(trail) != 2 {
		t.Errorf("left are %v", all)
	}
}

// trail returns the names of the stored items that begin with the prefix.
func (h house) trail(t *testing.T, prefix string) []string {
	t.Helper()
	var names []string
	for name := range h.stored(t) {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names
}

package csdn

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// clock reads a time of day.
func clock(t *testing.T, text string) ClockTime {
	t.Helper()
	c, err := ParseClockTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWarningsOfAnAgenda(t *testing.T) {
	for name, c := range map[string]struct {
		end   string // of the meeting, which starts at 09:15 on 1 February
		slots []string
		want  []string
	}{
		"none":                  {"2027-02-01T11:30", nil, nil},
		"one after the other":   {"2027-02-01T11:30", []string{"09:15", "10:00", "10:00", "11:30"}, nil},
		"coffee after the end":  {"2027-02-01T11:30", []string{"09:15", "11:30", "11:30", "11:45"}, []string{"Agenda item 2 (11:30–11:45) is outside the hours of the meeting."}},
		"registration before":   {"2027-02-01T11:30", []string{"09:00", "11:30"}, []string{"Agenda item 1 (09:00–11:30) is outside the hours of the meeting."}},
		"gaps":                  {"2027-02-01T11:30", []string{"09:30", "10:00", "10:10", "11:00"}, []string{"Nothing is on the agenda from 09:15 to 09:30.", "Nothing is on the agenda from 10:00 to 10:10.", "Nothing is on the agenda from 11:00 to 11:30."}},
		"an overlap":            {"2027-02-01T11:30", []string{"09:15", "10:00", "09:45", "11:30"}, []string{"Agenda item 2 begins before item 1 ends."}},
		"an overlap further on": {"2027-02-01T11:30", []string{"09:15", "11:00", "09:15", "09:30", "10:30", "11:30"}, []string{"Agenda item 2 begins before item 1 ends.", "Agenda item 3 begins before item 1 ends."}},
		"another order":         {"2027-02-01T11:30", []string{"10:00", "11:30", "09:15", "10:00"}, []string{"Nothing is on the agenda from 09:15 to 10:00.", "Agenda item 2 begins before item 1 ends."}},
		"two days":              {"2027-02-02T12:00", []string{"09:15", "17:00", "18:00", "20:00", "09:00", "12:00"}, []string{"Nothing is on the agenda from 17:00 to 18:00."}},
	} {
		t.Run(name, func(t *testing.T) {
			start, err := ParseLocalTime("2027-02-01T09:15")
			if err != nil {
				t.Fatal(err)
			}
			m := MeetingProfile{Start: start}
			if m.End, err = ParseLocalTime(c.end); err != nil {
				t.Fatal(err)
			}
			for n := 0; n < len(c.slots); n += 2 {
				m.Agenda = append(m.Agenda, AgendaItem{Start: clock(t, c.slots[n]), End: clock(t, c.slots[n+1])})
			}
			if diff := cmp.Diff(c.want, agendaWarnings(m)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestBandsThatArePlanned(t *testing.T) {
	const missing = "No band says how many participants of civil society are aimed for."
	civil := func(least, most int) map[Category]Band {
		return map[Category]Band{CivilSociety: {Min: least, Max: most}}
	}
	for name, c := range map[string]struct {
		bands Bands
		rest  Band
		want  []string
	}{
		"none":                     {Bands{}, Band{}, []string{missing}},
		"of the concept note":      {Bands{Total: Band{25, 30}, Categories: civil(10, 15)}, Band{10, 20}, nil},
		"without an upper end":     {Bands{Total: Band{25, 0}, Categories: civil(10, 0)}, Band{}, nil},
		"an upper end of all":      {Bands{Total: Band{0, 30}, Categories: civil(10, 0)}, Band{0, 20}, nil},
		"of civil society alone":   {Bands{Categories: civil(10, 15)}, Band{}, nil},
		"of officials too":         {Bands{Total: Band{25, 30}, Categories: map[Category]Band{CivilSociety: {10, 15}, "eu-institution": {5, 9}}}, Band{}, nil},
		"more than there is room":  {Bands{Total: Band{5, 8}, Categories: civil(10, 15)}, Band{}, []string{"The categories need 10 participants at least, more than the 8 aimed for in all."}},
		"of officials alone":       {Bands{Total: Band{25, 30}, Categories: map[Category]Band{"eu-institution": {5, 9}}}, Band{}, []string{missing}},
		"of nobody, but expressly": {Bands{Total: Band{25, 30}, Categories: civil(0, 0)}, Band{}, []string{missing}},
	} {
		t.Run(name, func(t *testing.T) {
			rest, ok := c.bands.Rest()
			if rest != c.rest || ok != (c.rest != Band{}) {
				t.Errorf("the rest is %v %v, want %v", rest, ok, c.rest)
			}
			if diff := cmp.Diff(c.want, c.bands.planned()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuestionsThatNobodyCovers(t *testing.T) {
	v := NewVocabulary([]Area{
		{Slug: "security"}, {Slug: "policing", AreaProfile: AreaProfile{Broader: []AreaSlug{"security"}}}, {Slug: "gender"}, {Slug: "youth"},
	})
	m := Meeting{MeetingProfile: MeetingProfile{Agenda: []AgendaItem{
		{Questions: []string{"Who is here?"}},
		{Questions: []string{"A?", "B?", "C?", "D?"}, QuestionAreas: [][]AreaSlug{{"security"}, nil, {"gender"}, {"youth", "security"}}},
	}}}
	asks := func(i Invitation) []UncoveredQuestion { return Compose(m, []Invitation{i}, v).Uncovered }
	nobody := []UncoveredQuestion{{2, "A?", []AreaSlug{"security"}}, {2, "C?", []AreaSlug{"gender"}}, {2, "D?", []AreaSlug{"youth", "security"}}}
	for name, c := range map[string]struct {
		who  Invitation
		want []UncoveredQuestion
	}{
		"somebody who declined":         {Invitation{Status: Declined, Areas: []AreaSlug{"gender"}}, nobody},
		"somebody of a narrower area":   {Invitation{Status: Accepted, Areas: []AreaSlug{"policing"}}, nobody[1:2]},
		"somebody of one of two areas":  {Invitation{Status: Attended, Areas: []AreaSlug{"youth"}}, nobody[:2]},
		"somebody of another alone":     {Invitation{Status: Accepted, Areas: []AreaSlug{"mediation"}}, nobody},
		"somebody of all that is asked": {Invitation{Status: Accepted, Areas: []AreaSlug{"security", "gender"}}, nil},
	} {
		if diff := cmp.Diff(c.want, asks(c.who)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if told := Compose(m, nil, v).Published(true).Uncovered; told != nil {
		t.Errorf("the questions are published: %v", told)
	}
}

func TestCleanQuestions(t *testing.T) {
	m := MeetingProfile{Areas: []AreaSlug{"ddr"}, Agenda: []AgendaItem{{
		Questions:     []string{" A? ", "", "B?", "A?", "C?", "D?"},
		QuestionAreas: [][]AreaSlug{{"gender"}, {"youth"}, nil, {" gender ", "ddr"}, {"", "youth"}},
	}}}.Clean()
	want := AgendaItem{Questions: []string{"A?", "B?", "C?", "D?"}, QuestionAreas: [][]AreaSlug{{"gender", "ddr"}, nil, {"youth"}}}
	if diff := cmp.Diff(want, m.Agenda[0], cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]AreaSlug{"ddr", "gender", "youth"}, m.Named()); diff != "" {
		t.Errorf("it names (-want +got):\n%s", diff)
	}
	renamed := m.Rename("gender", "ddr")
	if diff := cmp.Diff([][]AreaSlug{{"ddr"}, nil, {"youth"}}, renamed.Agenda[0].QuestionAreas, cmpopts.EquateEmpty()); diff != "" || m.Agenda[0].QuestionAreas[0][0] != "gender" {
		t.Errorf("renamed (-want +got):\n%s", diff)
	}
}

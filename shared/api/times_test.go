package api

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestDeadlines(t *testing.T) {
	for _, test := range []struct {
		name, text string
		zone       csdn.Zone
		want       string // RFC 3339, "" where unset or refused
		refused    bool
	}{
		{"an instant", "2027-01-25T17:00:00Z", "Europe/Brussels", "2027-01-25T17:00:00Z", false},
		{"an instant with an offset", "2027-01-25T18:00:00+01:00", "Africa/Bamako", "2027-01-25T17:00:00Z", false},
		{"a local time in winter", "2027-01-25T18:00", "Europe/Brussels", "2027-01-25T17:00:00Z", false},
		{"a local time in summer", "2027-07-25T18:00", "Europe/Brussels", "2027-07-25T16:00:00Z", false},
		{"a local time west of Greenwich", "2027-01-25T18:00", "America/Bogota", "2027-01-25T23:00:00Z", false},
		{"a local time where hours are halved", "2027-01-25T18:00", "Asia/Kabul", "2027-01-25T13:30:00Z", false},
		{"none", "", "Europe/Brussels", "", false},
		{"a date", "2027-01-25", "Europe/Brussels", "", true},
		{"a day that is none", "2027-02-30T18:00", "Europe/Brussels", "", true},
		{"an instant that is none", "2027-02-30T18:00:00Z", "Europe/Brussels", "", true},
		{"a local time with seconds", "2027-01-25T18:00:00", "Europe/Brussels", "", true},
		{"a word", "tomorrow", "Europe/Brussels", "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var read timeReader
			got := read.deadline("responseDeadline", test.text, test.zone)
			if instantText(got) != test.want || (!got.IsZero() && got.Location() != time.UTC) {
				t.Errorf("read as %v, want %s", got, test.want)
			}
			err := read.err()
			if (err != nil) != test.refused {
				t.Fatalf("the error is %v", err)
			}
			var known *csdn.Error
			if test.refused && (!errors.As(err, &known) || known.Kind != csdn.Invalid || known.Fields[0].Location != "responseDeadline") {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestTheDeadlineIsInTheZoneOfTheMeetingOrOfTheNetwork(t *testing.T) {
	for zone, want := range map[string]string{"Africa/Nairobi": "2027-01-25T15:00:00Z", "": "2027-01-25T17:00:00Z"} {
		m, err := MeetingProfile{Start: "2027-02-01T09:15", End: "2027-02-01T11:30", Zone: zone, ResponseDeadline: "2027-01-25T18:00"}.domain()
		must(t, err)
		if got := instantText(m.ResponseDeadline); got != want {
			t.Errorf("in %q it is %s, want %s", zone, got, want)
		}
	}
}

func TestEveryTimeThatCannotBeReadIsToldByItsPlace(t *testing.T) {
	_, err := MeetingProfile{
		Start: "soon", End: "2027-02-01", ResponseDeadline: "before",
		Agenda: []AgendaItem{{Start: "09:15", End: "09:30"}, {Start: "9:30", End: "24:00"}},
	}.domain()
	var known *csdn.Error
	if !errors.As(err, &known) {
		t.Fatalf("the error is %v", err)
	}
	var got []string
	for _, f := range known.Fields {
		got = append(got, f.Location)
	}
	if diff := cmp.Diff([]string{"start", "end", "responseDeadline", "agenda[1].start", "agenda[1].end"}, got); diff != "" {
		t.Errorf("the places differ (-want +got):\n%s", diff)
	}
}

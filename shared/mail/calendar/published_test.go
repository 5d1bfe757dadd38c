package calendar_test

import (
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/nodetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/mail/calendar"
)

var publisher = calendar.Publisher{Organiser: "csdn@network.example", Home: "https://directory.example"}

func meeting(t *testing.T, edits ...func(*csdn.Meeting)) csdn.Meeting {
	t.Helper()
	start, err := csdn.ParseLocalTime("2023-02-01T09:15")
	if err != nil {
		t.Fatal(err)
	}
	end, err := csdn.ParseLocalTime("2023-02-01T11:30")
	if err != nil {
		t.Fatal(err)
	}
	m := csdn.Meeting{
		ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Status: csdn.MeetingOpen, Calendar: 2, UpdatedAt: time.Date(2023, 1, 10, 12, 0, 0, 0, time.UTC),
		MeetingProfile: csdn.MeetingProfile{
			Title: "Human Rights Due Diligence: Gathering Civil Society Input", Start: start, End: end, Zone: "Europe/Brussels", Mode: csdn.Hybrid,
			Venue: csdn.Venue{Name: "Scotland House", Address: "Rond-Point Robert Schuman 6, Brussels"}, Language: "en", Rule: csdn.ChathamHouse,
			Planners: []csdn.AccountID{"PLANNER"},
		},
	}
	for _, edit := range edits {
		edit(&m)
	}
	return m
}

func written(t *testing.T, m csdn.Meeting) string {
	t.Helper()
	text, err := publisher.Meeting(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// entry is an entry as the parser of others reads it.
type entry struct {
	Method string
	Zones  []string
	Events []struct {
		Start, End string
		Properties map[string]string
	}
}

func read(t *testing.T, m csdn.Meeting) entry {
	t.Helper()
	var e entry
	nodetest.Read(t, "testdata/calendar.cjs", []byte(written(t, m)), &e)
	if len(e.Events) != 1 {
		t.Fatalf("%d events", len(e.Events))
	}
	return e
}

func TestAnEntryAsItIsWritten(t *testing.T) {
	golden, err := os.ReadFile("testdata/meeting.ics")
	if err != nil {
		t.Fatal(err)
	}
	text := written(t, meeting(t))
	if diff := cmp.Diff(string(golden), strings.ReplaceAll(text, "\r\n", "\n")); diff != "" {
		t.Errorf("testdata/meeting.ics (-) differs from what is written (+):\n%s", diff)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line that is none: %q", line)
		}
	}
	if _, err := ical.NewDecoder(strings.NewReader(text)).Decode(); err != nil {
		t.Error(err)
	}
}

func TestAnEntryAsOthersReadIt(t *testing.T) {
	e := read(t, meeting(t))
	event := e.Events[0]
	if e.Method != "PUBLISH" || event.Start != "2023-02-01T08:15:00.000Z" || event.End != "2023-02-01T10:30:00.000Z" || len(e.Zones) != 1 || e.Zones[0] != "Europe/Brussels" {
		t.Errorf("read is %+v", e)
	}
	want := map[string]string{
		"uid": "urn:uuid:01563e3a-b5d3-d676-4c61-efb99302bd5b", "sequence": "2", "dtstamp": "2023-01-10T12:00:00Z", "last-modified": "2023-01-10T12:00:00Z",
		"dtstart": "2023-02-01T09:15:00", "dtend": "2023-02-01T11:30:00", "summary": "Human Rights Due Diligence: Gathering Civil Society Input",
		"description": "A meeting of the Civil Society Dialogue Network, in English. It is held under the Chatham House Rule.",
		"location":    "Scotland House, Rond-Point Robert Schuman 6, Brussels, online",
		"url":         "https://directory.example/meetings/01ARZ3NDEKTSV4RRFFQ69G5FAV", "status": "CONFIRMED", "class": "PRIVATE",
		"organizer": "mailto:csdn@network.example",
	}
	if diff := cmp.Diff(want, event.Properties); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

func TestHowAMeetingStandsIsTold(t *testing.T) {
	for status, want := range map[csdn.MeetingStatus][2]string{
		csdn.MeetingDraft: {"PUBLISH", "TENTATIVE"}, csdn.MeetingOpen: {"PUBLISH", "CONFIRMED"}, csdn.MeetingHeld: {"PUBLISH", "CONFIRMED"},
		csdn.MeetingClosed: {"PUBLISH", "CONFIRMED"}, csdn.MeetingCancelled: {"CANCEL", "CANCELLED"},
	} {
		e := read(t, meeting(t, func(m *csdn.Meeting) { m.Status = status }))
		if got := [2]string{e.Method, e.Events[0].Properties["status"]}; got != want {
			t.Errorf("%s is %v, want %v", status, got, want)
		}
	}
}

func TestAnEntryTellsOfNobody(t *testing.T) {
	for name, m := range map[string]csdn.Meeting{
		"with an online address": meeting(t, func(m *csdn.Meeting) { m.OnlineURL = "https://meet.example/1" }),
		"without":                meeting(t),
		"open, online":           meeting(t, func(m *csdn.Meeting) { m.Rule, m.Mode = csdn.OpenRule, csdn.Online }),
	} {
		text := written(t, m)
		if strings.Contains(text, "ATTENDEE") || strings.Contains(text, "PLANNER") || strings.Contains(text, "meet.example") != (m.OnlineURL != "") ||
			strings.Contains(text, "Chatham") != (m.Rule == csdn.ChathamHouse) || strings.Contains(text, "Schuman") != (m.Mode != csdn.Online) {
			t.Errorf("%s it is\n%s", name, text)
		}
	}
}

func TestNoTitleBreaksOut(t *testing.T) {
	for _, hostile := range []string{`\nATTENDEE:mailto:x@evil.example`, `;,\`, `"`, "é" + strings.Repeat("長", 60), ":"} {
		e := read(t, meeting(t, func(m *csdn.Meeting) { m.Title = "T" + hostile }))
		if got := e.Events[0].Properties; got["summary"] != "T"+hostile || len(got) != 13 {
			t.Errorf("%q is read as %q", hostile, got["summary"])
		}
	}
}

// TestSummerTime has an independent reader take the times from the VTIMEZONE that comes with them.
func TestSummerTime(t *testing.T) {
	for start, want := range map[string]string{"2023-07-01T09:15": "2023-07-01T07:15:00.000Z", "2023-12-01T09:15": "2023-12-01T08:15:00.000Z"} {
		e := read(t, meeting(t, func(m *csdn.Meeting) {
			m.Start, _ = csdn.ParseLocalTime(start)
			m.End, _ = csdn.ParseLocalTime(start[:11] + "10:00")
		}))
		if e.Events[0].Start != want {
			t.Errorf("%s is %s", start, e.Events[0].Start)
		}
	}
}

package mail

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/emersion/go-ical"

	"csdn.example/directory/shared/csdn"
)

// entry is a calendar entry as another parser reads it.
type entry struct {
	*ical.Calendar
	event ical.Event
}

// parse reads one calendar with one event, and fails on anything else and on lines that RFC 5545, section 3.1, forbids.
func parse(t *testing.T, text string) entry {
	t.Helper()
	for _, line := range strings.SplitAfter(text, "\n") {
		content, ended := strings.CutSuffix(line, "\r\n")
		if line != "" && (!ended || len(content) > 75 || strings.ContainsAny(content, "\r\n")) {
			t.Errorf("line %q does not end by CRLF, is longer than 75 octets or holds a stray break", line)
		}
	}
	calendar, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("the entry does not parse: %v\n%s", err, text)
	}
	events := calendar.Events()
	if len(events) != 1 {
		t.Fatalf("%d events, want 1", len(events))
	}
	return entry{calendar, events[0]}
}

// value returns the text of the only property of a name.
func value(t *testing.T, props ical.Props, name string) string {
	t.Helper()
	list := props.Values(name)
	if len(list) != 1 {
		t.Fatalf("%d properties %s, want 1", len(list), name)
	}
	text, err := list[0].Text()
	if err != nil {
		return list[0].Value
	}
	return text
}

func made(t *testing.T, letter csdn.Letter) entry {
	t.Helper()
	text, err := mailer().Entry(letter)
	if err != nil {
		t.Fatalf("Entry: %v", err)
	}
	return parse(t, string(text))
}

// TestAnEntryNamesItsRecipientAlone: the Chatham House Rule leaves room for one ATTENDEE.
func TestAnEntryNamesItsRecipientAlone(t *testing.T) {
	for _, kind := range kinds {
		e := made(t, hybrid(t, kind.message, kind.status, "en"))
		if got := value(t, e.event.Props, "ATTENDEE"); got != "mailto:amina@peace.example" {
			t.Errorf("%s %s: ATTENDEE %q", kind.message, kind.status, got)
		}
		if got := value(t, e.event.Props, "ORGANIZER"); got != "mailto:csdn@network.example" {
			t.Errorf("%s %s: ORGANIZER %q", kind.message, kind.status, got)
		}
		if got := value(t, e.event.Props, "CLASS"); got != "PRIVATE" {
			t.Errorf("%s %s: CLASS %q", kind.message, kind.status, got)
		}
	}
}

func TestAnEntryTellsHowTheInvitationStands(t *testing.T) {
	tests := []struct {
		name                                string
		letter                              csdn.Letter
		method, status, participation, asks string
	}{
		{"invited", hybrid(t, csdn.InvitationMessage, csdn.Invited, "en"), "REQUEST", "CONFIRMED", "NEEDS-ACTION", "TRUE"},
		{"accepted", hybrid(t, csdn.ConfirmationMessage, csdn.Accepted, "en"), "REQUEST", "CONFIRMED", "ACCEPTED", "FALSE"},
		{"maybe", hybrid(t, csdn.ReminderMessage, csdn.Tentative, "en"), "REQUEST", "CONFIRMED", "TENTATIVE", "TRUE"},
		{"date changed", hybrid(t, csdn.ChangeMessage, csdn.Invited, "en"), "REQUEST", "CONFIRMED", "NEEDS-ACTION", "TRUE"},
		{"venue changed, place kept", hybrid(t, csdn.ChangeMessage, csdn.Accepted, "en"), "REQUEST", "CONFIRMED", "ACCEPTED", "FALSE"},
		{"offered", hybrid(t, csdn.OfferMessage, csdn.Offered, "en"), "REQUEST", "CONFIRMED", "NEEDS-ACTION", "TRUE"},
		{"withdrawn", hybrid(t, csdn.CancellationMessage, csdn.Withdrawn, "en"), "CANCEL", "CANCELLED", "DECLINED", "FALSE"},
		{"revoked", hybrid(t, csdn.CancellationMessage, csdn.Revoked, "en"), "CANCEL", "CANCELLED", "NEEDS-ACTION", "FALSE"},
		{"asked for, accepted", hybrid(t, "", csdn.Accepted, "en"), "REQUEST", "CONFIRMED", "ACCEPTED", "FALSE"},
		{"asked for, revoked", hybrid(t, "", csdn.Revoked, "en"), "CANCEL", "CANCELLED", "NEEDS-ACTION", "FALSE"},
		{"meeting cancelled", cancelledMeeting(hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")), "CANCEL", "CANCELLED", "NEEDS-ACTION", "FALSE"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := made(t, test.letter)
			attendee := e.event.Props.Get("ATTENDEE")
			got := []string{value(t, e.Props, "METHOD"), value(t, e.event.Props, "STATUS"), attendee.Params.Get("PARTSTAT"), attendee.Params.Get("RSVP")}
			want := []string{test.method, test.status, test.participation, test.asks}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("method, status, participation, RSVP %v, want %v", got, want)
			}
		})
	}
}

// TestSequenceRisesWithEachChange: calendars ignore an entry whose SEQUENCE is not above the one they hold.
func TestSequenceRisesWithEachChange(t *testing.T) {
	letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
	before := value(t, made(t, letter).event.Props, "SEQUENCE")
	answered, moved := letter, letter
	answered.Invitation.Sequence++
	moved.Meeting.Calendar++
	for name, later := range map[string]csdn.Letter{"answered": answered, "moved": moved} {
		if after := value(t, made(t, later).event.Props, "SEQUENCE"); before != "3" || after != "4" {
			t.Errorf("%s: SEQUENCE %s and then %s, want 3 and then 4", name, before, after)
		}
		if uid := value(t, made(t, later).event.Props, "UID"); uid != letter.Invitation.Calendar {
			t.Errorf("%s: UID %q, want %q", name, uid, letter.Invitation.Calendar)
		}
	}
}

// TestAnEntryMeansTheInstantOfTheMeeting reads the entry's times by its own VTIMEZONE, as a calendar does that has no
// zone database.
func TestAnEntryMeansTheInstantOfTheMeeting(t *testing.T) {
	tests := []struct {
		name, start, end string
		zone             csdn.Zone
		wantStart        string
		wantRules        int
	}{
		{"winter in Brussels", "2023-02-01T09:15", "2023-02-01T11:30", "Europe/Brussels", "2023-02-01T08:15:00Z", 3},
		{"summer in Brussels", "2023-07-05T09:15", "2023-07-05T11:30", "Europe/Brussels", "2023-07-05T07:15:00Z", 3},
		{"over the end of summer time", "2023-10-28T14:00", "2023-10-29T16:00", "Europe/Brussels", "2023-10-28T12:00:00Z", 3},
		{"over the new year", "2023-12-31T22:00", "2024-01-01T02:00", "Europe/Brussels", "2023-12-31T21:00:00Z", 5},
		{"no summer time", "2023-07-05T10:00", "2023-07-05T12:00", "Africa/Bamako", "2023-07-05T10:00:00Z", 1},
		{"quarter hours", "2023-02-01T10:00", "2023-02-01T12:00", "Asia/Kathmandu", "2023-02-01T04:15:00Z", 1},
		{"half an hour of summer time, in winter", "2023-07-05T10:00", "2023-07-05T12:00", "Australia/Lord_Howe", "2023-07-04T23:30:00Z", 3},
		{"half an hour of summer time, in summer", "2023-01-05T10:00", "2023-01-05T12:00", "Australia/Lord_Howe", "2023-01-04T23:00:00Z", 3},
		{"west of Greenwich", "2023-02-01T09:00", "2023-02-01T10:00", "America/St_Johns", "2023-02-01T12:30:00Z", 3},
		{"a zone of seconds once", "2023-02-01T09:00", "2023-02-01T10:00", "Africa/Monrovia", "2023-02-01T09:00:00Z", 1},
		{"UTC", "2023-02-01T09:00", "2023-02-01T10:00", "UTC", "2023-02-01T09:00:00Z", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
			letter.Meeting.Start, letter.Meeting.End, letter.Meeting.Zone = at(t, test.start), at(t, test.end), test.zone
			e := made(t, letter)
			rules := zoneOf(t, e, string(test.zone))
			if len(rules) != test.wantRules {
				t.Errorf("%d rules of the clocks, want %d", len(rules), test.wantRules)
			}
			if got := instant(t, rules, e.event.Props.Get("DTSTART")).Format(time.RFC3339); got != test.wantStart {
				t.Errorf("the entry starts at %s, want %s", got, test.wantStart)
			}
			if got, want := instant(t, rules, e.event.Props.Get("DTEND")), letter.Meeting.EndsAt(); !got.Equal(want) {
				t.Errorf("the entry ends at %s, want %s", got, want.UTC())
			}
		})
	}
}

// zoneOf returns the rules of the one VTIMEZONE of the entry, which must be named as asked.
func zoneOf(t *testing.T, e entry, name string) []*ical.Component {
	t.Helper()
	var zones []*ical.Component
	for _, child := range e.Children {
		if child.Name == "VTIMEZONE" {
			zones = append(zones, child)
		}
	}
	if len(zones) != 1 || value(t, zones[0].Props, "TZID") != name {
		t.Fatalf("%d zones, want one named %s", len(zones), name)
	}
	return zones[0].Children
}

// instant returns what a local time means under the rules: the latest that began, both compared on the wall.
func instant(t *testing.T, rules []*ical.Component, local *ical.Prop) time.Time {
	t.Helper()
	var offset time.Duration
	latest := ""
	for _, rule := range rules {
		onset := value(t, rule.Props, "DTSTART")
		if onset > local.Value || onset < latest {
			continue
		}
		latest = onset
		seconds := offsetOf(t, rule, "TZOFFSETTO")
		offset = time.Duration(seconds) * time.Second
		if dst := seconds > offsetOf(t, rule, "TZOFFSETFROM"); len(rules) > 1 && dst != (rule.Name == "DAYLIGHT") {
			t.Errorf("the rule that began at %s is called %s", onset, rule.Name)
		}
	}
	if latest == "" {
		t.Fatalf("no rule of the clocks covers %s", local.Value)
	}
	wall, err := time.Parse("20060102T150405", local.Value)
	if err != nil {
		t.Fatal(err)
	}
	return wall.Add(-offset)
}

// offsetOf returns a utc-offset (RFC 5545, section 3.3.14) of a rule in seconds.
func offsetOf(t *testing.T, rule *ical.Component, name string) int {
	t.Helper()
	text := value(t, rule.Props, name)
	layout := "-070000"[:len(text)]
	offset, err := time.Parse(layout, text)
	if err != nil {
		t.Fatal(err)
	}
	_, seconds := offset.Zone()
	return seconds
}

func TestNoEntryForAnAddressThatCannotBeWrittenTo(t *testing.T) {
	for _, address := range []string{"", "amina", "amina@peace.example\r\nATTENDEE:mailto:spy@evil.example", `"a b"@peace.example`,
		"Amina <amina@peace.example>", "a@peace.example,b@peace.example"} {
		letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
		letter.Person.Email = address
		if _, err := mailer().Entry(letter); !errors.Is(err, csdn.Invalid) {
			t.Errorf("Entry to %q: %v, want %v", address, err, csdn.Invalid)
		}
		if _, err := mailer().Compose(letter); !errors.Is(err, csdn.Invalid) {
			t.Errorf("Compose to %q: %v, want %v", address, err, csdn.Invalid)
		}
	}
}

package csdn

import (
	"strings"
	"testing"
	"time"
)

func TestParseCalendarUID(t *testing.T) {
	const meeting, person = "01HZX3V4K8M2N6P9Q1R5S7T0WA", "01HZX3V4K8M2N6P9Q1R5S7T0WB"
	for _, test := range []struct {
		name, uid string
		ok        bool
	}{
		{"one of ours", meeting + "-" + person + "-ABCDEFGHIJKLMNOPQRSTUVWXYZ", true},
		{"with a secret of another form", meeting + "-" + person + "-x-y", true},
		{"nothing", "", false},
		{"another's", "040000008200E00074C5B7101A82E008", false},
		{"no secret", meeting + "-" + person, false},
		{"an empty secret", meeting + "-" + person + "-", false},
		{"no person", meeting + "--secret", false},
		{"a meeting that is none", strings.ToLower(meeting) + "-" + person + "-secret", false},
		{"a person that is none", meeting + "-" + person[1:] + "-secret", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, p, ok := ParseCalendarUID(test.uid)
			if ok != test.ok || ok && (m != meeting || p != person) || !ok && (m != "" || p != "") {
				t.Errorf("got %q, %q, %v", m, p, ok)
			}
		})
	}
}

func TestAReplyIsByItsPersonAlone(t *testing.T) {
	p := Person{PersonProfile: PersonProfile{Email: "amina@peace.example"}}
	for _, test := range []struct {
		from, attendee string
		want           bool
	}{
		{"amina@peace.example", "amina@peace.example", true},
		{"Amina@Peace.example", "AMINA@PEACE.EXAMPLE", true},
		{"bakary@peace.example", "amina@peace.example", false},
		{"amina@peace.example", "bakary@peace.example", false},
		{"", "", false},
	} {
		if got := (Reply{From: test.from, Attendee: test.attendee}).By(p); got != test.want {
			t.Errorf("from %q for %q: %v", test.from, test.attendee, got)
		}
	}
}

// TestOutdatedReplies counts SEQUENCE as the entries do: the dates of the meeting and the changes of the invitation together.
func TestOutdatedReplies(t *testing.T) {
	for _, test := range []struct {
		name                       string
		status                     InvitationStatus
		dates, asked, own, replied int
		want                       bool
	}{
		{"to the only date", Invited, 0, 0, 0, 0, false},
		{"to the only date, after an answer", Accepted, 0, 0, 3, 0, false},
		{"to the first of two dates", Invited, 1, 1, 0, 0, true},
		{"to the second of two dates", Invited, 1, 1, 0, 1, false},
		{"to the first, where answers had counted as many", Invited, 1, 1, 2, 2, true},
		{"to the second, where answers had counted", Invited, 1, 1, 2, 3, false},
		{"to the second, after another answer to it", Accepted, 1, 1, 3, 3, false},
		{"to the first, after an answer to the second", Accepted, 1, 1, 1, 0, true},
		{"when the date has changed and nobody was asked yet", Accepted, 1, 0, 1, 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := Reply{Sequence: test.replied}
			i := Invitation{Status: test.status, Sequence: test.own, Asked: test.asked}
			if got := r.Outdated(i, Meeting{Calendar: test.dates}); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// TestADeclineIsAWithdrawalWhereOnlyThatIsOpen: calendar programs know no other word.
func TestADeclineIsAWithdrawalWhereOnlyThatIsOpen(t *testing.T) {
	deadline := time.Date(2027, 1, 20, 12, 0, 0, 0, time.UTC)
	start, err := ParseLocalTime("2027-02-01T09:15")
	if err != nil {
		t.Fatal(err)
	}
	m := Meeting{Status: MeetingOpen, MeetingProfile: MeetingProfile{Start: start, Zone: "Europe/Brussels", ResponseDeadline: deadline}}
	before, after := deadline.Add(-time.Hour), deadline.Add(time.Hour)
	for _, test := range []struct {
		status       InvitationStatus
		says         Answer
		early, later Answer
	}{
		{Accepted, Decline, Decline, Withdraw}, {Reserved, Decline, Decline, Withdraw}, {Offered, Decline, Decline, Decline},
		{Invited, Decline, Decline, Decline}, {Declined, Decline, Decline, Decline}, {Withdrawn, Decline, Decline, Decline},
		{Accepted, Maybe, Maybe, Maybe}, {Invited, Accept, Accept, Accept},
	} {
		r, i := Reply{Answer: test.says}, Invitation{Status: test.status}
		if got := r.Response(i, m, before).Answer; got != test.early {
			t.Errorf("%s and %s before the deadline: %s", test.status, test.says, got)
		}
		if got := r.Response(i, m, after).Answer; got != test.later {
			t.Errorf("%s and %s after the deadline: %s", test.status, test.says, got)
		}
	}
}

package mail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"csdn.example/directory/shared/csdn"
)

// TestTheLinkStandsAlone: it has a line of its own, and is what the button of the page leads to.
func TestTheLinkStandsAlone(t *testing.T) {
	const link = "https://directory.example/v1/rsvp/" + token
	for _, kind := range kinds {
		got := receive(t, hybrid(t, kind.message, kind.status, "en"))
		lines := slices.DeleteFunc(strings.Split(got.text, "\r\n"), func(s string) bool { return s != link })
		links := strings.Count(got.html, `<a href="`+link+`"`)
		want := 1
		if kind.status == csdn.Revoked {
			want = 0
		}
		if len(lines) != want || strings.Count(got.text, token) != want {
			t.Errorf("%s %s: %d lines of the link, want %d", kind.message, kind.status, len(lines), want)
		}
		if links != 2*want || strings.Count(got.html, token) != 3*want {
			t.Errorf("%s %s: %d links in the page, want %d", kind.message, kind.status, links, 2*want)
		}
		if strings.Contains(got.calendar, token) {
			t.Errorf("%s %s: the link is in the entry, which calendars share", kind.message, kind.status)
		}
	}
}

// TestAnAnswerableInvitationNeedsALink: a message that asks for an answer and gives no way to answer is not written.
func TestAnAnswerableInvitationNeedsALink(t *testing.T) {
	letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
	letter.Token = ""
	if _, err := mailer().Compose(letter); err == nil {
		t.Error("Compose wrote a message without a link")
	}
	if _, err := mailer().Entry(letter); err != nil {
		t.Errorf("Entry, which needs no link: %v", err)
	}
}

// TestAPlaceInTheReserveIsNotInTheCalendar, all else is.
func TestAPlaceInTheReserveIsNotInTheCalendar(t *testing.T) {
	for _, kind := range kinds {
		got := receive(t, hybrid(t, kind.message, kind.status, "en"))
		if there := got.calendar != ""; there != (kind.message != csdn.ReserveMessage) {
			t.Errorf("%s %s: a calendar entry: %t", kind.message, kind.status, there)
		}
		if got.calendar == "" {
			continue
		}
		if method := value(t, parse(t, got.calendar).Props, "METHOD"); method != got.method {
			t.Errorf("%s %s: method %s in the header, %s in the entry", kind.message, kind.status, got.method, method)
		}
	}
}

func TestFrenchForFrenchTagsOnly(t *testing.T) {
	for tag, want := range map[csdn.Language]string{"fr": "fr", "fr-BE": "fr", "en": "en", "fy": "en", "frr": "en", "ar": "en", "": "en"} {
		got := receive(t, hybrid(t, csdn.InvitationMessage, csdn.Invited, tag))
		if language := got.headers.Get("Content-Language"); language != want {
			t.Errorf("%q: Content-Language %q, want %q", tag, language, want)
		}
		if !strings.Contains(got.html, `<html lang="`+want+`">`) {
			t.Errorf("%q: the page is not in %q", tag, want)
		}
	}
}

func TestTimesAreShownInBothZones(t *testing.T) {
	tests := []struct {
		name          string
		start, end    string
		zone, own     csdn.Zone
		language      csdn.Language
		lines, absent []string
	}{
		{
			name: "an hour earlier", start: "2023-02-01T09:15", end: "2023-02-01T11:30", zone: "Europe/Brussels", own: "Africa/Bamako",
			lines: []string{
				"Date: Wednesday 1 February 2023, 09:15–11:30 (Europe/Brussels, UTC+01:00)",
				"In your time zone: Wednesday 1 February 2023, 08:15–10:30 (Africa/Bamako, UTC+00:00)",
			},
		},
		{
			name: "in summer", start: "2023-07-05T09:15", end: "2023-07-05T11:30", zone: "Europe/Brussels", own: "Africa/Bamako",
			lines: []string{
				"Date: Wednesday 5 July 2023, 09:15–11:30 (Europe/Brussels, UTC+02:00)",
				"In your time zone: Wednesday 5 July 2023, 07:15–09:30 (Africa/Bamako, UTC+00:00)",
			},
		},
		{
			name: "the next day", start: "2023-02-01T17:00", end: "2023-02-01T20:00", zone: "Europe/Brussels", own: "Asia/Kathmandu",
			lines: []string{
				"Date: Wednesday 1 February 2023, 17:00–20:00 (Europe/Brussels, UTC+01:00)",
				"In your time zone: Wednesday 1 February 2023, 21:45 to Thursday 2 February 2023, 00:45 (Asia/Kathmandu, UTC+05:45)",
			},
		},
		{
			name: "in French", start: "2023-08-01T09:00", end: "2023-08-02T17:05", zone: "Australia/Lord_Howe", own: "Europe/Brussels", language: "fr",
			lines: []string{
				"Date\u00a0: du mardi 1er août 2023, 9\u00a0h, au mercredi 2 août 2023, 17\u00a0h\u00a005 (Australia/Lord_Howe, UTC+10:30)",
				"Dans votre fuseau horaire\u00a0: du mardi 1er août 2023, 0\u00a0h\u00a030, au mercredi 2 août 2023, 8\u00a0h\u00a035 (Europe/Brussels, UTC+02:00)",
			},
		},
		{
			name: "over a change of the clocks", start: "2023-10-28T14:00", end: "2023-10-29T16:00", zone: "Europe/Brussels", own: "Europe/Brussels",
			lines:  []string{"Date: Saturday 28 October 2023, 14:00 to Sunday 29 October 2023, 16:00 (Europe/Brussels, UTC+02:00, UTC+01:00)"},
			absent: []string{"your time zone"},
		},
		{
			name: "another zone of the same clocks", start: "2023-02-01T09:15", end: "2023-02-01T11:30", zone: "Europe/Brussels", own: "Europe/Paris",
			lines:  []string{"Date: Wednesday 1 February 2023, 09:15–11:30 (Europe/Brussels, UTC+01:00)"},
			absent: []string{"your time zone"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			letter := hybrid(t, csdn.ConfirmationMessage, csdn.Accepted, test.language)
			letter.Meeting.Start, letter.Meeting.End, letter.Meeting.Zone = at(t, test.start), at(t, test.end), test.zone
			letter.Person.Zone = test.own
			got := receive(t, letter)
			page := html.UnescapeString(got.html)
			for _, line := range test.lines {
				if !strings.Contains(got.text, "\r\n"+line+"\r\n") {
					t.Errorf("the text lacks the line %q:\n%s", line, got.text)
				}
				if _, span, _ := strings.Cut(line, ": "); !strings.Contains(page, ">"+span+"</td>") {
					t.Errorf("the page lacks %q", span)
				}
			}
			for _, text := range test.absent {
				if strings.Contains(got.text+got.html, text) {
					t.Errorf("the message holds %q", text)
				}
			}
		})
	}
}

// TestDeadlines: an invitation is open until the meeting's deadline or its start, an offer until its own.
func TestDeadlines(t *testing.T) {
	const none = ""
	start := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
	start.Meeting.ResponseDeadline = time.Time{}
	tests := []struct {
		name   string
		letter csdn.Letter
		want   string
	}{
		{"invitation", hybrid(t, csdn.InvitationMessage, csdn.Invited, "en"), "Wednesday 25 January 2023, 18:00 (Europe/Brussels, UTC+01:00)"},
		{"invitation without one", start, "Wednesday 1 February 2023, 09:15 (Europe/Brussels, UTC+01:00)"},
		{"offer", hybrid(t, csdn.OfferMessage, csdn.Offered, "en"), "Friday 20 January 2023, 09:00 (Europe/Brussels, UTC+01:00)"},
		{"confirmation", hybrid(t, csdn.ConfirmationMessage, csdn.Accepted, "en"), none},
		{"reserve", hybrid(t, csdn.ReserveMessage, csdn.Reserved, "en"), none},
		{"cancellation", hybrid(t, csdn.CancellationMessage, csdn.Revoked, "en"), none},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, after, asked := strings.Cut(receive(t, test.letter).text, "Please answer by: ")
			got, _, _ := strings.Cut(after, "\r\n")
			if got != test.want || asked != (test.want != none) {
				t.Errorf("deadline %q, want %q", got, test.want)
			}
		})
	}
}

// TestTheRuleIsToldWhereItApplies, and only there.
func TestTheRuleIsToldWhereItApplies(t *testing.T) {
	for rule, want := range map[csdn.Rule]bool{csdn.ChathamHouse: true, csdn.OpenRule: false} {
		letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
		letter.Meeting.Rule = rule
		got := receive(t, letter)
		for place, text := range map[string]string{"text": got.text, "page": got.html, "entry": got.calendar} {
			if told := strings.Contains(text, "Chatham House Rule"); told != want {
				t.Errorf("%s: told in the %s %t, want %t", rule, place, told, want)
			}
		}
	}
}

// TestTheOrganiserIsNamed in every message, with where to reach it.
func TestTheOrganiserIsNamed(t *testing.T) {
	for _, kind := range kinds {
		got := receive(t, hybrid(t, kind.message, kind.status, "en"))
		if from := got.headers.Get("From"); from != `"Civil Society Dialogue Network" <csdn@network.example>` {
			t.Errorf("%s: From %q", kind.message, from)
		}
		for _, text := range []string{got.text, got.html} {
			if !strings.Contains(text, "European Peacebuilding Liaison Office (EPLO)") {
				t.Errorf("%s: the organiser is not named", kind.message)
			}
		}
	}
}

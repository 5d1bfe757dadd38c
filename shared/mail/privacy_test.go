package mail

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestOnlookersLearnNothingOfCarefulPeople: what shows on a locked phone or in a shared calendar gives away neither the name
// nor what the meeting is about, and the message nowhere has the name.
func TestOnlookersLearnNothingOfCarefulPeople(t *testing.T) {
	subjects := map[csdn.Language]string{
		"en": "A message from the Civil Society Dialogue Network", "fr": "Un message du Civil Society Dialogue Network",
	}
	summaries := map[csdn.Language]string{"en": "Meeting", "fr": "Réunion"}
	greetings := map[csdn.Language]string{"en": "Dear colleague,\r\n", "fr": "Bonjour,\r\n"}
	for _, safety := range []csdn.Safety{csdn.Careful, csdn.Hidden} {
		for language, subject := range subjects {
			for _, kind := range kinds {
				letter := hybrid(t, kind.message, kind.status, language)
				letter.Person.Safety = safety
				got := receive(t, letter)
				name := string(safety) + " " + string(kind.message) + " " + string(language)
				if s := got.envelope.GetHeader("Subject"); s != subject {
					t.Errorf("%s: subject %q", name, s)
				}
				if to := got.headers.Get("To"); to != "<amina@peace.example>" {
					t.Errorf("%s: To %q", name, to)
				}
				if !strings.HasPrefix(got.text, greetings[language]) {
					t.Errorf("%s: greeting %q", name, got.text[:40])
				}
				if strings.Contains(got.text+got.html+got.calendar, "Amina") || strings.Contains(got.text+got.html+got.calendar, "Sahel") {
					t.Errorf("%s: the message holds the name or the alias", name)
				}
				if head, _, _ := strings.Cut(got.html, "<body"); strings.Contains(head, "Rights") {
					t.Errorf("%s: the title of the page is that of the meeting", name)
				}
				if got.calendar == "" {
					continue
				}
				if summary := value(t, parse(t, got.calendar).event.Props, "SUMMARY"); summary != summaries[language] {
					t.Errorf("%s: SUMMARY %q", name, summary)
				}
				if strings.Contains(got.calendar, "Rights") || strings.Contains(got.calendar, "Chatham") {
					t.Errorf("%s: the entry says what the meeting is about", name)
				}
			}
		}
	}
}

// TestTheOnlineAddressIsToldToThoseWhoAccepted and who attend online, or a hybrid meeting.
func TestTheOnlineAddressIsToldToThoseWhoAccepted(t *testing.T) {
	for _, meeting := range csdn.Modes() {
		for _, mode := range []csdn.Mode{csdn.InPerson, csdn.Online} {
			for _, kind := range kinds {
				letter := hybrid(t, kind.message, kind.status, "en")
				letter.Meeting.Mode, letter.Invitation.Mode = meeting, mode
				got := receive(t, letter)
				want := kind.status == csdn.Accepted && (meeting == csdn.Hybrid || mode == csdn.Online)
				if told := strings.Contains(got.text, letter.Meeting.OnlineURL); told != want {
					t.Errorf("%s, %s, %s, %s: told in the text %t, want %t", meeting, mode, kind.message, kind.status, told, want)
				}
				if told := strings.Contains(got.html, "meet.network"); told != want {
					t.Errorf("%s, %s, %s, %s: told in the page %t, want %t", meeting, mode, kind.message, kind.status, told, want)
				}
				wantPlace := want && mode == csdn.Online
				if told := strings.Contains(got.calendar, "meet.network"); told != wantPlace {
					t.Errorf("%s, %s, %s, %s: told in the entry %t, want %t", meeting, mode, kind.message, kind.status, told, wantPlace)
				}
			}
		}
	}
}

// TestAMessageSpeaksOfNobodyElse: what the letter carries of planners, of the recipient's organisation and record, and of
// others' reasons, stays behind.
func TestAMessageSpeaksOfNobodyElse(t *testing.T) {
	const secret = "Zanzibar"
	for _, kind := range kinds {
		letter := hybrid(t, kind.message, kind.status, "en")
		letter.Meeting.Planners = []csdn.AccountID{secret}
		letter.Meeting.Background, letter.Meeting.Participants = secret, secret
		letter.Meeting.Agenda = []csdn.AgendaItem{{Title: secret, By: []string{secret}}}
		letter.Invitation.Organisation, letter.Invitation.Reason, letter.Invitation.Note = secret, secret, secret
		letter.Person.Organisation, letter.Person.Position, letter.Person.Alias = secret, secret, secret
		letter.Person.Biography, letter.Person.Gender = secret, secret
		got := receive(t, letter)
		if strings.Contains(string(got.raw)+got.text+got.html+got.calendar, secret) {
			t.Errorf("%s %s: the message tells what is not the recipient's to know", kind.message, kind.status)
		}
	}
}

// TestNothingIsFetched: opening a message makes no request, so that nobody learns that, where and when it was opened.
func TestNothingIsFetched(t *testing.T) {
	fetched := regexp.MustCompile(`(?i)<(img|script|link|iframe|object|video|audio|form|style|base)\b|src=|url\(|@import`)
	address := regexp.MustCompile(`https?://[^\s"<]+`)
	for _, kind := range kinds {
		letter := hybrid(t, kind.message, kind.status, "fr")
		got := receive(t, letter)
		if found := fetched.FindString(got.html); found != "" {
			t.Errorf("%s %s: the page holds %q", kind.message, kind.status, found)
		}
		known := []string{"https://directory.example/v1/rsvp/" + token, "https://meet.network.example/room?id=7&amp;key=abc"}
		for _, found := range address.FindAllString(got.html, -1) {
			if !slices.Contains(known, found) {
				t.Errorf("%s %s: the page holds the address %s", kind.message, kind.status, found)
			}
		}
	}
}

// TestHeadersAreTheNecessaryOnes: none tells which program wrote the message.
func TestHeadersAreTheNecessaryOnes(t *testing.T) {
	want := []string{"Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To"}
	var names []string
	for name, values := range receive(t, hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")).headers {
		if len(values) != 1 {
			t.Errorf("%d headers %s", len(values), name)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("headers %v, want %v", names, want)
	}
}

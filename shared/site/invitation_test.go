package site

import (
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	gocmp "github.com/google/go-cmp/cmp"
)

// sample is a view with every part of the page.
func sample() invitation {
	return invitation{
		Language: "en", Status: csdn.Offered, Mode: csdn.Online, Answered: "Monday 11 January 2027, 09:30", Note: "By train",
		Kept: moments{There: "Wednesday 13 January 2027, 10:30", Own: "Wednesday 13 January 2027, 09:30"}, Calendar: "/v1/rsvp/T/calendar.ics",
		Meeting: meeting{
			Title: "Mediation", Type: "policy-meeting", When: "Monday", OwnWhen: "Monday at home", Mode: csdn.Hybrid,
			Venue: csdn.Venue{Name: "House of Dialogue", Address: "1 Rue de la Paix"}, OnlineURL: "https://meet.example/1", Spoken: "English",
			Chatham: true, Deadline: moments{There: "Friday", Own: "Friday at home"}, Late: true,
		},
		Form: form{
			Answers: []choice{{"accepted", csdn.Offered, true}, {"declined", csdn.Offered, false}}, Modes: []choice{{"in-person", "", false}, {"online", "", true}},
			Note: "By bus",
		},
		Troubles: []trouble{answerTrouble, modeTrouble, noteTrouble, late, full, moved},
	}
}

func render(t *testing.T, name string, in csdn.Language, view any) string {
	t.Helper()
	text, err := newSheets().render(name, page{Language: in, View: view})
	must(t, err)
	return string(text)
}

func TestInvitationPageSaysWhereItStands(t *testing.T) {
	for status, words := range map[csdn.InvitationStatus][2]string{
		csdn.Invited:   {"You have not answered yet.", "Vous n’avez pas encore répondu."},
		csdn.Accepted:  {"You have accepted, online.", "Vous avez accepté, en ligne."},
		csdn.Declined:  {"You have declined.", "Vous avez décliné."},
		csdn.Tentative: {"You have answered “maybe”.", "Vous avez répondu « peut-être »."},
		csdn.Reserved:  {"You are in the reserve; you would attend online.", "Vous êtes sur la liste de réserve ; vous participeriez en ligne."},
		csdn.Offered:   {"A seat is being kept for you until Wednesday", "Une place est gardée pour vous jusqu’au Wednesday"},
		csdn.Lapsed:    {"The seat that we offered you is no longer kept.", "La place que nous vous avons proposée n’est plus gardée."},
		csdn.Withdrawn: {"You have withdrawn.", "Vous vous êtes désisté(e)."},
		csdn.Expired:   {"The deadline passed without an answer from you.", "Le délai est passé sans réponse de votre part."},
	} {
		view := sample()
		view.Status = status
		for n, in := range []csdn.Language{"en", "fr"} {
			view.Language = in
			page := render(t, "invitation", in, view)
			says(t, page, words[n], "Mediation")
			if !strings.Contains(page, `<html lang="`+string(in)+`">`) {
				t.Errorf("the page in %s does not say so", in)
			}
		}
	}
}

func TestInvitationPageShowsWhatThereIs(t *testing.T) {
	says(t, render(t, "invitation", "en", sample()), "Policy meeting", "Monday at home", "Hybrid, in person and online", "House of Dialogue 1 Rue de la Paix",
		"https://meet.example/1", "English", "Friday In your time zone: Friday at home This deadline has passed.", "Chatham House Rule", "By train", "By bus", "Calendar entry")
	bare := invitation{Language: "en", Status: csdn.Expired, Meeting: meeting{Title: "Mediation", Mode: csdn.Online, Deadline: moments{There: "Friday"}}}
	page := render(t, "invitation", "en", bare)
	says(t, page, "No other answer can be given here any more.")
	hides(t, page, "<form", "In your time zone", "Venue", "Online address", "Chatham", "blockquote", "calendar.ics", "alert", "This deadline")
}

func TestInvitationPageKeepsItsTitleNeutral(t *testing.T) {
	for _, e := range parsed(t, render(t, "invitation", "en", sample())) {
		if e.Data == "title" && e.FirstChild.Data != "Error: Invitation – Civil Society Dialogue Network" {
			t.Errorf("the title is %q", e.FirstChild.Data)
		}
	}
}

// TestInvitationPageHoldsNoTagsOfOthers sends every hostile text through every text of the page, and expects the same
// elements with the same attributes as for harmless ones.
func TestInvitationPageHoldsNoTagsOfOthers(t *testing.T) {
	shape := func(view invitation) []string {
		var list []string
		for _, e := range parsed(t, render(t, "invitation", "en", view)) {
			tag := e.Data
			for _, a := range e.Attr {
				tag += " " + a.Key
				if a.Key == "href" && strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
					t.Errorf("a link leads to %s", a.Val)
				}
			}
			list = append(list, tag)
		}
		return list
	}
	want := shape(sample())
	for _, hostile := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' autofocus onfocus=alert(1) x='`, `</textarea><b>`, `</title><b>`,
		`{{.}}`, `javascript:alert(1)`, `<!--`, `]]><b>`, "\u0000<b>", `&lt;b&gt;`, `<style>*{display:none}</style>`,
	} {
		view := sample()
		m := &view.Meeting
		for _, field := range []*string{
			&view.Note, &view.Answered, &view.Kept.There, &view.Kept.Own, &view.Calendar, &view.Form.Note, &m.Title, &m.TypeName, &m.When, &m.OwnWhen,
			&m.Venue.Name, &m.Venue.Address, &m.OnlineURL, &m.Spoken, &m.Deadline.There, &m.Deadline.Own, &view.Form.Answers[0].Value,
		} {
			*field = hostile
		}
		if diff := gocmp.Diff(want, shape(view)); diff != "" {
			t.Errorf("%q changes the page:\n%s", hostile, diff)
		}
	}
}

func TestInvitationViewOfWhatALinkLeadsTo(t *testing.T) {
	now := time.Date(2027, 1, 11, 9, 30, 0, 0, time.UTC)
	m, p := sahel(t), jonas()
	m.OnlineURL, m.Rule, m.Mode = "", csdn.OpenRule, csdn.InPerson
	i := csdn.Invitation{Status: csdn.Invited, Mode: csdn.InPerson}
	got := newInvitation(directory.Rsvp{Meeting: m, Person: p, Invitation: i, Choices: i.Choices(m, now)}, "a/b?", now)
	want := invitation{
		Language: "en", Status: csdn.Invited, Mode: csdn.InPerson, Calendar: "/v1/rsvp/a%2Fb%3F/calendar.ics",
		Meeting: meeting{
			Title: m.Title, Type: m.Type, TypeName: "Policy Meeting", When: "Monday 1 February 2027, 09:15–11:30 (Europe/Brussels, UTC+01:00)", Mode: csdn.InPerson, Venue: m.Venue,
			Spoken: "English", Deadline: moments{There: "Monday 25 January 2027, 18:00 (Europe/Brussels, UTC+01:00)"},
		},
		Form: form{Answers: []choice{{"accepted", csdn.Invited, false}, {"declined", csdn.Invited, false}, {"tentative", csdn.Invited, false}}},
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("the view differs (-want +got):\n%s", diff)
	}
}

func TestOneWayOfSayingNo(t *testing.T) {
	m := sahel(t)
	for status, want := range map[csdn.InvitationStatus]string{
		csdn.Invited: "accepted declined tentative", csdn.Accepted: "accepted withdrawn", csdn.Declined: "accepted tentative",
		csdn.Tentative: "accepted declined", csdn.Reserved: "accepted withdrawn", csdn.Offered: "accepted declined", csdn.Lapsed: "accepted declined",
		csdn.Withdrawn: "accepted", csdn.Expired: "accepted declined",
	} {
		i := csdn.Invitation{Status: status, Mode: csdn.InPerson}
		var got []string
		for _, c := range answers(status, i.Choices(m, time.Date(2027, 1, 11, 0, 0, 0, 0, time.UTC))) {
			got = append(got, c.Value)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s can answer %v, want %s", status, got, want)
		}
	}
}

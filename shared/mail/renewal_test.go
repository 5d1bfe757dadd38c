package mail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

// renewal returns the letter of a renewal to an organisation that has the languages.
func renewal(languages ...csdn.Language) csdn.RenewalLetter {
	asked := time.Date(2023, 1, 9, 14, 30, 0, 0, time.UTC)
	return csdn.RenewalLetter{
		Delivery: csdn.Delivery{
			ID: "01GQ0000000000000000000DE1", Message: csdn.RenewalMessage, Organisation: "01GQ0000000000000000000RGA", CreatedAt: asked,
		},
		Renewal: csdn.Renewal{Organisation: "01GQ0000000000000000000RGA", At: asked, Profile: true, Claims: 4, PeopleClaims: 1},
		Organisation: csdn.Organisation{
			ID: "01GQ0000000000000000000RGA", ConfirmedAt: time.Date(2021, 12, 1, 9, 0, 0, 0, time.UTC),
			OrganisationProfile: csdn.OrganisationProfile{Name: "Passerelles & Ponts", ShortName: "PP", Email: "contact@pp.example", Languages: languages},
		},
		To: "keeper@pp.example", Token: token, Link: csdn.NewRenewalLink("hash", "01GQ0000000000000000000RGA", asked),
	}
}

// renewals returns the letters by the names of their files.
func renewals() map[string]csdn.RenewalLetter {
	claims := renewal("en")
	claims.Renewal.Profile, claims.Renewal.Claims, claims.Renewal.PeopleClaims = false, 0, 3
	first := renewal("ar", "fr-ML", "en")
	first.Organisation.ConfirmedAt, first.Renewal.Claims = time.Time{}, 1
	return map[string]csdn.RenewalLetter{
		"profile.en": renewal("ar", "en"), "profile.fr": renewal("fr"), "claims.en": claims, "first.fr": first,
	}
}

func receiveRenewal(t *testing.T, letter csdn.RenewalLetter) received {
	t.Helper()
	raw, err := mailer().ComposeRenewal(letter)
	if err != nil {
		t.Fatalf("ComposeRenewal: %v", err)
	}
	return read(t, raw)
}

// TestARenewalNamesNobodyAndFetchesNothing: who sees the message in a list learns nothing of the organisation; nobody is named in it;
// and its one address is that of the link.
func TestARenewalNamesNobodyAndFetchesNothing(t *testing.T) {
	for name, letter := range renewals() {
		got := receiveRenewal(t, letter)
		for header, values := range got.headers {
			if text := strings.Join(values, " "); strings.Contains(text, "Passerelles") {
				t.Errorf("%s: %s is %q", name, header, text)
			}
		}
		if to := got.headers.Get("To"); to != "<keeper@pp.example>" {
			t.Errorf("%s: To %q", name, to)
		}
		if !strings.Contains(got.text, "https://directory.example/confirm/"+token+"\r\n") {
			t.Errorf("%s: the text lacks the link:\n%s", name, got.text)
		}
		for _, tag := range tags(t, got.html) {
			if strings.Contains(tag, " src") || strings.Contains(tag, "<img") || strings.Contains(tag, " script") {
				t.Errorf("%s: the page holds %s", name, tag)
			}
		}
		if count := strings.Count(got.html, "http"); count != 3 {
			t.Errorf("%s: the page has %d addresses, want the link's three", name, count)
		}
	}
}

// TestHostileNamesOfOrganisationsStayNames: whatever an organisation is called, the message is made of the same headers, lines and tags.
func TestHostileNamesOfOrganisationsStayNames(t *testing.T) {
	shapeOf := func(letter csdn.RenewalLetter) shape {
		got := receiveRenewal(t, letter)
		s := shape{Lines: strings.Count(got.text, "\n"), Tags: tags(t, got.html), To: got.headers["To"]}
		for name := range got.headers {
			s.Headers = append(s.Headers, name)
		}
		slices.Sort(s.Headers)
		return s
	}
	want := shapeOf(renewal("en"))
	for _, text := range hostile {
		letter := renewal("en")
		letter.Organisation.Name = text
		if diff := cmp.Diff(want, shapeOf(letter)); diff != "" {
			t.Errorf("%q changes the message (-want +got):\n%s", text, diff)
		}
		letter.Organisation.OrganisationProfile = letter.Organisation.Clean()
		if diff := cmp.Diff(want, shapeOf(letter)); diff != "" {
			t.Errorf("%q, stored, changes the message (-want +got):\n%s", text, diff)
		}
	}
}

// TestRenewalsThatCannotBeWritten: a link is needed, and an address that a message can go to.
func TestRenewalsThatCannotBeWritten(t *testing.T) {
	for name, edit := range map[string]func(*csdn.RenewalLetter){
		"without a link":           func(l *csdn.RenewalLetter) { l.Token = "" },
		"to two addresses":         func(l *csdn.RenewalLetter) { l.To = "a@pp.example, spy@evil.example" },
		"to a forged header":       func(l *csdn.RenewalLetter) { l.To = "a@pp.example\r\nBcc: spy@evil.example" },
		"to no address":            func(l *csdn.RenewalLetter) { l.To = "" },
		"to a name and an address": func(l *csdn.RenewalLetter) { l.To = "A <a@pp.example>" },
	} {
		letter := renewal("en")
		edit(&letter)
		if raw, err := mailer().ComposeRenewal(letter); err == nil {
			t.Errorf("%s: %s", name, raw)
		}
	}
}

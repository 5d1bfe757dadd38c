package e2e

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"csdn.example/directory/infra/seed/demo"
)

// submits sends a form of the site as a browser does, and returns where it leads.
func (h house) submits(t *testing.T, session, path string, values url.Values) string {
	t.Helper()
	sent := h.anonymous.post(t, path, values.Encode(), "Cookie", session, "Origin", h.URL,
		"Content-Type", "application/x-www-form-urlencoded").is(t, 303)
	return sent.header.Get("Location")
}

var versionField = regexp.MustCompile(`name="version" value="(\d+)"`)

// version reads that of the subject which a form is about.
func (h house) version(t *testing.T, session, form string) string {
	t.Helper()
	page := h.anonymous.get(t, form, "Cookie", session).is(t, 200)
	found := versionField.FindSubmatch(page.body)
	if found == nil {
		t.Fatalf("the form %s has no version", form)
	}
	return string(found[1])
}

// plans are the fields of a meeting's form.
func plans(title, day string) url.Values {
	return url.Values{
		"title": {title}, "type": {"policy-meeting"}, "phase": {"5"}, "start": {day + "T09:15"}, "end": {day + "T11:30"},
		"zone": {"Europe/Brussels"}, "mode": {"in-person"}, "venue.name": {"The house"}, "language": {"English"}, "rule": {"chatham-house"},
	}
}

// TestTheLifeOfMeetingsByForms takes meetings through every state by the site alone: one that was held is recorded, and one to come
// is filled, emptied and cancelled.
func TestTheLifeOfMeetingsByForms(t *testing.T) {
	h := start(t)
	planner := h.visitor(t, "planner@demo.example")
	people := all[person](t, h.planner, "/v1/people?organisation="+string(demo.Passerelles), "10")

	held := h.submits(t, planner, "/meetings/new", plans("What was said in January", "2025-01-14"))
	moved := plans("What was said in January", "2025-01-15")
	moved.Set("version", h.version(t, planner, held+"/edit"))
	h.submits(t, planner, held+"/edit", moved)
	h.submits(t, planner, held+"/open", nil)
	h.submits(t, planner, held+"/hold", nil)
	h.submits(t, planner, held+"/close", nil)
	if page := h.anonymous.get(t, held, "Cookie", planner).is(t, 200); !strings.Contains(string(page.body), "15 January 2025") {
		t.Errorf("the meeting is not on the day that it was moved to: %s", page.body)
	}
	h.is(t, held, "closed")

	ahead := h.submits(t, planner, "/meetings/new", plans("What to say in May", fmt.Sprintf("%d-05-12", nextFirstOfFebruary())))
	h.submits(t, planner, ahead+"/open", nil)
	board := ahead + "/board"
	h.submits(t, planner, board, url.Values{"act": {"draft"}, "people": {people[0].ID, people[1].ID}})
	h.submits(t, planner, board, url.Values{"act": {"send"}})
	h.submits(t, planner, board, url.Values{"act": {"remind"}})
	h.submits(t, planner, board, url.Values{"act": {"revoke"}, "person": {people[1].ID}})
	h.submits(t, planner, ahead+"/cancel", nil)
	h.is(t, ahead, "cancelled")
}

// is fails the test unless the meeting of a page has the status.
func (h house) is(t *testing.T, page, status string) {
	t.Helper()
	var m struct{ Status string }
	h.planner.get(t, "/v1"+page).is(t, 200).into(t, &m)
	if m.Status != status {
		t.Errorf("the meeting is %s, not %s", m.Status, status)
	}
}

// TestProfilesAndAccountsByForms writes everything else that the site has a form for.
func TestProfilesAndAccountsByForms(t *testing.T) {
	h := start(t)
	secretariat := h.visitor(t, "secretariat@demo.example")
	organisation := url.Values{"name": {"Formulaires sans frontières"}, "type": {"ngo"}, "country": {"Belgium"}}
	at := h.submits(t, secretariat, "/organisations/new", organisation)
	organisation.Set("version", h.version(t, secretariat, at+"/edit"))
	organisation.Set("mission", "Forms that work without scripts.")
	h.submits(t, secretariat, at+"/edit", organisation)
	h.submits(t, secretariat, at+"/confirm", nil)

	someone := url.Values{
		"name": {"Fabienne Formule"}, "email": {"formule@ngo.example"}, "organisation": {strings.TrimPrefix(at, "/organisations/")}, "country": {"Belgium"},
		"preferredLanguage": {"French"}, "safety": {"open"}, "consent.basis": {"consent"}, "consent.givenAt": {"2025-01-14"}, "consent.source": {"a form"},
	}
	at = h.submits(t, secretariat, "/people/new", someone)
	someone.Set("version", h.version(t, secretariat, at+"/edit"))
	someone.Set("position", "Director")
	h.submits(t, secretariat, at+"/edit", someone)
	h.submits(t, secretariat, "/accounts", url.Values{"email": {"formule@ngo.example"}, "role": {"planner"}})
	accounts := h.anonymous.get(t, "/accounts?q=formule", "Cookie", secretariat).is(t, 200)
	h.submits(t, secretariat, "/accounts", url.Values{"id": {hidden(t, accounts, "id")}, "act": {"deactivate"}})

	own := h.visitor(t, "organisation@demo.example")
	form := "application/x-www-form-urlencoded"
	h.anonymous.post(t, "/account/tokens", url.Values{"name": {"By a form"}, "scope": {"read"}}.Encode(), "Cookie", own, "Origin", h.URL, "Content-Type", form).is(t, 201)
	account := h.anonymous.get(t, "/account", "Cookie", own).is(t, 200)
	h.submits(t, own, "/account/tokens/revoke", url.Values{"id": {hidden(t, account, "id")}})
	h.submits(t, own, "/account/erasure", nil)
	h.submits(t, own, "/sign-out", nil)
}

// hidden returns the value of a page's first hidden field of the name.
func hidden(t *testing.T, page answer, name string) string {
	t.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]+)"`).FindSubmatch(page.body)
	if found == nil {
		t.Fatalf("%s has no field %s: %s", page.asked, name, page.body)
	}
	return string(found[1])
}

package site

import (
	"net/url"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// hostile is markup and script in every way that a field can carry it.
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}javascript:alert(3)`

// furnished is a house with a phase, an area, an organisation and its representative beside the planner and the secretariat.
func furnished(t *testing.T) (*house, csdn.Organisation) {
	t.Helper()
	h := open(t)
	change := func() csdn.Change { return csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1} }
	must(t, h.network.PutPhase(t.Context(), csdn.Phase{Number: 4, PhaseProfile: csdn.PhaseProfile{Label: "Fourth phase", From: 2020, To: 2027}, Version: 1}, change()))
	must(t, h.network.PutArea(t.Context(), csdn.Area{Slug: "mediation", AreaProfile: csdn.AreaProfile{LabelEN: "Mediation", LabelFR: "Médiation"}, Version: 1}, change()))
	o := csdn.Organisation{
		ID: "01J00000000000000000000601", ConfirmedAt: h.now, CreatedAt: h.now, UpdatedAt: h.now, Version: 1,
		OrganisationProfile: csdn.OrganisationProfile{
			Name: "Sahel Dialogue Forum", Type: "ngo", Country: "ML", Countries: []csdn.Country{"ML", "NE"}, Status: csdn.Active,
			Areas: []csdn.Expertise{{Area: "mediation", Level: "expert", Evidence: "https://sdf.example/report"}},
		},
	}
	must(t, h.network.PutOrganisation(t.Context(), o, change()))
	h.account(t, "planner", csdn.PlannerRole)
	h.account(t, "secretariat", csdn.SecretariatRole)
	h.account(t, "official", csdn.OfficialRole)
	h.account(t, "organisation", csdn.OrganisationRole, o.ID)
	return h, o
}

// send posts a form of our own page.
func (h *house) send(session, target string, form url.Values) (status int, to, body string) {
	answer := ask(h, "POST", target, form.Encode(), "Cookie", session, "Sec-Fetch-Site", "same-origin")
	return answer.Code, answer.Header().Get("Location"), answer.Body.String()
}

func TestPagesOpenByRole(t *testing.T) {
	h, o := furnished(t)
	here := "/organisations/" + string(o.ID)
	pages := []struct {
		path   string
		says   string
		closed string // to these roles
	}{
		{"/", "What needs you now", ""},
		{"/organisations", "1 organisation", ""},
		{"/organisations?area=mediation", "Mediation", ""},
		{here, "Sahel Dialogue Forum", ""},
		{here + "/edit", "Save the profile", "planner official"},
		{here + "/history", "What was changed", "planner official"},
		{here + "/invitations", "Invitations of its people", "planner official"},
		{"/organisations/new", "Add the organisation", "planner official organisation"},
		{"/people", "Search", "official"},
		{"/people/new?organisation=" + string(o.ID), "Add the person", "planner official"},
		{"/areas", "Mediation", ""},
		{"/phases", "Fourth phase", ""},
		{"/phases/4", "Fourth phase", ""},
		{"/meetings", "Mediation in the Sahel", "organisation"},
		{"/meetings/new", "Save the draft", "official organisation"},
		{"/duplicates/organisations", "Nothing looks as if it were listed twice", "planner official organisation"},
		{"/duplicates/people", "Organisations", "planner official organisation"},
		{"/meeting-types", "Funding Instruments Meeting", "planner official organisation"},
		{"/meeting-types/policy-meeting", "Save the type", "planner official organisation"},
		{"/account", "API tokens", ""},
		{"/accounts", "secretariat@eplo.example", "planner official organisation"},
	}
	for _, role := range []string{"secretariat", "planner", "official", "organisation"} {
		session := h.enterAs(t, role, "/")
		for _, page := range pages {
			got := ask(h, "GET", page.path, "", "Cookie", session)
			if strings.Contains(page.closed, role) {
				if got.Code != 403 {
					t.Errorf("%s by %s: %d", page.path, role, got.Code)
				}
				continue
			}
			if got.Code != 200 || !strings.Contains(text(t, got.Body.String()), page.says) {
				t.Errorf("%s by %s: %d, without %q", page.path, role, got.Code, page.says)
			}
		}
	}
	for _, page := range pages[1:] {
		if got := ask(h, "GET", page.path, ""); got.Code != 303 || !strings.HasPrefix(got.Header().Get("Location"), "/sign-in?to=") {
			t.Errorf("%s by nobody: %d", page.path, got.Code)
		}
	}
}

// TestWhoSeesDuplicatesIsLedToThem from both lists.
func TestWhoSeesDuplicatesIsLedToThem(t *testing.T) {
	h, _ := furnished(t)
	for role, led := range map[string]bool{"secretariat": true, "planner": false, "organisation": false} {
		session := h.enterAs(t, role, "/")
		for _, list := range []string{"/organisations", "/people"} {
			if got := ask(h, "GET", list, "", "Cookie", session).Body.String(); strings.Contains(got, `href="/duplicates`+list+`"`) != led {
				t.Errorf("the list of %s does not suit the %s: %s", list, role, got)
			}
		}
	}
}

func TestEditingAnOrganisation(t *testing.T) {
	h, o := furnished(t)
	session := h.enterAs(t, "organisation", "/")
	edit := "/organisations/" + string(o.ID) + "/edit"
	form := url.Values{
		"version": {"1"}, "name": {"Sahel Dialogue Forum"}, "type": {"ngo"}, "country": {"Mali"}, "countries": {"Mali, niger; BF"},
		"languages": {"French, Arabic"}, "mission": {"Line one\r\nLine two"}, "area.mediation": {"works-on"},
	}
	status, to, _ := h.send(session, edit, form)
	if status != 303 || to != "/organisations/"+string(o.ID) {
		t.Fatalf("saving is %d to %q", status, to)
	}
	stored, err := h.network.Organisation(t.Context(), o.ID)
	must(t, err)
	if got := namesOf(stored.Countries); got != "Mali, Niger, Burkina Faso" || stored.Mission != "Line one\nLine two" || namesOf(stored.Languages) != "French, Arabic" {
		t.Errorf("stored %q, %q, %q", got, stored.Mission, namesOf(stored.Languages))
	}
	if claim := stored.Areas[0]; claim.Level != "works-on" || claim.Evidence != "https://sdf.example/report" {
		t.Errorf("the claim is %+v", claim)
	}

	// Somebody else was faster: nothing that was filled in is lost, and what differs is shown.
	form.Set("name", "Forum for Dialogue in the Sahel")
	status, _, body := h.send(session, edit, form)
	says(t, text(t, body), "Somebody else saved changes", "Forum for Dialogue in the Sahel")
	if status != 412 || !strings.Contains(body, `name="version" value="2"`) {
		t.Errorf("a stale edit is %d", status)
	}

	// What is wrong is said beside its field, and what was filled in is kept, as text.
	form.Set("version", "2")
	form.Set("name", hostile)
	form.Set("country", "Atlantis")
	status, _, body = h.send(session, edit, form)
	says(t, text(t, body), "Nothing was saved yet", "is not a country code")
	if status != 422 || strings.Contains(body, "<script>") || strings.Contains(body, "<img") || !strings.Contains(body, `aria-invalid="true"`) {
		t.Errorf("a bad edit is %d", status)
	}
	if after, err := h.network.Organisation(t.Context(), o.ID); err != nil || after.Version != 2 {
		t.Errorf("a refused edit left version %d, %v", after.Version, err)
	}
}

func TestACarefulPersonIsEditedByTheOrganisationUnseen(t *testing.T) {
	h, _ := furnished(t)
	session := h.enterAs(t, "organisation", "/")
	edit := "/people/01J00000000000000000000701/edit" // Aminata
	page := ask(h, "GET", edit, "", "Cookie", session).Body.String()
	if strings.Contains(page, "Aminata") || strings.Contains(page, "aminata@") || !strings.Contains(page, "Expert du Sahel") {
		t.Error("the form tells who is behind the alias")
	}
	status, _, body := h.send(session, edit, url.Values{
		"version": {"1"}, "organisation": {"01J00000000000000000000601"}, "safety": {"careful"}, "alias": {"Expert of the Sahel"},
		"countries": {"Mali"}, "timezone": {"Africa/Bamako"}, "preferredLanguage": {"French"},
	})
	if status != 303 && !strings.Contains(text(t, body), "consent") {
		t.Fatalf("saving is %d: %s", status, text(t, body))
	}
	stored, err := h.people.Person(t.Context(), "01J00000000000000000000701")
	must(t, err)
	if stored.Name != "Aminata Diallo" || stored.Email != "aminata@sdf.example" {
		t.Errorf("the person became %q", stored.Name)
	}
}

func TestATokenIsToldOnce(t *testing.T) {
	h, _ := furnished(t)
	session := h.enterAs(t, "organisation", "/")
	status, _, body := h.send(session, "/account/tokens", url.Values{"name": {hostile[:40]}, "scope": {"read"}, "expiresAt": {"2027-03-01"}})
	if status != 201 || !strings.Contains(body, "csdn_") || strings.Contains(body, "<script>") {
		t.Errorf("making a token is %d", status)
	}
	again := ask(h, "GET", "/account", "", "Cookie", session).Body.String()
	if strings.Contains(again, "csdn_") || !strings.Contains(again, "1 March 2027") {
		t.Error("the token is told again, or not listed")
	}
	status, _, body = h.send(session, "/account/tokens", url.Values{"name": {""}, "expiresAt": {"2031-01-01"}})
	if status != 422 || !strings.Contains(text(t, body), "Nothing was saved yet") {
		t.Errorf("a bad token is %d", status)
	}
}

func TestFormsOfOtherSitesDoNothing(t *testing.T) {
	h, o := furnished(t)
	session := h.enterAs(t, "secretariat", "/")
	for _, target := range []string{"/organisations/new", "/organisations/" + string(o.ID) + "/confirm", "/meetings/01J00000000000000000000801/cancel", "/account/tokens", "/accounts"} {
		if got := ask(h, "POST", target, "name=x", "Cookie", session, "Sec-Fetch-Site", "cross-site"); got.Code != 403 {
			t.Errorf("%s from another site: %d", target, got.Code)
		}
		if got := ask(h, "POST", target, "name=x", "Sec-Fetch-Site", "same-origin"); got.Code != 401 {
			t.Errorf("%s without a session: %d", target, got.Code)
		}
	}
}

// TestTheWalkOfAMeeting plans a meeting, finds people, drafts, sends, records and closes, all by forms.
func TestTheWalkOfAMeeting(t *testing.T) {
	h, o := furnished(t)
	session := h.enterAs(t, "planner", "/")
	status, meeting, body := h.send(session, "/meetings/new", url.Values{
		"title": {"Mediation in the Lake Chad basin"}, "type": {"policy-meeting"}, "phase": {"4"}, "start": {"2027-02-08T09:15"}, "end": {"2027-02-08T11:30"},
		"zone": {"Europe/Brussels"}, "language": {"English"}, "mode": {"in-person"}, "venue.name": {"House of Dialogue"}, "rule": {"chatham-house"},
		"areas": {"mediation"}, "bands.total.min": {"3"}, "bands.total.max": {"5"},
		"agenda[0].title": {"Welcome"}, "agenda[0].kind": {"opening"}, "agenda[0].start": {"09:15"}, "agenda[0].end": {"09:30"}, "agenda[0].by": {"EPLO\r\nEEAS"},
		"agenda[0].questions": {"Who is here?\nWhat holds a truce? [Mediation]"}, "agenda[1].title": {""},
	})
	if status != 303 {
		t.Fatalf("planning is %d: %s", status, text(t, body))
	}
	expert := csdn.Person{
		ID: "01J00000000000000000000799", Derived: csdn.CivilSociety, UpdatedAt: h.now, Version: 1, PersonProfile: csdn.PersonProfile{
			Name: "Moussa Traoré", Email: "moussa@sdf.example", Organisation: o.ID, Country: "ML", Safety: csdn.Open, Zone: "Africa/Bamako", PreferredLanguage: "fr",
			Areas: []csdn.Expertise{{Area: "mediation", Level: "expert"}}, Consent: csdn.Consent{Basis: "consent", GivenAt: h.now},
		},
	}
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, expert, csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1}))
	says(t, text(t, ask(h, "GET", meeting, "", "Cookie", session).Body.String()), "Mediation in the Lake Chad basin", "Welcome", "EEAS", "What holds a truce? Mediation", "Open the meeting")
	says(t, text(t, ask(h, "GET", meeting+"/edit", "", "Cookie", session).Body.String()), "What holds a truce? [Mediation]")
	says(t, text(t, ask(h, "GET", meeting+"/board", "", "Cookie", session).Body.String()), "Questions nobody covers yet What holds a truce? Mediation")
	for _, step := range []struct {
		to   string
		form url.Values
	}{
		{"/open", nil}, {"/board", url.Values{"act": {"draft"}, "people": {string(expert.ID)}}}, {"/board", url.Values{"act": {"send"}}},
	} {
		if status, _, body := h.send(session, meeting+step.to, step.form); status != 303 {
			t.Fatalf("%s is %d: %s", step.to, status, text(t, body))
		}
		if step.to == "/open" {
			says(t, text(t, ask(h, "GET", meeting+"/board/shortlist", "", "Cookie", session).Body.String()), "Moussa Traoré", "Mediation")
		}
	}
	says(t, text(t, ask(h, "GET", meeting+"/board?done=send&n=1", "", "Cookie", session).Body.String()), "1 invitation was sent", "Moussa Traoré", "Not answered yet 1")
	says(t, text(t, ask(h, "GET", "/", "", "Cookie", session).Body.String()), "0 accepted of 3 to 5, 1 not answered")
	if status, _, _ := h.send(session, meeting+"/board", url.Values{"act": {"send"}, "people": {"x"}}); status != 303 {
		t.Errorf("sending nothing is %d", status)
	}
	if status, _, _ := h.send(session, meeting+"/board", url.Values{"act": {"explode"}}); status != 400 {
		t.Errorf("an unknown act is %d", status)
	}
	if status, _, _ := h.send(session, meeting+"/close", nil); status != 409 {
		t.Errorf("closing an open meeting is %d", status)
	}
}

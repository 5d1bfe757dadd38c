package site

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	gocmp "github.com/google/go-cmp/cmp"
)

// The links of the two organisations.
const (
	keeper = "KEEPER-TOKEN"
	other  = "OTHER-TOKEN"
)

// renewed is a house in which Aminata's organisation, which speaks French, and Jonas's are sent links.
func renewed(t *testing.T) *house {
	t.Helper()
	h := open(t)
	long := h.now.AddDate(-2, 0, 0)
	change := func() csdn.Change { return csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1} }
	must(t, h.network.PutArea(t.Context(), csdn.Area{Slug: "mediation", Version: 1, AreaProfile: csdn.AreaProfile{LabelEN: "Mediation", LabelFR: "Médiation"}}, change()))
	for id, o := range map[csdn.OrganisationID]csdn.OrganisationProfile{
		aminata().Organisation: {Name: `Sahel <b>Dialogue</b>`, Type: "ngo", Country: "ML", Languages: []csdn.Language{"bm", "fr"}, Countries: []csdn.Country{"ML", "NE"},
			Mission: "Nous *parlons*. <script>alert(1)</script>", Website: "https://sdf.example", Email: "contact@sdf.example", Areas: []csdn.Expertise{{Area: "mediation", Level: "expert", Evidence: "https://sdf.example/m", ConfirmedAt: long}}},
		jonas().Organisation: {Name: "Berg", Type: "ngo", Country: "BE", Languages: []csdn.Language{"en"}},
	} {
		must(t, h.network.PutOrganisation(t.Context(), csdn.Organisation{ID: id, OrganisationProfile: o.Clean(), ConfirmedAt: long, CreatedAt: long, UpdatedAt: long, Version: 1}, change()))
	}
	p := aminata()
	p.Areas, p.Version = []csdn.Expertise{{Area: "mediation"}}, 2
	must(t, h.people.PutPerson(t.Context(), aminata(), p, change()))
	for token, id := range map[string]csdn.OrganisationID{keeper: p.Organisation, other: jonas().Organisation} {
		must(t, h.pages.Renewals.Store.PutRenewalLink(t.Context(), csdn.NewRenewalLink(directory.HashToken(token), id, h.now)))
	}
	return h
}

// confirms posts the form of a page.
func (h *house) confirms(token, seen string) *httptest.ResponseRecorder {
	return ask(h, http.MethodPost, "/confirm/"+token, url.Values{"seen": {seen}}.Encode(), "Sec-Fetch-Site", "same-origin")
}

// seenOn returns what the form of a page says that was seen.
func seenOn(t *testing.T, page string) string {
	t.Helper()
	for _, e := range parsed(t, page) {
		if attribute(e, "name") == "seen" {
			return attribute(e, "value")
		}
	}
	t.Fatalf("the page has no form:\n%s", page)
	return ""
}

func TestAnOrganisationConfirmsByOneClick(t *testing.T) {
	h := renewed(t)
	before := h.stored(t)
	page := ask(h, http.MethodGet, "/confirm/"+keeper, "").Body.String()
	says(t, page, "Est-ce toujours exact ?", "Sahel <b>Dialogue</b>", "Nous parlons", "Médiation", "dernière confirmation le samedi 11 janvier 2025",
		"Expert du Sahel", "pas encore confirmé", "Mali, Niger", "Tout est toujours exact", "Quelque chose a changé : se connecter et corriger")
	hides(t, page, "Aminata", "Diallo", "aminata@", "<script", "<b>", "Jonas", "Berg")
	if diff := gocmp.Diff(before, h.stored(t)); diff != "" {
		t.Errorf("a GET changed the store:\n%s", diff)
	}
	h.now = h.now.Add(time.Hour)
	w := h.confirms(keeper, seenOn(t, page))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/confirm/"+keeper {
		t.Fatalf("it came to %d, Location %q", w.Code, w.Header().Get("Location"))
	}
	page = ask(h, http.MethodGet, "/confirm/"+keeper, "").Body.String()
	says(t, page, "Merci", "Tout a été confirmé le lundi 11 janvier 2027.", "son domaine d’expertise, et 1 domaine de 1 personne.")
	hides(t, page, "Médiation", "Expert du Sahel", "<form", "sdf.example")
	o, err := h.network.Organisation(t.Context(), aminata().Organisation)
	must(t, err)
	p, err := h.people.Person(t.Context(), aminata().ID)
	must(t, err)
	if !o.ConfirmedAt.Equal(h.now) || !o.Areas[0].ConfirmedAt.Equal(h.now) || !p.Areas[0].ConfirmedAt.Equal(h.now) {
		t.Errorf("confirmed at %s, %s and %s", o.ConfirmedAt, o.Areas[0].ConfirmedAt, p.Areas[0].ConfirmedAt)
	}
	after := h.stored(t)
	if w := h.confirms(keeper, "again"); w.Code != http.StatusSeeOther {
		t.Errorf("again: %d", w.Code)
	}
	if diff := gocmp.Diff(after, h.stored(t)); diff != "" {
		t.Errorf("a used link changed the store:\n%s", diff)
	}
	says(t, ask(h, http.MethodGet, "/confirm/"+other, "").Body.String(), "Berg", "Is this still right?", "All of this is still right")
}

func TestConfirmationsThatAreNotTaken(t *testing.T) {
	h := renewed(t)
	seen := seenOn(t, ask(h, http.MethodGet, "/confirm/"+other, "").Body.String())
	before := h.stored(t)
	changed := h.confirms(keeper, seen)
	says(t, changed.Body.String(), "Des informations ont changé entre-temps", "Rien n’a été confirmé.", "Médiation")
	foreign := ask(h, http.MethodPost, "/confirm/"+other, "seen="+seen, "Sec-Fetch-Site", "cross-site")
	says(t, foreign.Body.String(), "This form did not come from our page")
	wrong := ask(h, http.MethodGet, "/confirm/WRONG", "")
	says(t, wrong.Body.String(), "This link does not lead anywhere", "good for 60 days")
	rsvp := ask(h, http.MethodGet, "/confirm/"+careful, "")
	posted := h.confirms("WRONG", seen)
	if diff := gocmp.Diff(before, h.stored(t)); diff != "" {
		t.Errorf("it changed the store:\n%s", diff)
	}
	h.now = h.now.Add(60 * 24 * time.Hour)
	expired := ask(h, http.MethodGet, "/confirm/"+other, "")
	late := h.confirms(other, seen)
	for name, c := range map[string]struct{ got, want int }{
		"changed": {changed.Code, http.StatusPreconditionFailed}, "foreign": {foreign.Code, http.StatusForbidden}, "wrong": {wrong.Code, http.StatusNotFound},
		"of an invitation": {rsvp.Code, http.StatusNotFound}, "posted": {posted.Code, http.StatusNotFound}, "expired": {expired.Code, http.StatusNotFound}, "late": {late.Code, http.StatusNotFound},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
	if expired.Body.String() != wrong.Body.String() || rsvp.Body.String() != wrong.Body.String() {
		t.Error("links that lead nowhere look different")
	}
	if strings.Contains(wrong.Body.String(), "<form") {
		t.Error("a wrong link has a form")
	}
}

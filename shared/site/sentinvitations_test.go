package site

import (
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestAnOrganisationSeesWhoOfItsPeopleIsInvited: on its home and its page, until they have answered, and nobody of others.
func TestAnOrganisationSeesWhoOfItsPeopleIsInvited(t *testing.T) {
	h, o := furnished(t)
	own := h.enterAs(t, "organisation", "/")
	here := "/organisations/" + string(o.ID) + "/invitations"
	page := func(session, path string) string {
		t.Helper()
		got := ask(h, "GET", path, "", "Cookie", session)
		if got.Code != 200 {
			t.Fatalf("%s is %d", path, got.Code)
		}
		return got.Body.String()
	}
	for _, path := range []string{"/", here} {
		got := page(own, path)
		says(t, got, "Mediation in the Sahel", "1 February 2027", "Expert du Sahel", "Not answered yet")
		hides(t, got, "Jonas Berg", meet)
	}
	says(t, page(own, "/"), "All invitations of your people : Not answered yet: 1")
	says(t, page(h.enterAs(t, "secretariat", "/"), here), "Mediation in the Sahel", "Aminata Diallo")

	h.taken(t, careful, "declined", "", "A note between the invitee and the planners")
	says(t, page(own, "/"), "Nothing waits for an answer of your people.")
	got := page(own, here)
	says(t, got, "Declined")
	hides(t, got, "A note between")
}

// TestAnOrganisationThatNobodyInvited is told how people are found; one of others sees nothing, as if it were absent.
func TestAnOrganisationThatNobodyInvited(t *testing.T) {
	h, o := furnished(t)
	other := o
	other.ID, other.Name = "01J00000000000000000000602", "Lake Chad Forum"
	must(t, h.network.PutOrganisation(t.Context(), other, csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1}))
	third := o
	third.ID, third.Name = "01J00000000000000000000603", "Niger Forum"
	must(t, h.network.PutOrganisation(t.Context(), third, csdn.Change{ID: csdn.ChangeID(h.newID()), At: h.now, Version: 1}))
	h.account(t, "third", csdn.OrganisationRole, third.ID)
	session := h.enterAs(t, "third", "/")
	says(t, ask(h, "GET", "/", "", "Cookie", session).Body.String(), "None of your people was invited yet.", "All invitations of your people")
	says(t, ask(h, "GET", "/organisations/"+string(third.ID)+"/invitations", "", "Cookie", session).Body.String(), "Nobody was invited yet.")
	foreign := ask(h, "GET", "/organisations/"+string(other.ID)+"/invitations", "", "Cookie", session)
	absent := ask(h, "GET", "/organisations/01J00000000000000000000699/invitations", "", "Cookie", session)
	if foreign.Code != 404 || absent.Code != 404 || strings.ReplaceAll(foreign.Body.String(), string(other.ID), "") != strings.ReplaceAll(absent.Body.String(), "01J00000000000000000000699", "") {
		t.Errorf("foreign is %d, absent %d", foreign.Code, absent.Code)
	}
}

package directory_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestWhatMayBeListedTwice: what has the same name but for case and accents, website or address is told in pairs with the oldest, and an
// archived organisation never is.
func TestWhatMayBeListedTwice(t *testing.T) {
	h := open(t)
	named := func(name, website, email string) func(*csdn.OrganisationProfile) {
		return func(p *csdn.OrganisationProfile) { p.Name, p.Website, p.Email = name, website, email }
	}
	h.organisation(t, 1, named("Forum pour la Médiation", "https://www.forum.example/fr", "a@forum.example"))
	h.organisation(t, 2, named("FORUM POUR LA MEDIATION", "", ""))
	h.organisation(t, 3, named("Another", "https://forum.example", "a@forum.example"))
	h.organisation(t, 4, named("forum pour la médiation", "", ""), func(p *csdn.OrganisationProfile) { p.Status = csdn.Archived })
	h.organisation(t, 5, named("Alone", "https://alone.example", ""))
	page, err := h.duplicates.OfOrganisations(t.Context(), secretariat, first)
	must(t, err)
	one, two, three := string(organisationID(1)), string(organisationID(2)), string(organisationID(3))
	same(t, []csdn.LikelyPair{
		{First: one, Second: three, FirstName: "Forum pour la Médiation", SecondName: "Another", Reasons: []string{"website", "email"}, Differing: []csdn.Comparison{
			{Field: "name", First: "Forum pour la Médiation", Second: "Another"}, {Field: "website", First: "https://www.forum.example/fr", Second: "https://forum.example"},
		}},
		{First: one, Second: two, FirstName: "Forum pour la Médiation", SecondName: "FORUM POUR LA MEDIATION", Reasons: []string{"name"}, Differing: []csdn.Comparison{
			{Field: "name", First: "Forum pour la Médiation", Second: "FORUM POUR LA MEDIATION"},
			{Field: "website", First: "https://www.forum.example/fr"}, {Field: "email", First: "a@forum.example"},
		}},
	}, page.Items)

	h.person(t, 1)
	h.person(t, 2, safety(csdn.Hidden), func(p *csdn.PersonProfile) { p.Name = "PERSON 001" })
	h.person(t, 3)
	people, err := h.duplicates.OfPeople(t.Context(), secretariat, first)
	must(t, err)
	if len(people.Items) != 1 || people.Items[0].First != string(personID(1)) || people.Items[0].Second != string(personID(2)) {
		t.Errorf("the people are %+v", people.Items)
	}
	halves, err := h.duplicates.OfOrganisations(t.Context(), secretariat, csdn.PageRequest{Limit: 1})
	must(t, err)
	rest, err := h.duplicates.OfOrganisations(t.Context(), secretariat, csdn.PageRequest{Limit: 1, Cursor: halves.Next})
	must(t, err)
	same(t, page.Items, append(halves.Items, rest.Items...))
}

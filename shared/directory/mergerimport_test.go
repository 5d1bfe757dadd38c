package directory_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestAnImportKnowsWhatWasMerged: a row that names a record that went is of the one that stays, and what that record said changes nothing.
func TestAnImportKnowsWhatWasMerged(t *testing.T) {
	h := twice(t)
	h.merges(t, order)
	before, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	header := "id;name;type;country;website;mission;identifiers"
	for name, lines := range map[string][]string{
		"by its id":         {header, order.Absorb + ";Maman Kongo;ngo;ML;https://new.example;;ror:0twice"},
		"by its identifier": {header, ";Maman Kongo;ngo;ML;https://new.example;;ror:0twice"},
		"by its name":       {"name;type;country", "Maman Kongo;ngo;ML"},
	} {
		t.Run(name, func(t *testing.T) {
			i, findings := h.imported(t, csdn.Organisations, lines...)
			same(t, tally{Unchanged: 1}, tallyOf(i))
			same(t, []string(nil), said(findings))
		})
	}
	i, findings := h.imported(t, csdn.Organisations, header, order.Absorb+";Maman Kongo;ngo;ML;https://new.example;To bridge.;ror:0twice")
	same(t, tally{Updated: 1}, tallyOf(i))
	same(t, []string(nil), said(findings))
	after, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	before.Mission = "To bridge."
	same(t, before.OrganisationProfile, after.OrganisationProfile)

	_, findings = h.imported(t, csdn.Organisations, header, ";MAMAN KONGO;ngo;NE;;;")
	same(t, []string{"2 like " + order.Keep + ": name"}, said(findings))
	people := "name;email;organisation;consentBasis;consentGivenAt;consentSource"
	_, findings = h.imported(t, csdn.People, people, "Nadia New;nadia@people.example;Maman Kongo;consent;2027-01-01;form")
	same(t, []string{`2 C organisation: is not one organisation of the directory: write its id, or its name when no other has it`}, said(findings)) // two have it by now
	i, findings = h.imported(t, csdn.People, people, "Nadia New;nadia@people.example;"+order.Absorb+";consent;2027-01-01;form")
	same(t, tally{Created: 1}, tallyOf(i))
	same(t, []string(nil), said(findings))
	nadia, err := h.persons.PersonByEmail(t.Context(), "nadia@people.example")
	must(t, err)
	if nadia.Organisation != organisationID(1) {
		t.Errorf("the new person is of %s", nadia.Organisation)
	}
}

package directory_test

import (
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// TestAnExportImportedChangesNothing imports sheets with the columns of exports, as those write what is stored.
func TestAnExportImportedChangesNothing(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	claims := []csdn.Expertise{{Area: "mediation", Level: "expert", Evidence: "https://evidence.example", ConfirmedAt: noon}}
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) {
		p.Name, p.Mission, p.Areas, p.Phases = "=Peace", "-1\n+2", claims, []csdn.PhaseNumber{3, 4}
		p.Identifiers = []csdn.Identifier{{Scheme: "iati", Value: "XM; 1,2"}, {Scheme: "ror", Value: "https://ror.example/1"}}
		p.Status, p.Regions, p.Countries, p.Languages = csdn.Archived, []csdn.Region{"011"}, []csdn.Country{"ML", "NE"}, []csdn.Language{"fr", "pt-BR"}
	})
	h.person(t, 1, func(p *csdn.PersonProfile) {
		p.Consent.GivenAt, p.Safety, p.Alias, p.Areas = noon.Add(250*time.Millisecond), csdn.Hidden, "'@alias", claims
		p.Zone, p.PreferredLanguage = "Africa/Bamako", "fr"
	})
	id, org := string(personID(1)), string(organisationID(1))
	i, findings := h.imported(t, csdn.Organisations,
		"id,name,shortName,type,mission,website,email,country,regions,countries,languages,areas,phases,identifiers,status",
		org+`,'=Peace,,ngo,"'-1`+"\n"+`+2",,,ML,011,ML; NE,fr; pt-BR,mediation (expert),3; 4,"iati:XM; 1,2; ror:https://ror.example/1",archived`)
	same(t, []string(nil), said(findings))
	same(t, tally{Unchanged: 1}, tallyOf(i))
	i, findings = h.imported(t, csdn.People,
		"id,name,email,organisation,position,country,countries,languages,areas,biography,timezone,preferredLanguage,category,safety,alias,consentBasis,consentGivenAt,consentSource,gender",
		id+",Person 001,p1@people.example,"+org+",Director,,,,mediation (expert),Works in Gao.,Africa/Bamako,fr,,hidden,''@alias,consent,"+noon.Add(250*time.Millisecond).Format(time.RFC3339Nano)+",form,woman")
	same(t, []string(nil), said(findings))
	same(t, tally{Unchanged: 1}, tallyOf(i))
	same(t, []string(nil), i.Ignored)
}

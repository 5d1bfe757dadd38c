package directory_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// tally is what an import says of its rows.
type tally struct{ Created, Updated, Unchanged, Failed int }

func tallyOf(i csdn.Import) tally { return tally{i.Created, i.Updated, i.Unchanged, i.Failed} }

// imports imports a sheet of lines, and returns what became of it.
func (h *house) imported(t *testing.T, subject csdn.Subject, lines ...string) (csdn.Import, []csdn.Finding) {
	t.Helper()
	i, findings, err := h.imports.Start(t.Context(), secretariat, subject, "text/csv", []byte(strings.Join(lines, "\n")), false)
	must(t, err)
	if i.Running() || i.Done != i.Rows {
		t.Fatalf("the import is not done: %+v", i)
	}
	h.clock.pass(time.Second)
	return i, findings.Items
}

// said is what is said of rows, each as "row column header: message" or "row like other: reasons".
func said(findings []csdn.Finding) []string {
	var all []string
	for _, f := range findings {
		for _, e := range f.Errors {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%d %s %s", f.Row, csdn.ColumnLetters(e.Column), e.Header))+": "+e.Message)
		}
		for _, d := range f.Duplicates {
			other := d.ID
			if d.Row > 0 {
				other = fmt.Sprint("row ", d.Row)
			}
			all = append(all, fmt.Sprintf("%d like %s: %s", f.Row, other, strings.Join(d.Reasons, ", ")))
		}
	}
	return all
}

// kept returns the organisations by name.
func (h *house) kept(t *testing.T) map[string]csdn.Organisation {
	t.Helper()
	cards, err := h.network.Cards(t.Context(), csdn.Organisations)
	must(t, err)
	all := map[string]csdn.Organisation{}
	for _, card := range cards {
		o, err := h.network.Organisation(t.Context(), csdn.OrganisationID(card.ID))
		must(t, err)
		if _, twice := all[o.Name]; twice {
			t.Errorf("%s is there twice", o.Name)
		}
		all[o.Name] = o
	}
	return all
}

func TestASheetOfOrganisationsIsImported(t *testing.T) {
	want := csdn.OrganisationProfile{
		Name: "Forum du Sahel", ShortName: "FdS", Type: "think-tank", Mission: "Dialogue\nand peace", Website: "https://www.fds.example",
		Email: "office@fds.example", Country: "ML", Regions: []csdn.Region{"011", "002"}, Countries: []csdn.Country{"CI", "NE", "SH"},
		Languages: []csdn.Language{"fr", "pt-BR"}, Status: csdn.Inactive, Phases: []csdn.PhaseNumber{3, 4},
		Areas:       []csdn.Expertise{{Area: "security-sector-reform", Level: "expert"}, {Area: "mediation", Level: "works-on"}},
		Identifiers: []csdn.Identifier{{Scheme: "ror", Value: "https://ror.example/05d,x"}, {Scheme: "wikidata", Value: "Q42"}},
	}
	for name, lines := range map[string][]string{
		"fields of the API": {
			"id,name,shortName,type,mission,website,email,country,regions,countries,languages,areas,phases,identifiers,status",
			`,Forum du Sahel,FdS,think-tank,"Dialogue` + "\n" + `and peace",www.fds.example,Office@FDS.example,ML,011; 002,CI; NE; SH,fr; pt-BR,security-sector-reform (expert); mediation,3; 4,"ror:https://ror.example/05d,x; wikidata:Q42",inactive`,
		},
		"in French": {
			"NOM;Sigle;Type d'organisation;Mission;Site web;Courriel;Pays;Régions;Pays d’intervention;Langues;Domaines d'expertise;Phases;Identifiants;Statut",
			`Forum du Sahel;FdS;groupe de réflexion;"Dialogue` + "\n" + `and peace";www.fds.example;office@fds.example;Mali;"Afrique occidentale|2";"Côte d'Ivoire, niger|Sainte-Hélène, Ascension et Tristan da Cunha";français, PT_br;"réforme du secteur de la sécurité (Expert) | MEDIATION";"3,4";"ror: https://ror.example/05d,x | Wikidata: Q42";Inactif`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.area(t, "mediation")
			must(t, h.network.PutArea(t.Context(), csdn.Area{Slug: "security-sector-reform", Version: 1,
				AreaProfile: csdn.AreaProfile{LabelEN: "Security sector reform", LabelFR: "Réforme du secteur de la sécurité"}}, h.change()))
			i, findings := h.imported(t, csdn.Organisations, lines...)
			same(t, []string(nil), said(findings))
			same(t, tally{Created: 1}, tallyOf(i))
			same(t, want, h.kept(t)[want.Name].OrganisationProfile)

			i, findings = h.imported(t, csdn.Organisations, lines...)
			same(t, []string(nil), said(findings))
			same(t, tally{Unchanged: 1}, tallyOf(i))
		})
	}
}

func TestASheetOfPeopleIsImported(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Name, p.ShortName = "Sahel Dialogue Forum", "SDF" })
	lines := []string{
		"id;nom;courriel;organisation;fonction;pays;pays connus;langues;domaines;biographie;fuseau horaire;langue préférée;catégorie;sécurité;pseudonyme;base légale;date du consentement;source du consentement;genre;remarques",
		";Aminata Diarra;A.Diarra@SDF.example;sdf;'=Directrice;Mali;Niger|Tchad;fr;mediation;;Africa/Bamako;français;;prudent;Une experte;consentement;31.3.2026;formulaire;femme;à revoir",
		";Issa Keita;keita@sdf.example;" + string(organisationID(1)) + ";;;;;;;;;;;;consent;46112;;;",
	}
	i, findings := h.imported(t, csdn.People, lines...)
	same(t, []string(nil), said(findings))
	same(t, tally{Created: 2}, tallyOf(i))
	same(t, []string{"remarques"}, i.Ignored)
	found, err := h.store.PersonOf(t.Context(), "a.diarra@sdf.example")
	must(t, err)
	p, err := h.persons.Person(t.Context(), found)
	must(t, err)
	day := time.Date(2026, 3, 31, 0, 0, 0, 0, time.UTC)
	same(t, csdn.PersonProfile{
		Name: "Aminata Diarra", Email: "a.diarra@sdf.example", Organisation: organisationID(1), Position: "=Directrice", Country: "ML",
		Countries: []csdn.Country{"NE", "TD"}, Languages: []csdn.Language{"fr"}, Areas: []csdn.Expertise{{Area: "mediation", Level: "works-on"}},
		Zone: "Africa/Bamako", PreferredLanguage: "fr", Safety: csdn.Careful, Alias: "Une experte",
		Consent: csdn.Consent{Basis: "consent", GivenAt: day, Source: "formulaire"}, Gender: "femme",
	}, p.PersonProfile)
	other, err := h.store.PersonOf(t.Context(), "keita@sdf.example")
	must(t, err)
	p, err = h.persons.Person(t.Context(), other)
	must(t, err)
	same(t, day, p.Consent.GivenAt)

	i, _ = h.imported(t, csdn.People, lines...)
	same(t, tally{Unchanged: 2}, tallyOf(i))
}

func TestAnUpdateChangesOnlyTheColumnsThatAreThere(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	h.area(t, "gender")
	claim := csdn.Expertise{Area: "mediation", Level: "works-on", Evidence: "https://evidence.example", ConfirmedAt: noon}
	before := h.organisation(t, 1, func(p *csdn.OrganisationProfile) {
		p.Website, p.Email, p.Areas, p.Mission = "https://one.example", "one@one.example", []csdn.Expertise{claim}, "Peace"
	})
	h.organisation(t, 2, func(p *csdn.OrganisationProfile) { p.Identifiers = []csdn.Identifier{{Scheme: "ror", Value: "2"}} })
	h.organisation(t, 3)
	h.person(t, 4, func(p *csdn.PersonProfile) { p.Consent.GivenAt = noon.Add(250 * time.Millisecond) })

	i, findings := h.imported(t, csdn.Organisations,
		"id,name,country,website,identifiers,areas,email",
		string(before.ID)+",A new name,ML,https://one.example,,mediation (expert); gender,",
		",Organisation two,ML,,ror:2,,",
		",Organisation 003,ML,https://three.example,,,",
	)
	same(t, []string(nil), said(findings))
	same(t, tally{Updated: 3}, tallyOf(i))
	all := h.kept(t)
	after := all["A new name"]
	claim.Level = "expert"
	same(t, before.ID, after.ID)
	same(t, []csdn.Expertise{claim, {Area: "gender", Level: "works-on"}}, after.Areas)
	same(t, []any{"Peace", "", csdn.OrganisationType("ngo")}, []any{after.Mission, after.Email, after.Type})
	same(t, organisationID(2), all["Organisation two"].ID)
	same(t, "https://three.example", all["Organisation 003"].Website)
	trail, err := h.organisations.Changes(t.Context(), secretariat, before.ID, first)
	must(t, err)
	same(t, csdn.Act("organisation.changed"), trail.Items[0].Act)

	i, _ = h.imported(t, csdn.Organisations, "name,website", "Organisation 003,https://drei.example")
	same(t, tally{Created: 0, Failed: 1}, tallyOf(i))
	i, findings = h.imported(t, csdn.Organisations, "name,short name", "Organisation 003,O3")
	same(t, []string(nil), said(findings))
	same(t, tally{Updated: 1}, tallyOf(i))

	// An export tells the category that counts and whole seconds.
	i, findings = h.imported(t, csdn.People, "email,name,category,consentGivenAt", "p4@people.example,Person 004,civil-society,"+noon.Format(time.RFC3339))
	same(t, []string(nil), said(findings))
	same(t, tally{Unchanged: 1}, tallyOf(i))
}

func TestErrorsAreToldByRowAndColumn(t *testing.T) {
	h := open(t)
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Name, p.Country = "Twice", "ML" })
	h.organisation(t, 2, func(p *csdn.OrganisationProfile) { p.Name, p.Country = "Twice", "ML" })
	h.organisation(t, 3, func(p *csdn.OrganisationProfile) { p.Status = csdn.Archived })
	h.person(t, 1)
	h.person(t, 2)
	for name, c := range map[string]struct {
		subject csdn.Subject
		lines   []string
		want    []string
	}{
		"cells": {csdn.Organisations, []string{
			"nom;type;pays;pays d'intervention;langues;domaines;courriel;site;phases",
			";association;Freedonia;Mali, Atlantis;fr;magic;@;nowhere;x",
			"Zweite;ngo;;;;;;;",
			"#REF!;ngo;ML;;;;;;",
		}, []string{
			"2 B type: is not one of ngo, network, think-tank, academic, eu-institution, member-state, international-organisation, other",
			"2 C pays: is not a country: write its code of ISO 3166-1, such as ML, or its name in English or French",
			"2 D pays d'intervention: entry 2 is not a country: write its code of ISO 3166-1, such as ML, or its name in English or French",
			"2 F domaines: entry 1 is not an area of the vocabulary: write its slug or a label; GET /v1/areas lists them",
			"2 I phases: entry 1 is not the number of a phase",
			"2 A nom: is required",
			"2 H site: is not an address that starts with https:// or http://",
			"2 G courriel: is not an e-mail address such as name@organisation.example",
			"3 C pays: is not a country code of ISO 3166-1, such as ML",
			"4 A nom: holds an error of the spreadsheet",
		}},
		"rules": {csdn.Organisations, []string{"name,country,e-mail", "A,ML,@"}, []string{
			"2: type is not one of ngo, network, think-tank, academic, eu-institution, member-state, international-organisation, other",
			"2 C e-mail: is not an e-mail address such as name@organisation.example",
		}},
		"shapes": {csdn.Organisations, []string{"name,type,country", "A,ngo", "B,ngo,ML,x", "C,ngo,ML,"}, []string{
			"2: has fewer cells than the header", "3: has more cells than the header",
		}},
		"whose": {csdn.Organisations, []string{
			"id,name,type,country,status", "01J00000000000000000000099,A,ngo,ML,", ",Twice,ngo,ML,", string(organisationID(3)) + ",Organisation 003,academic,ML,archived",
			",D,ngo,ML,archived", ",E,ngo,ML,", ",E,ngo,ML,", string(organisationID(3)) + ",Organisation 003,ngo,ML,archived",
		}, []string{
			"2 A id: is not the id of an organisation of the directory; leave it empty for a new one",
			"3: names 2 organisations of the directory; give the id of the one that is meant",
			"4: The organisation is archived, so it can no longer be changed.",
			"5 E status: cannot be archived by an import; DELETE archives an organisation",
			"7: names the same as row 6 of this file; leave one of them out",
		}},
		"people": {csdn.People, []string{
			"id,name,email,organisation,consentBasis,consentGivenAt,safety,alias",
			",A,a@people.example,Twice,consent,2026-01-01,,",
			",B,b@people.example," + string(organisationID(1)) + ",consent,1/2/2026,,",
			string(personID(1)) + ",P,p2@people.example," + string(organisationID(1)) + ",consent,2026-01-01,,",
			",C,c@people.example," + string(organisationID(1)) + ",,2026-01-01,careful,C",
		}, []string{
			"2 D organisation: is not one organisation of the directory: write its id, or its name when no other has it",
			"3 F consentGivenAt: is not a day such as 2026-03-31 or a moment such as 2026-03-31T09:30:00Z",
			"4 C email: is the address of another person",
			"5 H alias: must differ from the name of a person who is not open",
			"5 E consentBasis: is not one of consent, contract, legal-obligation, public-task, legitimate-interests",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, findings := h.imported(t, c.subject, c.lines...)
			same(t, c.want, said(findings))
		})
	}
}

func TestPossibleDuplicatesAreTold(t *testing.T) {
	h := open(t)
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) {
		p.Name, p.Website, p.Email = "Réseau pour la Paix", "https://www.paix.example/fr", "office@paix.example"
	})
	h.person(t, 1, func(p *csdn.PersonProfile) { p.Name = "Aïssata Koné" })
	lines := []string{
		"name,type,country,website,email", "RESEAU POUR LA PAIX,ngo,FR,,", "Paix,ngo,FR,http://paix.example,office@paix.example",
		"Quite another,ngo,FR,https://another.example,", "Another,network,BE,https://another.example/en,",
	}
	one := string(organisationID(1))
	want := []string{"2 like " + one + ": name", "3 like " + one + ": website, email", "5 like row 4: website"}
	h.silentBut(t, func() {
		i, findings, err := h.imports.Start(t.Context(), secretariat, csdn.Organisations, "text/csv", []byte(strings.Join(lines, "\n")), true)
		must(t, err)
		same(t, want, said(findings.Items))
		same(t, tally{Created: 4}, tallyOf(i))
	})
	i, findings := h.imported(t, csdn.Organisations, lines...)
	same(t, want, said(findings))
	same(t, tally{Created: 4}, tallyOf(i))
	i, findings = h.imported(t, csdn.Organisations, lines...)
	same(t, []string(nil), said(findings))
	same(t, tally{Unchanged: 4}, tallyOf(i))

	_, findings = h.imported(t, csdn.People, "name,email,organisation,consent basis,consent date",
		"aissata kone,other@people.example,"+one+",consent,2026-01-01")
	same(t, []string{"2 like " + string(personID(1)) + ": name"}, said(findings))
}

// silentBut does what changes nothing but what is stored of imports.
func (h *house) silentBut(t *testing.T, act func()) {
	t.Helper()
	stored := func() map[string]string {
		all := h.stored(t)
		for key := range all {
			if strings.Contains(key, " IMPORT#") {
				delete(all, key)
			}
		}
		return all
	}
	before := stored()
	act()
	same(t, before, stored())
}

func TestWhatIsNoSheetChangesNothing(t *testing.T) {
	h := open(t)
	for name, file := range map[string]string{
		"nothing": "", "no names": "colour,taste\nred,sweet\n", "two of a name": "name,nom\nA,A\n", "zeros": "name\n\x00",
		"a picture": "\x89PNG\r\n\x1a\n\x00\x00", "half a quotation": "name,type,country\nA,ngo,ML\n\"B,ngo,ML\n",
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, csdn.Invalid, func() error {
				_, _, err := h.imports.Start(t.Context(), secretariat, csdn.Organisations, "text/csv", []byte(file), false)
				return err
			})
		})
	}
}

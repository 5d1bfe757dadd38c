package schemaorg_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/nodetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/schemaorg"
)

const (
	home  = "https://directory.example"
	terms = "http://schema.org/"
	rdf   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
)

func forum() csdn.Organisation {
	return csdn.Organisation{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", OrganisationProfile: csdn.OrganisationProfile{
		Name: "Sahel Dialogue Forum", ShortName: "SDF", Type: "ngo", Mission: "Peace & \"trust\" <b>\n\nin the Sahel", Website: "https://sdf.example/?a=1&b=2",
		Email: "office@sdf.example", Country: "ML", Regions: []csdn.Region{"011"}, Countries: []csdn.Country{"NE"}, Languages: []csdn.Language{"fr", "pt-BR"},
		Areas:       []csdn.Expertise{{Area: "mediation", Level: "expert"}, {Area: "unheard-of"}},
		Identifiers: []csdn.Identifier{{Scheme: "ror", Value: "04xfq0f34"}}, Status: csdn.Active,
	}}
}

func written(t *testing.T, list ...csdn.Organisation) []byte {
	t.Helper()
	areas := csdn.NewVocabulary([]csdn.Area{{Slug: "mediation", AreaProfile: csdn.AreaProfile{LabelEN: "Mediation"}}})
	text, err := schemaorg.Publisher{Home: home}.Organisations(csdn.OrganisationExtract{Organisations: list, Areas: areas})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheDocumentAsItIsWritten(t *testing.T) {
	golden, err := os.ReadFile("testdata/organisations.jsonld")
	if err != nil {
		t.Fatal(err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, written(t, forum()), "", "  "); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), indented.String()); diff != "" {
		t.Errorf("testdata/organisations.jsonld (-) differs from what is written (+):\n%s", diff)
	}
}

// TestWhatIsSaid reads the document by a processor of others. What is said of a thing without an address is told by the path to it.
func TestWhatIsSaid(t *testing.T) {
	var said [][3]string
	nodetest.Read(t, "testdata/statements.cjs", written(t, forum()), &said)
	paths := map[string]string{}
	for _, s := range said {
		if strings.HasPrefix(s[2], "_:") {
			paths[s[2]] = strings.TrimPrefix(s[1], terms)
		}
	}
	var got []string
	for _, s := range said {
		subject, object := s[0], s[2]
		for strings.HasPrefix(subject, "_:") {
			subject = paths[subject]
		}
		if path, blank := paths[object]; blank {
			object = path
		}
		got = append(got, strings.Join([]string{subject, strings.TrimPrefix(s[1], terms), object}, " "))
	}
	one, area, other := home+"/organisations/01ARZ3NDEKTSV4RRFFQ69G5FAV", home+"/v1/areas/mediation", home+"/v1/areas/unheard-of"
	want := []string{
		one + " " + rdf + " " + terms + "NGO", one + " name Sahel Dialogue Forum", one + " alternateName SDF",
		one + " description " + forum().Mission, one + " url https://sdf.example/?a=1&b=2", one + " email office@sdf.example",
		one + " address address", "address " + rdf + " " + terms + "PostalAddress", "address addressCountry ML",
		one + " areaServed areaServed", one + " areaServed areaServed",
		"areaServed " + rdf + " " + terms + "Place", "areaServed name Western Africa", "areaServed identifier identifier",
		"areaServed " + rdf + " " + terms + "Country", "areaServed name Niger", "areaServed identifier identifier",
		"identifier " + rdf + " " + terms + "PropertyValue", "identifier propertyID UN M49", "identifier value 011",
		"identifier " + rdf + " " + terms + "PropertyValue", "identifier propertyID ISO 3166-1", "identifier value NE",
		one + " knowsLanguage fr", one + " knowsLanguage pt-BR", one + " knowsAbout " + area, one + " knowsAbout " + other,
		area + " " + rdf + " " + terms + "DefinedTerm", area + " name Mediation", area + " termCode mediation", area + " inDefinedTermSet " + home + "/v1/areas",
		other + " " + rdf + " " + terms + "DefinedTerm", other + " name unheard-of", other + " termCode unheard-of", other + " inDefinedTermSet " + home + "/v1/areas",
		one + " identifier identifier", "identifier " + rdf + " " + terms + "PropertyValue", "identifier propertyID ror", "identifier value 04xfq0f34",
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("said (-want +got):\n%s", diff)
	}
}

func TestTheClassesOfTypes(t *testing.T) {
	want := map[csdn.OrganisationType]string{
		"ngo": "NGO", "network": "Organization", "think-tank": "ResearchOrganization", "academic": "CollegeOrUniversity",
		"eu-institution": "GovernmentOrganization", "member-state": "GovernmentOrganization", "international-organisation": "Organization", "other": "Organization",
	}
	for _, kind := range csdn.OrganisationTypes() {
		o := forum()
		o.Type = kind
		var said [][3]string
		nodetest.Read(t, "testdata/statements.cjs", written(t, o), &said)
		if !slices.Contains(said, [3]string{home + "/organisations/" + string(o.ID), rdf, terms + want[kind]}) {
			t.Errorf("%s is not said to be a %s", kind, want[kind])
		}
	}
}

func TestNothingIsSaidOfNone(t *testing.T) {
	var said [][3]string
	if nodetest.Read(t, "testdata/statements.cjs", written(t), &said); len(said) != 0 {
		t.Errorf("said is %v", said)
	}
}

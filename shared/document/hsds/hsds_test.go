package hsds_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/hsds"
)

const home = "https://directory.example"

func forum() csdn.Organisation {
	at := time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	return csdn.Organisation{
		ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", ConfirmedAt: at, UpdatedAt: at, OrganisationProfile: csdn.OrganisationProfile{
			Name: "Sahel Dialogue Forum", ShortName: "SDF", Type: "ngo", Mission: "Peace & \"trust\" <b>\n\nin the Sahel", Website: "https://sdf.example/?a=1&b=2",
			Email: "office@sdf.example", Country: "ML", Regions: []csdn.Region{"011"}, Countries: []csdn.Country{"NE"}, Languages: []csdn.Language{"fr"},
			Areas:       []csdn.Expertise{{Area: "mediation", Level: "expert"}, {Area: "unheard-of", Level: "works-on"}},
			Identifiers: []csdn.Identifier{{Scheme: "ror", Value: "04xfq0f34"}}, Status: csdn.Active,
		},
	}
}

// bare has nothing that it need not have.
func bare() csdn.Organisation {
	return csdn.Organisation{ID: "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", OrganisationProfile: csdn.OrganisationProfile{Name: "B", Type: "other", Country: "XK", Status: csdn.Inactive}}
}

func written(t *testing.T, list ...csdn.Organisation) []byte {
	t.Helper()
	areas := csdn.NewVocabulary([]csdn.Area{
		{Slug: "mediation", AreaProfile: csdn.AreaProfile{LabelEN: "Mediation", Definition: "Help to agree.", Broader: []csdn.AreaSlug{"peace"}}},
		{Slug: "peace", AreaProfile: csdn.AreaProfile{LabelEN: "Peace"}},
	})
	text, err := hsds.Publisher{Home: home}.Organisations(csdn.OrganisationExtract{Organisations: list, Areas: areas})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheDocumentAsItIsWritten(t *testing.T) {
	golden, err := os.ReadFile("testdata/organisations.json")
	if err != nil {
		t.Fatal(err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, written(t, forum()), "", "  "); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), indented.String()); diff != "" {
		t.Errorf("testdata/organisations.json (-) differs from what is written (+):\n%s", diff)
	}
}

// schema is the part of the specification's JSON Schemas that is used here, with what they demand and no field that they do not have.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile("testdata/organization_page.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func validate(t *testing.T, schema *jsonschema.Schema, text []byte) error {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

func TestItIsWhatTheSpecificationAsksFor(t *testing.T) {
	whole := schema(t)
	every := []csdn.Organisation{forum(), bare()}
	for _, kind := range csdn.OrganisationTypes() {
		o := bare()
		o.Type = kind
		every = append(every, o)
	}
	for name, list := range map[string][]csdn.Organisation{"none": nil, "one": {forum()}, "one with nothing": {bare()}, "each type": every} {
		if err := validate(t, whole, written(t, list...)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTheSchemaCanSayNo: what the specification demands cannot be left out, nor said otherwise.
func TestTheSchemaCanSayNo(t *testing.T) {
	whole := schema(t)
	for _, broken := range [][2]string{
		{`"name":"Sahel Dialogue Forum",`, ``}, {`"location_type":"physical"`, `"location_type":"somewhere"`}, {`"status":"active"`, `"status":"archived"`},
		{`"id":"01563e3a-b5d3-d676-4c61-efb99302bd5b"`, `"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"`}, {`"website":"https://sdf.example/?a=1&b=2"`, `"website":"no address"`},
		{`"alternate_name"`, `"short_name"`}, {`"identifier_type":"Research Organization Registry",`, ``}, {`"email":"office@sdf.example"`, `"email":"nobody"`},
	} {
		text := written(t, forum())
		changed := bytes.Replace(text, []byte(broken[0]), []byte(broken[1]), 1)
		if bytes.Equal(text, changed) {
			t.Fatalf("%s is not there", broken[0])
		}
		if validate(t, whole, changed) == nil {
			t.Errorf("%s passes", broken[1])
		}
	}
}

var uuid = regexp.MustCompile(`"([a-z_]*id)":"([^"]*)"`)

// TestIdentities: every object has an identity of its own, which the next export gives it again; and what points to one finds it, but for
// terms that are broader than those of the document.
func TestIdentities(t *testing.T) {
	second := forum()
	second.ID = "01ARZ3NDEKTSV4RRFFQ69G5FAW"
	text := written(t, forum(), second)
	if !bytes.Equal(text, written(t, forum(), second)) {
		t.Error("the same organisations are two documents")
	}
	owned, terms := map[string]int{}, 0
	for _, found := range uuid.FindAllSubmatch(text, -1) {
		if string(found[1]) == "id" {
			owned[string(found[2])]++
		}
	}
	for id, times := range owned {
		if times == 2 {
			terms++ // a term of both
		} else if times != 1 {
			t.Errorf("%s is the identity of %d objects", id, times)
		}
	}
	if terms != 3 {
		t.Errorf("%d terms are shared", terms)
	}
	for _, found := range uuid.FindAllSubmatch(text, -1) {
		switch string(found[1]) {
		case "organization_id", "service_id", "link_id":
			if owned[string(found[2])] != 1 {
				t.Errorf("%s %s leads nowhere", found[1], found[2])
			}
		}
	}
}

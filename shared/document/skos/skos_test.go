package skos_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/skos"

	"github.com/google/go-cmp/cmp"
)

const (
	home  = "https://directory.example/v1/areas"
	core  = "http://www.w3.org/2004/02/skos/core#"
	terms = "http://purl.org/dc/terms/"
)

var scheme = skos.Scheme{Home: home}

func area(slug csdn.AreaSlug, broader ...csdn.AreaSlug) csdn.Area {
	return csdn.Area{Slug: slug, AreaProfile: csdn.AreaProfile{LabelEN: "Label " + string(slug), LabelFR: "Nom " + string(slug), Broader: broader}}
}

// hostile are texts that break a writer which does not quote.
var hostile = []string{
	`"`, `\`, `\"`, `"@en`, `" . <http://evil.example/> a <http://evil.example/> . "`, "two\nlines", "tab\tand return\r", `"""`, `\u0041`,
	"'", "<script>", "&amp;", "мир 和平 سلام é 🕊", "\u2028", "\x01\x7f", "@prefix", "#", "{}^^", "trailing \\",
}

// vocabulary has every property, and every hostile text as every kind of text.
func vocabulary() []csdn.Area {
	top, below, odd := area("peace"), area("mediation", "peace", "dialogue"), area("odd")
	top.AltLabels, top.Definition = []string{"Paix", "Pax"}, "No war.\n\nAnd more."
	gone, retired := area("old-mediation", "peace"), area("retired")
	gone.Retired, gone.ReplacedBy, retired.Retired = true, "mediation", true
	odd.AltLabels = hostile
	all := []csdn.Area{top, below, area("dialogue"), gone, retired, odd}
	for i, text := range hostile {
		one := area(csdn.AreaSlug(fmt.Sprint("hostile-", i)), "odd")
		one.LabelEN, one.LabelFR, one.Definition = text, text, text
		all = append(all, one)
	}
	return all
}

// statement is a subject, a predicate, and an object with its language and datatype.
type statement [5]string

// statements returns what a document says, sorted, by the parser of others for its media type.
func statements(t *testing.T, mediaType string, text []byte) []statement {
	t.Helper()
	parsers := filepath.Join(enginetest.Root(t), ".build", "linked-data", "node_modules")
	node := exec.CommandContext(t.Context(), "node", filepath.Join("testdata", "statements.cjs"), parsers, mediaType)
	node.Stdin = bytes.NewReader(text)
	var complaint bytes.Buffer
	node.Stderr = &complaint
	written, err := node.Output()
	if err != nil {
		t.Fatalf("%v (make parsers installs them): %s\n%s", err, &complaint, text)
	}
	var said []statement
	must(t, json.Unmarshal(written, &said))
	slices.SortFunc(said, func(a, b statement) int { return slices.Compare(a[:], b[:]) })
	return said
}

func turtle(t *testing.T, only csdn.AreaSlug) []statement {
	t.Helper()
	text, err := scheme.Turtle(vocabulary(), only)
	must(t, err)
	return statements(t, "text/turtle", text)
}

func TestBothFormatsSayTheSame(t *testing.T) {
	for _, only := range []csdn.AreaSlug{"", "mediation", "old-mediation", "retired", "odd", "hostile-4"} {
		t.Run("of "+string(only), func(t *testing.T) {
			text, err := scheme.JSONLD(vocabulary(), only)
			must(t, err)
			said := turtle(t, only)
			if len(said) < 5 {
				t.Errorf("it says %v", said)
			}
			if diff := cmp.Diff(said, statements(t, "application/ld+json", text)); diff != "" {
				t.Errorf("Turtle (-) and JSON-LD (+) differ:\n%s", diff)
			}
		})
	}
}

func TestWhatIsSaid(t *testing.T) {
	name := func(slug string) string { return home + "/" + slug }
	const (
		rdf  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
		text = "http://www.w3.org/2001/XMLSchema#string"
	)
	got := turtle(t, "")
	for _, want := range []statement{
		{home, rdf + "type", core + "ConceptScheme"},
		{home, terms + "title", "Areas of expertise of the Civil Society Dialogue Network", "en", rdf + "langString"},
		{home, core + "hasTopConcept", name("peace")},
		{name("peace"), core + "topConceptOf", home},
		{name("peace"), core + "altLabel", "Paix", "", text},
		{name("peace"), core + "definition", "No war.\n\nAnd more.", "", text},
		{name("peace"), core + "narrower", name("mediation")},
		{name("mediation"), rdf + "type", core + "Concept"},
		{name("mediation"), core + "inScheme", home},
		{name("mediation"), core + "prefLabel", "Label mediation", "en", rdf + "langString"},
		{name("mediation"), core + "prefLabel", "Nom mediation", "fr", rdf + "langString"},
		{name("mediation"), core + "broader", name("peace")},
		{name("mediation"), core + "broader", name("dialogue")},
		{name("old-mediation"), terms + "isReplacedBy", name("mediation")},
		{name("old-mediation"), "http://www.w3.org/2002/07/owl#deprecated", "true", "", "http://www.w3.org/2001/XMLSchema#boolean"},
	} {
		if !slices.Contains(got, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, s := range got {
		if !strings.HasPrefix(s[0], home) || s[0] == name("retired") && s[1] == core+"topConceptOf" {
			t.Errorf("it says %q", s)
		}
	}
	for _, s := range turtle(t, "mediation") {
		if s[0] != name("mediation") || !slices.Contains(got, s) {
			t.Errorf("of one area it says %q", s)
		}
	}
}

func TestHostileTextsSurvive(t *testing.T) {
	var got []string
	for _, s := range turtle(t, "odd") {
		if s[1] == core+"altLabel" {
			got = append(got, s[2])
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(hostile)), slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("texts differ (-want +got):\n%s", diff)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

package vcard_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/nodetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/vcard"
)

var vocabulary = csdn.NewVocabulary([]csdn.Area{{Slug: "mediation", AreaProfile: csdn.AreaProfile{LabelEN: "Mediation and dialogue"}}})

func amina() csdn.Person {
	return csdn.Person{
		ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", UpdatedAt: time.Date(2027, 1, 10, 13, 0, 0, 0, time.FixedZone("", 3600)),
		PersonProfile: csdn.PersonProfile{
			Name: "Aminata Diarra", Email: "aminata@sdf.example", Organisation: "ORGANISATION", Position: "Programme director; founder",
			Country: "ML", Countries: []csdn.Country{"NE"}, Languages: []csdn.Language{"fr", "bm", "en"},
			Areas:     []csdn.Expertise{{Area: "mediation", Level: "expert"}, {Area: "gender", Level: "works-on"}},
			Biography: "Works in Gao, and in Ségou.\n\n- Listens\n- Talks \\o/ " + strings.Repeat("et écoute ", 12), Zone: "Africa/Bamako", PreferredLanguage: "en",
			Consent: csdn.Consent{Basis: "consent", GivenAt: time.Unix(0, 0), Source: "The form"}, Gender: "femme",
		},
	}
}

func written(t *testing.T, people ...csdn.Person) string {
	t.Helper()
	text, err := vcard.Cards(csdn.PersonExtract{
		People: people, Areas: vocabulary, Employers: map[csdn.OrganisationID]string{"ORGANISATION": "Sahel Forum; Gao, Mali"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(text), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line that is none: %q", line)
		}
	}
	return string(text)
}

// property is a property as the parser of others reads it: its name, parameters and value.
type property [3]any

func read(t *testing.T, text string) [][]property {
	t.Helper()
	var cards [][]property
	nodetest.Read(t, "testdata/cards.cjs", []byte(text), &cards)
	return cards
}

func TestACardAsItIsWritten(t *testing.T) {
	golden, err := os.ReadFile("testdata/card.vcf")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), strings.ReplaceAll(written(t, amina()), "\r\n", "\n")); diff != "" {
		t.Errorf("testdata/card.vcf (-) differs from what is written (+):\n%s", diff)
	}
}

func TestACardAsOthersReadIt(t *testing.T) {
	none := map[string]any{}
	want := []property{
		{"version", none, "4.0"}, {"kind", none, "individual"}, {"uid", none, "urn:uuid:01563e3a-b5d3-d676-4c61-efb99302bd5b"},
		{"fn", none, "Aminata Diarra"}, {"email", none, "aminata@sdf.example"}, {"org", none, "Sahel Forum; Gao, Mali"},
		{"title", none, "Programme director; founder"}, {"adr", none, []any{"", "", "", "", "", "", "Mali"}}, {"tz", none, "Africa/Bamako"},
		{"lang", map[string]any{"pref": "1"}, "en"}, {"lang", map[string]any{"pref": "2"}, "fr"}, {"lang", map[string]any{"pref": "3"}, "bm"},
		{"expertise", map[string]any{"level": "expert"}, "Mediation and dialogue"}, {"expertise", none, "gender"},
		{"note", none, amina().Biography}, {"rev", none, "2027-01-10T12:00:00Z"},
	}
	cards := read(t, written(t, amina()))
	if len(cards) != 1 {
		t.Fatalf("%d cards", len(cards))
	}
	if diff := cmp.Diff(want, cards[0]); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

func TestCardsOfMany(t *testing.T) {
	careful := csdn.Person{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAW", PersonProfile: csdn.PersonProfile{Name: "Nightjar", PreferredLanguage: "fr"}}
	text := written(t, amina(), careful)
	if cards := read(t, text); len(cards) != 2 || len(cards[1]) != 6 {
		t.Errorf("%d cards: %v", len(cards), cards)
	}
	if _, second, _ := strings.Cut(text, "END:VCARD\r\n"); strings.Contains(second, "EMAIL") || strings.Contains(text, "femme") || strings.Contains(text, "consent") {
		t.Errorf("the cards tell %s", text)
	}
	if text := written(t); text != "" {
		t.Errorf("the cards of nobody are %q", text)
	}
}

func TestNoTextBreaksOut(t *testing.T) {
	for _, hostile := range []string{
		"\r\nEMAIL:evil@evil.example", "\nEND:VCARD", "\rBEGIN:VCARD", `\nEMAIL:x`, `\`, `\\;`, ";;;", ",", ":", `"`, "x\\\r\nTEL:1", "é" + strings.Repeat("長", 60),
	} {
		p := amina()
		p.Name, p.Position, p.Biography = "N"+hostile, "P"+hostile, "B"+hostile
		cards := read(t, written(t, p))
		if len(cards) != 1 || len(cards[0]) != 16 {
			t.Errorf("%q makes %v", hostile, cards)
			continue
		}
		for place, first := range map[int]string{3: "N", 6: "P", 14: "B"} {
			want := first + strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(hostile)
			if got := fmt.Sprint(cards[0][place][2]); got != want {
				t.Errorf("%q is read as %q", want, got)
			}
		}
	}
}

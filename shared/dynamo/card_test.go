package dynamo

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/google/go-cmp/cmp"
)

var wholeCard = csdn.Card{
	Name: "Réseau de médiation", ShortName: "RM", Areas: []csdn.AreaSlug{"mediation", "dialogue"}, Country: "ML",
	Countries: []csdn.Country{"ML", "NE"}, Regions: []csdn.Region{"011"}, Languages: []csdn.Language{"fr", "pt-BR"},
	Type: "ngo", Status: "active", Phases: []csdn.PhaseNumber{2, 14}, Organisation: "01J00000000000000000000001", Position: "Directrice", Mission: "Nous gardons les ponts.",
	Merits: []csdn.Merit{{Expert: true, Evident: true, ConfirmedAt: time.Date(2027, 1, 10, 0, 0, 0, 0, time.UTC)}, {}},
}

func TestCardComesBackWhole(t *testing.T) {
	// Id, version and removal are the index's.
	if fields := reflect.TypeFor[csdn.Card]().NumField(); fields != cardFields+3 {
		t.Errorf("a card has %d fields, of which %d are encoded", fields, cardFields)
	}
	for name, want := range map[string]csdn.Card{
		"empty":         {},
		"whole":         wholeCard,
		"one at an end": {Organisation: "01J00000000000000000000001"},
		"name alone":    {Name: "Dialogue"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := decodeCard(encodeCard(want))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCardOfANewerFunction(t *testing.T) {
	got, err := decodeCard(encodeCard(wholeCard) + fieldSeparator + "more")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wholeCard, got); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

func TestCardWithSeparatorsInItsTexts(t *testing.T) {
	got, err := decodeCard(encodeCard(csdn.Card{Name: "a\x1fb\x1ec", Areas: []csdn.AreaSlug{"", "x\x1ey"}, Type: "ngo"}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(csdn.Card{Name: "abc", Areas: []csdn.AreaSlug{"xy"}, Type: "ngo"}, got); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

func TestCardWithABrokenPhase(t *testing.T) {
	if _, err := decodeCard(strings.Replace(encodeCard(wholeCard), "14", "xiv", 1)); err == nil {
		t.Error("a phase that is no number was decoded")
	}
}

// FuzzCard checks that every text decodes to a card that, encoded, decodes to itself, or to an error.
func FuzzCard(f *testing.F) {
	f.Add(encodeCard(wholeCard))
	f.Add("")
	f.Add("a\x1f\x1e\x1e\x1fb\x1f\x1f\x1f\x1f\x1f\x1f\x1f7\x1e007\x1fo\x1fmore")
	f.Fuzz(func(t *testing.T, s string) {
		once, err := decodeCard(s)
		if err != nil {
			return
		}
		encoded := encodeCard(once)
		twice, err := decodeCard(encoded)
		if err != nil {
			t.Fatalf("%q was encoded as %q, which cannot be decoded: %v", s, encoded, err)
		}
		if again := encodeCard(twice); again != encoded {
			t.Errorf("%q is encoded as %q and then as %q", s, encoded, again)
		}
	})
}

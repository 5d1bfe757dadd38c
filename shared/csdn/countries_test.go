package csdn

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCountryName(t *testing.T) {
	for _, test := range []struct {
		country Country
		in      Language
		want    string
	}{
		{"MK", "en", "North Macedonia"},
		{"SZ", "en", "Eswatini"},
		{"TR", "en", "Türkiye"},
		{"CZ", "en", "Czechia"},
		{"CI", "en", "Côte d’Ivoire"},
		{"CD", "en", "Democratic Republic of the Congo"},
		{"XK", "en", "Kosovo"},
		{"MK", "fr", "Macédoine du Nord"},
		{"CD", "fr-BE", "République démocratique du Congo"},
		{"ML", "", "Mali"},
		{"DE", "fry", "Germany"},
		{"ZZ", "en", "ZZ"},
	} {
		if got := test.country.Name(test.in); got != test.want {
			t.Errorf("%q in %q: got %q, want %q", test.country, test.in, got, test.want)
		}
	}
}

func TestCountryValid(t *testing.T) {
	for _, valid := range []Country{"AD", "ML", "XK", "SS", "ZW"} {
		if !valid.Valid() {
			t.Errorf("%q is not valid", valid)
		}
	}
	for _, invalid := range []Country{"", "ml", "MLI", "EU", "UK", "EL", "SU", "ZZ", "466", "M", " ML"} {
		if invalid.Valid() {
			t.Errorf("%q is valid", invalid)
		}
	}
}

func TestCountryRegions(t *testing.T) {
	for _, test := range []struct {
		name    string
		country Country
		want    []Region
	}{
		{"intermediate region", "ML", []Region{"011", "202", "002", "001"}},
		{"no intermediate region", "SD", []Region{"015", "002", "001"}},
		{"South Sudan lies in Eastern Africa", "SS", []Region{"014", "202", "002", "001"}},
		{"two groupings", "HT", []Region{"029", "419", "003", "019", "001"}},
		{"Latin America alone", "CO", []Region{"005", "419", "019", "001"}},
		{"North America alone", "CA", []Region{"021", "003", "019", "001"}},
		{"Kosovo", "XK", []Region{"039", "150", "001"}},
		{"the world alone", "AQ", []Region{"001"}},
		{"unknown", "ZZ", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, test.country.Regions()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCountryTable(t *testing.T) {
	list := Countries()
	if len(list) != 250 { // 249 of ISO 3166-1 and Kosovo
		t.Errorf("%d countries", len(list))
	}
	if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Error("the countries are not in the order of codes, each once")
	}
	seen := map[string]Country{}
	for _, row := range countries {
		if !row.region.Valid() || row.en == "" || row.fr == "" {
			t.Errorf("%s is incomplete", row.code)
		}
		for _, name := range []string{"en " + row.en, "fr " + row.fr} {
			if other, taken := seen[name]; taken {
				t.Errorf("%s and %s are both called %s", other, row.code, name)
			}
			seen[name] = row.code
		}
	}
}

// The sizes of the sub-regions and intermediate regions in M49, with Taiwan and Kosovo in theirs.
func TestRegionSizes(t *testing.T) {
	want := map[Region]int{
		"001": 250, "002": 60, "003": 41, "005": 16, "009": 29, "011": 17, "013": 8, "014": 22, "015": 7, "017": 9, "018": 5,
		"019": 57, "021": 5, "029": 28, "030": 8, "034": 9, "035": 11, "039": 17, "053": 6, "054": 5, "057": 8, "061": 10,
		"142": 51, "143": 5, "145": 18, "150": 52, "151": 10, "154": 16, "155": 9, "202": 53, "419": 52,
	}
	got := map[Region]int{}
	for _, c := range Countries() {
		for _, r := range c.Regions() {
			got[r]++
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRegionTable(t *testing.T) {
	for i, row := range regions {
		if i > 0 && regions[i-1].code >= row.code {
			t.Errorf("%s is out of order", row.code)
		}
		if row.code != "001" && (len(row.broader) == 0 || row.broader[len(row.broader)-1] != "001") {
			t.Errorf("%s does not end in the world", row.code)
		}
		for _, broader := range row.broader {
			for _, further := range broader.Broader() {
				if !slices.Contains(row.broader, further) {
					t.Errorf("%s is in %s but not in %s", row.code, broader, further)
				}
			}
		}
	}
}

func TestRegion(t *testing.T) {
	for _, invalid := range []Region{"", "1", "11", "0011", "466", "830", "EU", "ML"} {
		if invalid.Valid() {
			t.Errorf("%q is valid", invalid)
		}
	}
	if got := Region("011").Name("fr"); got != "Afrique occidentale" {
		t.Errorf("011 in French: %q", got)
	}
	if got := Region("011").Name("en"); got != "Western Africa" {
		t.Errorf("011 in English: %q", got)
	}
	if got := Region("999").Name("en"); got != "999" {
		t.Errorf("an unknown region: %q", got)
	}
	if got := Region("001").Broader(); got != nil {
		t.Errorf("the world lies in %q", got)
	}
}

func TestBroaderIsACopy(t *testing.T) {
	Region("011").Broader()[0] = "000"
	Country("ML").Regions()[1] = "000"
	if got := Region("011").Broader()[0]; got != "202" {
		t.Errorf("the table was changed to %s", got)
	}
}

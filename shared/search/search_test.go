package search

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func indexOf(cards ...csdn.Card) *Index {
	x := New()
	x.Apply(cards...)
	return x
}

func idsOf(r Result) []string {
	var ids []string
	for _, h := range r.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func named(id, name string) csdn.Card { return csdn.Card{ID: id, Version: 1, Name: name} }

func TestSearchByFacets(t *testing.T) {
	x := indexOf(
		csdn.Card{ID: "a", Version: 1, Name: "A", Areas: []csdn.AreaSlug{"ssr", "ihl"}, Country: "BE", Countries: []csdn.Country{"ML", "BE"},
			Languages: []csdn.Language{"fr-CA", "fr"}, Type: "ngo", Status: "active", Phases: []csdn.PhaseNumber{3, 4}},
		csdn.Card{ID: "b", Version: 1, Name: "B", Areas: []csdn.AreaSlug{"ssr"}, Country: "ML", Regions: []csdn.Region{"011"},
			Languages: []csdn.Language{"zh-Hant-TW"}, Type: "network", Status: "inactive", Phases: []csdn.PhaseNumber{4}},
		csdn.Card{ID: "c", Version: 1, Name: "C", Areas: []csdn.AreaSlug{"gender"}, Languages: []csdn.Language{"fr", "ff"},
			Type: "ngo", Organisation: "O1"},
	)
	tests := map[string]struct {
		all  []AnyOf
		want []string
	}{
		"no filter":                              {nil, []string{"a", "b", "c"}},
		"one value":                              {[]AnyOf{Any(Area, "gender")}, []string{"c"}},
		"any of two values":                      {[]AnyOf{Any(Area, "ihl", "gender")}, []string{"a", "c"}},
		"all of two":                             {[]AnyOf{Any(Area, "ssr"), Any(Area, "ihl")}, []string{"a"}},
		"two facets":                             {[]AnyOf{Any(Area, "ssr"), Any(Type, "network")}, []string{"b"}},
		"contradiction":                          {[]AnyOf{Any(Area, "gender"), Any(Area, "ssr")}, nil},
		"unknown value":                          {[]AnyOf{Any(Area, "nuclear")}, nil},
		"any of none":                            {[]AnyOf{{}}, nil},
		"unset is not a value":                   {[]AnyOf{Any(Country, "")}, nil},
		"country where based or where it works":  {[]AnyOf{Any(Country, csdn.Country("ML"))}, []string{"a", "b"}},
		"region, or a country within it":         {[]AnyOf{Any(Region, "011")}, []string{"a", "b"}},
		"a region around the region named":       {[]AnyOf{Any(Region, "202")}, []string{"a", "b"}},
		"another region":                         {[]AnyOf{Any(Region, "142")}, nil},
		"any of two facets":                      {[]AnyOf{append(Any(Area, "gender"), Any(Type, "network")...)}, []string{"b", "c"}},
		"language by its base":                   {[]AnyOf{Any(Language, "fr")}, []string{"a", "c"}},
		"language by its tag":                    {[]AnyOf{Any(Language, "fr-CA")}, []string{"a"}},
		"language and script":                    {[]AnyOf{Any(Language, "zh-Hant")}, []string{"b"}},
		"language is no prefix of letters alone": {[]AnyOf{Any(Language, "f")}, nil},
		"status":                                 {[]AnyOf{Any(Status, csdn.Inactive)}, []string{"b"}},
		"phase":                                  {[]AnyOf{Any(Phase, "4")}, []string{"a", "b"}},
		"organisation":                           {[]AnyOf{Any(Organisation, csdn.OrganisationID("O1"))}, []string{"c"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := x.Search(Query{All: tt.all, Limit: 10})
			if diff := cmp.Diff(tt.want, idsOf(got)); diff != "" {
				t.Error(diff)
			}
			if got.Total != len(tt.want) {
				t.Errorf("total %d, want %d", got.Total, len(tt.want))
			}
		})
	}
}

func TestSearchByWords(t *testing.T) {
	tests := map[string]struct {
		text, name, keywords string
		want                 bool
	}{
		"empty":                                {"", "Peace Network", "", true},
		"only signs":                           {" – ", "Peace Network", "", true},
		"beginning of a word":                  {"net", "Peace Network", "", true},
		"middle of a word":                     {"work", "Peace Network", "", false},
		"every word, in any order":             {"network pea", "Peace Network", "", true},
		"one word missing":                     {"peace water", "Peace Network", "", false},
		"keywords":                             {"epnet", "Peace Network", "EPNet", true},
		"words in both":                        {"epn peace", "Peace Network", "EPNet", true},
		"no word across name and keywords":     {"networkepn", "Peace Network", "EPNet", false},
		"case":                                 {"PEACE", "peace network", "", true},
		"marks in the name":                    {"securite", "Sécurité pour tous", "", true},
		"marks in the query":                   {"sécurité", "SECURITE POUR TOUS", "", true},
		"elision":                              {"ivoire", "Femmes de Côte d'Ivoire", "", true},
		"hyphen":                               {"conflict-aff", "Voices of Conflict-Affected Youth", "", true},
		"digits":                               {"1325", "Forum 1325", "", true},
		"sharp s":                              {"STRASSE", "Friedensstraße Straße", "", true},
		"letters without decomposition":        {"lodz dorde sorlie", "Łódź Đorđe Sørlie", "", true},
		"dotless and dotted i":                 {"diyarbakir istanbul", "İstanbul Diyarbakır", "", true},
		"full width":                           {"peace", "Ｐｅａｃｅ", "", true},
		"Cyrillic case":                        {"МИР", "За мир", "", true},
		"Cyrillic marks":                       {"елка", "Ёлка", "", true},
		"Greek final sigma":                    {"ειρηνησ", "Φίλοι της ειρήνης", "", true},
		"Arabic without marks":                 {"سلام", "مَرْكَزُ سَلَامٍ", "", true},
		"Arabic hamza":                         {"احمد", "مؤسسة أحمد", "", true},
		"Arabic kashida":                       {"سلام", "ســـلام", "", true},
		"Persian non-joiner":                   {"کتابها", "کتاب\u200cها", "", true},
		"Arabic without the article":           {"سلام", "مركز السلام", "", true},
		"Arabic with the article":              {"السلام", "مركز السلام", "", true},
		"Chinese, from any letter":             {"构建", "和平构建网络", "", true},
		"Chinese, longer than a word":          {"和平构建网络与安全合作", "欧洲和平构建网络与安全合作中心", "", true},
		"Chinese, longer and another":          {"和平构建网络与安全会议", "欧洲和平构建网络与安全合作中心", "", false},
		"Chinese beside Latin":                 {"和平", "EU和平", "", true},
		"Latin beside Chinese":                 {"eu", "EU和平", "", true},
		"Japanese":                             {"センター", "平和構築センター", "", true},
		"half width":                           {"ｾﾝﾀｰ", "平和構築センター", "", true},
		"Thai, from any letter":                {"สันติภาพ", "ศูนย์สันติภาพ", "", true},
		"Hangul":                               {"평화", "평화센터", "", true},
		"Devanagari":                           {"शान्ति", "शान्ति केन्द्र", "", true},
		"a query cannot smuggle in a boundary": {"pea\x00net", "Peacework", "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			x := indexOf(csdn.Card{ID: "a", Version: 1, Name: tt.name, ShortName: tt.keywords})
			if got := x.Search(Query{Text: tt.text}).Total == 1; got != tt.want {
				t.Errorf("%q finds %q: %v, want %v", tt.text, tt.name+" "+tt.keywords, got, tt.want)
			}
		})
	}
}

func TestNamesSortByCollation(t *testing.T) {
	want := []string{"1325 Forum", "Ahead", "Ähnlich", "Aid", "Éclair", "Eclairs", "éclairs", "Edam", "Zebra", "Ειρήνη", "Ёлка", "Жизнь", "Мир", "שלום", "أمل", "سلام", "शान्ति", "평화", "和平"}
	var cards []csdn.Card
	for i := range want {
		// told in another order, so that it is the index that sorts
		n := (i * 7) % len(want)
		cards = append(cards, named(strconv.Itoa(n), want[n]))
	}
	var got []string
	for _, hit := range indexOf(cards...).Search(Query{Limit: 100}).Hits {
		n, _ := strconv.Atoi(hit.ID)
		got = append(got, want[n])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCounts(t *testing.T) {
	x := indexOf(
		csdn.Card{ID: "a", Version: 1, Name: "A", Type: "ngo", Country: "ML", Countries: []csdn.Country{"ML", "NE"}, Languages: []csdn.Language{"fr-CA", "fr"}},
		csdn.Card{ID: "b", Version: 1, Name: "B", Type: "ngo", Country: "NE", Languages: []csdn.Language{"en"}},
		csdn.Card{ID: "c", Version: 1, Name: "C", Type: "network", Country: "BE"},
	)
	got := x.Search(Query{All: []AnyOf{Any(Type, "ngo")}, Limit: 1, Count: []Facet{Type, Country, Language, Region}})
	want := Result{
		Hits: []Hit{{ID: "a", Version: 1}}, Total: 2, Next: got.Next,
		Counts: map[Facet]map[string]int{
			Type: {"ngo": 2}, Country: {"ML": 1, "NE": 2}, Language: {"fr": 1, "fr-CA": 1, "en": 1}, Region: {"011": 2, "202": 2, "002": 2, "001": 2},
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Position{})); diff != "" {
		t.Error(diff)
	}
	if got.Next.IsZero() {
		t.Error("there is a next page, and Next is zero")
	}
}

func TestCountsAsAnother(t *testing.T) {
	having := func(id string, areas ...csdn.AreaSlug) csdn.Card {
		return csdn.Card{ID: id, Version: 1, Name: id, Areas: areas}
	}
	replaced := func(slug, by csdn.AreaSlug) csdn.Area {
		return csdn.Area{Slug: slug, AreaProfile: csdn.AreaProfile{Retired: true, ReplacedBy: by}}
	}
	x := indexOf(having("a", "old", "new"), having("b", "old"), having("c", "new", "other"), having("d", "gone"), having("e", "older"))
	fresh := csdn.Area{Slug: "new"}
	for name, tt := range map[string]struct {
		areas []csdn.Area
		want  map[string]int
	}{
		"none":                        {nil, map[string]int{"old": 2, "new": 2, "other": 1, "gone": 1, "older": 1}},
		"who has both counts once":    {[]csdn.Area{fresh, replaced("old", "new")}, map[string]int{"new": 3, "other": 1, "gone": 1, "older": 1}},
		"two as one, and one as none": {[]csdn.Area{fresh, replaced("old", "new"), replaced("older", "old"), replaced("gone", "")}, map[string]int{"new": 4, "other": 1}},
		"as one that no card has":     {[]csdn.Area{{Slug: "young"}, replaced("gone", "young")}, map[string]int{"old": 2, "new": 2, "other": 1, "young": 1, "older": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the index itself is left as it was
				got := x.Search(Query{Count: []Facet{Area}, Areas: NewAreas(csdn.NewVocabulary(tt.areas))})
				if diff := cmp.Diff(tt.want, got.Counts[Area]); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

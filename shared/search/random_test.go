package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

var (
	someWords = []string{"peace", "peaceful", "water", "women", "wolof", "network", "net", "éclair", "мир", "مركز", "zone", "security"}
	values    = map[Facet][]string{
		Area:         {"ssr", "ihl", "gender", "youth", "water", "law", "old", "gone"},
		Country:      {"BE", "ML", "NE", "UA", "CU", "FR"},
		Region:       {"011", "150", "142", "029", "001"},
		Language:     {"fr", "fr-CA", "en", "ar", "zh-Hant-TW"},
		Type:         {"ngo", "network", "academic"},
		Status:       {"active", "inactive"},
		Phase:        {"1", "2", "3", "4"},
		Organisation: {"O1", "O2", "O3"},
	}
	facets = []Facet{Area, Country, Region, Language, Type, Status, Phase, Organisation}
)

// thesaurus has ihl and ssr under law, gender under ssr, and youth apart; old is replaced by ssr, and gone is retired. A card
// may name areas that it lacks, as water.
var thesaurus = csdn.NewVocabulary([]csdn.Area{
	{Slug: "law", AreaProfile: csdn.AreaProfile{LabelEN: "Rule of law", LabelFR: "droit", AltLabels: []string{"peaceful order"}}},
	{Slug: "ihl", AreaProfile: csdn.AreaProfile{LabelEN: "humanitarian law", LabelFR: "droit humanitaire", Broader: []csdn.AreaSlug{"law"}}},
	{Slug: "ssr", AreaProfile: csdn.AreaProfile{LabelEN: "security sector", LabelFR: "secteur", Broader: []csdn.AreaSlug{"law"}}},
	{Slug: "gender", AreaProfile: csdn.AreaProfile{LabelEN: "women and peace", LabelFR: "femmes", Broader: []csdn.AreaSlug{"ssr"}}},
	{Slug: "old", AreaProfile: csdn.AreaProfile{LabelEN: "policing", LabelFR: "police", Retired: true, ReplacedBy: "ssr"}},
	{Slug: "gone", AreaProfile: csdn.AreaProfile{LabelEN: "weapons", LabelFR: "armes", Retired: true}},
	{Slug: "youth", AreaProfile: csdn.AreaProfile{LabelEN: "youth", LabelFR: "jeunes"}},
})

func pick[T ~string](r *rand.Rand, facet Facet, most int) []T {
	var list []T
	for range r.IntN(most + 1) {
		list = append(list, T(values[facet][r.IntN(len(values[facet]))]))
	}
	return list
}

func one[T ~string](r *rand.Rand, facet Facet) T {
	return append(pick[T](r, facet, 1), "")[0]
}

func randomWords(r *rand.Rand, most int) string {
	var words []string
	for range r.IntN(most + 1) {
		words = append(words, someWords[r.IntN(len(someWords))])
	}
	return strings.Join(words, " ")
}

func randomCard(r *rand.Rand, id int, version csdn.Version) csdn.Card {
	card := csdn.Card{
		ID: fmt.Sprintf("%05d", id), Version: version, Removed: r.IntN(12) == 0,
		Name: randomWords(r, 3), ShortName: randomWords(r, 1), Position: randomWords(r, 2), Mission: randomWords(r, 5),
		Areas: pick[csdn.AreaSlug](r, Area, 3), Country: one[csdn.Country](r, Country),
		Countries: pick[csdn.Country](r, Country, 2), Regions: pick[csdn.Region](r, Region, 2),
		Languages: pick[csdn.Language](r, Language, 3), Type: one[string](r, Type), Status: one[string](r, Status),
		Organisation: one[csdn.OrganisationID](r, Organisation),
	}
	if r.IntN(3) > 0 { // those of an earlier version have none
		for range card.Areas {
			m := csdn.Merit{Expert: r.IntN(2) == 0, Evident: r.IntN(2) == 0}
			if r.IntN(2) == 0 {
				m.ConfirmedAt = time.Date(2020+r.IntN(9), 2, 1+r.IntN(20), 0, 0, 0, 0, time.UTC)
			}
			card.Merits = append(card.Merits, m)
		}
	}
	for _, number := range pick[string](r, Phase, 2) {
		n, _ := strconv.Atoi(number)
		card.Phases = append(card.Phases, csdn.PhaseNumber(n))
	}
	return card
}

func randomQuery(r *rand.Rand) Query {
	q := Query{Limit: 1 + r.IntN(9), Count: facets, Areas: NewAreas(thesaurus), Exact: r.IntN(3) == 0}
	for range r.IntN(4) {
		var anyOf AnyOf
		for range r.IntN(4) {
			facet := facets[r.IntN(len(facets))]
			for _, t := range Any(facet, pick[string](r, facet, 2)...) {
				if !slices.Contains(anyOf, t) {
					anyOf = append(anyOf, t)
				}
			}
		}
		q.All = append(q.All, anyOf)
	}
	if r.IntN(2) == 0 {
		for word := range strings.FieldsSeq(randomWords(r, 2)) {
			letters := []rune(word)
			q.Text += " " + string(letters[:1+r.IntN(len(letters))])
		}
	}
	return q
}

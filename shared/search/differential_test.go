package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"csdn.example/directory/shared/csdn"
)

var (
	vocabulary = []string{"peace", "peaceful", "water", "women", "wolof", "network", "net", "éclair", "мир", "مركز", "zone"}
	values     = map[Facet][]string{
		Area:         {"ssr", "ihl", "gender", "youth", "water"},
		Country:      {"BE", "ML", "NE", "UA"},
		Region:       {"011", "150", "142"},
		Language:     {"fr", "fr-CA", "en", "ar", "zh-Hant-TW"},
		Type:         {"ngo", "network", "academic"},
		Status:       {"active", "inactive"},
		Phase:        {"1", "2", "3", "4"},
		Organisation: {"O1", "O2", "O3"},
	}
	facets = []Facet{Area, Country, Region, Language, Type, Status, Phase, Organisation}
)

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
		words = append(words, vocabulary[r.IntN(len(vocabulary))])
	}
	return strings.Join(words, " ")
}

func randomCard(r *rand.Rand, id int, version csdn.Version) csdn.Card {
	card := csdn.Card{
		ID: fmt.Sprintf("%05d", id), Version: version, Removed: r.IntN(12) == 0,
		Name: randomWords(r, 3), Keywords: randomWords(r, 2),
		Areas: pick[csdn.AreaSlug](r, Area, 3), Country: one[csdn.Country](r, Country),
		Countries: pick[csdn.Country](r, Country, 2), Regions: pick[csdn.Region](r, Region, 2),
		Languages: pick[csdn.Language](r, Language, 3), Type: one[string](r, Type), Status: one[string](r, Status),
		Organisation: one[csdn.OrganisationID](r, Organisation),
	}
	for _, number := range pick[string](r, Phase, 2) {
		n, _ := strconv.Atoi(number)
		card.Phases = append(card.Phases, csdn.PhaseNumber(n))
	}
	return card
}

func randomQuery(r *rand.Rand) Query {
	q := Query{Limit: 1 + r.IntN(9), Count: facets}
	for range r.IntN(4) {
		var anyOf AnyOf
		for range r.IntN(4) {
			facet := facets[r.IntN(len(facets))]
			anyOf = append(anyOf, Any(facet, pick[string](r, facet, 2)...)...)
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

// valuesOf says in the plainest way which values of the facet the card has.
func valuesOf(c csdn.Card, facet Facet) []string {
	var list []string
	add := func(values ...string) {
		for _, v := range values {
			if v != "" && !slices.Contains(list, v) {
				list = append(list, v)
			}
		}
	}
	switch facet {
	case Area:
		for _, a := range c.Areas {
			add(string(a))
		}
	case Country:
		add(string(c.Country))
		for _, country := range c.Countries {
			add(string(country))
		}
	case Region:
		for _, region := range c.Regions {
			add(string(region))
		}
	case Language:
		for _, l := range c.Languages {
			parts := strings.Split(string(l), "-")
			for n := range parts {
				add(strings.Join(parts[:n+1], "-"))
			}
		}
	case Type:
		add(c.Type)
	case Status:
		add(c.Status)
	case Phase:
		for _, p := range c.Phases {
			add(fmt.Sprint(p))
		}
	case Organisation:
		add(string(c.Organisation))
	}
	return list
}

func satisfies(c csdn.Card, q Query) bool {
	for _, anyOf := range q.All {
		if !slices.ContainsFunc(anyOf, func(t Term) bool { return slices.Contains(valuesOf(c, t.Facet), t.Value) }) {
			return false
		}
	}
	plain := strings.NewReplacer("é", "e")
	words := strings.Fields(plain.Replace(c.Name + " " + c.Keywords))
	for asked := range strings.FieldsSeq(plain.Replace(q.Text)) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, asked) }) {
			return false
		}
	}
	return true
}

// naive answers the query without any index; the page is the whole match.
func naive(cards map[string]csdn.Card, q Query) (ids []string, counts map[Facet]map[string]int) {
	var match []csdn.Card
	counts = map[Facet]map[string]int{}
	for _, facet := range q.Count {
		counts[facet] = map[string]int{}
	}
	for _, c := range cards {
		if c.Removed || !satisfies(c, q) {
			continue
		}
		match = append(match, c)
		for _, facet := range q.Count {
			for _, v := range valuesOf(c, facet) {
				counts[facet][v]++
			}
		}
	}
	collator := collate.New(language.Und)
	slices.SortFunc(match, func(a, b csdn.Card) int {
		if byName := collator.CompareString(a.Name, b.Name); byName != 0 {
			return byName
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, c := range match {
		ids = append(ids, c.ID)
	}
	return ids, counts
}

// TestAgainstNaive tells random cards, in bursts and out of order, and compares every answer, page after page, with that of
// a filter that has no index.
func TestAgainstNaive(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		x, newest := New(), map[string]csdn.Card{}
		for burst := range 40 {
			for range r.IntN(30) {
				card := randomCard(r, r.IntN(150), csdn.Version(1+r.IntN(burst+2)))
				if known, told := newest[card.ID]; !told || card.Version > known.Version {
					newest[card.ID] = card
				}
				x.Apply(card)
			}
			q := randomQuery(r)
			wantIDs, wantCounts := naive(newest, q)
			got := walk(t, x, q, wantCounts, len(wantIDs))
			if diff := cmp.Diff(wantIDs, got); diff != "" {
				t.Fatalf("seed %d burst %d query %+v: %s", seed, burst, q, diff)
			}
		}
	}
}

// walk returns the ids of every page.
func walk(t *testing.T, x *Index, q Query, counts map[Facet]map[string]int, total int) []string {
	t.Helper()
	var ids []string
	for {
		got := x.Search(q)
		if diff := cmp.Diff(counts, got.Counts); diff != "" || got.Total != total {
			t.Fatalf("query %+v: total %d, want %d; %s", q, got.Total, total, diff)
		}
		ids = append(ids, got.IDs...)
		if got.Next.IsZero() {
			return ids
		}
		if len(ids) > total {
			t.Fatalf("query %+v: more ids on its pages than matches", q)
		}
		if len(got.IDs) != q.Limit {
			t.Fatalf("a page of %d with a next one, want %d", len(got.IDs), q.Limit)
		}
		q.After = got.Next
	}
}

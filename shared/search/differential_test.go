package search

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"csdn.example/directory/shared/csdn"
)

var full = flag.Bool("full", false, "search among 100,000 organisations and 20,000 people, which takes a minute")

// sameHits compares answers; the order of reasons within one does not matter.
var sameHits = cmp.Options{cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b Term) bool { return fmt.Sprint(a) < fmt.Sprint(b) })}

// TestAgainstAPlainFilter tells random cards, in bursts, twice, late and out of order, and compares every answer, page after page,
// with that of a filter that has no index.
func TestAgainstAPlainFilter(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		x, newest := New(), map[string]csdn.Card{}
		var told []csdn.Card
		for burst := range 40 {
			var news []csdn.Card
			for range r.IntN(30) {
				news = append(news, randomCard(r, r.IntN(150), csdn.Version(len(told)+len(news)+1)))
			}
			told = append(told, news...)
			for range r.IntN(20) {
				if len(told) > 0 {
					news = append(news, told[r.IntN(len(told))])
				}
			}
			r.Shuffle(len(news), func(a, b int) { news[a], news[b] = news[b], news[a] })
			for _, card := range news {
				if known, there := newest[card.ID]; !there || card.Version > known.Version {
					newest[card.ID] = card
				}
			}
			x.Apply(news...)
			q := randomQuery(r)
			cards := map[string]*plain{}
			for id, c := range newest {
				cards[id] = newPlain(c, thesaurus, q.Exact)
			}
			want, total, counts := filter(cards, q, len(cards))
			if diff := cmp.Diff(want, walk(t, x, q, counts, total), sameHits); diff != "" {
				t.Fatalf("seed %d burst %d query %+v: %s", seed, burst, q, diff)
			}
			chosen := map[string]csdn.Candidate{}
			for _, id := range idsOf(Result{Hits: want}) {
				chosen[id] = distinct(newest[id]).Candidate()
			}
			if diff := cmp.Diff(chosen, candidates(x, q), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d burst %d query %+v: candidates differ: %s", seed, burst, q, diff)
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(chosen)), slices.Sorted(x.Each(q)), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d burst %d query %+v: ids differ: %s", seed, burst, q, diff)
			}
		}
	}
}

func candidates(x *Index, q Query) map[string]csdn.Candidate {
	all := map[string]csdn.Candidate{}
	for c := range x.Candidates(q) {
		all[string(c.Person)] = c
	}
	return all
}

// distinct returns the card with everything once, the first time.
func distinct(c csdn.Card) csdn.Card {
	once := c
	once.Areas, once.Merits, once.Countries, once.Languages = nil, nil, nil, nil
	for n, area := range c.Areas {
		if slices.Contains(once.Areas, area) {
			continue
		}
		once.Areas = append(once.Areas, area)
		if n < len(c.Merits) {
			once.Merits = append(once.Merits, c.Merits[n])
		} else if len(c.Merits) > 0 {
			once.Merits = append(once.Merits, csdn.Merit{})
		}
	}
	for _, country := range c.Countries {
		if !slices.Contains(once.Countries, country) {
			once.Countries = append(once.Countries, country)
		}
	}
	for _, language := range c.Languages {
		if !slices.Contains(once.Languages, language) {
			once.Languages = append(once.Languages, language)
		}
	}
	return once
}

// walk returns the hits of every page.
func walk(t *testing.T, x *Index, q Query, counts map[Facet]map[string]int, total int) []Hit {
	t.Helper()
	var hits []Hit
	for {
		got := x.Search(q)
		if diff := cmp.Diff(counts, got.Counts); diff != "" || got.Total != total {
			t.Fatalf("query %+v: total %d, want %d; %s", q, got.Total, total, diff)
		}
		hits = append(hits, got.Hits...)
		if got.Next.IsZero() {
			return hits
		}
		if len(hits) > total {
			t.Fatalf("query %+v: more hits on its pages than matches", q)
		}
		if len(got.Hits) != q.Limit {
			t.Fatalf("a page of %d with a next one, want %d", len(got.Hits), q.Limit)
		}
		q.After = got.Next
	}
}

// TestPagesUnderWrites tells cards between the pages of a search: whoever matched throughout and was not written is on exactly one
// page.
func TestPagesUnderWrites(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		x := New()
		for id := range 120 {
			x.Apply(randomCard(r, id, 1))
		}
		q := randomQuery(r)
		q.Count, q.All = nil, q.All[:min(len(q.All), 1)]
		constant := candidates(x, q)
		seen := map[string]int{}
		for version := csdn.Version(2); ; version++ {
			got := x.Search(q)
			for _, h := range got.Hits {
				seen[h.ID]++
			}
			if q.After = got.Next; q.After.IsZero() {
				break
			}
			if after, err := ParsePosition(q.After.String()); err != nil || after != q.After {
				t.Fatalf("%q is read as %+v, %v", q.After, after, err)
			}
			for range r.IntN(4) {
				card := randomCard(r, r.IntN(140), version)
				delete(constant, card.ID)
				x.Apply(card)
			}
		}
		for id := range constant {
			if seen[id] != 1 {
				t.Errorf("seed %d: %s is on %d pages", seed, id, seen[id])
			}
		}
	}
}

// TestAtScale compares random searches among many organisations and people with the plain filter: of an index that was told them, and of one
// that was loaded from its snapshot.
func TestAtScale(t *testing.T) {
	sizes, searches := map[string]int{"organisations": 6000, "people": 3000}, 60
	if *full {
		sizes, searches = map[string]int{"organisations": 100_000, "people": 20_000}, 1000
	}
	for name, size := range sizes {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(size), 3))
			x := New()
			var cards [2]map[string]*plain
			cards[0], cards[1] = map[string]*plain{}, map[string]*plain{}
			var told []csdn.Card
			for id := range size {
				told = append(told, randomCard(r, id, 2))
				cards[0][told[id].ID], cards[1][told[id].ID] = newPlain(told[id], thesaurus, false), newPlain(told[id], thesaurus, true)
			}
			x.Apply(told...)
			indexes := []*Index{x, reloaded(t, x)}
			for n := range searches {
				q := randomQuery(r)
				exact := 0
				if q.Exact {
					exact = 1
				}
				q.Count = q.Count[n%len(facets):][:1] // with all of them the plain filter would take hours
				want, total, counts := filter(cards[exact], q, q.Limit)
				got := indexes[n/len(facets)%2].Search(q)
				if diff := cmp.Diff(want, got.Hits, sameHits); diff != "" || total != got.Total {
					t.Fatalf("search %d, query %+v: total %d, want %d; %s", n, q, got.Total, total, diff)
				}
				if diff := cmp.Diff(counts, got.Counts); diff != "" {
					t.Fatalf("search %d, query %+v: %s", n, q, diff)
				}
			}
		})
	}
}

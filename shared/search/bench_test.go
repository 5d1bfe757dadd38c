package search

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"csdn.example/directory/shared/csdn"
)

func randomCards(n int) []csdn.Card {
	r := rand.New(rand.NewPCG(1, 1))
	cards := make([]csdn.Card, n)
	for i := range cards {
		cards[i] = randomCard(r, i, 1)
		cards[i].Removed = false
		cards[i].Name = fmt.Sprintf("%s %d for %s", vocabulary[r.IntN(len(vocabulary))], r.IntN(n), randomWords(r, 4))
	}
	return cards
}

func BenchmarkApply(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		cards := randomCards(n)
		b.Run(fmt.Sprintf("load/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				x := New()
				x.Apply(cards...)
				x.Search(Query{Limit: 1})
			}
		})
		b.Run(fmt.Sprintf("one/%d", n), func(b *testing.B) {
			x := indexOf(cards...)
			x.Search(Query{Limit: 1})
			card := cards[n/2]
			b.ReportAllocs()
			for b.Loop() {
				card.Version++
				card.Name = vocabulary[int(card.Version)%len(vocabulary)]
				x.Apply(card)
				x.Search(Query{Limit: 1})
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	queries := map[string]Query{
		"facets": {All: []AnyOf{Any(Area, "ssr", "ihl"), Any(Country, "ML"), Any(Language, "fr")}, Limit: 20},
		"counts": {All: []AnyOf{Any(Area, "ssr")}, Limit: 20, Count: facets},
		"text":   {Text: "pea wom", Limit: 20},
	}
	for _, n := range []int{1_000, 10_000} {
		x := indexOf(randomCards(n)...)
		for name, q := range queries {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				x.Search(q)
				b.ReportAllocs()
				for b.Loop() {
					x.Search(q)
				}
			})
		}
	}
}

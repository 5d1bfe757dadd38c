package search

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// scale is how many cards are searched.
var scale = []int{1_000, 10_000, 100_000}

// network returns n cards as varied as those of a network are: names with a number of their own, missions of forty words.
func network(n int) []csdn.Card {
	r := rand.New(rand.NewPCG(1, 1))
	z, prose := rand.NewZipf(r, 1.1, 8, 19_999), make([]string, 20_000) // as often as words are in prose
	for i := range prose {
		for range 2 + r.IntN(4) {
			prose[i] += string("bcdfglmnprstvw"[r.IntN(14)]) + string("aeiou"[r.IntN(5)])
		}
	}
	cards := make([]csdn.Card, n)
	for i := range cards {
		c := randomCard(r, i, 1)
		c.Removed, c.Name = false, fmt.Sprintf("%s %d for %s", someWords[r.IntN(len(someWords))], r.IntN(n), randomWords(r, 4))
		c.Mission = ""
		for range 40 {
			c.Mission += prose[z.Uint64()] + " "
		}
		c.Areas, c.Countries = nil, nil
		for range 1 + r.IntN(4) {
			c.Areas = append(c.Areas, csdn.AreaSlug(fmt.Sprintf("area-%d", r.IntN(60))))
			c.Countries = append(c.Countries, csdn.Countries()[r.IntN(200)])
		}
		cards[i] = c
	}
	return cards
}

// hierarchy is 60 areas, each of the first ten above five others.
func hierarchy() *Areas {
	var areas []csdn.Area
	for n := range 60 {
		a := csdn.Area{Slug: csdn.AreaSlug(fmt.Sprintf("area-%d", n))}
		a.LabelEN, a.LabelFR = fmt.Sprintf("Expertise number %d", n), fmt.Sprintf("Savoir %d", n)
		if n >= 10 {
			a.Broader = []csdn.AreaSlug{csdn.AreaSlug(fmt.Sprintf("area-%d", n%10))}
		}
		areas = append(areas, a)
	}
	return NewAreas(csdn.NewVocabulary(areas))
}

func BenchmarkApply(b *testing.B) {
	for _, n := range scale {
		cards := network(n)
		b.Run(fmt.Sprintf("load/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				indexOf(cards...)
			}
		})
		b.Run(fmt.Sprintf("words/%d", n), func(b *testing.B) {
			x := indexOf(cards...)
			b.ReportAllocs()
			for b.Loop() {
				newLexicon(x)
			}
		})
		b.Run(fmt.Sprintf("one/%d", n), func(b *testing.B) {
			x := indexOf(cards...)
			x.Search(Query{Text: "peace"})
			card := cards[n/2]
			b.ReportAllocs()
			for b.Loop() {
				card.Version++
				card.Name = someWords[int(card.Version)%len(someWords)]
				x.Apply(card)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	areas := hierarchy()
	queries := map[string]Query{
		"three facets":   {All: []AnyOf{Any(Area, "area-3"), Any(Country, "ML", "NE", "BF"), Any(Language, "fr")}},
		"region":         {All: []AnyOf{Any(Region, "002"), Any(Type, "ngo"), Any(Phase, "4")}},
		"all counts":     {Count: facets},
		"some counts":    {All: []AnyOf{Any(Area, "area-3")}, Count: facets},
		"everything":     {},
		"a word":         {Text: "women"},
		"two words":      {Text: "pea secur"},
		"one letter":     {Text: "w"},
		"a label":        {Text: "expertise"},
		"word and facet": {Text: "peace", All: []AnyOf{Any(Area, "area-3")}, Count: facets},
	}
	for _, n := range scale {
		x := indexOf(network(n)...)
		for name, q := range queries {
			q.Limit, q.Areas = 20, areas
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				x.Search(q)
				b.ReportAllocs()
				begun := spent(b)
				for b.Loop() {
					x.Search(q)
				}
				b.ReportMetric(float64(spent(b)-begun)/float64(b.N), "cpu-ns/op")
			})
		}
	}
}

// spent is how long the process has had a core, which tells more than the clock where cores are shared.
func spent(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

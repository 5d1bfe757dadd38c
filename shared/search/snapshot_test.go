package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"csdn.example/directory/shared/csdn"
)

// reloaded returns the index that a snapshot of the other is loaded as.
func reloaded(t testing.TB, x *Index) *Index {
	t.Helper()
	y, err := Load(x.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// TestSnapshotAnswersAsTheIndex tells random cards to an index, loads a snapshot of it, tells both the same further ones, and compares
// every page of random searches before and after.
func TestSnapshotAnswersAsTheIndex(t *testing.T) {
	for seed := range uint64(16) {
		r := rand.New(rand.NewPCG(seed, 4))
		size := 1 + r.IntN(600) // sets are lists and bitsets
		x := New()
		tell := func(into ...*Index) {
			var cards []csdn.Card
			for range r.IntN(2 * size) {
				cards = append(cards, randomCard(r, r.IntN(size), csdn.Version(1+r.IntN(9))))
			}
			for _, index := range into {
				index.Apply(cards...)
			}
		}
		tell(x)
		tell(x)
		y := reloaded(t, x)
		for round := range 3 {
			for range 5 {
				samePages(t, fmt.Sprintf("seed %d, round %d", seed, round), x, y, randomQuery(r))
			}
			// Snapshots have no tombstones, so cards that are older than what was removed are not told.
			var news []csdn.Card
			for range r.IntN(40) {
				news = append(news, randomCard(r, r.IntN(2*size), csdn.Version(10+10*round+r.IntN(9))))
			}
			x.Apply(news...)
			y.Apply(news...)
		}
		again := reloaded(t, y)
		samePages(t, "loaded again", x, again, randomQuery(r))
		if diff := cmp.Diff(candidates(x, Query{}), candidates(again, Query{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("seed %d: candidates differ: %s", seed, diff)
		}
	}
}

func samePages(t *testing.T, when string, x, y *Index, q Query) {
	t.Helper()
	for {
		want, got := x.Search(q), y.Search(q)
		if diff := cmp.Diff(want, got, sameHits, cmp.AllowUnexported(Position{})); diff != "" {
			t.Fatalf("%s, query %+v: %s", when, q, diff)
		}
		if q.After = want.Next; q.After.IsZero() {
			return
		}
	}
}

func TestSnapshotWithoutTexts(t *testing.T) {
	x := indexOf(csdn.Card{ID: "a", Version: 1, Name: "Anna", Mission: "peace", Type: "ngo"}, named("b", "Bea"))
	base, _ := x.Snapshot()
	y, err := Load(base, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !x.Worded() || !reloaded(t, x).Worded() || y.Worded() {
		t.Error("only an index without texts lacks words")
	}
	samePages(t, "without words", x, y, Query{Limit: 1, Count: facets})
}

func TestSnapshotForgetsWhatWasRemoved(t *testing.T) {
	x := indexOf(csdn.Card{ID: "a7", Version: 1, Name: "Jana", Mission: "Mali", Organisation: "O7"}, named("b", "Bea"))
	x.Apply(csdn.Card{ID: "a7", Version: 2, Removed: true})
	base, texts := x.Snapshot()
	for _, word := range []string{"a7", "Jana", "Mali", "O7"} {
		if strings.Contains(string(base)+string(texts), word) {
			t.Errorf("the snapshot still holds %s", word)
		}
	}
}

func TestLoadOfSomethingElse(t *testing.T) {
	base, texts := indexOf(network(40)...).Snapshot()
	next := bytes.Clone(base)
	next[0]++
	smaller, _ := indexOf(network(30)...).Snapshot()
	for name, parts := range map[string][2][]byte{
		"nothing":                     {nil, nil},
		"the layout of another":       {next, texts},
		"names sorted otherwise":      {bytes.Replace(base, []byte(collation), []byte(strings.Repeat("9", len(collation))), 1), texts},
		"texts of another size":       {smaller, texts},
		"texts in the place of cards": {texts, base},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Load(parts[0], parts[1]); err == nil {
				t.Error("it is loaded")
			}
		})
	}
	for cut := range base {
		if _, err := Load(base[:cut], nil); err == nil {
			t.Fatalf("%d of %d bytes are loaded", cut, len(base))
		}
	}
	for cut := range texts {
		if _, err := Load(base, texts[:cut]); err == nil {
			t.Fatalf("%d of %d bytes of texts are loaded", cut, len(texts))
		}
	}
}

func FuzzLoad(f *testing.F) {
	x := indexOf(network(3)...)
	base, texts := x.Snapshot()
	f.Add(base, texts)
	f.Fuzz(func(t *testing.T, base, texts []byte) {
		x, err := Load(base, texts)
		if err != nil {
			return
		}
		q := Query{Limit: 3, Count: facets, Text: "a", All: []AnyOf{Any(Language, "fr")}}
		x.Search(q)
		for range x.Candidates(Query{}) {
		}
		x.Apply(csdn.Card{ID: "00001", Version: 1 << 40, Name: "A", Country: "ML"}, csdn.Card{ID: "00002", Version: 1 << 40, Removed: true})
		x.Search(q)
		x.Snapshot()
	})
}

func BenchmarkLoad(b *testing.B) {
	for _, n := range scale {
		base, texts := indexOf(network(n)...).Snapshot()
		b.Run(fmt.Sprintf("facets/%d", n), func(b *testing.B) {
			b.ReportMetric(float64(len(base))/float64(n), "bytes/card")
			begun := spent(b)
			for b.Loop() {
				_, _ = Load(base, nil)
			}
			b.ReportMetric(float64(spent(b)-begun)/float64(b.N), "cpu-ns/op")
		})
		b.Run(fmt.Sprintf("whole/%d", n), func(b *testing.B) {
			for b.Loop() {
				_, _ = Load(base, texts)
			}
		})
	}
}

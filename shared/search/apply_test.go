package search

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestApplyByVersion(t *testing.T) {
	card := func(version csdn.Version, name, area string) csdn.Card {
		return csdn.Card{ID: "a", Version: version, Name: name, Areas: []csdn.AreaSlug{csdn.AreaSlug(area)}}
	}
	removed := func(version csdn.Version) csdn.Card { return csdn.Card{ID: "a", Version: version, Removed: true} }
	tests := map[string]struct {
		told []csdn.Card
		want map[string]int // counts of areas
		name string         // by which alone it is found
	}{
		"once":                           {[]csdn.Card{card(1, "One", "ssr")}, map[string]int{"ssr": 1}, "one"},
		"twice":                          {[]csdn.Card{card(1, "One", "ssr"), card(1, "One", "ssr")}, map[string]int{"ssr": 1}, "one"},
		"a newer version replaces":       {[]csdn.Card{card(1, "One", "ssr"), card(2, "Two", "ihl")}, map[string]int{"ihl": 1}, "two"},
		"an older version is ignored":    {[]csdn.Card{card(2, "Two", "ihl"), card(1, "One", "ssr")}, map[string]int{"ihl": 1}, "two"},
		"an equal version is ignored":    {[]csdn.Card{card(2, "Two", "ihl"), card(2, "One", "ssr")}, map[string]int{"ihl": 1}, "two"},
		"a removal removes":              {[]csdn.Card{card(1, "One", "ssr"), removed(2)}, map[string]int{}, ""},
		"an older removal is ignored":    {[]csdn.Card{card(3, "One", "ssr"), removed(2)}, map[string]int{"ssr": 1}, "one"},
		"a removed one stays away":       {[]csdn.Card{card(2, "One", "ssr"), removed(3), card(2, "One", "ssr"), card(1, "Two", "ssr")}, map[string]int{}, ""},
		"removed before ever told":       {[]csdn.Card{removed(3), card(2, "One", "ssr")}, map[string]int{}, ""},
		"removed twice":                  {[]csdn.Card{card(1, "One", "ssr"), removed(2), removed(3)}, map[string]int{}, ""},
		"a newer version brings it back": {[]csdn.Card{card(1, "One", "ssr"), removed(2), card(3, "Two", "ihl")}, map[string]int{"ihl": 1}, "two"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			x := indexOf(tt.told...)
			got := x.Search(Query{Limit: 10, Count: []Facet{Area}})
			if diff := cmp.Diff(tt.want, got.Counts[Area]); diff != "" {
				t.Error(diff)
			}
			for _, word := range []string{"one", "two"} {
				want := 0
				if word == tt.name {
					want = 1
				}
				if n := x.Search(Query{Text: word}).Total; n != want {
					t.Errorf("%q finds %d, want %d", word, n, want)
				}
			}
		})
	}
}

func TestRemovalForgetsTheCard(t *testing.T) {
	x := indexOf(csdn.Card{ID: "a", Version: 1, Name: "Jana Example", ShortName: "JE"}, named("b", "B"))
	x.Apply(csdn.Card{ID: "a", Version: 2, Removed: true})
	if held := fmt.Sprintf("%+v", x.columns) + fmt.Sprintf("%q", x.names.keys[0]); strings.Contains(held, "Jana") || strings.Contains(held, "JE") || x.names.keys[0] != "" {
		t.Errorf("the columns still hold %s", held)
	}
	x.Apply(named("c", "C"))
	if got := idsOf(x.Search(Query{Limit: 10})); !cmp.Equal(got, []string{"b", "c"}) {
		t.Errorf("got %v", got)
	}
	if len(x.columns.ids) != 2 {
		t.Errorf("%d slots for two cards: the free one was not used again", len(x.columns.ids))
	}
}

func TestApplyWhileSearching(t *testing.T) {
	x := New()
	var group sync.WaitGroup
	for writer := range 4 {
		group.Go(func() {
			for i := range 200 {
				id := fmt.Sprintf("%d-%d", writer, i%50)
				x.Apply(csdn.Card{ID: id, Version: csdn.Version(i + 1), Removed: i%7 == 6, Name: fmt.Sprint("N", i*31%97), Type: "ngo"})
			}
		})
		group.Go(func() {
			for range 200 {
				got := x.Search(Query{Limit: 1000, All: []AnyOf{Any(Type, "ngo")}, Count: []Facet{Type}})
				if len(got.Hits) != got.Total || got.Counts[Type]["ngo"] != got.Total {
					t.Errorf("%d ids, total %d, count %d", len(got.Hits), got.Total, got.Counts[Type]["ngo"])
				}
			}
		})
	}
	group.Wait()
}

func TestFrequentWordsFollowChanges(t *testing.T) {
	cards := make([]csdn.Card, frequent)
	for n := range cards {
		cards[n] = named(fmt.Sprint(n), "Water")
	}
	x := indexOf(cards...)
	count := func(want int) {
		t.Helper()
		for range 2 { // reckoned, and remembered
			if got := x.Search(Query{Text: "w"}).Total; got != want {
				t.Errorf("%d are found, want %d", got, want)
			}
		}
	}
	count(frequent)
	x.Apply(csdn.Card{ID: "7", Version: 2, Name: "Law"}, csdn.Card{ID: "8", Version: 2, Removed: true})
	count(frequent - 2)
	x.Apply(csdn.Card{ID: "7", Version: 3, Name: "Women"}, named("more", "War"))
	count(frequent)
	x.Search(Query{Text: "wat"})
	x.Apply(named("wordless", ""), csdn.Card{ID: "9", Version: 2, Name: "W", Mission: "water"}, csdn.Card{ID: "more", Version: 2, Name: "Peace", Mission: "War"})
	x.Apply(csdn.Card{ID: "wordless", Version: 2, Removed: true}, named("another", "Wat"))
	again := reloaded(t, x)
	for _, text := range []string{"w", "wa", "wat", "women"} {
		q := Query{Text: text, Limit: 3}
		if diff := cmp.Diff(again.Search(q), x.Search(q), cmp.AllowUnexported(Position{})); diff != "" {
			t.Errorf("%q is not found as by a new index:\n%s", text, diff)
		}
	}
}

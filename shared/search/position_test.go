package search

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

func TestPagesAreStable(t *testing.T) {
	base := []csdn.Card{named("b", "Beta"), named("d", "Delta"), named("f", "Foxtrot"), named("h", "Hotel")}
	tests := map[string]struct {
		between []csdn.Card // told after the first page of two
		want    []string    // the second page
		more    bool
	}{
		"nothing happens":                       {nil, []string{"f", "h"}, false},
		"one comes before":                      {[]csdn.Card{named("a", "Alpha")}, []string{"f", "h"}, false},
		"one comes after":                       {[]csdn.Card{named("e", "Echo")}, []string{"e", "f"}, true},
		"the last one shown goes":               {[]csdn.Card{{ID: "d", Version: 2, Removed: true}}, []string{"f", "h"}, false},
		"the last one shown is renamed":         {[]csdn.Card{{ID: "d", Version: 2, Name: "Golf"}}, []string{"f", "d"}, true},
		"the first one shown goes":              {[]csdn.Card{{ID: "b", Version: 2, Removed: true}}, []string{"f", "h"}, false},
		"the next one goes":                     {[]csdn.Card{{ID: "f", Version: 2, Removed: true}}, []string{"h"}, false},
		"the same name with a higher id":        {[]csdn.Card{named("dd", "Delta")}, []string{"dd", "f"}, true},
		"the same name with a lower id":         {[]csdn.Card{named("c", "Delta")}, []string{"f", "h"}, false},
		"its slot goes to another before it":    {[]csdn.Card{{ID: "d", Version: 2, Removed: true}, named("a", "Alpha")}, []string{"f", "h"}, false},
		"its slot goes to another further down": {[]csdn.Card{{ID: "d", Version: 2, Removed: true}, named("z", "Zulu")}, []string{"f", "h"}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			x := indexOf(base...)
			first := x.Search(Query{Limit: 2})
			if diff := cmp.Diff([]string{"b", "d"}, first.IDs); diff != "" {
				t.Fatal(diff)
			}
			x.Apply(tt.between...)
			after, err := ParsePosition(first.Next.String())
			if err != nil {
				t.Fatal(err)
			}
			second := x.Search(Query{Limit: 2, After: after})
			if diff := cmp.Diff(tt.want, second.IDs); diff != "" {
				t.Error(diff)
			}
			if second.Next.IsZero() == tt.more {
				t.Errorf("next page: %v, want %v", !second.Next.IsZero(), tt.more)
			}
		})
	}
}

func TestNextIsZeroAtTheEnd(t *testing.T) {
	x := indexOf(named("a", "A"), named("b", "B"))
	for limit, want := range map[int]bool{0: false, 1: true, 2: false, 3: false} {
		if got := !x.Search(Query{Limit: limit}).Next.IsZero(); got != want {
			t.Errorf("limit %d: next %v, want %v", limit, got, want)
		}
	}
}

func TestParsePosition(t *testing.T) {
	for _, good := range []Position{{}, {id: "a"}, {key: "\x00\xff", id: "a"}} {
		if got, err := ParsePosition(good.String()); err != nil || got != good {
			t.Errorf("%q gives %v, %v", good.String(), got, err)
		}
	}
	for _, bad := range []string{"a", ".", ".AA", "a.A", "a.AA=", "a.B.C", "a.A!", "a.AB"} {
		if got, err := ParsePosition(bad); csdn.KindOf(err) != csdn.Malformed {
			t.Errorf("%q gives %v, %v; want malformed", bad, got, err)
		}
	}
}

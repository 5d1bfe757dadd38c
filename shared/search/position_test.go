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
			if diff := cmp.Diff([]string{"b", "d"}, idsOf(first)); diff != "" {
				t.Fatal(diff)
			}
			x.Apply(tt.between...)
			after, err := ParsePosition(first.Next.String())
			if err != nil {
				t.Fatal(err)
			}
			second := x.Search(Query{Limit: 2, After: after})
			if diff := cmp.Diff(tt.want, idsOf(second)); diff != "" {
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
	for _, good := range []Position{{}, {id: "a"}, {score: 65535, key: "\x00\xff", id: "a"}} {
		if got, err := ParsePosition(good.String()); err != nil || got != good {
			t.Errorf("%q gives %v, %v", good.String(), got, err)
		}
	}
	for _, bad := range []string{"a", ".", "..", "0..AA", ".a.AA", "a.AA", "0.a.A", "0.a.AA=", "0.a.B.C", "0.a.A!", "0.a.AB", "00.a.AA", "-1.a.AA", "65536.a.AA", "+1.a.AA", "0.a.A\nA"} {
		if got, err := ParsePosition(bad); csdn.KindOf(err) != csdn.Malformed {
			t.Errorf("%q gives %v, %v; want malformed", bad, got, err)
		}
	}
}

// FuzzParsePosition checks that every text is read as a position that is written as that text, or refused as malformed, and
// that a page can begin anywhere.
func FuzzParsePosition(f *testing.F) {
	for _, seed := range []string{"", "0.a.AA", "7.01J00000000000000000000001.AAECAw", "65535.x.", "0.a.b.c", "0.a.\n"} {
		f.Add(seed)
	}
	x := indexOf(named("a", "A"), named("b", "B"))
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePosition(s)
		if err != nil {
			if csdn.KindOf(err) != csdn.Malformed {
				t.Errorf("%q gives %v, want malformed", s, err)
			}
			return
		}
		if p.String() != s {
			t.Errorf("%q is written as %q", s, p.String())
		}
		if got := x.Search(Query{After: p, Limit: 10}); got.Total != 2 || len(got.Hits) > 2 {
			t.Errorf("behind %q there are %d of %d", s, len(got.Hits), got.Total)
		}
	})
}

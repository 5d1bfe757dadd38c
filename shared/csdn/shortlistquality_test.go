package csdn

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// random returns a small instance of the number.
func random(n uint64, candidates, size, per int) Shortlisting {
	r := rand.New(rand.NewPCG(n, 7))
	areas := []AreaSlug{"aa", "bb", "cc", "dd", "ee"}
	s := Shortlisting{Areas: areas[:2+r.IntN(4)], Vocabulary: vocabulary(areas...), At: today, Size: size, PerOrganisation: per}
	for i := range candidates {
		c := Candidate{
			Person: PersonID(fmt.Sprintf("%06d", i)), Organisation: OrganisationID(fmt.Sprint(r.IntN(1 + candidates/2))),
			Rest: Rest(r.IntN(4)), MembersRest: Rest(r.IntN(4)), Invited: r.IntN(3),
		}
		for _, country := range []Country{"ML", "NE", "BF", "TD", "SD", "UA"} {
			if r.IntN(3) == 0 {
				c.Countries = append(c.Countries, country)
			}
		}
		for _, language := range []Language{"en", "fr", "ar", "uk"} {
			if r.IntN(2) == 0 {
				c.Languages = append(c.Languages, language)
			}
		}
		for _, area := range areas {
			if r.IntN(3) > 0 {
				continue
			}
			confirmed := []time.Time{{}, today.AddDate(0, -1, 0), today.AddDate(-3, 0, 0)}[r.IntN(3)]
			c.Areas, c.Merits = append(c.Areas, area), append(c.Merits, Merit{Expert: r.IntN(2) == 0, Evident: r.IntN(2) == 0, ConfirmedAt: confirmed})
		}
		s.Candidates = append(s.Candidates, c)
	}
	return s
}

// worth is what a group is worth, by its definition: each member in turn.
func (s Shortlisting) worth(group []*pick, c *choosing) int64 {
	held, sum := slices.Clone(c.held), int64(0)
	for _, p := range group {
		sum += c.gain(p)
		for _, share := range p.shares {
			c.held[share.thing] += share.part
		}
	}
	copy(c.held, held)
	return sum
}

// best returns the worth of the best group there is, by trying every one.
func (s Shortlisting) best() int64 {
	c := newChoosing(s)
	var most int64
	var try func(from int, group []*pick, seats map[OrganisationID]int)
	try = func(from int, group []*pick, seats map[OrganisationID]int) {
		most = max(most, s.worth(group, c))
		if len(group) == s.Size {
			return
		}
		for n := from; n < len(c.picks); n++ {
			p := c.picks[n]
			if seats[p.Organisation] == s.PerOrganisation {
				continue
			}
			seats[p.Organisation]++
			try(n+1, append(group, p), seats)
			seats[p.Organisation]--
		}
	}
	try(0, nil, map[OrganisationID]int{})
	return most
}

// chosenWorth is what a chosen group is worth.
func (s Shortlisting) chosenWorth(chosen []Choice) int64 {
	c := newChoosing(s)
	var group []*pick
	for _, one := range chosen {
		group = append(group, c.pick(&one.Candidate))
	}
	return s.worth(group, c)
}

// TestShortlistsAreNearTheBest compares with the best of all groups: greedy choice is guaranteed 1/2 of it under the limit per
// organisation and 1 - 1/e without (within the rounding of gains), and comes much nearer.
func TestShortlistsAreNearTheBest(t *testing.T) {
	for name, c := range map[string]struct {
		per       int
		guarantee float64
	}{"one per organisation": {1, 0.5}, "no limit": {9, 0.632}} {
		t.Run(name, func(t *testing.T) {
			sum, least := 0.0, 1.0
			const instances = 200
			for n := range uint64(instances) {
				s := random(n, 12, 4, c.per)
				ratio := float64(s.chosenWorth(s.Choose())) / float64(s.best())
				sum, least = sum+ratio, min(least, ratio)
			}
			t.Logf("on average %.4f of the best, at least %.4f", sum/instances, least)
			if sum/instances < 0.98 || least < c.guarantee {
				t.Errorf("on average %.4f of the best, at least %.4f", sum/instances, least)
			}
		})
	}
}

// TestLazyIsGreedy: looking only at the most promising chooses what looking at everybody each time would.
func TestLazyIsGreedy(t *testing.T) {
	for n := range uint64(100) {
		s := random(n, 60, 10, 2)
		c := newChoosing(s)
		var want []PersonID
		for len(want) < s.Size {
			var best *pick
			for _, p := range c.picks {
				p.gain = c.gain(p)
			}
			slices.SortFunc(c.picks, func(p, q *pick) int {
				if (&choosing{picks: []*pick{p, q}}).Less(0, 1) {
					return -1
				}
				return 1
			})
			for _, p := range c.picks {
				if c.seats[p.Organisation] < s.PerOrganisation && !slices.Contains(want, p.Person) {
					best = p
					break
				}
			}
			if best == nil {
				break
			}
			c.seat(best)
			want = append(want, best.Person)
		}
		var got []PersonID
		for _, one := range s.Choose() {
			got = append(got, one.Person)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("instance %d (-greedy +lazy):\n%s", n, diff)
		}
	}
}

// TestShortlistProperties: the order of the input does not count; a shorter list is the beginning of a longer one; a larger group is
// worth no less; and one more candidate costs the first place nothing and the list less than half of what it was worth.
func TestShortlistProperties(t *testing.T) {
	for n := range uint64(200) {
		s := random(n, 30, 8, 2)
		chosen := s.Choose()
		shuffled := s
		shuffled.Candidates = slices.Clone(s.Candidates)
		rand.New(rand.NewPCG(n, 9)).Shuffle(len(shuffled.Candidates), func(a, b int) {
			shuffled.Candidates[a], shuffled.Candidates[b] = shuffled.Candidates[b], shuffled.Candidates[a]
		})
		if diff := cmp.Diff(chosen, shuffled.Choose()); diff != "" {
			t.Fatalf("instance %d: another order chooses others:\n%s", n, diff)
		}
		shorter := s
		shorter.Size--
		if diff := cmp.Diff(chosen[:min(len(chosen), shorter.Size)], shorter.Choose()); diff != "" {
			t.Fatalf("instance %d: a shorter list is another:\n%s", n, diff)
		}
		before := int64(0)
		for size := range chosen {
			worth := s.chosenWorth(chosen[:size+1])
			if worth < before {
				t.Fatalf("instance %d: person %d takes from the group", n, size+1)
			}
			before = worth
		}
		fewer := s
		fewer.Candidates = s.Candidates[:29]
		without := fewer.Choose()
		if s.chosenWorth(chosen[:1]) < fewer.chosenWorth(without[:1]) || 2*s.chosenWorth(chosen) < fewer.chosenWorth(without) {
			t.Fatalf("instance %d: one more candidate makes the list worse", n)
		}
	}
}

// BenchmarkShortlist chooses 15 of 10,000.
func BenchmarkShortlist(b *testing.B) {
	s := random(1, 10_000, 15, 2)
	b.ReportAllocs()
	for b.Loop() {
		if len(s.Choose()) != 15 {
			b.Fatal("the list is short")
		}
	}
}

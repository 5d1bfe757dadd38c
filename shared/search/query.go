package search

import (
	"math/bits"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// Query asks for the cards that satisfy all of All and, for every word of Text, have a word that begins with it, whatever its
// case, width and marks: in the name, the short name, the position, the mission or a label of an area of theirs. The zero Query
// selects every card.
type Query struct {
	Text  string
	All   []AnyOf
	Areas *Areas   // for narrower areas and labels; nil for neither
	Exact bool     // an area is not met by the narrower ones
	After Position // the page begins after this position
	Limit int      // the size of the page; 0 for totals and counts alone
	Count []Facet
}

// Result answers a query. Total and Counts are of the whole match, not of the page. Counts has an entry for each facet of
// Count, without values that no card of the match has. A count says how many cards would be left if the value were asked for
// as well: an area counts those of its narrower ones unless the query is Exact, and of the areas that it replaced; a region those of all within
// it.
type Result struct {
	Hits   []Hit // of this page: the best match first, equal ones and those of a query without words in the order of names
	Total  int
	Next   Position // where the next page begins; zero when there is none
	Counts map[Facet]map[string]int
}

// Hit is a card that matches.
type Hit struct {
	ID      string
	Version csdn.Version
	Matched Matched
}

// Search answers the query from the cards told so far.
func (x *Index) Search(q Query) Result {
	f := newFolder()
	wanted := f.asked(q.Text)
	x.lock(len(wanted) > 0, false)
	defer x.mu.RUnlock()
	match, scores, done := x.match(q, wanted)
	defer done()
	found := Result{Total: match.count(), Counts: map[Facet]map[string]int{}}
	for _, facet := range q.Count {
		found.Counts[facet] = x.count(q, facet, match)
	}
	slots, next := x.page(q, match, scores, found.Total)
	for _, slot := range slots {
		found.Hits = append(found.Hits, Hit{x.columns.ids[slot], x.columns.versions[slot], x.reasons(q, f, wanted, slot)})
	}
	found.Next = next
	return found
}

// lock takes the lock for reading, with the lexicon made and arranged if words are asked for, and what each card names known if that is.
func (x *Index) lock(lexical, detailed bool) {
	x.mu.RLock()
	for lexical && (x.lexicon == nil || len(x.lexicon.fresh) > 0) || detailed && x.rest.part != nil {
		x.mu.RUnlock()
		x.mu.Lock()
		if lexical {
			if x.lexicon == nil {
				x.lexicon = newLexicon(x)
			}
			x.lexicon.arrange()
		}
		if detailed {
			x.detail()
		}
		x.mu.Unlock()
		x.mu.RLock()
	}
}

// match returns the slots that match and, when words were asked for, the score of each; done gives the scores back.
func (x *Index) match(q Query, wanted []string) (match bitset, scores []uint16, done func()) {
	match = slices.Clone(x.live)
	for _, anyOf := range q.All {
		match.intersect(x.either(q, anyOf))
	}
	if len(wanted) == 0 {
		return match, nil, func() {}
	}
	s := x.score(q, wanted, match)
	return match, s.scores, func() { x.scorings.Put(s) }
}

// either returns the slots that have at least one of the terms.
func (x *Index) either(q Query, anyOf AnyOf) bitset {
	var either bitset
	for _, t := range anyOf {
		if t.Facet != Area {
			x.terms.set(t).addTo(&either)
			continue
		}
		for _, slug := range q.Areas.within(t.Value, q.Exact) {
			x.terms.set(Term{Area, slug}).addTo(&either)
		}
	}
	return either
}

func (x *Index) count(q Query, facet Facet, match bitset) map[string]int {
	counts := map[string]int{}
	for _, code := range x.terms.facets[facet] {
		value := x.terms.terms[code].Value
		if facet == Area && q.Areas != nil && q.Areas.equals[value] != nil {
			continue
		}
		if n := x.terms.have(code).countWith(match); n > 0 {
			counts[value] = n
		}
	}
	if facet != Area || q.Areas == nil {
		return counts
	}
	either := make(bitset, len(match))
	for _, slug := range q.Areas.offered {
		clear(either)
		for _, below := range q.Areas.within(slug, q.Exact) {
			x.terms.set(Term{Area, below}).addTo(&either)
		}
		if n := either.countWith(match); n > 0 {
			counts[slug] = n
		}
	}
	return counts
}

// page returns the slots of the page, and where the next one begins.
func (x *Index) page(q Query, match bitset, scores []uint16, total int) (slots []uint32, next Position) {
	if q.Limit <= 0 {
		return nil, Position{}
	}
	size := min(q.Limit, total) + 1 // one more than the page, to know whether there is another
	best := make([]uint64, 0, 2*size)
	from, worst := x.place(q.After), ^uint64(0)
	for i, rest := range match {
		for ; rest != 0; rest &= rest - 1 {
			slot := i*wordSize + bits.TrailingZeros64(rest)
			place := uint64(x.names.ranks[slot])
			if scores != nil {
				place |= uint64(scores[slot]) << 32
			}
			if place < from || place > worst {
				continue
			}
			if best = append(best, place); len(best) == 2*size {
				slices.Sort(best)
				best, worst = best[:size], best[size-1]
			}
		}
	}
	slices.Sort(best)
	for _, place := range best[:min(q.Limit, len(best))] {
		slots = append(slots, x.names.slots[uint32(place)])
	}
	if len(best) <= q.Limit {
		return slots, Position{}
	}
	last := slots[len(slots)-1]
	return slots, Position{score: uint16(best[q.Limit-1] >> 32), key: x.names.key(x, last), id: x.columns.ids[last]}
}

// place returns the first place behind the position: the score above, the rank in the order of names below.
func (x *Index) place(after Position) uint64 {
	if after.IsZero() {
		return 0
	}
	return uint64(after.score)<<32 | uint64(x.names.behind(x, after.key, after.id))
}

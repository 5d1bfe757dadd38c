package search

import "slices"

// Query asks for the cards that satisfy all of All and have, for every word of Text, a word in their name or keywords that
// begins with it, whatever its case and marks. The zero Query selects every card.
type Query struct {
	Text  string
	All   []AnyOf
	After Position // the page begins after this position
	Limit int      // the size of the page; 0 for totals and counts alone
	Count []Facet
	// CountAs names, for values of a facet, the value as which they are counted: a card that has both counts once. "" is not
	// counted at all.
	CountAs map[Facet]map[string]string
}

// Result answers a query. Total and Counts are of the whole match, not of the page. Counts has an entry for each facet of
// Count, without values that no card of the match has; a card counts once for each of its values.
type Result struct {
	IDs    []string // of this page, in the order of names
	Total  int
	Next   Position // where the next page begins; zero when there is none
	Counts map[Facet]map[string]int
}

// Search answers the query from the cards told so far.
func (x *Index) Search(q Query) Result {
	x.lockSorted()
	defer x.mu.RUnlock()
	match := x.match(q)
	found := Result{Total: match.count(), Counts: map[Facet]map[string]int{}}
	for _, facet := range q.Count {
		found.Counts[facet] = x.counts(facet, match, q.CountAs[facet])
	}
	found.IDs, found.Next = x.page(match, q.After, q.Limit)
	return found
}

// lockSorted takes the lock for reading, at a moment when the order is sorted.
func (x *Index) lockSorted() {
	x.mu.RLock()
	for x.unsorted {
		x.mu.RUnlock()
		x.mu.Lock()
		if x.unsorted {
			x.sort()
		}
		x.mu.Unlock()
		x.mu.RLock()
	}
}

func (x *Index) match(q Query) bitset {
	match := slices.Clone(x.live)
	for _, anyOf := range q.All {
		var either bitset
		for _, t := range anyOf {
			if set := x.terms[t.Facet][t.Value]; set != nil {
				either.unite(*set)
			}
		}
		match.intersect(either)
	}
	if words := prefixes(q.Text); len(words) > 0 {
		for place := range match.all {
			if !hasAll(x.slots[place].words, words) {
				match.remove(place)
			}
		}
	}
	return match
}

func (x *Index) counts(facet Facet, match bitset, as map[string]string) map[string]int {
	counts := map[string]int{}
	joint := map[string]bitset{}
	for _, value := range as {
		if set := x.terms[facet][value]; set != nil && value != "" {
			joint[value] = slices.Clone(*set)
		}
	}
	for value, set := range x.terms[facet] {
		if other, counted := as[value]; counted {
			if sum := joint[other]; other != "" {
				sum.unite(*set)
				joint[other] = sum
			}
			continue
		}
		if n := match.countWith(*set); n > 0 {
			counts[value] = n
		}
	}
	for value, set := range joint {
		if n := match.countWith(set); n > 0 {
			counts[value] = n
		}
	}
	return counts
}

func (x *Index) page(match bitset, after Position, limit int) (ids []string, next Position) {
	if limit <= 0 {
		return nil, Position{}
	}
	begin := 0
	if !after.IsZero() {
		n, exact := slices.BinarySearchFunc(x.order, after, func(place int, p Position) int {
			return x.slots[place].Position.compare(p)
		})
		begin = n
		if exact {
			begin++
		}
	}
	for _, place := range x.order[begin:] {
		if !match.has(place) {
			continue
		}
		if len(ids) == limit {
			return ids, next
		}
		ids, next = append(ids, x.slots[place].id), x.slots[place].Position
	}
	return ids, Position{}
}

package search

import (
	"slices"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"csdn.example/directory/shared/csdn"
)

// Index holds the cards of one subject. It is safe for concurrent use. Make one with New.
type Index struct {
	mu       sync.RWMutex
	known    map[string]csdn.Version // of every card ever told, those removed included: they are the tombstones
	places   map[string]int          // the slot of each card that is there
	slots    []slot
	free     []int // slots to be used again
	live     bitset
	terms    map[Facet]map[string]*bitset
	order    []int // slots by Position; to be renewed before use when unsorted
	unsorted bool
	collator *collate.Collator // of no one language: the order of the Unicode collation algorithm
	buffer   collate.Buffer
}

// slot is the place of one card; its zero value is free.
type slot struct {
	Position
	words  string // of the name and the keywords, folded
	terms  []Term
	placed bool // stands in the order at its Position
}

// New returns an empty index.
func New() *Index {
	return &Index{
		known: map[string]csdn.Version{}, places: map[string]int{}, terms: map[Facet]map[string]*bitset{},
		collator: collate.New(language.Und),
	}
}

// Apply tells the index cards. It may be told the same card again and older versions after newer ones: the highest version
// counts. A removed card leaves its id and version alone, so that an older version told later does not bring it back. Apply returns
// whether it was told anything new.
func (x *Index) Apply(cards ...csdn.Card) (news bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, card := range cards {
		if version, told := x.known[card.ID]; told && version >= card.Version {
			continue
		}
		x.known[card.ID], news = card.Version, true
		if card.Removed {
			x.remove(card.ID)
			continue
		}
		x.put(card)
	}
	return news
}

func (x *Index) put(card csdn.Card) {
	place, there := x.places[card.ID]
	if !there {
		place = x.vacancy()
		x.places[card.ID] = place
		x.live.add(place)
	}
	old := x.slots[place]
	x.unlist(place, old.terms)
	next := slot{
		Position: Position{key: x.key(card.Name), id: card.ID},
		words:    fold(card.Name) + fold(card.Keywords),
		terms:    terms(card),
	}
	next.placed = old.placed && next.Position == old.Position
	x.unsorted = x.unsorted || !next.placed
	x.slots[place] = next
	x.list(place, next.terms)
}

func (x *Index) remove(id string) {
	place, there := x.places[id]
	if !there {
		return
	}
	x.unlist(place, x.slots[place].terms)
	x.live.remove(place)
	x.slots[place] = slot{}
	x.free = append(x.free, place)
	x.unsorted = true
	delete(x.places, id)
}

func (x *Index) vacancy() int {
	if last := len(x.free) - 1; last >= 0 {
		place := x.free[last]
		x.free = x.free[:last]
		return place
	}
	x.slots = append(x.slots, slot{})
	return len(x.slots) - 1
}

func (x *Index) list(place int, terms []Term) {
	for _, t := range terms {
		values := x.terms[t.Facet]
		if values == nil {
			values = map[string]*bitset{}
			x.terms[t.Facet] = values
		}
		if values[t.Value] == nil {
			values[t.Value] = &bitset{}
		}
		values[t.Value].add(place)
	}
}

func (x *Index) unlist(place int, terms []Term) {
	for _, t := range terms {
		x.terms[t.Facet][t.Value].remove(place)
	}
}

func (x *Index) key(name string) string {
	x.buffer.Reset()
	return string(x.collator.KeyFromString(&x.buffer, name))
}

// sort renews the order: those still in their place are in order already, so only the others are sorted, and merged in.
func (x *Index) sort() {
	standing := slices.DeleteFunc(x.order, func(place int) bool { return !x.slots[place].placed })
	var moved []int
	for place := range x.live.all {
		if !x.slots[place].placed {
			x.slots[place].placed = true
			moved = append(moved, place)
		}
	}
	slices.SortFunc(moved, x.compare)
	x.order = make([]int, 0, len(standing)+len(moved))
	for _, place := range moved {
		n, _ := slices.BinarySearchFunc(standing, place, x.compare)
		x.order = append(append(x.order, standing[:n]...), place)
		standing = standing[n:]
	}
	x.order = append(x.order, standing...)
	x.unsorted = false
}

func (x *Index) compare(a, b int) int { return x.slots[a].Position.compare(x.slots[b].Position) }

package search

import (
	"encoding/binary"
	"maps"
	"slices"

	"golang.org/x/text/collate"
)

// A snapshot is an index in two parts, laid out so that loading touches little memory: cards stand in the order of names, so that
// nothing is sorted; every column is the lengths of its texts and then the texts, which stay where they are; and each term has the cards
// that name it, by number.
//
//	base   header, ids, versions, names; facets and values of terms, in their order; how many numbers are in lists, and for each term how
//	       many cards name it and which: a list of distances while they are few, else a bitset; how many bytes are left, and the merits,
//	       if there are any: how many each card has, and they themselves
//	texts  header, short names, positions, missions
//
// Numbers are in the variable length of encoding/binary, bitsets in words of it, the lowest byte first. The header is the version of this
// layout, that of the tables by which names are sorted, and the number of cards.

// layout is the version of the layout. A function that finds another reads the feed instead.
const layout = 3

// collation names the tables by which names are sorted.
const collation = collate.CLDRVersion + "/" + collate.UnicodeVersion

// Snapshot returns the cards for Load. What was removed is not in it, by name nor otherwise.
func (x *Index) Snapshot() (base, texts []byte) {
	x.lock(false, true)
	defer x.mu.RUnlock()
	slots, c := x.names.slots, &x.columns
	column := func(values []string) func(yield func(string) bool) {
		return func(yield func(string) bool) {
			for _, slot := range slots {
				if !yield(values[slot]) {
					return
				}
			}
		}
	}
	var w writer
	w.header(len(slots))
	w.texts(column(c.ids))
	for _, slot := range slots {
		w.number(uint64(c.versions[slot]))
	}
	w.texts(column(c.texts[nameText]))
	numbers, used := x.numbered()
	w.number(uint64(len(used)))
	w.texts(func(yield func(string) bool) {
		for _, t := range used {
			if !yield(string(t.Facet)) || !yield(t.Value) {
				return
			}
		}
	})
	w.sets(x.namedBy(numbers, len(used)))
	var merits writer
	if len(c.merits) > 0 {
		for _, slot := range slots {
			merits.number(uint64(len(c.meritsOf(slot))))
		}
		for _, slot := range slots {
			for _, packed := range c.meritsOf(slot) {
				merits.number(uint64(packed))
			}
		}
	}
	w.number(uint64(len(merits)))
	w = append(w, merits...)
	base, w = w, nil
	w.header(len(slots))
	for field := shortNameText; field < textFields; field++ {
		w.texts(column(c.texts[field]))
	}
	return base, w
}

// numbered numbers the terms that cards name anew, in their order: those that are no longer named are not kept.
func (x *Index) numbered() (numbers map[uint32]int, used []Term) {
	named := map[uint32]bool{}
	for _, slot := range x.names.slots {
		for _, code := range x.columns.codes[slot] {
			named[code] = true
		}
	}
	codes := slices.SortedFunc(maps.Keys(named), func(a, b uint32) int { return x.terms.terms[a].compare(x.terms.terms[b]) })
	numbers = make(map[uint32]int, len(codes))
	for number, code := range codes {
		numbers[code] = number
		used = append(used, x.terms.terms[code])
	}
	return numbers, used
}

// namedBy returns which cards name each term, by their places in the order of names.
func (x *Index) namedBy(numbers map[uint32]int, terms int) [][]uint32 {
	named := make([][]uint32, terms)
	for place, slot := range x.names.slots {
		for _, code := range x.columns.codes[slot] {
			number := numbers[code]
			named[number] = append(named[number], uint32(place))
		}
	}
	return named
}

// writer is a part as it grows.
type writer []byte

func (w *writer) number(n uint64) { *w = binary.AppendUvarint(*w, n) }

func (w *writer) header(cards int) {
	w.number(layout)
	w.texts(slices.Values([]string{collation}))
	w.number(uint64(cards))
}

func (w *writer) texts(column func(yield func(string) bool)) {
	for text := range column {
		w.number(uint64(len(text)))
	}
	for text := range column {
		*w = append(*w, text...)
	}
}

func (w *writer) sets(sets [][]uint32) {
	listed := 0
	for _, places := range sets {
		if len(places) < fewest {
			listed += len(places)
		}
	}
	w.number(uint64(listed))
	for _, places := range sets {
		w.number(uint64(len(places)))
		if len(places) < fewest {
			last := uint32(0)
			for _, place := range places {
				w.number(uint64(place - last))
				last = place
			}
			continue
		}
		var many bitset
		for _, place := range places {
			many.add(place)
		}
		w.number(uint64(len(many)))
		for _, word := range many {
			*w = binary.LittleEndian.AppendUint64(*w, word)
		}
	}
}

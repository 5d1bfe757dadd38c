package search

import (
	"encoding/binary"
	"maps"
	"slices"

	"golang.org/x/text/collate"
)

// A snapshot is an index in two parts, laid out so that loading is a few long copies: cards stand in the order of names, so that
// nothing is sorted; every column is the lengths of its texts and then the texts; and cards name their terms by number, in the order
// of terms.
//
//	base   header, ids, versions, names, facets and values of terms, how many terms each card has, their numbers; whether there are
//	       merits, how many each card has, and they themselves
//	texts  header, short names, positions, missions
//
// Numbers are in the variable length of encoding/binary. The header is the version of this layout, that of the tables by which
// names are sorted, and the number of cards.

// layout is the version of the layout. A function that finds another reads the feed instead.
const layout = 2

// collation names the tables by which names are sorted.
const collation = collate.CLDRVersion + "/" + collate.UnicodeVersion

// Snapshot returns the cards for Load. What was removed is not in it, by name nor otherwise.
func (x *Index) Snapshot() (base, texts []byte) {
	x.mu.RLock()
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
	for _, slot := range slots {
		w.number(uint64(len(c.codes[slot])))
	}
	for _, slot := range slots {
		for _, code := range c.codes[slot] {
			w.number(uint64(numbers[code]))
		}
	}
	w.number(uint64(min(len(c.merits), 1)))
	if len(c.merits) > 0 {
		for _, slot := range slots {
			w.number(uint64(len(c.meritsOf(slot))))
		}
		for _, slot := range slots {
			for _, packed := range c.meritsOf(slot) {
				w.number(uint64(packed))
			}
		}
	}
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

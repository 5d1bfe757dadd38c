package search

import (
	"slices"
	"strings"
	"sync"
)

// lexicon says for every word which cards have it, and in which text.
type lexicon struct {
	folder *folder
	codes  map[string]uint32
	words  []string   // by code
	hits   [][]uint32 // by code, in rising order: slot*textFields + field
	sorted []uint32   // codes in the order of words
	fresh  []uint32   // codes not yet in sorted
	length []uint8    // how many words the name in each slot has, by slot

	recalling sync.Mutex         // as many search at a time
	appraised map[string][]merit // by beginning: how well each slot meets those that are frequent
}

// newLexicon reads the texts of every card.
func newLexicon(x *Index) *lexicon {
	l := &lexicon{folder: newFolder(), codes: map[string]uint32{}}
	for slot := range x.live.all {
		l.add(x, slot)
	}
	l.arrange()
	l.prepare(len(x.columns.ids))
	return l
}

func (l *lexicon) add(x *Index, slot uint32) {
	if short := len(x.columns.ids) - len(l.length); short > 0 {
		l.length = append(l.length, make([]uint8, short)...)
		for beginning, known := range l.appraised {
			l.appraised[beginning] = append(known, make([]merit, len(l.length)-len(known))...)
		}
	}
	l.length[slot] = uint8(min(len(l.folder.asked(x.columns.texts[nameText][slot])), 255))
	for field := range x.columns.texts {
		hit := slot*textFields + uint32(field)
		l.folder.words(x.columns.texts[field][slot], func(word string) {
			l.reappraise(slot, field, word)
			code := l.code(word)
			hits := l.hits[code]
			if len(hits) == 0 || hits[len(hits)-1] < hit {
				l.hits[code] = append(hits, hit)
				return
			}
			if at, there := slices.BinarySearch(hits, hit); !there {
				l.hits[code] = slices.Insert(hits, at, hit)
			}
		})
	}
}

func (l *lexicon) remove(x *Index, slot uint32) {
	for _, known := range l.appraised {
		known[slot] = 0
	}
	for field := range x.columns.texts {
		hit := slot*textFields + uint32(field)
		l.folder.words(x.columns.texts[field][slot], func(word string) {
			code := l.code(word)
			if at, there := slices.BinarySearch(l.hits[code], hit); there {
				l.hits[code] = slices.Delete(l.hits[code], at, at+1)
			}
		})
	}
}

func (l *lexicon) code(word string) uint32 {
	code, known := l.codes[word]
	if !known {
		code = uint32(len(l.words))
		word = strings.Clone(word)
		l.codes[word] = code
		l.words, l.hits, l.fresh = append(l.words, word), append(l.hits, nil), append(l.fresh, code)
	}
	return code
}

// arrange puts fresh words where they belong.
func (l *lexicon) arrange() {
	byWord := func(a, b uint32) int { return strings.Compare(l.words[a], l.words[b]) }
	slices.SortFunc(l.fresh, byWord)
	l.sorted, l.fresh = merge(l.sorted, l.fresh, byWord), nil
}

// beginning returns the codes of the words that begin with the prefix.
func (l *lexicon) beginning(prefix string) []uint32 {
	from, _ := slices.BinarySearchFunc(l.sorted, prefix, func(code uint32, prefix string) int {
		return strings.Compare(l.words[code], prefix)
	})
	to := from
	for to < len(l.sorted) && strings.HasPrefix(l.words[l.sorted[to]], prefix) {
		to++
	}
	return l.sorted[from:to]
}

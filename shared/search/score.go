package search

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// merit says how well a word that was asked for is met: more is better, 0 not at all.
type merit uint8

// areaLabel stands beside the texts of a card as a place where a word is found.
const areaLabel = textFields

// merits are by place: of a word that begins with what was asked, and of the very word. Being called what was asked
// comes first, be it in short; then what the subject knows, what it does, and what it says of itself.
var merits = [textFields + 1][2]merit{
	nameText: {8, 10}, shortNameText: {7, 9}, areaLabel: {5, 6}, positionText: {3, 4}, missionText: {1, 2},
}

// most is the merit of the best.
const most merit = 10

func meritOf(place int, exact bool) merit {
	if exact {
		return merits[place][1]
	}
	return merits[place][0]
}

// scoring is the working memory of a search for words, by slot.
type scoring struct {
	best   []merit  // of the present word
	scores []uint16 // what each word lacks of the most, together; 1 more unless the name is just the words; of matches alone
}

func (s *scoring) reset(size int) {
	if cap(s.best) < size {
		s.best, s.scores = make([]merit, size), make([]uint16, size)
	}
	s.best, s.scores = s.best[:size], s.scores[:size]
	clear(s.scores)
}

// score scores the cards of the match by the words asked for, and takes out those that lack one.
func (x *Index) score(q Query, wanted []string, match bitset) *scoring {
	s, _ := x.scorings.Get().(*scoring)
	if s == nil {
		s = &scoring{}
	}
	s.reset(len(x.columns.ids))
	for n, word := range wanted {
		clear(s.best)
		x.appraise(q, word, s.best)
		s.add(x, match, len(wanted), n == len(wanted)-1)
	}
	return s
}

// add adds what each card of the match lacks of the present word. Loops over all cards are written out, and decide nothing by branches
// that no processor can foresee: an iterator would take twice the time, and branches three times.
func (s *scoring) add(x *Index, match bitset, words int, last bool) {
	for i, rest := range match {
		kept := uint64(0)
		for ; rest != 0; rest &= rest - 1 {
			bit := bits.TrailingZeros64(rest)
			slot := i*wordSize + bit
			m := s.best[slot]
			kept |= unit(m != 0) << bit
			score := s.scores[slot] + uint16(most-m)
			if last {
				score += uint16(unit(score > 0 || int(x.lexicon.length[slot]) != words))
			}
			s.scores[slot] = score
		}
		match[i] = kept
	}
}

// unit is 1 for true, without a branch.
func unit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// appraise writes for every slot how well its card meets the word.
func (x *Index) appraise(q Query, word string, best []merit) {
	x.lexicon.appraise(word, best)
	var labels [most + 1]bitset // by merit
	for _, label := range q.Areas.beginning(word) {
		for _, slug := range q.Areas.within(label.slug, q.Exact) {
			x.terms.set(Term{Area, slug}).addTo(&labels[label.merit])
		}
	}
	for m, slots := range labels {
		for slot := range slots.all {
			best[slot] = max(best[slot], merit(m))
		}
	}
}

const (
	// frequent is how many hits a beginning has whose appraisal is remembered: it would take longer than all else of a search.
	frequent = 10_000
	// remembered is how many appraisals are kept, of a byte for each slot: the letters that people type first, and what they go on with.
	remembered = 64
)

// prepare appraises the single letters: so many words begin with one that the first to ask would wait.
func (l *lexicon) prepare(slots int) {
	for next := 0; next < len(l.sorted) && len(l.appraised) < remembered/2; {
		_, size := utf8.DecodeRuneInString(l.words[l.sorted[next]])
		letter := l.words[l.sorted[next]][:size]
		l.appraise(letter, make([]merit, slots))
		next += len(l.beginning(letter))
	}
}

// reappraise takes into account that a text of the slot has a word.
func (l *lexicon) reappraise(slot uint32, place int, word string) {
	for beginning, known := range l.appraised {
		if strings.HasPrefix(word, beginning) {
			known[slot] = max(known[slot], meritOf(place, word == beginning))
		}
	}
}

// appraise writes for every slot how well its texts meet the word.
func (l *lexicon) appraise(word string, best []merit) {
	l.recalling.Lock()
	known := l.appraised[word]
	l.recalling.Unlock()
	if known != nil {
		copy(best, known)
		return
	}
	count := 0
	for _, code := range l.beginning(word) {
		var by [textFields]merit
		for place := range by {
			by[place] = meritOf(place, l.words[code] == word)
		}
		for _, hit := range l.hits[code] {
			slot := hit / textFields
			best[slot] = max(best[slot], by[hit%textFields])
		}
		count += len(l.hits[code])
	}
	if count < frequent {
		return
	}
	l.recalling.Lock()
	defer l.recalling.Unlock()
	if l.appraised == nil || len(l.appraised) == remembered {
		l.appraised = map[string][]merit{}
	}
	l.appraised[word] = slices.Clone(best)
}

package search

import "math"

// grade says how well a word that was asked for is met; less is better.
type grade uint8

// none is the grade of a word that is not met.
const none grade = math.MaxUint8

// areaLabel stands beside the texts of a card as a place where a word is found.
const areaLabel = textFields

// grades are in the order of places: the exact word, and a word that begins with it. Being called what was asked comes
// first, be it in short; then what the subject knows, what it does, and what it says of itself.
var grades = [textFields + 1][2]grade{
	nameText: {0, 2}, shortNameText: {1, 3}, areaLabel: {4, 5}, positionText: {6, 7}, missionText: {8, 9},
}

func gradeOf(place int, exact bool) grade {
	if exact {
		return grades[place][0]
	}
	return grades[place][1]
}

// scoring is the working memory of a search for words, by slot.
type scoring struct {
	best   []grade  // of the present word
	scores []uint16 // the sum of the grades, unmet when a word is none
}

const unmet = math.MaxUint16

func (s *scoring) reset(size int) {
	if cap(s.best) < size {
		s.best, s.scores = make([]grade, size), make([]uint16, size)
	}
	s.best, s.scores = s.best[:size], s.scores[:size]
	clear(s.scores)
}

// score grades every card by the words asked for. A card whose name is just those words is better than any other.
func (x *Index) score(q Query, wanted []string) *scoring {
	s, _ := x.scorings.Get().(*scoring)
	if s == nil {
		s = &scoring{}
	}
	s.reset(len(x.columns.ids))
	for _, word := range wanted {
		x.gradeBy(q, word, s.best)
		for slot, best := range s.best {
			if best == none {
				s.scores[slot] = unmet
				continue
			}
			if s.scores[slot] != unmet {
				s.scores[slot] += uint16(best)
			}
		}
	}
	for slot, score := range s.scores {
		if score == unmet || score == 0 && int(x.lexicon.length[slot]) == len(wanted) {
			continue
		}
		s.scores[slot]++
	}
	return s
}

// gradeBy writes for every slot how well its card meets the word.
func (x *Index) gradeBy(q Query, word string, best []grade) {
	for slot := range best {
		best[slot] = none
	}
	for _, code := range x.lexicon.beginning(word) {
		exact := x.lexicon.words[code] == word
		var by [textFields]grade
		for place := range by {
			by[place] = gradeOf(place, exact)
		}
		for _, hit := range x.lexicon.hits[code] {
			slot, place := hit/textFields, hit%textFields
			best[slot] = min(best[slot], by[place])
		}
	}
	for _, label := range q.Areas.beginning(word) {
		for _, slug := range q.Areas.within(label.slug, q.Exact) {
			for slot := range x.terms.set(Term{Area, slug}).all {
				best[slot] = min(best[slot], label.grade)
			}
		}
	}
}

package search

import (
	"strings"
)

// Matched says why a card matches what was asked: empty when nothing was. Types, statuses, phases and organisations are
// met by themselves alone, and not told.
type Matched struct {
	Terms []Met // of areas, countries, regions and languages
	Words []MetWord
}

// Met is an asked term that the card meets, and the values by which it does: itself, narrower areas, countries or regions within a
// region, languages of a place.
type Met struct {
	Asked   Term
	Through []Term
}

// MetWord is an asked word that the card meets, folded, and the best place where it does: "name", "shortName", "area", "position" or
// "mission"; Area is the area whose label has it.
type MetWord struct {
	Word  string
	Place string
	Area  string
}

// places are the names of the places where words are found.
var places = [textFields + 1]string{
	nameText: "name", shortNameText: "shortName", positionText: "position", missionText: "mission", areaLabel: "area",
}

func (x *Index) reasons(q Query, f *folder, wanted []string, slot uint32) Matched {
	var m Matched
	for _, anyOf := range q.All {
		for _, t := range anyOf {
			if through := x.through(q, t, slot); len(through) > 0 {
				m.Terms = append(m.Terms, Met{t, through})
			}
		}
	}
	for _, word := range wanted {
		m.Words = append(m.Words, x.metWord(q, f, word, slot))
	}
	return m
}

// through returns the terms that the card names by which it meets the asked one.
func (x *Index) through(q Query, asked Term, slot uint32) []Term {
	var list []Term
	switch asked.Facet {
	case Area:
		for _, slug := range q.Areas.within(asked.Value, q.Exact) {
			if t := (Term{Area, slug}); x.terms.set(t).has(slot) {
				list = append(list, t)
			}
		}
	case Country, Region, Language:
		if code, known := x.terms.find(asked); known {
			return x.terms.by(slot, code)
		}
	}
	return list
}

// metWord returns where the card meets the word best.
func (x *Index) metWord(q Query, f *folder, asked string, slot uint32) MetWord {
	best, met := merit(0), MetWord{Word: asked}
	for place := range x.columns.texts {
		f.words(x.columns.texts[place][slot], func(word string) {
			if g := meritOf(place, word == asked); strings.HasPrefix(word, asked) && g > best {
				best, met.Place = g, places[place]
			}
		})
	}
	for _, label := range q.Areas.beginning(asked) {
		if label.merit < best || label.merit == best && label.slug > met.Area {
			continue
		}
		if len(x.through(q, Term{Area, label.slug}, slot)) > 0 {
			best, met.Place, met.Area = label.merit, places[areaLabel], label.slug
		}
	}
	return met
}

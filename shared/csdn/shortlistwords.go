package csdn

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reasons says in words why each person is on the shortlist, in French for a French tag, in English for any other.
func (s Shortlisting) Reasons(chosen []Choice, in Language) [][]string {
	t := s.table(chosen)
	reasons := make([][]string, len(chosen))
	for n, c := range chosen {
		w := reasoning{Shortlisting: s, in: in, t: t}
		w.expertise(c)
		w.languages(c)
		w.countries(c)
		w.turn(c)
		reasons[n] = w.said
	}
	return reasons
}

// AreaCoverage is who covers one area of a meeting.
type AreaCoverage struct {
	Area   AreaSlug
	Chosen int // of the shortlist
	There  int // of those invited already
	Expert int // of both, who claim to be experts in it
}

// Coverage returns who covers each area of the meeting with the people chosen.
func (s Shortlisting) Coverage(chosen []Choice) []AreaCoverage {
	t := s.table(chosen)
	list := make([]AreaCoverage, len(s.Areas))
	for n, area := range s.Areas {
		list[n] = *t.areas[area]
	}
	return list
}

// table is what a shortlist comes to, with those who are there.
type table struct {
	areas     map[AreaSlug]*AreaCoverage
	languages map[Language]int
}

func (s Shortlisting) table(chosen []Choice) table {
	t := table{areas: map[AreaSlug]*AreaCoverage{}, languages: map[Language]int{}}
	for _, area := range s.Areas {
		t.areas[area] = &AreaCoverage{Area: area}
	}
	seat := func(who Candidate, covers []Cover, count func(*AreaCoverage)) {
		for _, cover := range covers {
			area := t.areas[cover.Area]
			count(area)
			if cover.Expert {
				area.Expert++
			}
		}
		for _, language := range bases(who.Languages) {
			t.languages[language]++
		}
	}
	for _, c := range chosen {
		seat(c.Candidate, c.Covers, func(a *AreaCoverage) { a.Chosen++ })
	}
	for _, cover := range newChoosing(Shortlisting{Areas: s.Areas, Vocabulary: s.Vocabulary, At: s.At}).all(s.There) {
		seat(cover.Candidate, cover.Covers, func(a *AreaCoverage) { a.There++ })
	}
	return t
}

// all returns the candidates with what they cover, chosen or not.
func (c *choosing) all(list []Candidate) []Choice {
	choices := make([]Choice, len(list))
	for n := range list {
		choices[n] = Choice{Candidate: list[n], Covers: c.covers(&list[n])}
	}
	return choices
}

// bases returns the languages without their regions and scripts, each once.
func bases(list []Language) []Language {
	var kept []Language
	for _, l := range list {
		if !slices.Contains(kept, l.Base()) {
			kept = append(kept, l.Base())
		}
	}
	return kept
}

// reasoning says why one person is on a shortlist.
type reasoning struct {
	Shortlisting
	in   Language
	t    table
	said []string
}

func (w *reasoning) say(english, french string, what []string) {
	if len(what) > 0 {
		w.said = append(w.said, fmt.Sprintf(w.in.choose(english, french), w.enumerate(what)))
	}
}

// expertise says what the person is alone in covering, what is claimed in depth, and what besides; what there is to show for it; and
// when nothing of it was confirmed of late.
func (w *reasoning) expertise(c Choice) {
	var alone, deep, also, shown []string
	fresh := false
	for _, cover := range c.Covers {
		fresh = fresh || cover.fresh(w.At)
		if area := w.t.areas[cover.Area]; area.Chosen+area.There == 1 {
			alone = append(alone, w.name(cover.Area))
		}
		if w.implied(cover) {
			continue
		}
		label := w.label(cover)
		if cover.Expert {
			deep = append(deep, label)
		} else {
			also = append(also, label)
		}
		if cover.Evident {
			shown = append(shown, label)
		}
	}
	w.say("The only one here on %s", "Seule personne ici sur %s", alone)
	w.say("Expert on %s", "Expertise approfondie : %s", deep)
	w.say("Works on %s", "Travaille sur %s", also)
	w.say("Shows work on %s", "Travaux à l’appui : %s", shown)
	if !fresh {
		w.said = append(w.said, w.in.choose("None of it confirmed within 18 months", "Rien de cela confirmé depuis 18 mois"))
	}
}

// label names what is claimed, with the area of the meeting that it is part of.
func (w *reasoning) label(c Cover) string {
	if c.Through == c.Area {
		return w.name(c.Area)
	}
	return w.name(c.Through) + " (" + w.name(c.Area) + ")"
}

// name returns the label of an area as it stands within a sentence.
func (w *reasoning) name(slug AreaSlug) string {
	area, known := w.Vocabulary[slug]
	if !known {
		return string(slug)
	}
	label := w.in.choose(area.LabelEN, area.LabelFR)
	first, size := utf8.DecodeRuneInString(label)
	if second, _ := utf8.DecodeRuneInString(label[size:]); unicode.IsUpper(second) {
		return label
	}
	return string(unicode.ToLower(first)) + label[size:]
}

func (w *reasoning) languages(c Choice) {
	var alone []string
	for _, language := range bases(c.Languages) {
		if w.t.languages[language] == 1 {
			alone = append(alone, language.Name(w.in))
		}
	}
	w.say("The only one here who speaks %s", "Seule personne ici à parler %s", alone)
}

func (w *reasoning) countries(c Choice) {
	var names []string
	for _, country := range c.Countries {
		names = append(names, country.Name(w.in))
	}
	w.say("Lives or works in: %s", "Vit ou travaille dans : %s", names)
}

// turn says whose turn it is, in the steps of Rest.
func (w *reasoning) turn(c Choice) {
	turns := map[Rest][2]string{
		Never:        {"First invitation", "Première invitation"},
		TwoYears:     {"Not invited for two years", "Sans invitation depuis deux ans"},
		AnotherPhase: {"Not invited in this phase", "Sans invitation dans cette phase"},
	}
	said, owed := turns[c.Rest]
	if !owed {
		return
	}
	english, french := said[0], said[1]
	if c.MembersRest == Never {
		english, french = english+", and the first of the organisation", french+", et la première de l’organisation"
	}
	w.said = append(w.said, w.in.choose(english, french))
}

// most is how many things one reason names.
const most = 4

func (w *reasoning) enumerate(list []string) string {
	if further := len(list) - most; further > 1 {
		list = append(slices.Clone(list[:most]), fmt.Sprintf(w.in.choose("%d more", "%d autres"), further))
	}
	if len(list) == 1 {
		return list[0]
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + w.in.choose(" and ", " et ") + list[last]
}

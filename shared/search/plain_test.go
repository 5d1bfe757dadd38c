package search

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"csdn.example/directory/shared/csdn"
)

// plain is a card as a filter without any index reads it.
type plain struct {
	csdn.Card
	key   string                     // of the name, for its order
	terms []Term                     // by which it is found
	words [textFields + 1][]string   // of each text, and of the labels of areas
	label map[string][]csdn.AreaSlug // the areas under which each word of a label stands
}

// newPlain says in the plainest way what a card is found by.
func newPlain(c csdn.Card, v csdn.Vocabulary, exact bool) *plain {
	p := &plain{Card: c, label: map[string][]csdn.AreaSlug{}}
	add := func(facet Facet, value string) {
		if t := (Term{facet, value}); value != "" && !slices.Contains(p.terms, t) {
			p.terms = append(p.terms, t)
		}
	}
	around := func(regions []csdn.Region) {
		for _, r := range regions {
			add(Region, string(r))
		}
	}
	for slug, area := range v {
		below := v.Equals(slug)
		if !exact {
			below = v.Narrower(slug)
		}
		if !slices.ContainsFunc(c.Areas, func(a csdn.AreaSlug) bool { return slices.Contains(below, a) }) {
			continue
		}
		add(Area, string(slug))
		for _, word := range strings.Fields(strings.ToLower(area.LabelEN + " " + area.LabelFR + " " + strings.Join(area.AltLabels, " "))) {
			p.words[areaLabel] = append(p.words[areaLabel], word)
			p.label[word] = append(p.label[word], slug)
		}
	}
	for _, a := range c.Areas {
		add(Area, string(a))
	}
	for _, country := range append([]csdn.Country{c.Country}, c.Countries...) {
		add(Country, string(country))
		around(country.Regions())
	}
	for _, region := range c.Regions {
		add(Region, string(region))
		around(region.Broader())
	}
	for _, l := range c.Languages {
		parts := strings.Split(string(l), "-")
		for n := range parts {
			add(Language, strings.Join(parts[:n+1], "-"))
		}
	}
	add(Type, c.Type)
	add(Status, c.Status)
	add(Organisation, string(c.Organisation))
	for _, number := range c.Phases {
		add(Phase, fmt.Sprint(number))
	}
	p.key = string(collate.New(language.Und).KeyFromString(&collate.Buffer{}, c.Name))
	unmarked := strings.NewReplacer("é", "e")
	for field, text := range []string{c.Name, c.ShortName, c.Position, c.Mission} {
		p.words[field] = strings.Fields(unmarked.Replace(text))
	}
	return p
}

// betterFirst is the order in which better matches come first.
var betterFirst = []struct {
	place int
	exact bool
}{
	{nameText, true}, {shortNameText, true}, {nameText, false}, {shortNameText, false}, {areaLabel, true}, {areaLabel, false},
	{positionText, true}, {positionText, false}, {missionText, true}, {missionText, false},
}

// way returns by which of betterFirst the card meets a word first, -1 for none.
func (p *plain) way(word string) int {
	for at, way := range betterFirst {
		if slices.ContainsFunc(p.words[way.place], func(w string) bool { return w == word || !way.exact && strings.HasPrefix(w, word) }) {
			return at
		}
	}
	return -1
}

// meets returns how well the card meets the query, less being better.
func (p *plain) meets(all []AnyOf, wanted []string) (score int, ok bool) {
	for _, anyOf := range all {
		if !slices.ContainsFunc(anyOf, func(t Term) bool { return slices.Contains(p.terms, t) }) {
			return 0, false
		}
	}
	for _, word := range wanted {
		at := p.way(word)
		if at < 0 {
			return 0, false
		}
		score += at
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(p.words[nameText])))
	if len(wanted) > 0 && (score > 0 || len(distinct) != len(wanted)) {
		score++
	}
	return score, true
}

// where returns where the card meets each word.
func (p *plain) where(wanted []string) (met []MetWord) {
	for _, word := range wanted {
		way := betterFirst[p.way(word)]
		one := MetWord{Word: word, Place: places[way.place]}
		if way.place == areaLabel {
			one.Area = p.labelOf(word, way.exact)
		}
		met = append(met, one)
	}
	return met
}

// labelOf returns the first area by slug of whose labels a word is, or begins with, what was asked.
func (p *plain) labelOf(asked string, exact bool) string {
	var slugs []string
	for word, areas := range p.label {
		for _, slug := range areas {
			if word == asked || !exact && strings.HasPrefix(word, asked) {
				slugs = append(slugs, string(slug))
			}
		}
	}
	return slices.Min(slugs)
}

// through returns by which of its own terms the card meets the asked one.
func (p *plain) through(asked Term, v csdn.Vocabulary, exact bool) []Term {
	var list []Term
	for _, t := range direct(p.Card) {
		if t.Facet != asked.Facet && !(asked.Facet == Region && t.Facet == Country) {
			continue
		}
		alone := newPlain(csdn.Card{}, nil, false)
		switch t.Facet {
		case Area:
			alone = newPlain(csdn.Card{Areas: []csdn.AreaSlug{csdn.AreaSlug(t.Value)}}, v, exact)
		case Country:
			alone = newPlain(csdn.Card{Country: csdn.Country(t.Value)}, v, exact)
		case Region:
			alone = newPlain(csdn.Card{Regions: []csdn.Region{csdn.Region(t.Value)}}, v, exact)
		case Language:
			alone = newPlain(csdn.Card{Languages: []csdn.Language{csdn.Language(t.Value)}}, v, exact)
		}
		if slices.Contains(alone.terms, asked) && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// filter answers a query by looking at every card: the first hits, how many there are, and the counts.
func filter(cards map[string]*plain, q Query, most int) (hits []Hit, total int, counts map[Facet]map[string]int) {
	type found struct {
		*plain
		score int
	}
	var match []found
	counts = map[Facet]map[string]int{}
	for _, facet := range q.Count {
		counts[facet] = map[string]int{}
	}
	wanted := slices.Compact(strings.Fields(strings.NewReplacer("é", "e").Replace(q.Text)))
	for p := range maps.Values(cards) {
		score, ok := p.meets(q.All, wanted)
		if p.Removed || !ok {
			continue
		}
		match = append(match, found{p, score})
		for _, t := range p.terms {
			if slices.Contains(q.Count, t.Facet) && !(t.Facet == Area && q.Areas.Vocabulary[csdn.AreaSlug(t.Value)].Retired) {
				counts[t.Facet][t.Value]++
			}
		}
	}
	slices.SortFunc(match, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.score, b.score), strings.Compare(a.key, b.key), strings.Compare(a.ID, b.ID))
	})
	for _, f := range match[:min(most, len(match))] {
		hit := Hit{ID: f.ID, Version: f.Version, Matched: Matched{Words: f.where(wanted)}}
		for _, anyOf := range q.All {
			for _, t := range anyOf {
				if through := f.through(t, q.Areas.Vocabulary, q.Exact); reasoned(t.Facet) && len(through) > 0 {
					hit.Matched.Terms = append(hit.Matched.Terms, Met{t, through})
				}
			}
		}
		hits = append(hits, hit)
	}
	return hits, len(match), counts
}

func reasoned(f Facet) bool { return f == Area || f == Country || f == Region || f == Language }

package search

import (
	"strings"
	"sync"

	"csdn.example/directory/shared/csdn"
)

// Areas is the vocabulary of expertise made ready for searches: what counts as each area, and the words of its labels.
// Cards name areas by slug alone, so moving or relabelling one rewrites no card.
type Areas struct {
	Vocabulary csdn.Vocabulary
	equals     map[string][]string // the area itself, and those replaced by it
	narrower   map[string][]string // its equals too
	offered    []string            // the areas to be counted: those not retired, whose claims count as their successors'
	labels     func() map[string][]string
}

// NewAreas makes a vocabulary ready.
func NewAreas(v csdn.Vocabulary) *Areas {
	a := &Areas{Vocabulary: v, equals: make(map[string][]string, len(v)), narrower: make(map[string][]string, len(v))}
	a.labels = sync.OnceValue(func() map[string][]string { return labels(v) }) // most searches ask for no words
	hierarchy := v.Hierarchy()
	for slug, area := range v {
		a.equals[string(slug)], a.narrower[string(slug)] = slugs(hierarchy.Equals(slug)), slugs(hierarchy.Narrower(slug))
		if !area.Retired {
			a.offered = append(a.offered, string(slug))
		}
	}
	return a
}

// labels returns the words of the labels of each area in each language, and of the alternative ones.
func labels(v csdn.Vocabulary) map[string][]string {
	known, f := map[string][]string{}, newFolder()
	for slug, area := range v {
		for _, label := range append([]string{area.LabelEN, area.LabelFR}, area.AltLabels...) {
			f.words(label, func(word string) { known[string(slug)] = append(known[string(slug)], word) })
		}
	}
	return known
}

func slugs(areas []csdn.AreaSlug) []string {
	list := make([]string, len(areas))
	for i, area := range areas {
		list[i] = string(area)
	}
	return list
}

// within returns the areas that a query for the area finds: its equals and, unless exact, the narrower ones. An unknown area finds
// itself.
func (a *Areas) within(slug string, exact bool) []string {
	if a == nil || a.equals[slug] == nil {
		return []string{slug}
	}
	if exact {
		return a.equals[slug]
	}
	return a.narrower[slug]
}

// labelled is an area one of whose labels has a word that begins with what was asked.
type labelled struct {
	slug  string
	merit merit
}

// beginning returns the areas of whose labels a word begins with the prefix.
func (a *Areas) beginning(prefix string) []labelled {
	if a == nil {
		return nil
	}
	var list []labelled
	for slug, known := range a.labels() {
		best := merit(0)
		for _, word := range known {
			if strings.HasPrefix(word, prefix) {
				best = max(best, meritOf(areaLabel, word == prefix))
			}
		}
		if best > 0 {
			list = append(list, labelled{slug, best})
		}
	}
	return list
}

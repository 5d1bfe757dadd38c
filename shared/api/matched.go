package api

import (
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/search"
)

// Matched says why a result of a search matches. It tells of what was asked for alone, and is absent when nothing was.
type Matched struct {
	Areas     []MatchedValue `json:"areas,omitempty" doc:"The areas asked for that it has"`
	Countries []MatchedValue `json:"countries,omitempty" doc:"The countries asked for"`
	Regions   []MatchedValue `json:"regions,omitempty" doc:"The regions asked for"`
	Languages []MatchedValue `json:"languages,omitempty" doc:"The languages asked for"`
	Words     []MatchedWord  `json:"words,omitempty" doc:"Each word asked for, in lower case without marks"`
}

// MatchedValue is a value that was asked for and is met.
type MatchedValue struct {
	Asked   string   `json:"asked" doc:"The value asked for" example:"security-sector-reform"`
	Through []string `json:"through" doc:"By which it is met: itself, a narrower area, a country or region within, a language of a place" example:"[\"police-reform\"]"`
}

// MatchedWord is a word that was asked for and is met.
type MatchedWord struct {
	Word  string `json:"word"`
	Field string `json:"field" enum:"name,shortName,area,position,mission" doc:"The best place where a word begins with it; area stands for the label of an area"`
	Area  string `json:"area,omitempty" doc:"The area whose label it is"`
}

func matched(m search.Matched) *Matched {
	if len(m.Terms) == 0 && len(m.Words) == 0 {
		return nil
	}
	var body Matched
	lists := map[search.Facet]*[]MatchedValue{
		search.Area: &body.Areas, search.Country: &body.Countries, search.Region: &body.Regions, search.Language: &body.Languages,
	}
	for _, met := range m.Terms {
		value := MatchedValue{Asked: met.Asked.Value, Through: each(met.Through, func(t search.Term) string { return t.Value })}
		*lists[met.Asked.Facet] = append(*lists[met.Asked.Facet], value)
	}
	body.Words = each(m.Words, func(w search.MetWord) MatchedWord { return MatchedWord{w.Word, w.Place, w.Area} })
	return &body
}

// foundOf maps a page of a search to one of the API.
func foundOf[D, T any](found directory.Found[D], body func(D, *Matched) T) *listed[T] {
	items := make([]T, len(found.Items))
	for i, one := range found.Items {
		items[i] = body(one, matched(found.Matched[i]))
	}
	list := List[T]{Items: items, Next: string(found.Next), Total: &found.Total}
	for facet, counts := range found.Facets {
		if list.Facets == nil {
			list.Facets = map[string]map[string]int{}
		}
		list.Facets[string(facet)] = counts
	}
	return &listed[T]{Body: list}
}

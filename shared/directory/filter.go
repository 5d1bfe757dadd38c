package directory

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// Filter is what a search of organisations or people asks for. Each inner list means any of its values, the lists together mean
// all: [[ssr ihl] [gender]] is (ssr or ihl) and gender.
type Filter struct {
	Text          string
	Areas         [][]csdn.AreaSlug
	Exact         bool // areas and their equals without narrower ones
	Countries     [][]csdn.Country
	Regions       [][]csdn.Region
	Languages     [][]csdn.Language
	Types         [][]csdn.OrganisationType // of organisations
	Categories    [][]csdn.Category         // of people
	Phases        [][]csdn.PhaseNumber
	Statuses      [][]csdn.OrganisationStatus
	Organisations [][]csdn.OrganisationID
	Facets        bool
}

// AnyOf reads the values of a repeated parameter of an address for a list of Filter: a comma means any, repeating means all.
func AnyOf[T ~string](repeated []string) [][]T {
	var all [][]T
	for _, value := range repeated {
		var group []T
		for one := range strings.SplitSeq(value, ",") {
			group = append(group, T(strings.TrimSpace(one)))
		}
		all = append(all, group)
	}
	return all
}

// Matched says why one result of a search matches.
type Matched = search.Matched

// Found is one page of a search. Matched says of each item why it matches. Facets counts the whole match by facet and value, when asked
// for: how many would be left if the value were chosen as well.
type Found[T any] struct {
	csdn.Page[T]
	Matched []Matched
	Total   int
	Facets  map[search.Facet]map[string]int
}

// query turns the filter into one of the index. Invalid for values that are none.
func (f Filter) query(ctx context.Context, areas *Vocabularies, counted ...search.Facet) (search.Query, error) {
	q := search.Query{Text: f.Text, Exact: f.Exact}
	broken := &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which."}
	unknown := func(parameter, what string) func() {
		return func() {
			broken.Fields = append(broken.Fields, csdn.Field{Location: parameter, Message: "has a value that is not " + what})
		}
	}
	if f.Facets {
		q.Count = counted
	}
	if err := f.withAreas(ctx, areas, &q, unknown("area", "an area of the vocabulary; GET /v1/areas lists them")); err != nil {
		return q, err
	}
	require(&q, search.Region, f.Regions, csdn.Region.Valid, unknown("region", "a region code of UN M49"))
	require(&q, search.Country, f.Countries, csdn.Country.Valid, unknown("country", "a country code of ISO 3166-1"))
	require(&q, search.Language, f.Languages, csdn.Language.Valid, unknown("language", "a language tag of BCP 47"))
	require(&q, search.Status, f.Statuses, member(csdn.OrganisationStatuses()), unknown("status", "a status of organisations"))
	require(&q, search.Type, f.Types, member(csdn.OrganisationTypes()), unknown("type", "a type of organisations"))
	require(&q, search.Type, f.Categories, member(csdn.Categories()), unknown("category", "a category of participants"))
	f.phased(&q)
	if len(broken.Fields) > 0 {
		return q, broken
	}
	return q, nil
}

// withAreas adds the areas asked for, and the vocabulary where the query needs it: for narrower areas, labels and counts.
func (f Filter) withAreas(ctx context.Context, areas *Vocabularies, q *search.Query, unknown func()) error {
	asked := slices.Concat(f.Areas...)
	if len(asked) == 0 && f.Text == "" && !f.Facets {
		return nil
	}
	ready, err := areas.searchable(ctx, asked...)
	if err != nil {
		return err
	}
	q.Areas = ready
	require(q, search.Area, f.Areas, func(a csdn.AreaSlug) bool { return contains(ready.Vocabulary, []csdn.AreaSlug{a}) }, unknown)
	return nil
}

// require adds a facet to the query when all of its values are valid.
func require[T ~string](q *search.Query, facet search.Facet, all [][]T, valid func(T) bool, unknown func()) {
	for _, anyOf := range all {
		for _, value := range anyOf {
			if !valid(value) {
				unknown()
				return
			}
		}
		q.All = append(q.All, search.Any(facet, anyOf...))
	}
}

func member[T comparable](list []T) func(T) bool {
	return func(value T) bool {
		for _, one := range list {
			if one == value {
				return true
			}
		}
		return false
	}
}

// phased adds the phases to the query.
func (f Filter) phased(q *search.Query) {
	for _, anyOf := range f.Phases {
		numbers := make([]string, len(anyOf))
		for i, n := range anyOf {
			numbers[i] = strconv.Itoa(int(n))
		}
		q.All = append(q.All, search.Any(search.Phase, numbers...))
	}
}

func identities[T ~string](hits []search.Hit) []T {
	list := make([]T, len(hits))
	for i, h := range hits {
		list[i] = T(h.ID)
	}
	return list
}

package directory

import (
	"context"
	"math"
	"strconv"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// overlap is how far each reading of a feed reaches back behind the last: an index of the store may tell a later write before
// an earlier one.
const overlap = 30 * time.Second

// Finder searches the cards of one subject in memory. It loads their feed at its first search and before each further one
// reads what has changed. A Finder is for concurrent use and must not be copied.
type Finder struct {
	Subject csdn.Subject
	Feed    csdn.Feed
	Now     func() time.Time

	lock  sync.Mutex
	index *search.Index
	asOf  time.Time
}

// current returns the index as of now.
func (f *Finder) current(ctx context.Context) (*search.Index, error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	now := f.Now()
	since := time.Time{}
	if f.index != nil {
		since = f.asOf.Add(-overlap)
	}
	cards, err := f.Feed.CardsSince(ctx, f.Subject, since)
	if err != nil {
		return nil, err
	}
	if f.index == nil {
		f.index = search.New()
	}
	f.index.Apply(cards...)
	f.asOf = now
	return f.index, nil
}

// find returns the ids of one page that match the query. name is the query in canonical text, to which the cursor is
// bound; it includes whatever of the caller shapes the answer.
func (f *Finder) find(ctx context.Context, name string, q search.Query, page csdn.PageRequest) (search.Result, csdn.Cursor, error) {
	position, err := page.Cursor.Open(name)
	if err != nil {
		return search.Result{}, "", err
	}
	if q.After, err = search.ParsePosition(position); err != nil {
		return search.Result{}, "", csdn.Errorf(csdn.Malformed, "The cursor does not belong to this query; start again without one.")
	}
	q.Limit = page.Limit
	index, err := f.current(ctx)
	if err != nil {
		return search.Result{}, "", err
	}
	result := index.Search(q)
	if result.Next.IsZero() {
		return result, "", nil
	}
	return result, csdn.SealCursor(name, result.Next.String()), nil
}

// learn tells the index of the people that it found what they are now; those of the ids that are there no more, it forgets. It returns
// whether that was news.
func (f *Finder) learn(found []string, there []csdn.Person) bool {
	forgotten := map[string]bool{}
	for _, id := range found {
		forgotten[id] = true
	}
	var cards []csdn.Card
	for _, p := range there {
		delete(forgotten, string(p.ID))
		cards = append(cards, p.Card())
	}
	for id := range forgotten {
		cards = append(cards, csdn.Card{ID: id, Version: gone, Removed: true})
	}
	return f.index.Apply(cards...)
}

// gone is the version of what is no longer there. Its id is never used again.
const gone csdn.Version = math.MaxInt64

// Vocabularies gives the vocabulary of expertise, read anew when the last reading is older than half a minute.
// It is for concurrent use and must not be copied.
type Vocabularies struct {
	Areas csdn.AreaStore
	Now   func() time.Time

	lock  sync.Mutex
	known csdn.Vocabulary
	asOf  time.Time
}

// containing returns a vocabulary that is at most half a minute old, or fresh if that lacks one of the areas.
func (v *Vocabularies) containing(ctx context.Context, areas ...csdn.AreaSlug) (csdn.Vocabulary, error) {
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.known != nil && v.Now().Sub(v.asOf) < overlap && contains(v.known, areas) {
		return v.known, nil
	}
	list, err := v.Areas.Areas(ctx)
	if err != nil {
		return nil, err
	}
	v.known, v.asOf = csdn.NewVocabulary(list), v.Now()
	return v.known, nil
}

func contains(v csdn.Vocabulary, areas []csdn.AreaSlug) bool {
	for _, a := range areas {
		if _, known := v[a]; !known {
			return false
		}
	}
	return true
}

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

// Found is one page of a search. Facets counts the whole match by facet and value, when asked for.
type Found[T any] struct {
	csdn.Page[T]
	Total  int
	Facets map[search.Facet]map[string]int
}

// query turns the filter into one of the index, with areas and regions spread to what lies within them. Invalid for
// values that are none.
func (f Filter) query(ctx context.Context, areas *Vocabularies) (search.Query, error) {
	q := search.Query{Text: f.Text}
	broken := &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which."}
	unknown := func(parameter, what string) {
		broken.Fields = append(broken.Fields, csdn.Field{Location: parameter, Message: "has a value that is not " + what})
	}
	if err := f.spreadAreas(ctx, areas, &q, unknown); err != nil {
		return q, err
	}
	f.spreadRegions(&q, unknown)
	require(&q, search.Country, f.Countries, func(c csdn.Country) bool { return c.Valid() }, func() { unknown("country", "a country code of ISO 3166-1") })
	require(&q, search.Language, f.Languages, func(l csdn.Language) bool { return l.Valid() }, func() { unknown("language", "a language tag of BCP 47") })
	require(&q, search.Status, f.Statuses, member(csdn.OrganisationStatuses()), func() { unknown("status", "a status of organisations") })
	require(&q, search.Type, f.Types, member(csdn.OrganisationTypes()), func() { unknown("type", "a type of organisations") })
	require(&q, search.Type, f.Categories, member(csdn.Categories()), func() { unknown("category", "a category of participants") })
	f.phased(&q)
	if f.Facets {
		vocabulary, err := areas.containing(ctx)
		if err != nil {
			return q, err
		}
		q.CountAs = map[search.Facet]map[string]string{search.Area: texts(vocabulary.Offered())}
		q.Count = []search.Facet{search.Area, search.Country, search.Region, search.Language, search.Type, search.Status, search.Phase, search.Organisation}
	}
	if len(broken.Fields) > 0 {
		return q, broken
	}
	return q, nil
}

func (f Filter) spreadAreas(ctx context.Context, areas *Vocabularies, q *search.Query, unknown func(string, string)) error {
	for _, anyOf := range f.Areas {
		vocabulary, err := areas.containing(ctx, anyOf...)
		if err != nil {
			return err
		}
		if !contains(vocabulary, anyOf) {
			unknown("area", "an area of the vocabulary; GET /v1/areas lists them")
			continue
		}
		var spread []csdn.AreaSlug
		for _, area := range anyOf {
			if f.Exact {
				spread = append(spread, vocabulary.Equals(area)...)
				continue
			}
			spread = append(spread, vocabulary.Narrower(area)...)
		}
		q.All = append(q.All, search.Any(search.Area, spread...))
	}
	return nil
}

// spreadRegions matches a region by every country and every region within it.
func (f Filter) spreadRegions(q *search.Query, unknown func(string, string)) {
	for _, anyOf := range f.Regions {
		var terms search.AnyOf
		for _, region := range anyOf {
			if !region.Valid() {
				unknown("region", "a region code of UN M49")
				continue
			}
			regions, countries := region.Within()
			terms = append(terms, search.Any(search.Region, regions...)...)
			terms = append(terms, search.Any(search.Country, countries...)...)
		}
		q.All = append(q.All, terms)
	}
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

func texts[T ~string](values map[T]T) map[string]string {
	list := make(map[string]string, len(values))
	for key, value := range values {
		list[string(key)] = string(value)
	}
	return list
}

func identities[T ~string](ids []string) []T {
	list := make([]T, len(ids))
	for i, id := range ids {
		list[i] = T(id)
	}
	return list
}

package directory

import (
	"context"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// Finder searches the cards of one subject in memory. It loads them at its first search, from a snapshot if there is one, and before each
// further one reads those that have changed. Texts it loads when words are first asked for. A Finder is for concurrent use and must not
// be copied.
type Finder struct {
	Subject   csdn.Subject
	Feed      csdn.Feed
	Snapshots csdn.Snapshots // nil to load the feed alone
	Now       func() time.Time

	lock   sync.Mutex
	known  replica
	recent recent // of a Finder of organisations
}

// inquiry is a query, ready to be put to an index that is up to date.
type inquiry struct {
	index *search.Index
	name  string
	search.Query
}

// inquire makes ready to search for a page of what a query matches. name is the query in canonical text, to which the cursor is bound; it
// includes whatever of the caller shapes the answer. The query is asked for while the index is brought up to date, as both may have to
// read.
func (f *Finder) inquire(ctx context.Context, name string, words bool, page csdn.PageRequest, asked func() (search.Query, error)) (inquiry, error) {
	i := inquiry{name: name}
	var failed error
	var fetching sync.WaitGroup
	fetching.Go(func() { i.index, failed = f.current(ctx, words) })
	q, err := asked()
	fetching.Wait()
	if err != nil {
		return i, err
	}
	position, err := page.Cursor.Open(name)
	if err != nil {
		return i, err
	}
	if q.After, err = search.ParsePosition(position); err != nil {
		return i, csdn.Errorf(csdn.Malformed, "The cursor does not belong to this query; start again without one.")
	}
	q.Limit = page.Limit
	i.Query = q
	return i, failed
}

// answer returns the page, and where the next one begins.
func (i inquiry) answer() (search.Result, csdn.Cursor) {
	result := i.index.Search(i.Query)
	if result.Next.IsZero() {
		return result, ""
	}
	return result, csdn.SealCursor(i.name, result.Next.String())
}

// matching returns the ids of everything that matches the query, in the order of names.
func matching[ID ~string](ctx context.Context, f *Finder, q search.Query) ([]ID, error) {
	index, err := f.current(ctx, q.Text != "")
	if err != nil {
		return nil, err
	}
	var ids []ID
	for id := range index.Each(q) {
		ids = append(ids, ID(id))
	}
	return ids, nil
}

// candidates returns those who match the query and whom the filter lets pass, in the order of names.
func (f *Finder) candidates(ctx context.Context, q search.Query, passes func(csdn.Candidate) bool) ([]csdn.Candidate, error) {
	index, err := f.current(ctx, q.Text != "")
	if err != nil {
		return nil, err
	}
	var list []csdn.Candidate
	for c := range index.Candidates(q) {
		if passes(c) {
			list = append(list, c)
		}
	}
	return list, nil
}

// learn tells the index what the people that it found are now; those of the hits that are there no more, it forgets. It returns whether
// any of that was news.
func (i inquiry) learn(found []search.Hit, there []csdn.Person) bool {
	known := make(map[string]csdn.Version, len(found))
	for _, hit := range found {
		known[hit.ID] = hit.Version
	}
	var news []csdn.Card
	for _, p := range there {
		if card := p.Card(); card.Version > known[card.ID] {
			news = append(news, card)
		}
		delete(known, string(p.ID))
	}
	for id := range known {
		news = append(news, csdn.Card{ID: id, Version: gone, Removed: true})
	}
	i.index.Apply(news...)
	return len(news) > 0
}

// Vocabularies gives the vocabulary of expertise, read anew when the last reading is older than half a minute.
// It is for concurrent use and must not be copied.
type Vocabularies struct {
	Areas csdn.AreaStore
	Now   func() time.Time

	lock  sync.Mutex
	known csdn.Vocabulary
	ready *search.Areas // known, for searches
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
	v.known, v.ready, v.asOf = csdn.NewVocabulary(list), nil, v.Now()
	return v.known, nil
}

// searchable is containing for searches.
func (v *Vocabularies) searchable(ctx context.Context, areas ...csdn.AreaSlug) (*search.Areas, error) {
	if _, err := v.containing(ctx, areas...); err != nil {
		return nil, err
	}
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.ready == nil {
		v.ready = search.NewAreas(v.known)
	}
	return v.ready, nil
}

func contains(v csdn.Vocabulary, areas []csdn.AreaSlug) bool {
	for _, a := range areas {
		if _, known := v[a]; !known {
			return false
		}
	}
	return true
}

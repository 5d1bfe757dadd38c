package directory

import (
	"context"
	"math"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// overlap is how far each reading of a feed reaches back behind the last: an index of the store may tell a later write before
// an earlier one.
const overlap = 30 * time.Second

// reloadAfter is how long an index is kept before it is loaded anew: words and tombstones of long ago are forgotten then.
const reloadAfter = 6 * time.Hour

// Finder searches the cards of one subject in memory. It loads them at its first search, from a snapshot if there is one, and before each
// further one reads what has changed. Texts it loads when words are first asked for. A Finder is for concurrent use and must not be
// copied.
type Finder struct {
	Subject   csdn.Subject
	Feed      csdn.Feed
	Snapshots csdn.Snapshots // nil to load the feed alone
	Now       func() time.Time

	lock   sync.Mutex
	index  *search.Index
	loaded time.Time
	asOf   time.Time
	recent recent // of a Finder of organisations
}

// current returns the index as of now, able to search for words if need be.
func (f *Finder) current(ctx context.Context, words bool) (*search.Index, error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	now := f.Now()
	index, since := f.index, f.asOf.Add(-overlap)
	if index == nil || now.Sub(f.loaded) >= reloadAfter || words && !index.Worded() {
		index, since = f.load(ctx, words)
	}
	cards, err := f.Feed.CardsSince(ctx, f.Subject, since)
	if err != nil {
		return nil, err
	}
	index.Apply(cards...)
	if index != f.index {
		f.index, f.loaded = index, now
	}
	f.asOf = now
	return index, nil
}

// load returns the index of a snapshot, and since when the feed tells what it lacks. A snapshot that cannot be had or read, or is of
// another version, only spares time: without it all of the feed is read.
func (f *Finder) load(ctx context.Context, words bool) (*search.Index, time.Time) {
	if f.Snapshots == nil {
		return search.New(), time.Time{}
	}
	s, err := f.Snapshots.Snapshot(ctx, f.Subject, words)
	if err != nil {
		return search.New(), time.Time{}
	}
	index, err := search.Load(s.Base, s.Texts)
	if err != nil {
		return search.New(), time.Time{}
	}
	return index, s.At.Add(-overlap)
}

// find returns one page of what matches the query. name is the query in canonical text, to which the cursor is
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
	index, err := f.current(ctx, q.Text != "")
	if err != nil {
		return search.Result{}, "", err
	}
	result := index.Search(q)
	if result.Next.IsZero() {
		return result, "", nil
	}
	return result, csdn.SealCursor(name, result.Next.String()), nil
}

// each yields everything that matches the query, in the order of names.
func (f *Finder) each(ctx context.Context, q search.Query, yield func(search.Candidate) bool) error {
	index, err := f.current(ctx, q.Text != "")
	if err != nil {
		return err
	}
	index.Each(q, yield)
	return nil
}

// learn tells the index of the people that it found what they are now; those of the hits that are there no more, it forgets. It returns
// whether that was news.
func (f *Finder) learn(found []search.Hit, there []csdn.Person) bool {
	forgotten := map[string]bool{}
	for _, hit := range found {
		forgotten[hit.ID] = true
	}
	var cards []csdn.Card
	for _, p := range there {
		delete(forgotten, string(p.ID))
		cards = append(cards, p.Card())
	}
	for id := range forgotten {
		cards = append(cards, csdn.Card{ID: id, Version: gone, Removed: true})
	}
	f.lock.Lock()
	defer f.lock.Unlock()
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

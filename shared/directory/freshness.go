package directory

import (
	"context"
	"math"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

const (
	// overlap is how far each reading of the news reaches back behind the last: an index of the store may tell a later write before an
	// earlier one.
	overlap = 30 * time.Second
	// reloadAfter is how long an index is kept before it is loaded anew: words and tombstones of long ago are forgotten then.
	reloadAfter = 6 * time.Hour
	// A card that is read by its id costs a read unit, and in the feed about a twentieth of one. When there is news of more than a batch
	// of cards, and of more than this part of all, the whole feed is read instead.
	newsAtLeast = 100
	newsPart    = 20
)

// replica is the cards of a subject as they were at a time.
type replica struct {
	index  *search.Index
	loaded time.Time
	asOf   time.Time
	heard  map[csdn.ChangeID]bool // news that are in the index already, as far as the overlap can tell of them again
}

// current returns the index as of now, able to search for words if need be.
func (f *Finder) current(ctx context.Context, words bool) (*search.Index, error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	now, r := f.Now(), f.known
	news := func() ([]csdn.News, error) { return f.news(ctx, r.asOf) }
	if r.index == nil || now.Sub(r.loaded) >= reloadAfter || words && !r.index.Worded() {
		r, news = f.loaded(ctx, words, now)
	}
	r, err := f.freshened(ctx, r, now, news)
	if err != nil {
		return nil, err
	}
	f.known = r
	return r.index, nil
}

// news returns who was written since a time, and a little before.
func (f *Finder) news(ctx context.Context, since time.Time) ([]csdn.News, error) {
	return f.Feed.News(ctx, f.Subject, since.Add(-overlap))
}

// loaded returns what the snapshot holds, and the news since, which are read while the index is made. One that cannot be had or read, or
// is of another version, only spares time: without it, nothing.
func (f *Finder) loaded(ctx context.Context, words bool, now time.Time) (replica, func() ([]csdn.News, error)) {
	if f.Snapshots == nil {
		return replica{}, nil
	}
	s, err := f.Snapshots.Snapshot(ctx, f.Subject, words)
	if err != nil {
		return replica{}, nil
	}
	news := sync.OnceValues(func() ([]csdn.News, error) { return f.news(ctx, s.At) })
	go news()
	index, err := search.Load(s.Base, s.Texts)
	if err != nil {
		_, _ = news() // so that nothing is left running
		return replica{}, nil
	}
	return replica{index: index, loaded: now, asOf: s.At}, news
}

// freshened brings a replica up to date by the news, or makes one where there is none.
func (f *Finder) freshened(ctx context.Context, r replica, now time.Time, read func() ([]csdn.News, error)) (replica, error) {
	if r.index == nil {
		return f.whole(ctx, now)
	}
	news, err := read()
	if err != nil {
		return r, err
	}
	heard, seen := make(map[csdn.ChangeID]bool, len(news)), map[string]bool{}
	var fresh []string
	for _, n := range news {
		heard[n.Change] = true
		if !r.heard[n.Change] && !seen[n.ID] {
			seen[n.ID] = true
			fresh = append(fresh, n.ID)
		}
	}
	if len(fresh) > max(newsAtLeast, r.index.Len()/newsPart) {
		return f.whole(ctx, now)
	}
	if len(fresh) > 0 {
		cards, err := f.Feed.CardsByID(ctx, f.Subject, fresh)
		if err != nil {
			return r, err
		}
		r.index.Apply(withGone(fresh, cards)...)
	}
	r.asOf, r.heard = now, heard
	return r, nil
}

// whole reads the feed. What it may lack of the last moment is still news the next time.
func (f *Finder) whole(ctx context.Context, now time.Time) (replica, error) {
	cards, err := f.Feed.Cards(ctx, f.Subject)
	if err != nil {
		return replica{}, err
	}
	index := search.New()
	index.Apply(cards...)
	return replica{index: index, loaded: now, asOf: now}, nil
}

// withGone returns the cards, and for each of the ids that has none that it is gone.
func withGone(ids []string, cards []csdn.Card) []csdn.Card {
	there := make(map[string]bool, len(cards))
	for _, card := range cards {
		there[card.ID] = true
	}
	for _, id := range ids {
		if !there[id] {
			cards = append(cards, csdn.Card{ID: id, Version: gone, Removed: true})
		}
	}
	return cards
}

// gone is the version of what is no longer there. Its id is never used again.
const gone csdn.Version = math.MaxInt64

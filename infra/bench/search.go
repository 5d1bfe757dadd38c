package main

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

const (
	searchRounds = 60
	loads        = 3
	// fillWithin is how long writing the records of one size may take.
	fillWithin = time.Minute
)

// sizes are how many organisations and how many people are searched; 0 stands for the demo's.
var sizes = []int{0, 1000, 10_000}

// narrow is a search by area, country and language.
var narrow = directory.Filter{
	Areas:     [][]csdn.AreaSlug{{area}},
	Countries: [][]csdn.Country{{"ML", "NE", "BF"}},
	Languages: [][]csdn.Language{{"en"}},
}

var firstPage = csdn.PageRequest{Limit: csdn.DefaultLimit}

// searches measures what a search reads and how long it takes, by size.
func (b *bench) searches(ctx context.Context) ([]table, error) {
	costs := table{
		title: "Search: read units",
		about: "As the stores meter them, pages of 20. An organisation's page is read with eventual consistency, a person's is confirmed " +
			"with strong consistency before it is shown. The vocabulary is read again every half minute.",
		columns: []string{"Search", "Of", "Stored", "Match", "Shown", "Feed", "Page", "Vocabulary", "Read units"},
	}
	times := table{
		title: "Search: time and load",
		about: fmt.Sprintf("By area, country and language, within a process, beside one GetItem of the same engine in turns: medians of %d rounds, "+
			"of loads %d. *In memory* is the search without reading the records of its page: the feed's news and the index.", searchRounds, loads),
		columns: []string{"Of", "Stored", "GetItem, ms", "Search, ms", "Ratio", "In memory, ms", "Ratio", "Load, ms", "Ratio", "Cards", "Bytes", "Bytes/card"},
	}
	for _, size := range sizes {
		done, err := b.searchesOf(ctx, size, &costs, &times)
		if err != nil {
			return nil, err
		}
		if !done {
			times.about += fmt.Sprintf(" %d of each could not be written within %s.", size, fillWithin)
		}
	}
	return []table{costs, times}, nil
}

// searchesOf measures searches among that many; done is false if writing them takes too long.
func (b *bench) searchesOf(ctx context.Context, size int, costs, times *table) (done bool, err error) {
	endpoint, stop, err := b.fresh(ctx, fmt.Sprintf("search-%d", size))
	if err != nil {
		return false, err
	}
	defer stop()
	network, err := b.network(size)
	if err != nil {
		return false, err
	}
	filling, cancel := context.WithTimeout(ctx, fillWithin)
	defer cancel()
	if err := b.fill(filling, endpoint, network); err != nil {
		if filling.Err() != nil && ctx.Err() == nil {
			return false, nil
		}
		return false, err
	}
	for _, s := range b.subjects(endpoint, network) {
		if err := s.costs(ctx, costs); err != nil {
			return false, err
		}
		if err := b.times(ctx, s, times); err != nil {
			return false, err
		}
	}
	return true, nil
}

// costs adds a row for each search of one function from its start.
func (s subject) costs(ctx context.Context, t *table) error {
	var m meters
	find := s.open(&m, false)
	row := func(name string, f directory.Filter, page csdn.PageRequest) (csdn.Cursor, error) {
		m.feed, m.page, m.vocabulary = 0, 0, 0
		found, err := find(ctx, f, page)
		t.add(name, s.name, count(s.stored), count(found.total), count(found.shown), units(m.feed), units(m.page),
			units(m.vocabulary), units(m.feed+m.page+m.vocabulary))
		return found.next, err
	}
	if _, err := row("the first: loads the cards", narrow, firstPage); err != nil {
		return err
	}
	if _, err := row("the same again", narrow, firstPage); err != nil {
		return err
	}
	next, err := row("of everything", directory.Filter{}, firstPage)
	if err != nil {
		return err
	}
	_, err = row("the next page", directory.Filter{}, csdn.PageRequest{Limit: firstPage.Limit, Cursor: next})
	return err
}

// times adds the row of one subject.
func (b *bench) times(ctx context.Context, s subject, t *table) error {
	var loading, warm meters
	var load, get, whole, memory []time.Duration
	take := func(into *[]time.Duration, act func() error) error {
		took, err := b.timed(act)
		*into = append(*into, took)
		return err
	}
	searching := func(find search) func() error {
		return func() error {
			_, err := find(ctx, narrow, firstPage)
			return err
		}
	}
	for range loads {
		if err := take(&load, searching(s.open(&loading, true))); err != nil {
			return err
		}
	}
	seeing, blind := s.open(&warm, false), s.open(&warm, true)
	for _, find := range []search{seeing, blind} {
		if err := searching(find)(); err != nil {
			return err
		}
	}
	for range searchRounds {
		if err := take(&get, func() error { return s.get(ctx) }); err != nil {
			return err
		}
		if err := take(&whole, searching(seeing)); err != nil {
			return err
		}
		if err := take(&memory, searching(blind)); err != nil {
			return err
		}
	}
	one, cards, bytes := median(get), loading.cards/loads, loading.bytes.Load()/loads
	t.add(s.name, count(s.stored), milliseconds(one), milliseconds(median(whole)), ratio(median(whole), one),
		milliseconds(median(memory)), ratio(median(memory), one), milliseconds(median(load)), ratio(median(load), one),
		count(cards), fmt.Sprint(bytes), fmt.Sprintf("%.0f", float64(bytes)/float64(max(cards, 1))))
	return nil
}

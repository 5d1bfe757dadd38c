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
	fillWithin = 3 * time.Minute
)

// sizes are how many organisations are searched, and people up to mostPeople.
var sizes = []int{1000, 10_000, 100_000}

// narrow is a search by area, country and language.
var narrow = directory.Filter{
	Areas:     [][]csdn.AreaSlug{{area}},
	Countries: [][]csdn.Country{{"ML", "NE", "BF"}},
	Languages: [][]csdn.Language{{"en"}},
}

var firstPage = csdn.PageRequest{Limit: csdn.DefaultLimit}

// scaled are the tables of the measurements by size.
type scaled struct{ costs, writes, times, starts, memory, rivals, pressed table }

// searches measures what a search reads and how long it takes, by size.
func (b *bench) searches(ctx context.Context) ([]table, error) {
	s := scaled{
		costs: table{
			title: "Search: read units",
			about: "As the stores meter them, pages of 20. A page of organisations that have not changed since they were last shown is not " +
				"read again; a person's is confirmed with strong consistency before it is shown. The vocabulary is read again every half minute.",
			columns: []string{"Search", "Of", "Stored", "Match", "Shown", "Feed", "Page", "Vocabulary", "Read units"},
		},
		writes: table{title: "Search: write units", columns: []string{"Write", "Items", "Write units", "Of them, indexes"}},
		times: table{
			title: "Search: time and load",
			about: fmt.Sprintf("By area, country and language, within a process, beside one GetItem of the same engine in turns: medians of %d rounds, "+
				"of loads %d. *In memory* is the search without reading the records of its page: the feed's news and the index.", searchRounds, loads),
			columns: []string{"Of", "Stored", "GetItem, ms", "Search, ms", "Ratio", "In memory, ms", "Ratio", "Load, ms", "Ratio", "Cards", "Bytes", "Bytes/card"},
		},
		starts: table{
			title: "Search: the first answer of a fresh process",
			about: fmt.Sprintf("With the loading of its index, by area and language, next to a bare function on the same event: medians of %d rounds.",
				freshRounds),
			columns: []string{"Function", "Stored", "ms", "hello, ms", "Ratio", "Peak memory, MB"},
		},
		memory: table{
			title: "Search: memory", about: "What the index holds for each card: for facets, names and texts, and further once words are asked for.",
			columns: []string{"Of", "Stored", "Bytes each", "Words, bytes each"},
		},
		rivals: table{
			title: "Search: the index against SQLite",
			about: fmt.Sprintf("The same questions of the same organisations, pages of 20 with totals, both within this process: medians of %d in turns. "+
				"SQLite (modernc.org/sqlite) is in memory, with an index for every question and its rows in the order of names.", rivalRounds),
			columns: []string{"Question", "Stored", "Index, ms", "SQLite, ms", "Ratio"},
		},
		pressed: table{
			title: "Search: throughput",
			about: "By area, country and language: through the local machine with gateway, authorizer, function and DynamoDB engine, against " +
				"SQLite within this process, without any of these.",
			columns: []string{"Stored", "Clients", "Machine, searches/s", "SQLite, searches/s", "Ratio", "Machine, median ms"},
		},
	}
	beside, err := b.buildHello(ctx)
	if err != nil {
		return nil, err
	}
	visits, _, err := b.visits(ctx)
	if err != nil {
		return nil, err
	}
	for _, size := range sizes {
		if err := b.searchesOf(ctx, size, beside, visits, &s); err != nil {
			return nil, err
		}
	}
	return []table{s.costs, s.writes, s.times, s.starts, s.memory, s.rivals, s.pressed}, nil
}

// searchesOf measures searches among that many.
func (b *bench) searchesOf(ctx context.Context, size int, beside string, visits []visit, t *scaled) error {
	endpoint, stop, err := b.fresh(ctx, fmt.Sprintf("search-%d", size))
	if err != nil {
		return err
	}
	defer stop()
	network, err := b.network(size)
	if err != nil {
		return err
	}
	filling, cancel := context.WithTimeout(ctx, fillWithin)
	defer cancel()
	if err := b.fill(filling, endpoint, network); err != nil {
		return err
	}
	if size == sizes[0] {
		if err := b.writing(ctx, endpoint, network, &t.writes); err != nil {
			return err
		}
	}
	for _, s := range b.subjects(endpoint, network) {
		if err := s.costs(ctx, &t.costs); err != nil {
			return err
		}
		if err := b.times(ctx, s, &t.times); err != nil {
			return err
		}
	}
	if err := b.starts(ctx, endpoint, size, beside, visits, &t.starts); err != nil {
		return err
	}
	memory(cardsOf(network.Organisations), "organisations", &t.memory)
	memory(cardsOf(network.People), "people", &t.memory)
	sqlite, err := newRival(ctx, network)
	if err != nil {
		return err
	}
	defer sqlite.db.Close()
	if err := b.rivals(ctx, network, sqlite, &t.rivals); err != nil {
		return err
	}
	return b.pressed(ctx, endpoint, network, sqlite, &t.pressed)
}

func cardsOf[T interface{ Card() csdn.Card }](records []T) []csdn.Card {
	cards := make([]csdn.Card, len(records))
	for i, r := range records {
		cards[i] = r.Card()
	}
	return cards
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
	searching := func(find finding) func() error {
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
	for _, find := range []finding{seeing, blind} {
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

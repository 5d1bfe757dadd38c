package main

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/search"
)

const (
	searchRounds = 60
	loads        = 3
)

// narrow is a search by area, country and language.
var narrow = directory.Filter{
	Areas:     [][]csdn.AreaSlug{{area}},
	Countries: [][]csdn.Country{{"ML", "NE", "BF"}},
	Languages: [][]csdn.Language{{"en"}},
}

var firstPage = csdn.PageRequest{Limit: csdn.DefaultLimit}

// searches measures what searches cost and how long they take, by size.
func (b *bench) searches(ctx context.Context) ([]table, error) {
	beside, err := b.buildHello(ctx)
	if err != nil {
		return nil, err
	}
	visits, _, err := b.visits(ctx)
	if err != nil {
		return nil, err
	}
	costs, times, starts, held, cores, rivals := costsTable(), timesTable(), startsTable(), memoryTable(), coresTable(), rivalsTable()
	var stages []stage
	for _, size := range b.sizes {
		s, err := b.stage(ctx, size)
		if err != nil {
			return nil, err
		}
		defer s.close()
		stages = append(stages, s)
		for _, one := range b.subjects(s.endpoint, s.network) {
			if err := one.costs(ctx, &costs); err != nil {
				return nil, err
			}
			if err := b.times(ctx, one, &times); err != nil {
				return nil, err
			}
		}
		if err := b.starts(ctx, s.endpoint, size, beside, visits, &starts); err != nil {
			return nil, err
		}
		memory(cardsOf(s.network.Organisations), "organisations", &held)
		memory(cardsOf(s.network.People), "people", &held)
		index := search.New()
		index.Apply(cardsOf(s.network.Organisations)...)
		asked := questions(csdn.NewVocabulary(s.network.Areas))
		core(index, asked, size, &cores)
		if err := b.rivals(ctx, index, asked, size, s.rival, &rivals); err != nil {
			return nil, err
		}
	}
	warm, pressed, err := b.throughMachines(ctx, stages)
	return []table{costs, times, starts, warm, cores, held, rivals, pressed}, err
}

// stage is a network of one size: in the tables of an engine and in SQLite.
type stage struct {
	size     int
	endpoint string
	network  demo.Network
	rival    *rival
	close    func()
}

func (b *bench) stage(ctx context.Context, size int) (stage, error) {
	endpoint, stop, err := b.fresh(ctx, fmt.Sprintf("search-%d", size))
	if err != nil {
		return stage{}, err
	}
	s := stage{size: size, endpoint: endpoint, close: stop}
	if s.network, err = b.network(size); err == nil {
		err = b.fill(ctx, endpoint, s.network)
	}
	if err == nil {
		s.rival, err = newRival(ctx, s.network)
	}
	if err != nil {
		stop()
		return s, err
	}
	s.close = func() {
		stop()
		_ = s.rival.db.Close()
	}
	return s, nil
}

func costsTable() table {
	return table{
		title: "Search: read units",
		about: "As the stores meter them, pages of 20. *News* is who was written since the last search; at the start it is all cards. A page " +
			"of organisations that have not changed since they were last shown is not read again; a person's is confirmed with strong " +
			"consistency before it is shown. The vocabulary is read again every half minute.",
		columns: []string{"Search", "Of", "Stored", "Match", "Shown", "News", "Page", "Vocabulary", "Read units"},
	}
}

func timesTable() table {
	return table{
		title: "Search: time and load",
		about: fmt.Sprintf("By area, country and language, within a process, beside one GetItem of the same engine in turns: medians of %d rounds, "+
			"of loads %d. *In memory* is the search without reading the records of its page: the news and the index.", searchRounds, loads),
		columns: []string{"Of", "Stored", "GetItem, ms", "Search, ms", "Ratio", "In memory, ms", "Ratio", "Load, ms", "Ratio", "Cards", "Bytes", "Bytes/card"},
	}
}

func startsTable() table {
	return table{
		title: "Search: the first answer of a fresh process",
		about: fmt.Sprintf("With the loading of its index, by area and language, next to a bare function on the same event: medians of %d rounds. "+
			"Where others use the computer, the time of a core tells more than that of the clock.", freshRounds),
		columns: []string{"Function", "Stored", "ms", "hello, ms", "Ratio", "Of a core, ms", "hello, ms", "Ratio", "Peak memory, MB"},
	}
}

func memoryTable() table {
	return table{
		title: "Search: memory", about: "What the index holds for each card: for facets, names and texts, and further once words are asked for.",
		columns: []string{"Of", "Stored", "Bytes each", "Words, bytes each"},
	}
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

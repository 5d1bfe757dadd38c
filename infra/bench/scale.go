package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

const (
	freshRounds = 15
	rivalRounds = 10
	coreRounds  = 200
)

// starts measures the first answer of a fresh process, which loads its index before it, beside hello's.
func (b *bench) starts(ctx context.Context, endpoint string, size int, beside string, visits []visit, t *table) error {
	for _, v := range visits {
		if !strings.Contains(v.name, "?area=") {
			continue
		}
		var own, other sample
		for range freshRounds {
			if err := b.first(ctx, endpoint, beside, hello, v.payload, &other); err != nil {
				return err
			}
			if err := b.first(ctx, endpoint, built, v.function, v.payload, &own); err != nil {
				return err
			}
		}
		t.add(append(append([]string{v.function.Folder, count(size)}, own.beside(other)...), megabytes(own.peak))...)
	}
	return nil
}

// memory measures what a card costs in memory, with its words and without.
func memory(cards []csdn.Card, name string, t *table) {
	held := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	before := held()
	index := search.New()
	index.Apply(cards...)
	loaded := held()
	index.Search(search.Query{Text: "a"})
	worded := held()
	runtime.KeepAlive(cards)
	n := float64(len(cards))
	t.add(name, count(len(cards)), fmt.Sprintf("%.0f", (loaded-before)/n), fmt.Sprintf("%.0f", (worded-loaded)/n))
	runtime.KeepAlive(index)
}

func coresTable() table {
	return table{
		title: "Search: one core",
		about: fmt.Sprintf("What the index takes of a core for a page of 20 organisations, as the system accounts for it: means of %d. The first "+
			"time that a beginning of words is asked for is told apart where the index remembers it.", coreRounds),
		columns: []string{"Question", "Stored", "ms of a core", "The first time, ms", "Bytes", "Allocations"},
	}
}

// core adds a row for each question.
func core(x *search.Index, asked []question, size int, t *table) {
	areas := asked[0].query.Areas
	all := []search.Facet{search.Area, search.Country, search.Region, search.Language, search.Type, search.Status, search.Phase}
	asked = append(asked[:len(asked):len(asked)],
		question{name: "everything, with all facets counted", query: search.Query{Areas: areas, Limit: csdn.DefaultLimit, Count: all}},
		question{name: "one letter", query: search.Query{Areas: areas, Limit: csdn.DefaultLimit, Text: "p"}},
	)
	x.Search(search.Query{Text: "zzz"}) // so that words are known
	var before, after runtime.MemStats
	for _, q := range asked {
		begun := spent()
		x.Search(q.query)
		first := spent() - begun
		runtime.GC()
		runtime.ReadMemStats(&before)
		begun = spent()
		for range coreRounds {
			x.Search(q.query)
		}
		took := (spent() - begun) / coreRounds
		runtime.ReadMemStats(&after)
		t.add(q.name, count(size), milliseconds(took), milliseconds(first), count(int(after.TotalAlloc-before.TotalAlloc)/coreRounds),
			count(int(after.Mallocs-before.Mallocs)/coreRounds))
	}
}

// spent is how long the process has had a core.
func spent() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func rivalsTable() table {
	return table{
		title: "Search: the index against SQLite",
		about: fmt.Sprintf("The same questions of the same organisations, pages of 20 with totals, both within this process: medians of %d in turns. "+
			"SQLite (modernc.org/sqlite) is in memory, with an index for every question and its rows in the order of names.", rivalRounds),
		columns: []string{"Question", "Stored", "Index, ms", "SQLite, ms", "Ratio"},
	}
}

// rivals asks the same questions of the index and of SQLite, in turns.
func (b *bench) rivals(ctx context.Context, x *search.Index, asked []question, size int, r *rival, t *table) error {
	for _, q := range asked {
		var ours, theirs []time.Duration
		for range rivalRounds {
			took, _ := b.timed(func() error {
				x.Search(q.query)
				return nil
			})
			ours = append(ours, took)
			took, err := b.timed(func() error { return q.ask(ctx, r) })
			if err != nil {
				return err
			}
			theirs = append(theirs, took)
		}
		t.add(q.name, count(size), milliseconds(median(ours)), milliseconds(median(theirs)), ratio(median(theirs), median(ours)))
	}
	return nil
}

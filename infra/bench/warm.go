package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"csdn.example/directory/infra/seed/demo"
)

const (
	warmRounds = 8
	// directReads and machineReads are how many there are in a round, of all clients together.
	directReads  = 400
	machineReads = 160
)

// warmReads measures the read of one organisation through the whole machine, in turns with its GetItem.
func (b *bench) warmReads(ctx context.Context) ([]table, error) {
	t := table{
		title: "Warm read",
		about: fmt.Sprintf("`GET /v1/organisations/{id}` through gateway, authorizer and function, against the one GetItem that it makes, "+
			"asked of the same engine by the SDK: %d rounds in turns.", warmRounds),
		columns: []string{"Read", "Clients", "Reads", "Median, ms", "Ratio", "95th percentile, ms", "Ratio", "Reads/s"},
	}
	for _, clients := range []int{1, 16} {
		store := tablesOf(clientOf(b.machine.Endpoint, transport(clients))).directory
		web := &http.Client{Transport: transport(clients), Timeout: 10 * time.Second}
		direct := func(ctx context.Context) error {
			_, err := store.Organisation(ctx, demo.Passerelles)
			return err
		}
		whole := func(ctx context.Context) error {
			_, err := b.get(ctx, web, "/v1/organisations/"+string(demo.Passerelles))
			return err
		}
		var near, far load
		// The first round is to get warm.
		for round := range warmRounds + 1 {
			if round == 1 {
				near, far = load{}, load{}
			}
			if err := b.press(ctx, &near, clients, directReads, direct); err != nil {
				return nil, err
			}
			if err := b.press(ctx, &far, clients, machineReads, whole); err != nil {
				return nil, err
			}
		}
		t.add(near.row("GetItem", clients, near)...)
		t.add(far.row("GET", clients, near)...)
	}
	return []table{t}, nil
}

// load is what many reads showed.
type load struct {
	times   []time.Duration
	elapsed time.Duration
}

func (l load) row(name string, clients int, against load) []string {
	const most = 0.95
	return []string{
		name, count(clients), count(len(l.times)), milliseconds(median(l.times)), ratio(median(l.times), median(against.times)),
		milliseconds(quantile(l.times, most)), ratio(quantile(l.times, most), quantile(against.times, most)),
		fmt.Sprintf("%.0f", float64(len(l.times))/l.elapsed.Seconds()),
	}
}

// press has the clients make the reads, each the next one as soon as it has its answer, and adds their times.
func (b *bench) press(ctx context.Context, into *load, clients, reads int, read func(context.Context) error) error {
	var next atomic.Int64
	return b.pressWhile(ctx, into, clients, func() bool { return next.Add(1) <= int64(reads) }, read)
}

// pressFor is press for a time.
func (b *bench) pressFor(ctx context.Context, into *load, clients int, d time.Duration, read func(context.Context) error) error {
	until := b.now().Add(d)
	return b.pressWhile(ctx, into, clients, func() bool { return b.now().Before(until) }, read)
}

func (b *bench) pressWhile(ctx context.Context, into *load, clients int, more func() bool, read func(context.Context) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var lock sync.Mutex
	var working sync.WaitGroup
	begun := b.now()
	for range clients {
		working.Go(func() {
			var times []time.Duration
			for ctx.Err() == nil && more() {
				took, err := b.timed(func() error { return read(ctx) })
				if err != nil {
					stop(err)
				}
				times = append(times, took)
			}
			lock.Lock()
			defer lock.Unlock()
			into.times = append(into.times, times...)
		})
	}
	working.Wait()
	into.elapsed += b.now().Sub(begun)
	return context.Cause(ctx)
}

// timed returns how long an act takes.
func (b *bench) timed(act func() error) (time.Duration, error) {
	begun := b.now()
	err := act()
	return b.now().Sub(begun), err
}

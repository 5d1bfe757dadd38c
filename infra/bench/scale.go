package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"csdn.example/directory/infra/local/machine"
	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

const (
	freshRounds   = 7
	rivalRounds   = 40
	machineRounds = 300 // searches of all clients together
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
		t.add(v.function.Folder, count(size), milliseconds(median(own.times)), milliseconds(median(other.times)),
			ratio(median(own.times), median(other.times)), megabytes(own.peak))
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

// rivals asks the same questions of the index and of SQLite, in turns.
func (b *bench) rivals(ctx context.Context, n demo.Network, r *rival, t *table) error {
	index := search.New()
	for _, o := range n.Organisations {
		index.Apply(o.Card())
	}
	for _, q := range questions(csdn.NewVocabulary(n.Areas)) {
		var ours, theirs []time.Duration
		for range rivalRounds {
			took, _ := b.timed(func() error {
				index.Search(q.query)
				return nil
			})
			ours = append(ours, took)
			took, err := b.timed(func() error { return q.ask(ctx, r) })
			if err != nil {
				return err
			}
			theirs = append(theirs, took)
		}
		t.add(q.name, count(len(n.Organisations)), milliseconds(median(ours)), milliseconds(median(theirs)), ratio(median(theirs), median(ours)))
	}
	return nil
}

// pressed measures how many searches a second the local machine answers over the endpoint, against SQLite within this process.
func (b *bench) pressed(ctx context.Context, endpoint string, n demo.Network, r *rival, t *table) error {
	folder := filepath.Join(b.folder, fmt.Sprintf("machine-%d", len(n.Organisations)))
	running, err := machine.Start(ctx, machine.Options{
		Template: "template.yaml", Functions: built, Endpoint: endpoint, Listen: "127.0.0.1:0", Data: folder, Now: b.now, Log: quiet,
	})
	if err != nil {
		return err
	}
	defer running.Stop()
	other := &bench{folder: folder, now: b.now, machine: running}
	if err := other.signIn(ctx); err != nil {
		return err
	}
	asked := questions(csdn.NewVocabulary(n.Areas))[0]
	for _, clients := range []int{1, 16} {
		web := &http.Client{Transport: transport(clients), Timeout: 30 * time.Second}
		whole := func(ctx context.Context) error {
			_, err := other.get(ctx, web, "/v1/organisations?area="+area+"&country=ML,NE,BF&language=en")
			return err
		}
		var warm, far, near load
		if err := other.press(ctx, &warm, clients, 8*clients, whole); err != nil {
			return err
		}
		if err := other.press(ctx, &far, clients, machineRounds, whole); err != nil {
			return err
		}
		if err := other.press(ctx, &near, clients, machineRounds, func(ctx context.Context) error { return asked.ask(ctx, r) }); err != nil {
			return err
		}
		t.add(count(len(n.Organisations)), count(clients), fmt.Sprintf("%.0f", far.rate()), fmt.Sprintf("%.0f", near.rate()),
			fmt.Sprintf("%.2f", far.rate()/near.rate()), milliseconds(median(far.times)))
	}
	return nil
}

// rate is how many there are in a second.
func (l load) rate() float64 { return float64(len(l.times)) / l.elapsed.Seconds() }

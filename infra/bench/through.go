package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"csdn.example/directory/infra/local/machine"
	"csdn.example/directory/shared/csdn"
)

const (
	throughRounds = 250
	// pressing is for how long the clients press.
	pressing = 3 * time.Second
)

// throughMachines measures searches through a local machine over each stage: one after the other in turns, and under pressure.
func (b *bench) throughMachines(ctx context.Context, stages []stage) (warm, pressed table, err error) {
	warm = table{
		title: "Search: warm, through the machine",
		about: fmt.Sprintf("`GET /v1/organisations?area=…&country=…&language=…` and `GET /v1/people` with the same, through gateway, authorizer and function, "+
			"with all sizes and the path in turns: medians of %d rounds. The path is `GET /v1/organisations/{id}`, which makes one GetItem.", throughRounds),
		columns: []string{"Request", "Stored", "Median, ms", "By that of the least", "By the path"},
	}
	pressed = table{
		title: "Search: throughput",
		about: fmt.Sprintf("Organisations by area, country and language, for %s each: through the local machine with gateway, authorizer, function and DynamoDB "+
			"engine, against SQLite within this process, without any of these.", pressing),
		columns: []string{"Stored", "Clients", "Machine, searches/s", "SQLite, searches/s", "Ratio", "Machine, median ms"},
	}
	var machines []*bench
	for _, s := range stages {
		one, err := b.over(ctx, s)
		if err != nil {
			return warm, pressed, err
		}
		defer one.machine.Stop()
		machines = append(machines, one)
	}
	if err := b.turns(ctx, stages, machines, &warm); err != nil {
		return warm, pressed, err
	}
	for n, s := range stages {
		if err := machines[n].pressed(ctx, s, &pressed); err != nil {
			return warm, pressed, err
		}
	}
	return warm, pressed, nil
}

// over starts a machine over the engine of a stage.
func (b *bench) over(ctx context.Context, s stage) (*bench, error) {
	folder := filepath.Join(b.folder, fmt.Sprintf("machine-%d", s.size))
	running, err := machine.Start(ctx, machine.Options{
		Template: "template.yaml", Functions: built, Endpoint: s.endpoint, Listen: "127.0.0.1:0", Data: folder, Now: b.now, Log: quiet,
	})
	if err != nil {
		return nil, err
	}
	other := &bench{folder: folder, now: b.now, machine: running}
	if err := other.signIn(ctx); err != nil {
		running.Stop()
		return nil, err
	}
	return other, nil
}

// narrowQuery is narrow as the query of an address.
const narrowQuery = "?area=" + area + "&country=ML,NE,BF&language=en"

// turns asks every machine for a page of each kind and for one record, again and again.
func (b *bench) turns(ctx context.Context, stages []stage, machines []*bench, t *table) error {
	web := &http.Client{Transport: transport(1), Timeout: 30 * time.Second}
	names := []string{"organisations", "people", "the path"}
	times := make([][]time.Duration, len(names)*len(stages))
	for round := range throughRounds + 1 {
		for n, s := range stages {
			for kind, path := range []string{
				"/v1/organisations" + narrowQuery, "/v1/people" + narrowQuery, "/v1/organisations/" + string(s.network.Organisations[0].ID),
			} {
				took, err := b.timed(func() error {
					_, err := machines[n].get(ctx, web, path)
					return err
				})
				if err != nil {
					return err
				}
				if round > 0 { // the first is to get warm
					times[kind*len(stages)+n] = append(times[kind*len(stages)+n], took)
				}
			}
		}
	}
	paths := times[2*len(stages):]
	for kind, name := range names {
		for n, s := range stages {
			one := median(times[kind*len(stages)+n])
			t.add(name, count(s.size), milliseconds(one), hundredths(one, median(times[kind*len(stages)])), hundredths(one, median(paths[n])))
		}
	}
	return nil
}

// pressed measures how many searches a second the machine answers, against SQLite within this process.
func (b *bench) pressed(ctx context.Context, s stage, t *table) error {
	asked := questions(csdn.NewVocabulary(s.network.Areas))[0]
	for _, clients := range []int{1, 16} {
		web := &http.Client{Transport: transport(clients), Timeout: 30 * time.Second}
		whole := func(ctx context.Context) error {
			_, err := b.get(ctx, web, "/v1/organisations"+narrowQuery)
			return err
		}
		var warm, far, near load
		if err := b.press(ctx, &warm, clients, 8*clients, whole); err != nil {
			return err
		}
		if err := b.pressFor(ctx, &far, clients, pressing, whole); err != nil {
			return err
		}
		if err := b.pressFor(ctx, &near, clients, pressing, func(ctx context.Context) error { return asked.ask(ctx, s.rival) }); err != nil {
			return err
		}
		t.add(count(s.size), count(clients), fmt.Sprintf("%.0f", far.rate()), fmt.Sprintf("%.0f", near.rate()),
			fmt.Sprintf("%.2f", far.rate()/near.rate()), milliseconds(median(far.times)))
	}
	return nil
}

// rate is how many there are in a second.
func (l load) rate() float64 { return float64(len(l.times)) / l.elapsed.Seconds() }

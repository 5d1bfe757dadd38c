// Command load asks the local machine as its users do in a busy hour, and prints what they had to wait for, what failed, and what
// memory it took. The model is open: requests come when they are due, whether or not those before were answered, and a latency is
// counted from when its request was due. It fails when a request does. It must be run at the root of the repository, after
// make build engine, on Linux, whose /proc tells of the memory.
//
//	go run ./infra/load [-rate 200] [-for 5m] [-soak [-growth 5]]
//
// With -soak the memory is sampled all the time, and it fails too when the regression line through the second half of the samples
// grows by more than -growth per cent. Until every instance of a function is warm it does grow: at 20 requests a second for some ten minutes.
//
// It may import the parts of the local machine; requests are sent by vegeta.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var p plan
	flag.IntVar(&p.rate, "rate", 200, "how many requests are sent in a second")
	flag.DurationVar(&p.length, "for", 5*time.Minute, "for how long")
	flag.BoolVar(&p.soak, "soak", false, "whether growing memory is a failure")
	flag.Float64Var(&p.growth, "growth", 5, "by how many per cent it may grow over the second half")
	flag.Parse()
	p.now = time.Now
	if err := run(ctx, p, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "the load was not borne:", err)
		os.Exit(1)
	}
}

// plan is what is asked of the machine.
type plan struct {
	rate   int // requests a second
	length time.Duration
	soak   bool
	growth float64 // per cent
	now    func() time.Time
}

// every is how often memory is looked at.
const every = 10 * time.Second

func run(ctx context.Context, p plan, out io.Writer) error {
	if p.rate < 1 || p.length < time.Second {
		return errors.New("name a rate of at least 1, for at least 1s")
	}
	h, err := open(ctx)
	if err != nil {
		return err
	}
	defer h.close()
	s, err := set(ctx, h, p.now)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\n", computer("begins"))
	watching, rest := context.WithCancel(ctx)
	defer rest()
	diary := make(chan []sample, 1)
	began := p.now()
	first, err := h.resident()
	if err != nil {
		return err
	}
	go func() { diary <- watch(watching, h, first, began, p.now) }()
	outcomes := attack(ctx, p, h.client, s.kinds())
	elapsed := p.now().Sub(began)
	rest()
	samples := <-diary
	fmt.Fprintf(out, "%s\n\n", computer("ends"))
	failed := outcomes.print(out, p, elapsed)
	grown := remember(out, samples, p)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped after %v: %w", elapsed.Round(time.Second), err)
	}
	return errors.Join(failed, grown)
}

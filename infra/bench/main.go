// Command bench measures the built house on this computer and prints what it finds as Markdown. A time is told beside the
// time of something simple, taken in turns with it in the same run, because only their ratio means anything elsewhere;
// everything else is a count. It judges nothing and must be run at the root of the repository, after make build engine.
//
// It may import whatever it measures: the local machine, the demo data and the shared rooms.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "the measurements were not finished:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 12*time.Minute)
	defer cancel()
	b, err := open(ctx, time.Now)
	if err != nil {
		return err
	}
	defer b.close()
	return b.report(ctx, os.Stdout, b.coldStarts, b.warmReads, b.searches, b.shortlists, b.acceptances)
}

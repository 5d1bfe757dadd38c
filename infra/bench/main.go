// Command bench measures the built house on this computer and prints what it finds as Markdown. A time is told beside the
// time of something simple, taken in turns with it in the same run, because only their ratio means anything elsewhere;
// everything else is a count. It judges nothing and must be run at the root of the repository, after make build engine.
//
//	go run ./infra/bench [-only cold,warm,pages,write,search,shortlist,acceptance] [-sizes 1000,10000,100000]
//
// It may import whatever it measures: the local machine, the demo data and the shared rooms.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	only := flag.String("only", "", "what is measured, separated by commas; everything when empty")
	sizes := flag.String("sizes", "1000,10000,100000", "among how many organisations is searched")
	flag.Parse()
	if err := run(ctx, *only, *sizes); err != nil {
		fmt.Fprintln(os.Stderr, "the measurements were not finished:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only, sizes string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Minute)
	defer cancel()
	b := &bench{now: time.Now}
	for size := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of organisations", size)
		}
		b.sizes = append(b.sizes, n)
	}
	measurements := []measurement{
		{"cold", b.coldStarts}, {"warm", b.warmReads}, {"pages", b.sitePages}, {"write", b.writes}, {"search", b.searches}, {"shortlist", b.shortlists},
		{"acceptance", b.acceptances},
	}
	chosen, err := choose(measurements, only)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.start(ctx); err != nil {
		return err
	}
	return b.report(ctx, os.Stdout, chosen)
}

// choose returns the measurements that are named, separated by commas, or all for "".
func choose(all []measurement, only string) ([]measurement, error) {
	if only == "" {
		return all, nil
	}
	var chosen []measurement
	for name := range strings.SplitSeq(only, ",") {
		n := slices.IndexFunc(all, func(m measurement) bool { return m.name == name })
		if n < 0 {
			return nil, fmt.Errorf("there is no measurement %q", name)
		}
		chosen = append(chosen, all[n])
	}
	return chosen, nil
}

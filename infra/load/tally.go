package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// tally is what came of all requests, by kind.
type tally []outcome

// outcome is what came of requests of a kind.
type outcome struct {
	kind   string
	times  []time.Duration // of all, from when each was due to the end of its answer
	errors map[string]int  // by status, or by what broke on the way
}

// add counts an answer. A redirection would be an error too, as no request of the mix is answered with one.
func (o *outcome) add(r *vegeta.Result, took time.Duration) {
	o.times = append(o.times, took)
	switch {
	case r.Code >= 200 && r.Code < 300 && r.Error == "":
	case r.Code != 0:
		o.errors[cmp.Or(r.Error, fmt.Sprintf("the answer is %d", r.Code))]++
	default:
		o.errors["without an answer: "+cause(r.Error)]++
	}
}

// cause is an error of net/http without the method and the address, which may be an RSVP link.
func cause(text string) string {
	if _, after, found := strings.Cut(text, `": `); found {
		return after
	}
	return text
}

func (o outcome) failures() int {
	sum := 0
	for _, n := range o.errors {
		sum += n
	}
	return sum
}

// together adds the outcomes up.
func (t tally) together() outcome {
	all := outcome{kind: "all", errors: map[string]int{}}
	for _, o := range t {
		all.times = append(all.times, o.times...)
		for text, n := range o.errors {
			all.errors[text] += n
		}
	}
	return all
}

// enough is the part of the requests that must have been sent: of the last ones some are due when the time is over.
const enough = 0.99

// print writes rates, latencies and errors, and returns an error if there were any, or if fewer requests were sent than asked for.
func (t tally) print(out io.Writer, p plan, elapsed time.Duration) error {
	all := t.together()
	sent, failed := len(all.times), all.failures()
	due := int(float64(p.rate) * p.length.Seconds())
	fmt.Fprintf(out, "%d requests a second for %v: %d of %d sent, %.1f a second answered well, %d errors\n\n", p.rate, p.length, sent, due,
		float64(sent-failed)/elapsed.Seconds(), failed)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "ms from when it was due\trequests\terrors\tp50\tp90\tp99\tp99.9\tmax\t")
	for _, o := range append(slices.Clone(t), all) {
		slices.Sort(o.times)
		fmt.Fprintf(table, "%s\t%d\t%d\t", o.kind, len(o.times), o.failures())
		for _, q := range []float64{0.5, 0.9, 0.99, 0.999, 1} {
			fmt.Fprintf(table, "%.1f\t", float64(quantile(o.times, q).Microseconds())/1000)
		}
		fmt.Fprintln(table)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, o := range t {
		for _, text := range slices.Sorted(maps.Keys(o.errors)) {
			fmt.Fprintf(out, "%d × %s: %s\n", o.errors[text], o.kind, text)
		}
	}
	switch {
	case failed > 0:
		return fmt.Errorf("%d of %d requests failed", failed, sent)
	case float64(sent) < enough*float64(due):
		return fmt.Errorf("only %d of %d requests could be sent: the computer has too much else to do", sent, due)
	}
	return nil
}

// quantile is the least of the sorted times that so great a part of them does not exceed; 0 of none.
func quantile(sorted []time.Duration, part float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(part*float64(len(sorted))))-1)]
}

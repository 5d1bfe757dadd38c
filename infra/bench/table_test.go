package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuantile(t *testing.T) {
	unsorted := []time.Duration{5, 1, 4, 2, 3}
	for _, c := range []struct {
		name  string
		times []time.Duration
		share float64
		want  time.Duration
	}{
		{"of none", nil, 0.5, 0},
		{"of one", []time.Duration{7}, 0.95, 7},
		{"the middle of an odd number", unsorted, 0.5, 3},
		{"the lower middle of an even number", []time.Duration{4, 1, 3, 2}, 0.5, 2},
		{"the least", unsorted, 0, 1},
		{"the most", unsorted, 1, 5},
		{"95 of 100", hundred(), 0.95, 95},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := quantile(c.times, c.share); got != c.want {
				t.Errorf("quantile is %d, want %d", got, c.want)
			}
		})
	}
	if diff := cmp.Diff([]time.Duration{5, 1, 4, 2, 3}, unsorted); diff != "" {
		t.Errorf("the times were put into another order:\n%s", diff)
	}
}

func hundred() []time.Duration {
	var times []time.Duration
	for n := range 100 {
		times = append(times, time.Duration(100-n))
	}
	return times
}

func TestMarkdown(t *testing.T) {
	made := table{title: "Speed", about: "Of things.", columns: []string{"Thing", "ms", "Ratio"}}
	made.add("a", milliseconds(1500*time.Microsecond), ratio(3, 2))
	made.add("b", units(2), units(0.5))
	want := "## Speed\n\nOf things.\n\n| Thing | ms | Ratio |\n|---|---:|---:|\n| a | 1.50 | 1.5 |\n| b | 2 | 0.5 |\n\n"
	if diff := cmp.Diff(want, made.markdown()); diff != "" {
		t.Error(diff)
	}
}

func TestPeak(t *testing.T) {
	status := "Name:\tbootstrap\nVmPeak:\t 1234567 kB\nVmHWM:\t   20480 kB\nVmRSS:\t   10240 kB\n"
	if got := highWater(status); got != 20<<20 {
		t.Errorf("the peak is %d bytes", got)
	}
	if got := highWater("Name:\tbootstrap\n"); got != 0 {
		t.Errorf("a peak that is not told is %d", got)
	}
}

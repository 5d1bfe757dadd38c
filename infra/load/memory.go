package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// sample is what the processes of the machine hold in memory at a time: the sum of their resident sets, in bytes, in which what several
// of them share counts for each.
type sample struct {
	at                         time.Duration // from the beginning
	machine, functions, engine int64
	instances                  int // of functions
}

func (s sample) sum() int64 { return s.machine + s.functions + s.engine }

// resident looks at the machine and its children.
func (h *house) resident() (sample, error) {
	own := h.process.ID()
	s := sample{}
	var err error
	if s.machine, err = residentSet(own); err != nil {
		return s, fmt.Errorf("look at the memory of the machine: %w", err)
	}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return s, fmt.Errorf("look for the processes of the machine: %w", err)
	}
	for _, stat := range stats {
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(stat)))
		if err != nil || parent(stat) != own {
			continue
		}
		program, err := os.Readlink(filepath.Join(filepath.Dir(stat), "exe"))
		if err != nil {
			continue // it has ended
		}
		bytes, err := residentSet(child)
		switch {
		case err != nil: // it has ended
		case program == h.engine:
			s.engine += bytes
		default:
			s.functions += bytes
			s.instances++
		}
	}
	return s, nil
}

// parent reads the process that started another, 0 if that has ended. In proc(5) the name, which may have spaces, is in parentheses; the
// state and the parent follow.
func parent(stat string) int {
	text, err := os.ReadFile(stat)
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	id, _ := strconv.Atoi(fields[1])
	return id
}

// residentSet is the second number of proc(5)'s statm, in bytes.
func residentSet(process int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", process))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0, errors.New("it has ended")
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// watch samples every ten seconds until ctx ends, and then. A machine that has ended is no longer sampled: its requests fail.
func watch(ctx context.Context, h *house, first sample, began time.Time, now func() time.Time) []sample {
	samples := []sample{first}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for over := false; !over; {
		select {
		case <-ctx.Done():
			over = true
		case <-ticker.C:
		}
		s, err := h.resident()
		if err != nil {
			return samples
		}
		s.at = now().Sub(began)
		if last := len(samples) - 1; over && last > 0 && s.at-samples[last].at < every/2 {
			samples = samples[:last] // almost the same moment
		}
		samples = append(samples, s)
	}
	return samples
}

// rows are how many samples of a soak are printed.
const rows = 12

// remember writes what was sampled and, of a soak, returns an error if memory has grown too much over the second half.
func remember(out io.Writer, samples []sample, p plan) error {
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "MiB resident after\tmachine\tfunctions\tengine\tsum\tinstances\t")
	step := len(samples) - 1
	if p.soak {
		step = max(1, step/rows)
	}
	for n, s := range samples {
		if n%max(1, step) == 0 || n == len(samples)-1 {
			fmt.Fprintf(table, "%v\t%d\t%d\t%d\t%d\t%d\t\n", s.at.Round(time.Second), s.machine>>20, s.functions>>20, s.engine>>20, s.sum()>>20, s.instances)
		}
	}
	if err := table.Flush(); err != nil || !p.soak {
		return err
	}
	half := samples[len(samples)/2:]
	slope, mean := line(half)
	growth := 100 * slope * (half[len(half)-1].at - half[0].at).Seconds() / mean
	fmt.Fprintf(out, "\nOver the second half memory changes by %+.2f MiB an hour: %+.1f %% of its mean of %.0f MiB within %v, by %d samples\n",
		slope*3600/(1<<20), growth, mean/(1<<20), (half[len(half)-1].at - half[0].at).Round(time.Second), len(half))
	if growth > p.growth {
		return fmt.Errorf("memory grew by %.1f %% over the second half, which is more than %.1f %%", growth, p.growth)
	}
	return nil
}

// line is the regression line through the sums by least squares: its slope, in bytes a second, and their mean, in bytes.
func line(samples []sample) (slope, mean float64) {
	var at float64
	for _, s := range samples {
		at += s.at.Seconds() / float64(len(samples))
		mean += float64(s.sum()) / float64(len(samples))
	}
	var both, squares float64
	for _, s := range samples {
		both += (s.at.Seconds() - at) * (float64(s.sum()) - mean)
		squares += (s.at.Seconds() - at) * (s.at.Seconds() - at)
	}
	if squares == 0 {
		return 0, mean
	}
	return both / squares, mean
}

// computer says what else the computer has to do: the load average of the last minute, on how many processors.
func computer(when string) string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "The load average is not known: " + err.Error()
	}
	average, _, _ := strings.Cut(string(text), " ")
	return fmt.Sprintf("The load %s with a load average of %s on %d processors.", when, average, runtime.NumCPU())
}

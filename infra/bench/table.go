package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// table is one finding.
type table struct {
	title   string
	about   string // how it was measured
	columns []string
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// markdown returns the table with its title; the first column is set to the left, the others to the right.
func (t table) markdown() string {
	var w strings.Builder
	fmt.Fprintf(&w, "## %s\n\n%s\n\n", t.title, t.about)
	fmt.Fprintf(&w, "| %s |\n|---|%s\n", strings.Join(t.columns, " | "), strings.Repeat("---:|", len(t.columns)-1))
	for _, row := range t.rows {
		fmt.Fprintf(&w, "| %s |\n", strings.Join(row, " | "))
	}
	return w.String() + "\n"
}

// median is the time that half of them stay below.
func median(times []time.Duration) time.Duration { return quantile(times, 0.5) }

// quantile is the least of the times that the share of them does not exceed; 0 of none.
func quantile(times []time.Duration, share float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	place := max(int(math.Ceil(share*float64(len(times)))), 1) - 1
	return slices.Sorted(slices.Values(times))[place]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond))
}

func ratio(a, b time.Duration) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f", float64(a)/float64(b))
}

// hundredths is ratio where bounds are narrow.
func hundredths(a, b time.Duration) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", float64(a)/float64(b))
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f", float64(bytes)/(1<<20)) }

func units(n float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0") }

func count(n int) string { return fmt.Sprint(n) }

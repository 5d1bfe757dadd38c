package report

import (
	"fmt"
	"slices"
	"strings"
)

// chart is bars that lie below each other, in units of the drawing.
type chart struct {
	Height int
	Says   string // the chart in words
	Bars   []bar
	Legend []mark
}

// bar is a count. Name is set on the first of a row.
type bar struct {
	Name       string
	Y, Base    int // of the bar, and of its text
	Width      int
	Measure    int
	Value      any
	ValueStart int
}

// mark explains a colour.
type mark struct {
	X, Measure int
	Name       string
}

// The drawing is 640 units wide: names, then bars, then room for the value of the longest.
const (
	barStart   = 230
	barLength  = 350
	barHeight  = 16
	barGap     = 3
	rowGap     = 10
	legendLine = 28
	// shownRows is how many rows are drawn; the table has all.
	shownRows = 15
)

func newChart(b breakdown) chart {
	c := chart{Height: rowGap}
	if len(b.Measures) > 1 {
		for n, name := range b.Measures {
			c.Legend = append(c.Legend, mark{barStart + n*110, n, name})
		}
		c.Height += legendLine
	}
	rows := b.Rows[:min(len(b.Rows), shownRows)]
	most := 1
	for _, r := range rows {
		most = max(most, slices.Max(r.Counts))
	}
	var words []string
	for _, r := range rows {
		var counts []string
		for n, count := range r.Counts {
			one := bar{Y: c.Height, Base: c.Height + barHeight - 4, Width: count * barLength / most, Measure: n, Value: told(count)}
			one.ValueStart = barStart + one.Width + 6
			if n == 0 {
				one.Name = shortened(r.Name)
			}
			c.Bars = append(c.Bars, one)
			c.Height += barHeight + barGap
			counts = append(counts, fmt.Sprintf("%s %v", strings.ToLower(b.Measures[n]), told(count)))
		}
		c.Height += rowGap - barGap
		words = append(words, r.Name+": "+strings.Join(counts, ", "))
	}
	c.Says = strings.Join(words, "; ") + "."
	if len(b.Rows) > shownRows {
		c.Says += fmt.Sprintf(" The table has all %d.", len(b.Rows))
	}
	return c
}

// shortened returns a name that fits beside its bar; the table has the whole.
func shortened(name string) string {
	const most = 32
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	return strings.TrimRight(string(letters[:most-1]), " ") + "…"
}

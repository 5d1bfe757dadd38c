package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Expression is a parsed rate(…) or cron(…).
type Expression struct {
	every time.Duration // of a rate; else zero
	// The fields of cron: minutes, hours, days of the month, months, days of the week (Sunday is 1), years; a nil
	// field lets all through.
	fields [6][]int
}

// limits of the fields of cron, in their order.
var limits = [6]struct {
	low, high int
	names     string
}{
	{0, 59, ""}, {0, 23, ""}, {1, 31, ""}, {1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"},
	{1, 7, "SUN MON TUE WED THU FRI SAT"}, {1970, 2199, ""},
}

// Parse reads rate(N minutes|hours|days) or cron(minutes hours day-of-month month day-of-week year), of whose fields
// EventBridge's L, W and # are not known here.
func Parse(text string) (Expression, error) {
	inner, isRate := strings.CutPrefix(text, "rate(")
	if !isRate {
		inner, _ = strings.CutPrefix(text, "cron(")
	}
	inner, closed := strings.CutSuffix(inner, ")")
	words := strings.Fields(inner)
	switch {
	case closed && isRate && len(words) == 2:
		return parseRate(text, words)
	case closed && !isRate && len(words) == 6:
		return parseCron(text, words)
	}
	return Expression{}, fmt.Errorf("%q is neither rate(…) nor cron(…)", text)
}

func parseRate(text string, words []string) (Expression, error) {
	n, err := strconv.Atoi(words[0])
	unit := map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}[strings.TrimSuffix(words[1], "s")]
	if err != nil || n < 1 || unit == 0 {
		return Expression{}, fmt.Errorf("%q is not a rate", text)
	}
	return Expression{every: time.Duration(n) * unit}, nil
}

func parseCron(text string, words []string) (Expression, error) {
	var out Expression
	for i, word := range words {
		var err error
		if out.fields[i], err = parseField(i, word); err != nil {
			return Expression{}, fmt.Errorf("%q: %w", text, err)
		}
	}
	return out, nil
}

// parseField reads a list of values, ranges and steps.
func parseField(field int, text string) ([]int, error) {
	if text == "*" || text == "?" {
		return nil, nil
	}
	l := limits[field]
	var out []int
	for part := range strings.SplitSeq(text, ",") {
		span, stepText, hasStep := strings.Cut(part, "/")
		step := 1
		if hasStep {
			var err error
			if step, err = strconv.Atoi(stepText); err != nil || step < 1 {
				return nil, fmt.Errorf("%q is not a step", part)
			}
		}
		lowText, highText, isRange := strings.Cut(span, "-")
		low, err := number(field, lowText)
		high := low
		switch {
		case span == "*":
			low, high, err = l.low, l.high, nil
		case err == nil && isRange:
			high, err = number(field, highText)
		case hasStep:
			high = l.high
		}
		if err != nil || low < l.low || high > l.high || low > high {
			return nil, fmt.Errorf("%q is not a value of the field", part)
		}
		for v := low; v <= high; v += step {
			out = append(out, v)
		}
	}
	return out, nil
}

func number(field int, text string) (int, error) {
	if at := slices.Index(strings.Fields(limits[field].names), strings.ToUpper(text)); at >= 0 {
		return at + 1, nil
	}
	return strconv.Atoi(text)
}

// Next is the first time after t, in UTC, at which the expression fires; false if there is none.
func (e Expression) Next(t time.Time) (time.Time, bool) {
	t = t.UTC()
	if e.every > 0 {
		return t.Add(e.every), true
	}
	t = t.Truncate(time.Minute).Add(time.Minute)
	for end := t.AddDate(10, 0, 0); t.Before(end); {
		day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
		switch {
		case !e.allows(2, t.Day()), !e.allows(3, int(t.Month())), !e.allows(4, int(t.Weekday())+1), !e.allows(5, t.Year()):
			t = day.AddDate(0, 0, 1)
		case !e.allows(1, t.Hour()):
			t = t.Truncate(time.Hour).Add(time.Hour)
		case !e.allows(0, t.Minute()):
			t = t.Add(time.Minute)
		default:
			return t, true
		}
	}
	return time.Time{}, false
}

func (e Expression) allows(field, value int) bool {
	return e.fields[field] == nil || slices.Contains(e.fields[field], value)
}

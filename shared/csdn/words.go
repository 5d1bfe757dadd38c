package csdn

import (
	"fmt"
	"slices"
	"time"
)

// Dates in words, as letters, pages and papers write them: in French for a French tag, in English for any other.

// DayInWords writes a date out: "Wednesday 1 February 2023", "mercredi 1er février 2023".
func DayInWords(t time.Time, in Language) string {
	if in.Base() != "fr" {
		return t.Format("Monday 2 January 2006")
	}
	weekdays := [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
	months := [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
		"novembre", "décembre"}
	number := fmt.Sprint(t.Day())
	if t.Day() == 1 {
		number = "1er"
	}
	return fmt.Sprintf("%s %s %s %d", weekdays[t.Weekday()], number, months[t.Month()-1], t.Year())
}

// clockInWords writes a time of day: "09:15", "9 h 15".
func clockInWords(t time.Time, in Language) string {
	switch {
	case in.Base() != "fr":
		return t.Format("15:04")
	case t.Minute() == 0:
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// MomentInWords writes an instant out in its zone: "Wednesday 25 January 2023, 18:00 (Europe/Brussels, UTC+01:00)".
func MomentInWords(t time.Time, in Language) string {
	return DayInWords(t, in) + ", " + clockInWords(t, in) + zoneInWords(t, t)
}

// SpanInWords writes a stretch of time out in its zone.
func SpanInWords(start, end time.Time, in Language) string {
	oneDay, days := "%[1]s, %[2]s–%[4]s", "%[1]s, %[2]s to %[3]s, %[4]s"
	if in.Base() == "fr" {
		oneDay, days = "%[1]s, de %[2]s à %[4]s", "du %[1]s, %[2]s, au %[3]s, %[4]s"
	}
	form := days
	if DayInWords(start, in) == DayInWords(end, in) {
		form = oneDay
	}
	return fmt.Sprintf(form, DayInWords(start, in), clockInWords(start, in), DayInWords(end, in), clockInWords(end, in)) + zoneInWords(start, end)
}

// zoneInWords names the zone of a stretch of time with its offset, or both offsets where the clocks are changed within.
func zoneInWords(start, end time.Time) string {
	if start.Location() == time.UTC {
		return " (UTC)"
	}
	offset, last := start.Format("UTC-07:00"), end.Format("UTC-07:00")
	if last != offset {
		offset += ", " + last
	}
	return " (" + start.Location().String() + ", " + offset + ")"
}

// ClocksDiffer reports whether the clocks of two places differ at one of the instants.
func ClocksDiffer(a, b *time.Location, instants ...time.Time) bool {
	return slices.ContainsFunc(instants, func(t time.Time) bool {
		return t.In(a).Format(time.DateTime) != t.In(b).Format(time.DateTime)
	})
}

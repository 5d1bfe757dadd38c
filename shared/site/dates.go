package site

import (
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// day writes a date out: "Wednesday 1 February 2023", "mercredi 1er février 2023".
func day(t time.Time, in csdn.Language) string {
	if in != "fr" {
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

// clock writes a time of day: "09:15", "9 h 15".
func clock(t time.Time, in csdn.Language) string {
	switch {
	case in != "fr":
		return t.Format("15:04")
	case t.Minute() == 0:
		return fmt.Sprintf("%d\u00a0h", t.Hour())
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute())
}

// moment writes an instant out in its zone: "Wednesday 25 January 2023, 18:00 (Europe/Brussels, UTC+01:00)".
func moment(t time.Time, in csdn.Language) string {
	return day(t, in) + ", " + clock(t, in) + zone(t, t)
}

// span writes a stretch of time out in its zone.
func span(start, end time.Time, in csdn.Language) string {
	oneDay, days := "%[1]s, %[2]s–%[4]s", "%[1]s, %[2]s to %[3]s, %[4]s"
	if in == "fr" {
		oneDay, days = "%[1]s, de %[2]s à %[4]s", "du %[1]s, %[2]s, au %[3]s, %[4]s"
	}
	form := days
	if day(start, in) == day(end, in) {
		form = oneDay
	}
	return fmt.Sprintf(form, day(start, in), clock(start, in), day(end, in), clock(end, in)) + zone(start, end)
}

// zone names the zone of a stretch of time with its offset, or both offsets where the clocks are changed within.
func zone(start, end time.Time) string {
	offset, last := start.Format("UTC-07:00"), end.Format("UTC-07:00")
	if last != offset {
		offset += ", " + last
	}
	return " (" + start.Location().String() + ", " + offset + ")"
}

// elsewhere reports whether clocks at home show other times at the instants than those of the meeting.
func elsewhere(meeting, home *time.Location, instants ...time.Time) bool {
	return slices.ContainsFunc(instants, func(t time.Time) bool {
		return t.In(meeting).Format(time.DateTime) != t.In(home).Format(time.DateTime)
	})
}

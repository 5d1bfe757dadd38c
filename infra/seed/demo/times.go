package demo

import (
	"time"

	"csdn.example/directory/shared/csdn"
)

// local reads a local time of this package's own. It panics on a text that is none, which is a slip in the package.
func local(text string) csdn.LocalTime {
	t, err := csdn.ParseLocalTime(text)
	if err != nil {
		panic(text + " " + err.Error())
	}
	return t
}

// localOn returns the time of day, such as "09:30", on a day.
func localOn(day time.Time, text string) csdn.LocalTime {
	return local(day.Format(time.DateOnly) + "T" + text)
}

// clock reads a time of day of this package's own, and panics as local does.
func clock(text string) csdn.ClockTime {
	t, err := csdn.ParseClockTime(text)
	if err != nil {
		panic(text + " " + err.Error())
	}
	return t
}

// tuesday returns the day, or the next Tuesday after it, at midnight UTC.
func tuesday(day time.Time) time.Time {
	ahead := (int(time.Tuesday) - int(day.Weekday()) + 7) % 7
	return day.AddDate(0, 0, ahead).Truncate(24 * time.Hour)
}

// daysAgo returns a day in the past year that depends on the number alone, so that records differ.
func daysAgo(now time.Time, number int) time.Time {
	return now.AddDate(0, 0, -5-number*37%330)
}

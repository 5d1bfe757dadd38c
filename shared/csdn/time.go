package csdn

import "time"

// LocalTime is a wall-clock time without a zone, to the minute, such as 2023-02-01T09:15. The zero value is unset.
type LocalTime struct{ wall time.Time }

// LocalTimeLayout is how a LocalTime is written.
const LocalTimeLayout = "2006-01-02T15:04"

// ParseLocalTime reads a time such as "2023-02-01T09:15". It returns Malformed for a date or time that does not exist.
func ParseLocalTime(s string) (LocalTime, error) {
	wall, err := time.Parse(LocalTimeLayout, s)
	if err != nil || wall.Format(LocalTimeLayout) != s {
		return LocalTime{}, Errorf(Malformed, "is not a local time that exists, such as 2023-02-01T09:15")
	}
	return LocalTime{wall}, nil
}

// String returns the time as LocalTimeLayout, or "" when unset.
func (t LocalTime) String() string {
	if t.wall.IsZero() {
		return ""
	}
	return t.wall.Format(LocalTimeLayout)
}

// IsZero reports whether the time is unset.
func (t LocalTime) IsZero() bool { return t.wall.IsZero() }

// Before reports whether t is earlier than u on the same wall.
func (t LocalTime) Before(u LocalTime) bool { return t.wall.Before(u.wall) }

// Year returns the calendar year.
func (t LocalTime) Year() int { return t.wall.Year() }

// Clock returns the time of day.
func (t LocalTime) Clock() ClockTime { return ClockTime(t.wall.Hour()*60 + t.wall.Minute()) }

// SameDay reports whether t and u are on one calendar day.
func (t LocalTime) SameDay(u LocalTime) bool {
	return t.wall.YearDay() == u.wall.YearDay() && t.wall.Year() == u.wall.Year()
}

// In returns the instant at which the wall clocks of the zone show t.
func (t LocalTime) In(zone Zone) time.Time {
	location, err := time.LoadLocation(string(zone))
	if err != nil {
		location = time.UTC
	}
	w := t.wall
	return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), 0, 0, location)
}

// existsIn reports whether the wall clocks of the zone ever show t: they skip an hour when summer time begins.
func (t LocalTime) existsIn(zone Zone) bool {
	return t.In(zone).Format(LocalTimeLayout) == t.String()
}

// Zone is a name of the IANA time zone database, such as Europe/Brussels.
type Zone string

// Valid reports whether the zone is in the database. "Local" is not a zone, as it means something else on each machine.
func (z Zone) Valid() bool {
	if z == "" || z == "Local" {
		return false
	}
	_, err := time.LoadLocation(string(z))
	return err == nil
}

// Location returns the zone for use with package time, and UTC for an unknown one.
func (z Zone) Location() *time.Location {
	location, err := time.LoadLocation(string(z))
	if err != nil {
		return time.UTC
	}
	return location
}

// ClockTime is a time of day in minutes since midnight.
type ClockTime int

// ParseClockTime reads a time of day such as "09:15". It returns Malformed for one that does not exist.
func ParseClockTime(s string) (ClockTime, error) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != 5 {
		return 0, Errorf(Malformed, "is not a time of day such as 09:15")
	}
	return ClockTime(t.Hour()*60 + t.Minute()), nil
}

// String returns the time as "09:15".
func (c ClockTime) String() string {
	return time.Date(0, 1, 1, 0, int(c), 0, 0, time.UTC).Format("15:04")
}

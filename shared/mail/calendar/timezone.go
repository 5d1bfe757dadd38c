package calendar

import (
	"time"

	ics "github.com/arran4/golang-ical"
)

// timezone returns the VTIMEZONE (RFC 5545, section 3.6.5) of the zone of start, with every change of its clocks in the years
// of start and end.
func timezone(start, end time.Time) *ics.VTimezone {
	zone := ics.NewTimezone(start.Location().String())
	at := time.Date(start.Year(), time.January, 1, 0, 0, 0, 0, start.Location())
	until := time.Date(end.Year()+1, time.January, 1, 0, 0, 0, 0, start.Location())
	for !at.IsZero() && at.Before(until) {
		zone.Components = append(zone.Components, observance(at))
		_, at = at.ZoneBounds()
	}
	return zone
}

// observance returns the rule of the clocks that is in force at the time. Its onset is written in the local time of the rule
// before it. One that began before 1970 is written as having begun then: local mean times are none of a calendar's business.
func observance(at time.Time) ics.Component {
	name, to := at.Zone()
	from, onset := to, "19700101T000000"
	if began, _ := at.ZoneBounds(); began.Year() >= 1970 {
		_, from = began.Add(-time.Second).Zone()
		onset = began.UTC().Add(time.Duration(from) * time.Second).Format(local)
	}
	var rule ics.ComponentBase
	rule.AddProperty(ics.ComponentPropertyDtStart, onset)
	rule.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), offset(from))
	rule.AddProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), offset(to))
	rule.AddProperty(ics.ComponentProperty(ics.PropertyTzname), name)
	if at.IsDST() {
		return &ics.Daylight{ComponentBase: rule}
	}
	return &ics.Standard{ComponentBase: rule}
}

// offset writes seconds east of UTC as a utc-offset (RFC 5545, section 3.3.14), such as +0100 or -004430.
func offset(seconds int) string {
	layout := "-0700"
	if seconds%60 != 0 {
		layout = "-070000"
	}
	return time.Time{}.In(time.FixedZone("", seconds)).Format(layout)
}

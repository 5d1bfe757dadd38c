package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"csdn.example/directory/shared/csdn"
)

const (
	product = "-//European Peacebuilding Liaison Office//Civil Society Dialogue Network//EN"
	local   = "20060102T150405" // a local time of RFC 5545, section 3.3.5
)

// Entry is a calendar of one event, at the times of a meeting.
type Entry struct {
	calendar   *ics.Calendar
	start, end time.Time
}

// New returns an entry without its event, with the zone of the meeting.
func New(method ics.Method, m csdn.Meeting) Entry {
	location := m.Zone.Location()
	e := Entry{ics.NewCalendar(), m.StartsAt().In(location), m.EndsAt().In(location)}
	e.calendar.SetProductId(product)
	e.calendar.SetCalscale("GREGORIAN")
	e.calendar.SetMethod(method)
	e.calendar.AddVTimezone(timezone(e.start, e.end))
	return e
}

// Event adds the event, under a UID and with a SEQUENCE. made is its DTSTAMP.
func (e Entry) Event(uid string, sequence int, made time.Time) *ics.VEvent {
	event, zone := ics.NewEvent(uid), ics.WithTZID(e.start.Location().String())
	e.calendar.AddVEvent(event)
	event.AddProperty(ics.ComponentPropertySequence, strconv.Itoa(sequence))
	event.AddProperty(ics.ComponentPropertyDtstamp, made.UTC().Format(local+"Z"))
	event.AddProperty(ics.ComponentPropertyDtStart, e.start.Format(local), zone)
	event.AddProperty(ics.ComponentPropertyDtEnd, e.end.Format(local), zone)
	return event
}

// Text returns the entry as it is sent.
func (e Entry) Text() ([]byte, error) {
	var text strings.Builder
	if err := e.calendar.SerializeTo(&text, ics.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("calendar entry: %w", err)
	}
	return []byte(text.String()), nil
}

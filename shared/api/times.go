package api

import (
	"time"

	"csdn.example/directory/shared/csdn"
)

// timeReader reads the times of a body and collects what cannot be read.
type timeReader struct{ broken []csdn.Field }

func (r *timeReader) note(location string, err error) {
	if err == nil {
		return
	}
	message := err.Error()
	if known, ok := err.(*csdn.Error); ok {
		message = known.Message
	}
	r.broken = append(r.broken, csdn.Field{Location: location, Message: message})
}

func (r *timeReader) local(location, text string) csdn.LocalTime {
	t, err := csdn.ParseLocalTime(text)
	r.note(location, err)
	return t
}

func (r *timeReader) clock(location, text string) csdn.ClockTime {
	t, err := csdn.ParseClockTime(text)
	r.note(location, err)
	return t
}

// deadline reads an instant (RFC 3339), or a local time in the zone.
func (r *timeReader) deadline(location, text string, zone csdn.Zone) time.Time {
	if text == "" {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC()
	}
	t, err := csdn.ParseLocalTime(text)
	if err != nil {
		r.note(location, csdn.Errorf(csdn.Malformed, "is neither an instant such as 2027-01-25T17:00:00Z nor a local time such as 2027-01-25T18:00"))
		return time.Time{}
	}
	return t.In(zone).UTC()
}

func (r *timeReader) err() error {
	if len(r.broken) == 0 {
		return nil
	}
	return &csdn.Error{Kind: csdn.Invalid, Message: "The meeting breaks a rule; errors says which.", Fields: r.broken}
}

// instantText returns an instant as text, "" when unset.
func instantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

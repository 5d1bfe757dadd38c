package mail

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

// Entry implements csdn.Calendars: a REQUEST, or a CANCEL once the meeting is cancelled or the invitation revoked (RFC 5546).
// Of the delivery only CreatedAt, which is the DTSTAMP, need be set. Invalid when an address cannot be written to.
//
// An answer out of the calendar is asked for where the letter asks for one; see ParseReply. The link is not in the entry, as calendars
// are shared.
func (m Mailer) Entry(letter csdn.Letter) ([]byte, error) {
	said, err := speak(letter)
	if err != nil {
		return nil, err
	}
	return m.entry(letter, said)
}

func (m Mailer) entry(letter csdn.Letter, said *wording) ([]byte, error) {
	organiser, err := bare(m.From)
	if err != nil {
		return nil, fmt.Errorf("mail: organiser: %w", err)
	}
	attendee, err := bare(letter.Person.Email)
	if err != nil {
		return nil, fmt.Errorf("mail: attendee of meeting %s: %w", letter.Meeting.ID, err)
	}
	location := letter.Meeting.Zone.Location()
	start, end := letter.Meeting.StartsAt().In(location), letter.Meeting.EndsAt().In(location)

	calendar := ics.NewCalendar()
	calendar.SetProductId(product)
	calendar.SetCalscale("GREGORIAN")
	calendar.SetMethod(method(letter))
	calendar.AddVTimezone(timezone(start, end))

	event := ics.NewEvent(line(letter.Invitation.Calendar))
	calendar.AddVEvent(event)
	event.AddProperty(ics.ComponentPropertySequence, strconv.Itoa(sequence(letter)))
	event.AddProperty(ics.ComponentPropertyDtstamp, letter.CreatedAt.UTC().Format(local+"Z"))
	event.AddProperty(ics.ComponentPropertyDtStart, start.Format(local), ics.WithTZID(location.String()))
	event.AddProperty(ics.ComponentPropertyDtEnd, end.Format(local), ics.WithTZID(location.String()))
	event.AddProperty(ics.ComponentPropertySummary, said.summary())
	event.AddProperty(ics.ComponentPropertyDescription, said.description())
	if place := said.location(); place != "" {
		event.AddProperty(ics.ComponentPropertyLocation, place)
	}
	event.AddProperty(ics.ComponentPropertyStatus, string(status(letter)))
	event.AddProperty(ics.ComponentPropertyClass, string(ics.ClassificationPrivate))
	event.AddProperty(ics.ComponentPropertyOrganizer, "mailto:"+organiser.Address, ics.WithCN(senderName))
	// Without a CN: the address says whose entry it is, and a name would have to be kept from onlookers.
	event.AddProperty(ics.ComponentPropertyAttendee, "mailto:"+attendee.Address, ics.CalendarUserTypeIndividual,
		ics.ParticipationRoleReqParticipant, participation(letter.Invitation.Status),
		&ics.KeyValues{Key: string(ics.ParameterRsvp), Value: []string{strings.ToUpper(strconv.FormatBool(asks(letter)))}})

	if said.err != nil {
		return nil, said.err
	}
	var text strings.Builder
	if err := calendar.SerializeTo(&text, ics.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("mail: calendar entry: %w", err)
	}
	return []byte(text.String()), nil
}

// sequence returns the SEQUENCE of the entry: how often the meeting's date and the invitation changed, together. Neither of
// the two is ever counted down under one UID, so their sum never falls, and it rises with each.
func sequence(letter csdn.Letter) int { return letter.Meeting.Calendar + letter.Invitation.Sequence }

func cancelled(letter csdn.Letter) bool {
	return letter.Message == csdn.CancellationMessage || letter.Invitation.Status == csdn.Revoked ||
		letter.Meeting.Status == csdn.MeetingCancelled
}

// asks reports whether the letter asks for an answer.
func asks(letter csdn.Letter) bool { return !cancelled(letter) && !deadline(letter).IsZero() }

func method(letter csdn.Letter) ics.Method {
	if cancelled(letter) {
		return ics.MethodCancel
	}
	return ics.MethodRequest
}

func status(letter csdn.Letter) ics.ObjectStatus {
	if cancelled(letter) {
		return ics.ObjectStatusCancelled
	}
	return ics.ObjectStatusConfirmed
}

// participation returns the PARTSTAT of an invitation: what its invitee last answered.
func participation(status csdn.InvitationStatus) ics.ParticipationStatus {
	switch status {
	case csdn.Accepted, csdn.Attended, csdn.Absent:
		return ics.ParticipationStatusAccepted
	case csdn.Tentative:
		return ics.ParticipationStatusTentative
	case csdn.Declined, csdn.Withdrawn:
		return ics.ParticipationStatusDeclined
	}
	return ics.ParticipationStatusNeedsAction
}

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

package mail

import (
	"fmt"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/mail/calendar"
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
	entry := calendar.New(method(letter), letter.Meeting)
	event := entry.Event(line(letter.Invitation.Calendar), sequence(letter), letter.CreatedAt)
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
	text, err := entry.Text()
	if err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return text, nil
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

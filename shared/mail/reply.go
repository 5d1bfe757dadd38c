package mail

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"
	"github.com/jhillyerd/enmime/v2"

	"csdn.example/directory/shared/csdn"
)

// MaximumReply is the length of the longest mail that is read for a reply, in bytes. Calendar programs send a few thousand.
const MaximumReply = 1 << 20

const (
	maximumEntry = 64 << 10 // the length of the longest calendar part that is read
	// maximumDashes is the most lines beginning with two dashes, as those do that part a mail: the parser takes more than in
	// proportion for each.
	maximumDashes = 500
)

// ParseReply reads a mail (RFC 5322) in which a calendar program answers an invitation: its first part that is a calendar, as an
// alternative or an attachment, is a REPLY of one attendee about one event (RFC 5546, section 3.2.3; RFC 6047). Malformed for any
// other mail, and for an answer that is neither yes, nor no, nor maybe.
func ParseReply(raw []byte) (csdn.Reply, error) {
	if len(raw) > MaximumReply || bytes.Count(raw, []byte("\n--")) > maximumDashes {
		return csdn.Reply{}, noReply("is too long", nil)
	}
	parser := enmime.NewParser(enmime.SkipMalformedParts(true), enmime.DisableCharacterDetection(true), enmime.MaxStoredPartErrors(1))
	root, err := parser.ReadParts(bytes.NewReader(raw))
	if err != nil {
		return csdn.Reply{}, noReply("is no mail", err)
	}
	from, err := sender(root.Header["From"])
	if err != nil {
		return csdn.Reply{}, noReply("has not one sender", err)
	}
	entry := root.DepthMatchFirst(func(p *enmime.Part) bool {
		return p.ContentType == "text/calendar" || p.ContentType == "application/ics"
	})
	if entry == nil || len(entry.Content) > maximumEntry {
		return csdn.Reply{}, noReply("has no calendar part of a usual length", nil)
	}
	reply, err := answer(entry.Content)
	if err != nil {
		return csdn.Reply{}, err
	}
	reply.From = from
	return reply, nil
}

// noReply returns the error for a mail that is no reply. Why tells nothing of what the mail says.
func noReply(why string, cause error) error {
	return &csdn.Error{Kind: csdn.Malformed, Message: "The mail is no answer to an invitation: it " + why + ".", Cause: cause}
}

// sender returns the address of the one sender whom the headers name. In which character set the name is written is of no concern.
func sender(headers []string) (string, error) {
	if len(headers) != 1 {
		return "", fmt.Errorf("mail: %d headers From", len(headers))
	}
	parser := mail.AddressParser{WordDecoder: &mime.WordDecoder{
		CharsetReader: func(string, io.Reader) (io.Reader, error) { return strings.NewReader(""), nil },
	}}
	found, err := parser.ParseList(strings.ToValidUTF8(headers[0], "?"))
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", fmt.Errorf("mail: %d senders", len(found))
	}
	return strings.ToLower(found[0].Address), nil
}

// answer reads the calendar part of a reply.
func answer(entry []byte) (csdn.Reply, error) {
	calendar, err := ics.ParseCalendar(bytes.NewReader(entry))
	if err != nil {
		return csdn.Reply{}, noReply("has a calendar part that cannot be read", err)
	}
	var methods []string
	for _, p := range calendar.CalendarProperties {
		if p.IANAToken == string(ics.PropertyMethod) {
			methods = append(methods, strings.ToUpper(strings.TrimSpace(p.Value)))
		}
	}
	if len(methods) != 1 || methods[0] != string(ics.MethodReply) {
		return csdn.Reply{}, noReply("is not of the method REPLY", nil)
	}
	events := calendar.Events()
	if len(events) != 1 {
		return csdn.Reply{}, noReply("is not about one event", nil)
	}
	uids, attendees := events[0].GetProperties(ics.ComponentPropertyUniqueId), events[0].GetProperties(ics.ComponentPropertyAttendee)
	if len(uids) != 1 || len(attendees) != 1 {
		return csdn.Reply{}, noReply("is not the answer of one attendee about one event", nil)
	}
	reply := csdn.Reply{UID: strings.TrimSpace(uids[0].Value), Attendee: addressOf(attendees[0].Value)}
	if said := attendees[0].ICalParameters[string(ics.ParameterParticipationStatus)]; len(said) == 1 {
		reply.Answer = answers[ics.ParticipationStatus(strings.ToUpper(said[0]))]
	}
	if reply.UID == "" || reply.Attendee == "" || reply.Answer == "" {
		return csdn.Reply{}, noReply("says neither yes, nor no, nor maybe", nil)
	}
	reply.Sequence, err = sequenceOf(events[0])
	return reply, err
}

// answers are the answers by their PARTSTAT (RFC 5545, section 3.2.12).
var answers = map[ics.ParticipationStatus]csdn.Answer{
	ics.ParticipationStatusAccepted:  csdn.Accept,
	ics.ParticipationStatusDeclined:  csdn.Decline,
	ics.ParticipationStatusTentative: csdn.Maybe,
}

// addressOf returns the address of a mailto: URI in lower case, empty for any other.
func addressOf(uri string) string {
	scheme, address, found := strings.Cut(strings.ToLower(strings.TrimSpace(uri)), ":")
	if !found || scheme != "mailto" {
		return ""
	}
	return strings.TrimSpace(address)
}

// sequenceOf returns the SEQUENCE of the event, which is 0 where none is told (RFC 5545, section 3.8.7.4).
func sequenceOf(event *ics.VEvent) (int, error) {
	told := event.GetProperty(ics.ComponentPropertySequence)
	if told == nil {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(told.Value))
	if err != nil || n < 0 {
		return 0, noReply("has a SEQUENCE that is no number", nil)
	}
	return n, nil
}

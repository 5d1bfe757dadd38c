package csdn

import (
	"crypto/subtle"
	"slices"
	"strings"
	"time"
)

// Reply is an invitee's answer out of a calendar program, as that sends it back by mail (a REPLY of RFC 5546, section 3.2.3).
// Addresses are in lower case. Nothing in it is to be trusted before it is compared with the invitation.
type Reply struct {
	UID      string // of the calendar entry that is answered
	Attendee string // whose answer it is, by the entry
	From     string // whose it is, by the mail
	Answer   Answer // Accept, Decline or Maybe
	Sequence int    // of the entry that is answered
}

// ParseCalendarUID returns whose invitation to which meeting the UID of a calendar entry is of, by its form alone: the ids of
// the two and a secret, joined by hyphens.
func ParseCalendarUID(uid string) (MeetingID, PersonID, bool) {
	meeting, rest, _ := strings.Cut(uid, "-")
	person, secret, _ := strings.Cut(rest, "-")
	if !ValidID(meeting) || !ValidID(person) || secret == "" {
		return "", "", false
	}
	return MeetingID(meeting), PersonID(person), true
}

// By reports whether the reply is from the person, who is or was asked at that address, and speaks for that person.
func (r Reply) By(p Person) bool {
	return strings.EqualFold(r.From, r.Attendee) &&
		slices.ContainsFunc(p.Addresses(), func(address string) bool { return strings.EqualFold(r.From, address) })
}

// To reports whether the reply is to the calendar entry of the invitation as it was last drafted.
func (r Reply) To(i Invitation) bool {
	return i.Answerable() && subtle.ConstantTimeCompare([]byte(r.UID), []byte(i.Calendar)) == 1
}

// Outdated reports whether the reply shows that it answers an earlier date of the meeting, or its invitee was not yet asked for the
// present one. While an invitation waits for an answer, its entry changes with the date alone; later also with its own answers.
func (r Reply) Outdated(i Invitation, m Meeting) bool {
	newest := m.Calendar
	if i.Status == Invited && m.Calendar > 0 {
		newest += i.Sequence
	}
	return r.Sequence < newest || i.Asked < m.Calendar
}

// Response returns what the reply says to the invitation. Calendar programs know no withdrawal: a decline is one where only that is
// still open.
func (r Reply) Response(i Invitation, m Meeting, at time.Time) Response {
	open := i.Choices(m, at)
	if r.Answer == Decline && slices.Contains(open, Withdraw) && !slices.Contains(open, Decline) {
		return Response{Answer: Withdraw}
	}
	return Response{Answer: r.Answer}
}

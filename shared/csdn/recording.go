package csdn

import "time"

// RecordedReason is the reason of an invitation whose outcome a planner recorded.
const RecordedReason = "recorded by a planner"

// Recordings lists what can be recorded of who was never invited by the directory: how it ended.
func Recordings() []InvitationStatus { return []InvitationStatus{Attended, Absent, Accepted, Declined} }

// TakesRecords returns Conflict unless what came of a meeting can be recorded: it has begun, and is open or held.
func (m Meeting) TakesRecords(at time.Time) error {
	switch {
	case m.Status != MeetingOpen && m.Status != MeetingHeld:
		return Errorf(Conflict, "The meeting is %s; participants are recorded of one that is open or held.", m.Status)
	case at.Before(m.StartsAt()):
		return Errorf(Conflict, "The meeting has not begun; invite people to it, who then answer themselves.")
	}
	return nil
}

// Record returns the draft of an invitation as it ended, and the seating with the seat that its invitee took. Nobody is told of it, and no
// link answers it. Conflict unless it is a draft, and when no seat of its mode is left.
func (i Invitation) Record(status InvitationStatus, m Meeting, s Seating, at time.Time) (Invitation, Seating, error) {
	if i.Status != Draft {
		return i, s, i.forbids("recorded")
	}
	if status != Declined {
		seated, ok := s.take(i.Mode, m.Seats)
		if !ok {
			return i, s, Errorf(Conflict, "The meeting has %d seats of the mode %s, and all are taken. Give it more, or record another mode. Nothing was changed.", *m.Seats.Limit(i.Mode), i.Mode)
		}
		s = seated
	}
	return i.moved(status, at, RecordedReason), s, nil
}

// ValidateRecording returns Invalid with every rule that recording these people would break.
func ValidateRecording(m Meeting, people []PersonID, status InvitationStatus, category Category, mode Mode) error {
	var v violations
	if len(people) == 0 {
		v.add("people", "names nobody")
	}
	v.count("people", len(people), MaximumLimit)
	choice(&v, "status", status, Recordings())
	if category != "" {
		choice(&v, "category", category, Categories())
	}
	if !m.Mode.Allows(mode) {
		v.add("mode", "is not a mode in which this meeting can be attended")
	}
	return v.err("The record")
}

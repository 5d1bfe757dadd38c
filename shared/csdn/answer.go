package csdn

import (
	"slices"
	"time"
)

// Answer is what an invitee says to an invitation.
type Answer string

// The answers.
const (
	Accept   Answer = "accepted"
	Decline  Answer = "declined"
	Maybe    Answer = "tentative"
	Withdraw Answer = "withdrawn"
)

// Answers lists the answers.
func Answers() []Answer { return []Answer{Accept, Decline, Maybe, Withdraw} }

// Response is an answer with the mode in which the invitee would attend, unset for the one invited to, and a note.
type Response struct {
	Answer Answer
	Mode   Mode
	Note   string
}

// Validate returns Invalid with every broken rule of a response to an invitation to the meeting.
func (r Response) Validate(m Meeting) error {
	var v violations
	choice(&v, "answer", r.Answer, Answers())
	if r.Mode != "" && !m.Mode.Allows(r.Mode) {
		v.add("mode", "is not a mode in which this meeting can be attended")
	}
	v.line("note", r.Note, 0, 2000)
	return v.err("The answer")
}

// Choices lists the answers that are open to the invitee, in the order in which to show them; none once the meeting has
// begun. After the deadline an acceptance can still be withdrawn and an offer taken.
func (i Invitation) Choices(m Meeting, at time.Time) []Answer {
	var open []Answer
	for _, a := range Answers() {
		again := InvitationStatus(a) == i.Status && (a != Accept || m.Mode != Hybrid)
		if !again && i.allows(a, m, at) == nil {
			open = append(open, a)
		}
	}
	return open
}

// allows returns Conflict when the state of the invitation or the time forbids the answer.
func (i Invitation) allows(a Answer, m Meeting, at time.Time) error {
	if !i.Answerable() {
		return i.forbids("answered")
	}
	if m.Status != MeetingOpen || !at.Before(m.StartsAt()) {
		return Errorf(Conflict, "The meeting takes no answers any more.")
	}
	if a == Withdraw {
		if i.Status == Accepted || i.Status == Reserved || i.Status == Offered || i.Status == Withdrawn {
			return nil
		}
		return Errorf(Conflict, "The invitation is %s: there is no acceptance to withdraw.", i.Status)
	}
	if i.Status == Offered && a != Maybe {
		return nil
	}
	if at.After(m.AnswersUntil()) {
		return Errorf(Conflict, "The deadline for answers has passed; an acceptance can still be withdrawn.")
	}
	if a == Maybe && i.Status != Invited && i.Status != Tentative && i.Status != Declined {
		return Errorf(Conflict, "The invitation is %s, so it cannot become tentative.", i.Status)
	}
	return nil
}

// Respond returns the invitation and the seating after the invitee's response. An acceptance takes a seat of its mode, or
// else a place in the reserve; an answer that gives a seat up frees it. The same answer again changes nothing: then the
// returned invitation has the version of i. Conflict where the state or the time forbids the answer.
func (i Invitation) Respond(r Response, m Meeting, s Seating, at time.Time) (Invitation, Seating, error) {
	if err := i.allows(r.Answer, m, at); err != nil {
		return i, s, err
	}
	mode := r.Mode
	if mode == "" {
		mode = i.Mode
	}
	next, seating, err := i.answered(r.Answer, mode, m.Seats, s, at)
	if err != nil {
		return i, s, err
	}
	moved := next.Status != i.Status || next.Mode != i.Mode
	note := cleanProse(r.Note)
	if !moved && (note == "" || note == i.Note) {
		return i, s, nil
	}
	next.RespondedAt = at
	if note != "" {
		next.Note = note
	}
	if next.Status == Tentative {
		next.DueAt = m.AnswersUntil()
	}
	if moved {
		next.Sequence = i.Sequence + 1
	}
	return next, seating, nil
}

func (i Invitation) answered(a Answer, mode Mode, limits Seats, s Seating, at time.Time) (Invitation, Seating, error) {
	if a != Accept {
		return i.moved(InvitationStatus(a), at, ""), s.Leave(i), nil
	}
	if i.Seated() && mode == i.Mode {
		return i.moved(Accepted, at, ""), s, nil
	}
	seated, ok := s.take(mode, limits)
	if !ok && i.Seated() {
		return i, s, Errorf(Conflict, "No seat of that mode is free; the one held is kept.")
	}
	if ok {
		next := i.moved(Accepted, at, "")
		next.Mode = mode
		return next, seated.Leave(i), nil
	}
	return i.Queue(mode, at), s, nil
}

// Queue returns the invitation in the reserve of the mode: at its end, or where it already stands.
func (i Invitation) Queue(mode Mode, at time.Time) Invitation {
	next := i.moved(Reserved, at, "")
	next.ReservedAt = at
	if i.Status == Reserved && mode == i.Mode {
		next.ReservedAt = i.ReservedAt
	}
	next.Mode, next.RespondedAt = mode, at
	return next
}

// Ahead returns those of the list who wait for a seat of the mode and came before the invitee, who may wait as well.
func (i Invitation) Ahead(list []Invitation, mode Mode) []Invitation {
	return slices.DeleteFunc(slices.Clone(list), func(other Invitation) bool {
		waits := other.Status == Reserved && other.Mode == mode && other.Person != i.Person
		first := i.Status == Reserved && i.Mode == mode && i.ReservedAt.Before(other.ReservedAt)
		return !waits || first
	})
}

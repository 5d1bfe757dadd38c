package site

import (
	"net/url"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// invitation is what the page of an invitation shows. Of the invitee it knows the language and the clock alone, never the
// name, because links get forwarded; of other participants it knows nothing.
type invitation struct {
	Language csdn.Language
	Meeting  meeting
	Status   csdn.InvitationStatus
	Mode     csdn.Mode // in which the invitee attends, or is invited to
	Answered string    // when
	Kept     moments   // until when an offered seat is kept
	Note     string    // that was sent before
	Calendar string    // where the calendar entry is, empty when there is nothing to enter
	Form     form
	Troubles []trouble // why the answer was not taken, empty for nothing
}

// meeting is what an invitee must know of a meeting.
type meeting struct {
	Title     string
	Type      csdn.MeetingType
	TypeName  string // for a type that the page has no words for
	When      string
	OwnWhen   string // on the invitee's clock, empty where that shows the same
	Mode      csdn.Mode
	Venue     csdn.Venue
	OnlineURL string
	Spoken    string // name of its language
	Chatham   bool
	Deadline  moments // for answers
	Late      bool    // the deadline has passed
}

// moments is one instant on the clock of the meeting and on the invitee's, which is empty where it shows the same.
type moments struct{ There, Own string }

// form is what can be answered, and what was filled in when that was not taken.
type form struct {
	Answers []choice
	Modes   []choice // empty when there is nothing to choose
	Note    string
}

// choice is one button. Status is where the invitation stands, on which the words depend.
type choice struct {
	Value   string
	Status  csdn.InvitationStatus
	Checked bool
}

// trouble is a reason why an answer was not taken. The first three name the field to mend.
type trouble string

const (
	answerTrouble trouble = "answer"
	modeTrouble   trouble = "mode"
	noteTrouble   trouble = "note"
	late          trouble = "late"  // the deadline has passed
	full          trouble = "full"  // no seat of the other mode is free
	moved         trouble = "moved" // the invitation stands elsewhere than the answer supposes
)

// Field reports whether the trouble is with a field of the form.
func (t trouble) Field() bool { return t == answerTrouble || t == modeTrouble || t == noteTrouble }

// Amiss reports whether something is wrong with the field.
func (i invitation) Amiss(field trouble) bool { return slices.Contains(i.Troubles, field) }

// newInvitation returns the view of what a link leads to.
func newInvitation(r directory.Rsvp, token string, now time.Time) invitation {
	m, i, in := r.Meeting, r.Invitation, spoken(r.Person.PreferredLanguage)
	there, home := m.Zone.Location(), r.Person.Zone.Location()
	at := func(t time.Time) moments {
		both := moments{There: csdn.MomentInWords(t.In(there), in)}
		if csdn.ClocksDiffer(there, home, t) {
			both.Own = csdn.MomentInWords(t.In(home), in)
		}
		return both
	}
	view := invitation{
		Language: in, Status: i.Status, Mode: i.Mode, Note: i.Note,
		Meeting: meeting{
			Title: m.Title, Type: m.Type, TypeName: m.TypeLabel(in), When: csdn.SpanInWords(m.StartsAt().In(there), m.EndsAt().In(there), in),
			Mode: m.Mode, OnlineURL: m.OnlineURL, Spoken: m.Language.Name(in), Chatham: m.Rule != csdn.OpenRule,
			Deadline: at(m.AnswersUntil()), Late: now.After(m.AnswersUntil()),
		},
		Form: form{Answers: answers(i.Status, r.Choices)},
	}
	if csdn.ClocksDiffer(there, home, m.StartsAt(), m.EndsAt()) {
		view.Meeting.OwnWhen = csdn.SpanInWords(m.StartsAt().In(home), m.EndsAt().In(home), in)
	}
	if m.Mode != csdn.Online {
		view.Meeting.Venue = m.Venue
	}
	if m.Mode == csdn.Hybrid && slices.Contains(r.Choices, csdn.Accept) {
		for _, mode := range []csdn.Mode{csdn.InPerson, csdn.Online} {
			view.Form.Modes = append(view.Form.Modes, choice{Value: string(mode), Checked: mode == i.Mode})
		}
	}
	if !i.RespondedAt.IsZero() {
		view.Answered = csdn.MomentInWords(i.RespondedAt.In(home), in)
	}
	if i.Status == csdn.Offered {
		view.Kept = at(i.DueAt)
	}
	if i.Active() {
		view.Calendar = "/v1/rsvp/" + url.PathEscape(token) + "/calendar.ics"
	}
	return view
}

// answers returns the choices as buttons. Two of the answers say no, and a person needs one: whoever has a seat or waits for
// one withdraws, and everybody else declines.
func answers(status csdn.InvitationStatus, choices []csdn.Answer) []choice {
	spare := csdn.Withdraw
	switch status {
	case csdn.Accepted, csdn.Reserved, csdn.Withdrawn:
		spare = csdn.Decline
	}
	var buttons []choice
	for _, a := range choices {
		if a != spare {
			buttons = append(buttons, choice{Value: string(a), Status: status})
		}
	}
	return buttons
}

// again returns the view with what was filled in and why it was not taken.
func (i invitation) again(filled csdn.Response, troubles []trouble) invitation {
	i.Troubles, i.Form.Note = troubles, filled.Note
	for n := range i.Form.Answers {
		i.Form.Answers[n].Checked = i.Form.Answers[n].Value == string(filled.Answer)
	}
	if slices.ContainsFunc(i.Form.Modes, func(c choice) bool { return c.Value == string(filled.Mode) }) {
		for n := range i.Form.Modes {
			i.Form.Modes[n].Checked = i.Form.Modes[n].Value == string(filled.Mode)
		}
	}
	return i
}

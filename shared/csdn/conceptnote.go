package csdn

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maximumNotes is how many versions of its concept note a meeting has at most.
const maximumNotes = 50

// ConceptNote is all that a concept note is made of: its meeting, and the phase of that.
type ConceptNote struct {
	Meeting Meeting
	Phase   Phase
}

// NoteVersion is a concept note as a planner approved it. It never changes, whatever becomes of the meeting and the phase.
type NoteVersion struct {
	Number int // from 1
	ConceptNote
	ApprovedAt time.Time
	ApprovedBy AccountID
}

// Approve returns the note frozen as the version after the newest, which is zero for none. What only planners may know of the meeting
// does not go into it. Conflict when the note says what the newest version says, and when the meeting is over and done with.
func (n ConceptNote) Approve(newest NoteVersion, by AccountID, at time.Time) (NoteVersion, error) {
	m := n.Meeting
	switch {
	case m.Status == MeetingClosed || m.Status == MeetingCancelled:
		return newest, Errorf(Conflict, "The meeting is %s, so its concept note stands as it is.", m.Status)
	case newest.Number > 0 && len(Differences(newest.Facts(), n.Facts())) == 0:
		return newest, Errorf(Conflict, "The concept note says what version %d says, which is approved already.", newest.Number)
	case newest.Number >= maximumNotes:
		return newest, Errorf(Conflict, "The concept note has %d versions, which is the most that are kept.", maximumNotes)
	}
	n.Meeting.OnlineURL, n.Meeting.Planners, n.Meeting.RetainUntil = "", nil, ""
	return NoteVersion{Number: newest.Number + 1, ConceptNote: n, ApprovedAt: at, ApprovedBy: by}, nil
}

// Facts returns what the note says, section by section in its order, as text. Two notes with the same facts say the same.
func (n ConceptNote) Facts() []Fact {
	m, zone := n.Meeting, n.Meeting.Zone.Location()
	return []Fact{
		{"type", string(m.Type)}, {"title", m.Title}, {"when", SpanInWords(m.StartsAt().In(zone), m.EndsAt().In(zone), "en")},
		{"venue", lines(string(m.Mode), m.Venue.Name, m.Venue.Address)}, {"background", m.Background}, {"objectives", m.Objectives},
		{"format", m.Format}, {"participants", m.Participants}, {"language", string(m.Language)}, {"rule", string(m.Rule)},
		{"agenda", agendaLines(m.Agenda)},
		{"phase", fmt.Sprintf("%d, %d–%d, %s", n.Phase.Number, n.Phase.From, n.Phase.To, n.Phase.Instrument)},
	}
}

func agendaLines(agenda []AgendaItem) string {
	var list []string
	for _, item := range agenda {
		list = append(list, item.Start.String()+"–"+item.End.String()+" "+item.Title)
		for _, texts := range [][]string{item.By, item.Points, item.Questions} {
			for _, text := range texts {
				list = append(list, "• "+text)
			}
		}
	}
	return lines(list...)
}

// lines joins what is not empty.
func lines(texts ...string) string {
	var list []string
	for _, text := range texts {
		if text != "" {
			list = append(list, text)
		}
	}
	return strings.Join(list, "\n")
}

// TextChange is what became of a piece of text between two versions.
type TextChange string

// The changes of texts.
const (
	SameText     TextChange = "same"
	InsertedText TextChange = "inserted"
	DeletedText  TextChange = "deleted"
)

// SectionDifference is one section of a concept note in which two of its versions differ: read without what was inserted the pieces are
// the section as it was, and without what was deleted as it is.
type SectionDifference struct {
	Section string // as Facts names it
	Parts   []TextPart
}

// TextPart is a piece of text.
type TextPart struct {
	Change TextChange
	Text   string
}

// NoteDraft is how a version is named that is not approved: the note made of the meeting as it is.
const NoteDraft = "draft"

// ParseNoteVersion reads the name of a version. draft tells that it is the one that is not approved; ok is false for the name of none.
func ParseNoteVersion(name string) (number int, draft, ok bool) {
	if name == NoteDraft {
		return 0, true, true
	}
	number, err := strconv.Atoi(name)
	return number, false, err == nil && number >= 1 && number <= maximumNotes
}

// NoteStore keeps the approved versions of concept notes.
type NoteStore interface {
	// NoteVersions returns those of a meeting, the newest first, consistently read.
	NoteVersions(ctx context.Context, meeting MeetingID) ([]NoteVersion, error)
	// NoteVersion returns one of them, consistently read. NotFound.
	NoteVersion(ctx context.Context, meeting MeetingID, number int) (NoteVersion, error)
	// NewestNote returns the newest, consistently read; the zero NoteVersion for none.
	NewestNote(ctx context.Context, meeting MeetingID) (NoteVersion, error)
	// PutNoteVersion adds a version and appends the change, in one transaction. Stale when the meeting is at another version than the
	// note was made of, or the number is taken.
	PutNoteVersion(ctx context.Context, v NoteVersion, change Change) error
}

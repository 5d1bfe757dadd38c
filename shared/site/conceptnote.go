package site

import (
	"errors"
	"net/http"
	"strconv"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/compare"
)

// notePage is where the planners of a meeting approve its concept note and see what became of it.
type notePage struct {
	meetingLine
	Version   csdn.Version // of the meeting, which the page shows
	Standing  string       // what others read, and how the draft differs from it
	Approves  bool         // there is something to approve
	Draft     []link       // the note as the meeting is now, in its formats
	Items     []noteLine
	From      []option
	With      []option
	Sections  []noteSection
	Compared  bool
	Refused   string
	Same      bool // the two that are compared say the same
	FromTitle string
	WithTitle string
}

type noteLine struct {
	Number    int
	When, Who string
	Forms     []link
}

// noteSection is a section in which two versions differ.
type noteSection struct {
	Title string
	Parts []csdn.TextPart
}

func (s *site) conceptNote(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.showNotes(w, r, v, http.StatusOK, "")
}

// approveNote freezes the note that the page showed.
func (s *site) approveNote(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	id := csdn.MeetingID(r.PathValue("id"))
	read, _ := strconv.ParseInt(values.Get("version"), 10, 64) // 0, which is never present, for what is none
	_, err = s.Meetings.ApproveNote(r.Context(), v.Caller, id, csdn.Version(read))
	if errors.Is(err, csdn.Stale) {
		return s.showNotes(w, r, v, http.StatusPreconditionFailed, "The meeting was changed while you were reading. Nothing was approved; below is the note as it is now.")
	}
	if errors.Is(err, csdn.Conflict) {
		var refused *csdn.Error
		errors.As(err, &refused)
		return s.showNotes(w, r, v, http.StatusConflict, refused.Message)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/meetings/"+string(id)+"/concept-note", http.StatusSeeOther)
	return nil
}

// showNotes shows the versions of a note, and in what two of them differ: the newest and the draft unless others are asked for.
func (s *site) showNotes(w http.ResponseWriter, r *http.Request, v visit, status int, refused string) error {
	id, query := csdn.MeetingID(r.PathValue("id")), r.URL.Query()
	draft, err := s.Meetings.NoteVersion(r.Context(), v.Caller, id, csdn.NoteDraft)
	if err != nil {
		return err
	}
	found, err := s.Meetings.NoteVersions(r.Context(), v.Caller, id, csdn.PageRequest{Limit: csdn.MaximumLimit})
	if err != nil {
		return err
	}
	m := draft.Meeting
	view := notePage{
		meetingLine: v.meetingLine(m), Version: m.Version, Refused: refused, Draft: noteForms(id, csdn.NoteDraft),
		Standing: "No version is approved yet. Whoever may read the note reads it as the meeting is now.",
	}
	open := m.Status != csdn.MeetingClosed && m.Status != csdn.MeetingCancelled && v.mayOn("concept-note.approved", m)
	view.Approves = open
	from, with := query.Get("from"), query.Get("with")
	if len(found.Items) > 0 {
		newest := found.Items[0]
		changed := len(compare.Notes(newest.ConceptNote, draft.ConceptNote)) > 0
		view.Approves = open && changed
		view.Standing = "Others read version " + strconv.Itoa(newest.Number) + ". The meeting as it is now says the same."
		if changed {
			view.Standing = "Others read version " + strconv.Itoa(newest.Number) + ". The meeting has been changed since; that is a draft until you approve it."
		}
		if from == "" {
			from = strconv.Itoa(newest.Number)
		}
	}
	if with == "" {
		with = csdn.NoteDraft
	}
	for _, one := range found.Items {
		view.Items = append(view.Items, v.noteLine(id, one))
	}
	if view.Compared = from != ""; view.Compared {
		if err := s.compareNotes(r, v, &view, found.Items, from, with); err != nil {
			return err
		}
	}
	return s.display(w, r, v, status, "conceptnote", view)
}

func (v visit) noteLine(id csdn.MeetingID, one csdn.NoteVersion) noteLine {
	line := noteLine{
		Number: one.Number, When: csdn.MomentInWords(one.ApprovedAt, "en"), Who: "Account " + string(one.ApprovedBy),
		Forms: noteForms(id, strconv.Itoa(one.Number)),
	}
	if one.ApprovedBy == v.Account {
		line.Who = "You"
	}
	return line
}

// compareNotes adds in what the versions differ, and the choice of others.
func (s *site) compareNotes(r *http.Request, v visit, view *notePage, versions []csdn.NoteVersion, from, with string) error {
	id := csdn.MeetingID(r.PathValue("id"))
	before, err := s.Meetings.NoteVersion(r.Context(), v.Caller, id, from)
	if err != nil {
		return err
	}
	after, err := s.Meetings.NoteVersion(r.Context(), v.Caller, id, with)
	if err != nil {
		return err
	}
	for _, d := range compare.Notes(before.ConceptNote, after.ConceptNote) {
		view.Sections = append(view.Sections, noteSection{Title: spell(d.Section), Parts: d.Parts})
	}
	names := []string{csdn.NoteDraft}
	for _, one := range versions {
		names = append(names, strconv.Itoa(one.Number))
	}
	view.FromTitle, view.WithTitle, view.Same = noteTitle(from), noteTitle(with), len(view.Sections) == 0
	view.From, view.With = choices(names, from, noteTitle), choices(names, with, noteTitle)
	return nil
}

// noteTitle names a version in words.
func noteTitle(name string) string {
	if name == csdn.NoteDraft {
		return "the draft"
	}
	return "version " + name
}

// noteForms leads to a version of a note in its formats.
func noteForms(id csdn.MeetingID, version string) []link {
	var list []link
	for _, f := range []struct{ format, text string }{{"html", "Read it"}, {"pdf", "PDF"}, {"docx", "Word"}} {
		list = append(list, link{Text: f.text, To: "/v1/meetings/" + string(id) + "/concept-note/versions/" + version + "?format=" + f.format})
	}
	return list
}

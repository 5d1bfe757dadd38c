package mail

import (
	"strings"
	"text/template"
	"time"

	"csdn.example/directory/shared/csdn"
)

// wording says the phrases of one language about one letter. Its exported fields are all that the phrases may speak of:
// the recipient, the meeting and the recipient's own invitation, or what the recipient's organisation is asked to confirm.
type wording struct {
	Name        string // of the recipient, empty where it must not be seen
	Neutral     bool   // to a person who must be careful
	Title       string
	Type        csdn.MeetingType
	TypeName    string // for a type that the phrases do not know
	Status      csdn.InvitationStatus
	Mode        csdn.Mode // of the recipient
	MeetingMode csdn.Mode
	Spoken      string // language of the meeting
	Venue       string
	OnlineURL   string // empty unless the recipient may know it
	Chatham     bool
	Over        bool         // the invitation came to its end
	Cancelled   bool         // so did the meeting
	Renewal     csdn.Renewal // of the recipient's organisation, of no meeting

	language csdn.Language
	phrases  *template.Template
	err      error // the first that a phrase met
}

// speak returns the wording of a letter in the recipient's language: French for a French tag, else English.
func speak(letter csdn.Letter) (*wording, error) {
	m, i, p := letter.Meeting, letter.Invitation, letter.Person
	w := &wording{
		Title: line(m.Title), Type: m.Type, Status: i.Status, Mode: i.Mode, MeetingMode: m.Mode,
		Neutral: p.Safety != csdn.Open, Chatham: m.Rule == csdn.ChathamHouse, Over: cancelled(letter), Cancelled: m.Status == csdn.MeetingCancelled,
		language: "en",
	}
	if p.PreferredLanguage.Base() == "fr" {
		w.language = "fr"
	}
	w.TypeName = line(m.TypeLabel(w.language))
	w.Spoken = line(m.Language.Name(w.language))
	if !w.Neutral {
		w.Name = line(p.Name)
	}
	if m.Mode != csdn.Online {
		w.Venue = joined(line(m.Venue.Name), line(m.Venue.Address))
	}
	if i.Status == csdn.Accepted && (m.Mode == csdn.Hybrid || i.Mode == csdn.Online) {
		w.OnlineURL = line(m.OnlineURL)
	}
	return w, w.learn()
}

// learn reads the phrases of the language.
func (w *wording) learn() (err error) {
	w.phrases, err = template.ParseFS(templates, "templates/"+string(w.language)+".txt")
	return err
}

// one returns a phrase as one line.
func (w *wording) one(phrase string) string {
	return strings.Join(w.paragraphs(phrase), " ")
}

// paragraphs returns a phrase as its paragraphs, which blank lines part; other line breaks are the translator's.
func (w *wording) paragraphs(phrase string) []string {
	var b strings.Builder
	if err := w.phrases.ExecuteTemplate(&b, phrase, w); err != nil && w.err == nil {
		w.err = err
	}
	var paragraphs []string
	for _, paragraph := range strings.Split(b.String(), "\n\n") {
		if paragraph = strings.Trim(paragraph, "\n"); paragraph != "" {
			paragraphs = append(paragraphs, strings.ReplaceAll(paragraph, "\n", " "))
		}
	}
	return paragraphs
}

// facts returns what the recipient must know of the meeting, labelled. Times are those of the meeting's zone and, where the clocks
// differ, also those of the recipient's.
func (w *wording) facts(letter csdn.Letter) []fact {
	m := letter.Meeting
	there, home := m.Zone.Location(), letter.Person.Zone.Location()
	var facts []fact
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, fact{Label: w.one("label " + label), Text: text})
		}
	}
	add("meeting", w.Title)
	add("type", w.one("type"))
	add("date", csdn.SpanInWords(m.StartsAt().In(there), m.EndsAt().In(there), w.language))
	if csdn.ClocksDiffer(there, home, m.StartsAt(), m.EndsAt()) {
		add("own date", csdn.SpanInWords(m.StartsAt().In(home), m.EndsAt().In(home), w.language))
	}
	add("mode", w.one("mode"))
	add("venue", w.Venue)
	if w.Over {
		return facts
	}
	if m.Mode == csdn.Hybrid {
		add("attendance", w.one("attendance"))
	}
	if w.OnlineURL != "" {
		facts = append(facts, fact{Label: w.one("label online"), Text: w.OnlineURL, Web: true})
	}
	add("language", w.Spoken)
	if until := deadline(letter); !until.IsZero() {
		add("deadline", csdn.MomentInWords(until.In(there), w.language))
		if csdn.ClocksDiffer(there, home, until) {
			add("own deadline", csdn.MomentInWords(until.In(home), w.language))
		}
	}
	return facts
}

// summary returns what the calendar calls the meeting.
func (w *wording) summary() string {
	if w.Neutral {
		return w.one("neutral summary")
	}
	return w.Title
}

// description returns what the calendar says of the meeting.
func (w *wording) description() string {
	if w.Neutral {
		return w.one("neutral description")
	}
	return w.one("description")
}

// location returns where the recipient attends, for the calendar.
func (w *wording) location() string {
	if w.Mode != csdn.Online {
		return w.Venue
	}
	if w.OnlineURL != "" {
		return w.OnlineURL
	}
	return w.one("place online")
}

// deadline returns until when the recipient is asked to answer, zero when nothing is asked.
func deadline(letter csdn.Letter) time.Time {
	switch letter.Invitation.Status {
	case csdn.Offered:
		return letter.Invitation.DueAt
	case csdn.Invited, csdn.Tentative:
		return letter.Meeting.AnswersUntil()
	}
	return time.Time{}
}

// joined joins the texts that there are by commas.
func joined(texts ...string) string {
	var there []string
	for _, text := range texts {
		if text != "" {
			there = append(there, text)
		}
	}
	return strings.Join(there, ", ")
}

package document

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the template and its style
	"encoding/base64"
	"fmt"
	"html/template"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/prose"
)

//go:embed conceptnote.html
var conceptNoteHTML string

//go:embed conceptnote.css
var conceptNoteCSS string

// ConceptNote returns the concept note of the meeting, which belongs to the phase, as one HTML document in the structure of the
// network's own notes. Its fixed texts are in French for a meeting held in French, in English otherwise. Texts that are
// empty leave their section out.
func ConceptNote(m csdn.Meeting, phase csdn.Phase) ([]byte, error) {
	page, err := template.New("conceptnote.html").Parse(conceptNoteHTML)
	if err != nil {
		return nil, fmt.Errorf("read the template of the concept note: %w", err)
	}
	note, err := newConceptNote(m, phase)
	if err != nil {
		return nil, fmt.Errorf("concept note of meeting %s: %w", m.ID, err)
	}
	var b bytes.Buffer
	if err := page.Execute(&b, note); err != nil {
		return nil, fmt.Errorf("concept note of meeting %s: %w", m.ID, err)
	}
	return b.Bytes(), nil
}

// ConceptNoteStyleHash returns the source by which a content security policy permits the style of the concept note, without
// quotation marks: style-src 'sha256-…' (CSP Level 3, section 6.7.3.3).
func ConceptNoteStyleHash() string {
	sum := sha256.Sum256([]byte(conceptNoteCSS))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// conceptNote is what the template shows, and all that it can show.
type conceptNote struct {
	wording
	Lang       csdn.Language // of the fixed texts
	Foreign    csdn.Language // of the meeting's own texts where that is another one
	Style      template.CSS
	Network    string
	Title      string
	Starts     string // as of the datetime attribute
	When       string
	Venue      string
	Address    string
	Sections   []section
	Ruled      bool // under the Chatham House Rule
	Zone       string
	Agenda     []slot
	Instrument string
	Phase      string
	From, To   int // years
}

// section is a part of the note under its own heading: the meeting's text, or a sentence of ours, or both.
type section struct {
	Heading  string
	Text     template.HTML
	Sentence template.HTML
}

// slot is a row of the agenda.
type slot struct {
	Start, End            string
	Title                 string
	By, Points, Questions []string
}

func newConceptNote(m csdn.Meeting, phase csdn.Phase) (conceptNote, error) {
	if m.Language == "" {
		m.Language = "en"
	}
	w := wording{french: m.Language.Base() == "fr"}
	sections, err := w.sections(m)
	if err != nil {
		return conceptNote{}, err
	}
	note := conceptNote{
		wording: w, Lang: m.Language, Style: template.CSS(conceptNoteCSS),
		Network: w.network(m), Title: m.Title,
		Starts: m.StartsAt().Format("2006-01-02T15:04Z07:00"), When: w.when(m.StartsAt(), m.EndsAt()), Zone: zone(m.StartsAt()),
		Venue: w.venue(m), Sections: sections, Ruled: ruled(m),
		Instrument: phase.Instrument, Phase: w.phase(phase.Number), From: phase.From, To: phase.To,
	}
	if !w.french && m.Language.Base() != "en" {
		note.Lang, note.Foreign = "en", m.Language
	}
	if m.Mode != csdn.Online {
		note.Address = m.Venue.Address
	}
	for _, item := range m.Agenda {
		note.Agenda = append(note.Agenda, slot{
			Start: w.slotTime(item.Start), End: w.slotTime(item.End), Title: item.Title,
			By: item.By, Points: item.Points, Questions: item.Questions,
		})
	}
	return note, nil
}

// sectionLevel is the level of the heading under which a text of the note stands.
const sectionLevel = 3

// sections returns the parts of the note proper that are not empty.
func (w wording) sections(m csdn.Meeting) ([]section, error) {
	var list []section
	for _, part := range []struct {
		heading, markdown string
		ruled             bool
	}{
		{w.Say("Background", "Contexte"), m.Background, false},
		{w.Say("Objectives", "Objectifs"), m.Objectives, false},
		{w.Say("Format", "Format"), m.Format, ruled(m)},
		{w.Say("Participants", "Participants"), m.Participants, false},
	} {
		text, err := prose.HTML(part.markdown, sectionLevel)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.heading, err)
		}
		s := section{Heading: part.heading, Text: text}
		if part.ruled {
			s = w.withRule(s)
		}
		if s.Text != "" || s.Sentence != "" {
			list = append(list, s)
		}
	}
	return append(list, section{Heading: w.Say("Language", "Langue"), Sentence: w.discussions(m.Language)}), nil
}

package document

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// wording says the fixed texts of a note in French or, unless it is set, in English.
type wording struct{ french bool }

// Say returns the text of the two that is in the language of the note.
func (w wording) Say(en, fr string) string {
	if w.french {
		return fr
	}
	return en
}

// network returns the line that names the network and the type of the meeting.
func (w wording) network(m csdn.Meeting) string {
	return "Civil Society Dialogue Network" + w.Say(" ", " – ") + m.TypeLabel(csdn.Language(w.Say("en", "fr")))
}

// when returns the day and the hours, as "Wednesday 1 February 2023 (9.15-11.30 CET)", with the abbreviation that the zone has at
// the time. A meeting of several days tells both.
func (w wording) when(start, end time.Time) string {
	from, until := w.hour(start), w.hour(end)+" "+zone(end)
	sameDay := start.YearDay() == end.YearDay() && start.Year() == end.Year()
	if !sameDay || zone(start) != zone(end) {
		from += " " + zone(start)
	}
	text := fmt.Sprintf("%s (%s-%s)", csdn.DayInWords(start, csdn.Language(w.Say("en", "fr"))), from, until)
	if !sameDay {
		text = fmt.Sprintf("%s (%s) – %s (%s)", csdn.DayInWords(start, csdn.Language(w.Say("en", "fr"))), from, csdn.DayInWords(end, csdn.Language(w.Say("en", "fr"))), until)
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func (w wording) hour(t time.Time) string {
	return fmt.Sprintf("%d%s%02d", t.Hour(), w.Say(".", "h"), t.Minute())
}

// slotTime returns a time of the agenda, in two digits each so that they stand one below the other.
func (w wording) slotTime(c csdn.ClockTime) string {
	return strings.Replace(c.String(), ":", w.Say(".", "h"), 1)
}

// zone returns the abbreviation of the zone at the time; many have none, and tell their distance from UTC instead.
func zone(t time.Time) string {
	name, _ := t.Zone()
	if strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		return t.Format("UTC-07:00")
	}
	return name
}

// venue returns where people meet; the address by which they meet online is not for everyone.
func (w wording) venue(m csdn.Meeting) string {
	online := w.Say("Online", "En ligne")
	switch {
	case m.Mode == csdn.Online:
		return online
	case m.Mode == csdn.Hybrid && m.Venue.Name != "":
		return m.Venue.Name + w.Say(" & Online", " et en ligne")
	case m.Mode == csdn.Hybrid:
		return w.Say("In person & Online", "En personne et en ligne")
	}
	return m.Venue.Name
}

// discussions returns the sentence that names the language of the meeting.
func (w wording) discussions(language csdn.Language) template.HTML {
	name := language.Name(csdn.Language(w.Say("en", "fr")))
	return template.HTML(template.HTMLEscapeString(w.Say("The discussions will be held in ", "Les discussions se tiendront en ") + name + "."))
}

// phase returns how the sentence about the phase begins: in words as long as those are usual.
func (w wording) phase(number csdn.PhaseNumber) string {
	words := strings.Fields(w.Say("first second third fourth fifth sixth seventh eighth ninth tenth",
		"première deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième"))
	if number < 1 || int(number) > len(words) {
		return fmt.Sprintf(w.Say("Phase %d", "La phase %d"), number)
	}
	return fmt.Sprintf(w.Say("The %s phase", "La %s phase"), words[number-1])
}

package csdn

import (
	"fmt"
	"strconv"
)

// AgendaKind is what happens in a slot of the agenda.
type AgendaKind string

// AgendaKinds lists the kinds of agenda items.
func AgendaKinds() []AgendaKind {
	return []AgendaKind{"registration", "opening", "presentation", "discussion", "closing", "social"}
}

// AgendaItem is a slot of the agenda. By names who speaks, as institutions; Points and Questions are what is spoken of.
type AgendaItem struct {
	Start     ClockTime
	End       ClockTime
	Kind      AgendaKind
	Title     string
	By        []string
	Points    []string
	Questions []string
}

func (i AgendaItem) clean() AgendaItem {
	i.Title = cleanLine(i.Title)
	i.By, i.Points, i.Questions = cleanEach(i.By, cleanLine), cleanEach(i.Points, cleanLine), cleanEach(i.Questions, cleanLine)
	return i
}

func (v *violations) agendaItem(location string, i AgendaItem) {
	choice(v, location+".kind", i.Kind, AgendaKinds())
	v.line(location+".title", i.Title, 1, maximumLine)
	if i.End <= i.Start {
		v.add(location+".end", "is not after its start")
	}
	v.texts(location+".by", i.By)
	v.texts(location+".points", i.Points)
	v.texts(location+".questions", i.Questions)
}

func (v *violations) texts(location string, list []string) {
	v.count(location, len(list), 50)
	for n, text := range list {
		v.line(location+"["+strconv.Itoa(n)+"]", text, 1, 2000)
	}
}

// agendaWarnings tells of items outside the meeting's hours and of items that overlap. Neither is an error: coffee after the
// end of a meeting is usual.
func agendaWarnings(m MeetingProfile) []string {
	var warnings []string
	for n, item := range m.Agenda {
		if m.Start.SameDay(m.End) && (item.Start < m.Start.Clock() || item.End > m.End.Clock()) {
			warnings = append(warnings, fmt.Sprintf("Agenda item %d (%s–%s) is outside the hours of the meeting.", n+1, item.Start, item.End))
		}
		if n > 0 && item.Start < m.Agenda[n-1].End {
			warnings = append(warnings, fmt.Sprintf("Agenda item %d begins before item %d ends.", n+1, n))
		}
	}
	return warnings
}

func agendaText(agenda []AgendaItem) string {
	lines := make([]string, len(agenda))
	for n, i := range agenda {
		lines[n] = fmt.Sprintf("%s–%s %s: %s; by %s; points %s; questions %s", i.Start, i.End, i.Kind, i.Title, joined(i.By), joined(i.Points), joined(i.Questions))
	}
	return joined(lines)
}

package csdn

import (
	"fmt"
	"slices"
	"strconv"
)

// AgendaKind is what happens in a slot of the agenda.
type AgendaKind string

// AgendaKinds lists the kinds of agenda items.
func AgendaKinds() []AgendaKind {
	return []AgendaKind{"registration", "opening", "presentation", "discussion", "closing", "social"}
}

// AgendaItem is a slot of the agenda. By names who speaks, as institutions; Points and Questions are what is spoken of.
// QuestionAreas are the areas of expertise that each question calls for, in the order of the questions; it ends with the last that names
// some.
type AgendaItem struct {
	Start         ClockTime
	End           ClockTime
	Kind          AgendaKind
	Title         string
	By            []string
	Points        []string
	Questions     []string
	QuestionAreas [][]AreaSlug
}

// AreasOf returns the areas that a question calls for, by its place among the questions.
func (i AgendaItem) AreasOf(question int) []AreaSlug {
	if question < len(i.QuestionAreas) {
		return i.QuestionAreas[question]
	}
	return nil
}

func (i AgendaItem) clean() AgendaItem {
	i.Title = cleanLine(i.Title)
	i.By, i.Points = cleanEach(i.By, cleanLine), cleanEach(i.Points, cleanLine)
	asked := map[string][]AreaSlug{}
	for n, question := range i.Questions {
		question = cleanLine(question)
		asked[question] = cleanEach(append(asked[question], i.AreasOf(n)...), cleanLine)
	}
	i.Questions, i.QuestionAreas = cleanEach(i.Questions, cleanLine), nil
	for n, question := range i.Questions {
		if len(asked[question]) > 0 {
			i.QuestionAreas = append(i.QuestionAreas, make([][]AreaSlug, n+1-len(i.QuestionAreas))...)
			i.QuestionAreas[n] = asked[question]
		}
	}
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
	for n, areas := range i.QuestionAreas {
		v.count(questionAreas(location, n), len(areas), maximumList)
	}
}

// questionAreas is where the areas of a question lie within an item of the agenda.
func questionAreas(location string, question int) string {
	return location + ".questions[" + strconv.Itoa(question) + "].areas"
}

func (v *violations) texts(location string, list []string) {
	v.count(location, len(list), 50)
	for n, text := range list {
		v.line(location+"["+strconv.Itoa(n)+"]", text, 1, 2000)
	}
}

// agendaWarnings tells of items outside the meeting's hours, of items that overlap, and of gaps. None is an error: coffee after the
// end of a meeting is usual.
func agendaWarnings(m MeetingProfile) []string {
	var warnings []string
	warn := func(format string, args ...any) { warnings = append(warnings, fmt.Sprintf(format, args...)) }
	oneDay := m.Start.SameDay(m.End)
	until, last := m.Start.Clock(), -1 // up to when something is planned, and by which item
	if !oneDay && len(m.Agenda) > 0 {
		until = m.Agenda[0].Start
	}
	for n, item := range m.Agenda {
		if oneDay && (item.Start < m.Start.Clock() || item.End > m.End.Clock()) {
			warn("Agenda item %d (%s–%s) is outside the hours of the meeting.", n+1, item.Start, item.End)
		}
		if !oneDay && n > 0 && item.Start < m.Agenda[n-1].Start { // the next morning
			until, last = item.Start, -1
		}
		switch {
		case last >= 0 && item.Start < until:
			warn("Agenda item %d begins before item %d ends.", n+1, last+1)
		case item.Start > until:
			warn("Nothing is on the agenda from %s to %s.", until, item.Start)
		}
		if item.End > until {
			until, last = item.End, n
		}
	}
	if oneDay && len(m.Agenda) > 0 && until < m.End.Clock() {
		warn("Nothing is on the agenda from %s to %s.", until, m.End.Clock())
	}
	return warnings
}

func agendaText(agenda []AgendaItem) string {
	lines := make([]string, len(agenda))
	for n, i := range agenda {
		questions := slices.Clone(i.Questions)
		for q, areas := range i.QuestionAreas {
			if len(areas) > 0 {
				questions[q] += " (" + joined(areas) + ")"
			}
		}
		lines[n] = fmt.Sprintf("%s–%s %s: %s; by %s; points %s; questions %s", i.Start, i.End, i.Kind, i.Title, joined(i.By), joined(i.Points), joined(questions))
	}
	return joined(lines)
}

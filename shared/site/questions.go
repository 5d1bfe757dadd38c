package site

import (
	"strings"

	"csdn.example/directory/shared/csdn"
)

// A form takes a guiding question as a line, with the areas that it calls for at its end in square brackets: "What holds? [Mediation]".

// questions writes the questions of an item of the agenda.
func (l labels) questions(item csdn.AgendaItem) string {
	lines := make([]string, len(item.Questions))
	for n, question := range item.Questions {
		lines[n] = question
		if areas := item.AreasOf(n); len(areas) > 0 {
			lines[n] += " [" + l.list(areas) + "]"
		}
	}
	return strings.Join(lines, "\n")
}

// list names areas; one whose name has a comma or a bracket itself is told by its slug.
func (l labels) list(areas []csdn.AreaSlug) string {
	names := make([]string, len(areas))
	for n, slug := range areas {
		if names[n] = l.area(slug); strings.ContainsAny(names[n], ",;[]") {
			names[n] = string(slug)
		}
	}
	return strings.Join(names, ", ")
}

// readQuestion reads a line. What is no area is kept as it was written, so that the directory refuses it.
func (l labels) readQuestion(line string) (string, []csdn.AreaSlug) {
	at := strings.LastIndex(line, " [")
	if at < 0 || !strings.HasSuffix(line, "]") {
		return line, nil
	}
	text, named := line[:at], line[at+len(" ["):len(line)-1]
	slugs := make([]csdn.AreaSlug, 0, len(l.areas))
	for slug := range l.areas {
		slugs = append(slugs, slug)
	}
	return text, readNames(named, slugs, func(slug csdn.AreaSlug, in csdn.Language) string {
		if in == "fr" {
			return l.areas[slug].LabelFR
		}
		return l.areas[slug].LabelEN
	})
}

package sheet

import (
	"strings"

	"csdn.example/directory/shared/csdn"
)

// list writes several values into one cell.
func list[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, "; ")
}

// claims writes areas of expertise, of which the level is told where it is not the usual one.
func claims(areas []csdn.Expertise) string {
	words := make([]string, len(areas))
	for i, e := range areas {
		words[i] = string(e.Area)
		if e.Level == "expert" {
			words[i] += " (expert)"
		}
	}
	return list(words)
}

// harmless keeps a spreadsheet from taking a text for a formula, which it would calculate when the file is opened, by an apostrophe
// before it. A text that has one there already gets another, so that a reader who takes one away has every text as it was.
func harmless(text string) string {
	if start := strings.TrimLeft(text, "' "); start != "" && strings.ContainsRune("=+-@\t\r", rune(start[0])) {
		return "'" + text
	}
	return text
}

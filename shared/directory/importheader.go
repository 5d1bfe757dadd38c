package directory

import (
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// The greatest number of names of unused columns that an import keeps, and of characters of each.
const (
	maximumIgnored = 50
	maximumHeader  = 60
)

// isCalled reports whether a column is named by a header: by its field or another name of it, whatever its case, accents and spaces.
func isCalled(field string, also []string, header string) bool {
	name := called(header)
	return name == called(field) || slices.ContainsFunc(also, func(other string) bool { return called(other) == name })
}

func called(name string) string { return strings.ReplaceAll(search.Fold(name), " ", "") }

// ignoredColumns returns the names of the columns that hold nothing that a subject has. Invalid when no column names a subject, or two
// are for the same.
func ignoredColumns(subject csdn.Subject, header []string) ([]string, error) {
	if subject == csdn.Organisations {
		return (roll[csdn.Organisation]{columns: organisationColumns(nil)}).ignored(header)
	}
	return (roll[csdn.Person]{columns: personColumns(nil)}).ignored(header)
}

func (r roll[S]) ignored(header []string) ([]string, error) {
	h := r.heading(header)
	taken := map[string]int{}
	ignored := []string{}
	for n, c := range h.columns {
		if c == nil {
			name := []rune(strings.TrimSpace(header[n]))
			if len(name) > 0 && len(ignored) < maximumIgnored {
				ignored = append(ignored, string(name[:min(len(name), maximumHeader)]))
			}
			continue
		}
		if other, twice := taken[c.field]; twice {
			return nil, csdn.Errorf(csdn.Invalid, "The columns %s and %s both mean %s; leave one of them out.", csdn.ColumnLetters(other), csdn.ColumnLetters(n+1), c.field)
		}
		taken[c.field] = n + 1
	}
	if taken["id"]+taken["name"]+taken["email"] == 0 {
		return nil, csdn.Errorf(csdn.Invalid, "The first row must name the columns, among them name, email or id.")
	}
	return ignored, nil
}

// spreadsheetErrors are what a cell holds whose formula failed.
var spreadsheetErrors = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#DIV/0!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true, "#SPILL!": true,
}

// unguarded takes off the apostrophe that exports put before a text which a spreadsheet would take for a formula.
func unguarded(cell string) string {
	text, guarded := strings.CutPrefix(cell, "'")
	if start := strings.TrimLeft(text, "' "); guarded && start != "" && strings.ContainsRune("=+-@\t\r", rune(start[0])) {
		return text
	}
	return cell
}

func number(n int) string { return strconv.Itoa(n) }

// following returns the number after the one of the text.
func following(index string) string {
	n, err := strconv.Atoi(index)
	if err != nil {
		return index
	}
	return number(n + 1)
}

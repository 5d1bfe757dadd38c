package directory

import (
	"context"
	"errors"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// roll is the subjects of one kind as an import finds them, and how a row becomes one of them.
type roll[S any] struct {
	columns []column[S]
	// match returns the subject that a row names, nil for a new one. former is the record that went into it by which it does, nil for none.
	match func(stated S) (subject, former *entry[S], wrong *misfit)
	// check returns the subject clean. Invalid when it breaks a rule.
	check func(ctx context.Context, before *entry[S], after S) (S, error)
	facts func(S) []csdn.Fact
	// unsaid returns the subject with every field as it was before but for those in which a row says something else than the former
	// record: what that said was decided on when the two were merged.
	unsaid func(after, before S, news []csdn.Difference) S
	// alike returns what a new subject may be the same as.
	alike func(S) []csdn.Duplicate
	// adopt makes a subject known under what it is now called.
	adopt func(*entry[S])
	// write adds the new subject, or changes the one before into it.
	write func(ctx context.Context, before *entry[S], after S) (S, error)
	// reread reads a subject anew that somebody else has changed.
	reread func(ctx context.Context, before *entry[S]) error
}

// column is what a column of a sheet can hold.
type column[S any] struct {
	field string   // of the API's bodies, and its name in exports
	also  []string // its other names in English and French
	// set reads a cell into a subject, and returns what is wrong with it, "" for nothing.
	set func(s *S, cell string) string
}

// entry is one subject.
type entry[S any] struct {
	subject S
	row     int  // of the file that named it, 0 for none
	isNew   bool // by that row
}

// misfit is why a row cannot be matched. field is "" when it is about the whole row.
type misfit struct{ field, message string }

// verdict is what is to become of a row.
type verdict[S any] struct {
	before  *entry[S] // nil for a new subject
	after   S
	differs bool
	finding csdn.Finding
}

func (v verdict[S]) fails() bool { return len(v.finding.Errors) > 0 }

// judge says what is to become of a row, and does nothing.
func (r roll[S]) judge(ctx context.Context, h heading[S], row csdn.SheetRow) (verdict[S], error) {
	v := verdict[S]{finding: csdn.Finding{Row: row.Number}}
	if v.finding.Errors = h.misshapen(row); v.fails() {
		return v, nil
	}
	var stated S
	h.read(row, &stated, &v.finding)
	before, former, wrong := r.match(stated)
	switch {
	case wrong == nil && before != nil && before.row != 0:
		wrong = &misfit{"", "names the same as row " + number(before.row) + " of this file; leave one of them out"}
	case wrong == nil && before != nil:
		v.before, v.after, v.finding.Errors = before, before.subject, nil
		h.read(row, &v.after, &v.finding)
		if former != nil {
			said := former.subject
			h.read(row, &said, &csdn.Finding{})
			v.after = r.unsaid(v.after, before.subject, csdn.Differences(r.facts(former.subject), r.facts(said)))
		}
	case wrong == nil:
		v.after = stated
	}
	if wrong != nil {
		v.finding.Errors = append(v.finding.Errors, h.at(wrong.field, wrong.message))
		return v, nil
	}
	var err error
	if v.after, err = r.check(ctx, before, v.after); err != nil {
		return v, h.blame(&v.finding, err)
	}
	if v.fails() {
		return v, nil
	}
	v.differs = before == nil || len(csdn.Differences(r.facts(before.subject), r.facts(v.after))) > 0
	if before == nil {
		v.finding.Duplicates = r.alike(v.after)
	}
	return v, nil
}

// heading is the columns of a sheet by their place: those that are of no use are nil.
type heading[S any] struct {
	names   []string
	columns []*column[S]
}

func (r roll[S]) heading(header []string) heading[S] {
	h := heading[S]{names: header, columns: make([]*column[S], len(header))}
	for n, name := range header {
		for i := range r.columns {
			if isCalled(r.columns[i].field, r.columns[i].also, name) {
				h.columns[n] = &r.columns[i]
			}
		}
	}
	return h
}

// misshapen returns what is wrong with the number of a row's cells.
func (h heading[S]) misshapen(row csdn.SheetRow) []csdn.CellError {
	switch {
	case len(row.Cells) < len(h.names):
		return []csdn.CellError{{Message: "has fewer cells than the header"}}
	case slices.ContainsFunc(row.Cells[len(h.names):], func(cell string) bool { return strings.TrimSpace(cell) != "" }):
		return []csdn.CellError{{Message: "has more cells than the header"}}
	}
	return nil
}

// read reads the cells of a row into a subject.
func (h heading[S]) read(row csdn.SheetRow, s *S, f *csdn.Finding) {
	for n, c := range h.columns {
		if c == nil {
			continue
		}
		cell := unguarded(row.Cells[n])
		message := "holds an error of the spreadsheet"
		if !spreadsheetErrors[cell] {
			message = c.set(s, cell)
		}
		if message != "" {
			f.Errors = append(f.Errors, csdn.CellError{Column: n + 1, Header: h.names[n], Message: message})
		}
	}
}

// at is an error in the column of a field, or of the whole row when the file has none.
func (h heading[S]) at(field, message string) csdn.CellError {
	for n, c := range h.columns {
		if c != nil && c.field == field {
			return csdn.CellError{Column: n + 1, Header: h.names[n], Message: message}
		}
	}
	if field != "" {
		message = field + " " + message
	}
	return csdn.CellError{Message: message}
}

// blame turns an error of the domain into what there is to be said of a row, but for the columns of which something is said already; any
// other error it returns.
func (h heading[S]) blame(f *csdn.Finding, err error) error {
	var known *csdn.Error
	if !errors.As(err, &known) || known.Kind != csdn.Invalid && known.Kind != csdn.Conflict && known.Kind != csdn.NotFound {
		return err
	}
	f.Duplicates = nil
	told := len(f.Errors)
	for _, broken := range known.Fields {
		one := h.at(fieldOf(broken))
		alreadyTold := func(e csdn.CellError) bool { return one.Column > 0 && e.Column == one.Column }
		if !slices.ContainsFunc(f.Errors[:told], alreadyTold) {
			f.Errors = append(f.Errors, one)
		}
	}
	if len(known.Fields) == 0 {
		f.Errors = append(f.Errors, csdn.CellError{Message: known.Message})
	}
	return nil
}

// fieldOf returns the column of a broken rule, and what is wrong there: "countries[2]" is the third entry of countries, and
// "consent.basis" the column consentBasis.
func fieldOf(broken csdn.Field) (field, message string) {
	field, rest, inList := strings.Cut(broken.Location, "[")
	message = broken.Message
	if inList {
		index, _, _ := strings.Cut(rest, "]")
		message = "entry " + following(index) + " " + message
	}
	if whole, part, nested := strings.Cut(field, "."); nested {
		field = whole + strings.ToUpper(part[:1]) + part[1:]
	}
	return field, message
}

package sheet

import (
	"time"

	"csdn.example/directory/shared/csdn"
)

// column is a column of a sheet: what its head says, how wide it is in a workbook, in characters, and its cell for one record.
type column[T any] struct {
	name  string
	width int
	cell  func(T) string
}

// organisationColumns are the columns of organisations.
func organisationColumns(x csdn.OrganisationExtract) []column[csdn.Organisation] {
	columns := []column[csdn.Organisation]{
		{"id", 30, func(o csdn.Organisation) string { return string(o.ID) }},
		{"name", 44, func(o csdn.Organisation) string { return o.Name }},
		{"shortName", 14, func(o csdn.Organisation) string { return o.ShortName }},
		{"type", 22, func(o csdn.Organisation) string { return string(o.Type) }},
		{"mission", 60, func(o csdn.Organisation) string { return o.Mission }},
		{"website", 34, func(o csdn.Organisation) string { return o.Website }},
	}
	if x.Contact {
		columns = append(columns, column[csdn.Organisation]{"email", 34, func(o csdn.Organisation) string { return o.Email }})
	}
	return append(columns, []column[csdn.Organisation]{
		{"country", 9, func(o csdn.Organisation) string { return string(o.Country) }},
		{"regions", 14, func(o csdn.Organisation) string { return list(o.Regions) }},
		{"countries", 22, func(o csdn.Organisation) string { return list(o.Countries) }},
		{"languages", 14, func(o csdn.Organisation) string { return list(o.Languages) }},
		{"areas", 50, func(o csdn.Organisation) string { return claims(o.Areas) }},
		{"identifiers", 34, func(o csdn.Organisation) string { return identifiers(o.Identifiers) }},
		{"status", 10, func(o csdn.Organisation) string { return string(o.Status) }},
	}...)
}

// personColumns are the columns of people. With contact data they are what an import takes: the category is the person's own, and
// empty where it follows from the organisation. Without, they are for reading, and it is the one that counts.
func personColumns(x csdn.PersonExtract) []column[csdn.Person] {
	private := func(columns ...column[csdn.Person]) []column[csdn.Person] {
		if x.Contact {
			return columns
		}
		return nil
	}
	columns := []column[csdn.Person]{
		{"id", 30, func(p csdn.Person) string { return string(p.ID) }},
		{"name", 30, func(p csdn.Person) string { return p.Name }},
	}
	columns = append(columns, private(column[csdn.Person]{"email", 34, func(p csdn.Person) string { return p.Email }})...)
	columns = append(columns, []column[csdn.Person]{
		{"organisation", 30, func(p csdn.Person) string { return string(p.Organisation) }},
		{"position", 34, func(p csdn.Person) string { return p.Position }},
		{"country", 9, func(p csdn.Person) string { return string(p.Country) }},
		{"countries", 22, func(p csdn.Person) string { return list(p.Countries) }},
		{"languages", 14, func(p csdn.Person) string { return list(p.Languages) }},
		{"areas", 50, func(p csdn.Person) string { return claims(p.Areas) }},
		{"biography", 60, func(p csdn.Person) string { return p.Biography }},
		{"timezone", 18, func(p csdn.Person) string { return string(p.Zone) }},
		{"preferredLanguage", 18, func(p csdn.Person) string { return string(p.PreferredLanguage) }},
		{"category", 22, func(p csdn.Person) string {
			if x.Contact {
				return string(p.Category)
			}
			return string(p.Side())
		}},
		{"safety", 9, func(p csdn.Person) string { return string(p.Safety) }},
		{"alias", 24, func(p csdn.Person) string { return p.Alias }},
	}...)
	return append(columns, private(
		column[csdn.Person]{"consentBasis", 20, func(p csdn.Person) string { return string(p.Consent.Basis) }},
		column[csdn.Person]{"consentGivenAt", 26, func(p csdn.Person) string { return instant(p.Consent.GivenAt) }},
		column[csdn.Person]{"consentSource", 34, func(p csdn.Person) string { return p.Consent.Source }},
		column[csdn.Person]{"gender", 12, func(p csdn.Person) string { return p.Gender }},
	)...)
}

// instant writes a time to the last digit, so that it is read back as it was.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func identifiers(ids []csdn.Identifier) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id.Scheme) + ":" + id.Value
	}
	return list(words)
}

// rows are the cells of a sheet, of which the first row names the columns.
func rows[T any](columns []column[T], records []T) [][]string {
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.name
	}
	table := [][]string{head}
	for _, record := range records {
		row := make([]string, len(columns))
		for i, c := range columns {
			row[i] = harmless(c.cell(record))
		}
		table = append(table, row)
	}
	return table
}

func widths[T any](columns []column[T]) []int {
	list := make([]int, len(columns))
	for i, c := range columns {
		list[i] = c.width
	}
	return list
}

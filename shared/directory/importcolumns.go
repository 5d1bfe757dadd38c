package directory

import "csdn.example/directory/shared/csdn"

// ImportColumn is what a column of a sheet can hold: the field of the API's bodies, and the other names by which it is known, in
// English and French.
type ImportColumn struct {
	Field string
	Also  []string
}

// ImportColumns lists the columns that an import of the subject takes, in the order of exports.
func ImportColumns(subject csdn.Subject) []ImportColumn {
	if subject == csdn.Organisations {
		return columnsOf(organisationColumns(nil))
	}
	return columnsOf(personColumns(nil))
}

func columnsOf[S any](list []column[S]) []ImportColumn {
	columns := make([]ImportColumn, len(list))
	for n, c := range list {
		columns[n] = ImportColumn{Field: c.field, Also: c.also}
	}
	return columns
}

package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// mark is the byte order mark. Excel, which most recipients open a file with, reads one without it in the code page of the
// machine, and would show "Écoute" as "Ã‰coute"; other programs skip it.
const mark = "\ufeff"

// OrganisationsCSV returns organisations as comma-separated values (RFC 4180), in UTF-8 with a byte order mark.
func OrganisationsCSV(x csdn.OrganisationExtract) ([]byte, error) {
	return comma(rows(organisationColumns(x), x.Organisations))
}

// PeopleCSV returns people as OrganisationsCSV does organisations.
func PeopleCSV(x csdn.PersonExtract) ([]byte, error) { return comma(rows(personColumns(x), x.People)) }

func comma(table [][]string) ([]byte, error) {
	file := bytes.NewBufferString(mark)
	w := csv.NewWriter(file)
	w.UseCRLF = true
	if err := w.WriteAll(table); err != nil {
		return nil, fmt.Errorf("write a sheet as CSV: %w", err)
	}
	return file.Bytes(), nil
}

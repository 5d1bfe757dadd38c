package prove

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/xuri/excelize/v2"

	"csdn.example/directory/shared/csdn"
)

// fault is a cell for which a row is left out.
type fault struct {
	Row    int
	Column string
}

// sheet is a file as the secretariat has one, of new ones that are all based in Mali, and what is wrong with it.
type sheet struct {
	subject     csdn.Subject
	path, media string
	file        string
	good        map[string]bool // names
	faults      []fault
}

// sheets are one of organisations, as a spreadsheet of Western Europe writes values, and one of people, as a workbook.
func sheets(t *testing.T, rows int) map[string]sheet {
	t.Helper()
	organisations := sheet{subject: csdn.Organisations, path: "/v1/imports/organisations", media: "text/csv"}
	var text strings.Builder
	for _, cells := range organisations.fill(rows, []string{"nom", "type", "pays", "site web", "langues"}, func(n int) []string {
		return []string{fmt.Sprintf("Réseau %05d", n), "réseau", "Mali", fmt.Sprintf("https://n%05d.example", n), "fr, en"}
	}, []string{"", "a club", "Atlantis", "by telephone", "fr, Quenya"}) {
		text.WriteString(strings.Join(cells, ";") + "\r\n")
	}
	var err error
	if organisations.file, err = charmap.Windows1252.NewEncoder().String(text.String()); err != nil {
		t.Fatal(err)
	}

	people := sheet{
		subject: csdn.People, path: "/v1/imports/people", media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}
	book := excelize.NewFile()
	table := people.fill(rows, []string{"name", "email", "organisation", "country", "consentBasis", "consentGivenAt"}, func(n int) []string {
		return []string{fmt.Sprintf("Aïssata %05d", n), numbered(n), "Employer", "Mali", "consent", "46112"}
	}, []string{"", "by telephone", "Nobody knows it", "Atlantis", "rumour", "some day"})
	for n, cells := range table {
		if err := book.SetSheetRow("Sheet1", fmt.Sprint("A", n+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	people.file = file.String()
	return map[string]sheet{"organisations": organisations, "people": people}
}

// fill returns the header and so many rows, of which each hundredth has a bad cell, in the columns by turns, and notes which are good.
func (s *sheet) fill(rows int, header []string, row func(n int) []string, bad []string) [][]string {
	table := [][]string{header}
	s.good = map[string]bool{}
	for n := range rows {
		cells := row(n)
		if n%100 == 50 {
			column := n / 100 % len(bad)
			cells[column] = bad[column]
			s.faults = append(s.faults, fault{n + 2, csdn.ColumnLetters(column + 1)})
		} else {
			s.good[cells[0]] = true
		}
		table = append(table, cells)
	}
	return table
}

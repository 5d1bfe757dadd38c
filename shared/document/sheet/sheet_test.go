package sheet_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/sheet"
)

func organisations() csdn.OrganisationExtract {
	return csdn.OrganisationExtract{Contact: true, Organisations: []csdn.Organisation{
		{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", OrganisationProfile: csdn.OrganisationProfile{
			Name: "Écoute Sahel", ShortName: "ES", Type: "ngo", Mission: "Peace, \"trust\"\n\n- in <Gao> & Ségou", Website: "https://es.example",
			Email: "office@es.example", Country: "ML", Regions: []csdn.Region{"011"}, Countries: []csdn.Country{"ML", "NE"},
			Languages: []csdn.Language{"fr", "en"}, Areas: []csdn.Expertise{{Area: "mediation", Level: "expert"}, {Area: "gender", Level: "works-on"}},
			Identifiers: []csdn.Identifier{{Scheme: "ror", Value: "04xfq0f34"}, {Scheme: "wikidata", Value: "Q1"}}, Status: csdn.Active,
		}},
		{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAW", OrganisationProfile: csdn.OrganisationProfile{
			Name: "=HYPERLINK(\"https://evil.example\")", ShortName: "@SUM", Type: "other", Mission: "- a list", Country: "FR", Status: csdn.Inactive,
		}},
	}}
}

func people() csdn.PersonExtract {
	return csdn.PersonExtract{Contact: true, People: []csdn.Person{
		{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Derived: csdn.CivilSociety, PersonProfile: csdn.PersonProfile{
			Name: "Aminata Diarra", Email: "aminata@es.example", Organisation: "01ARZ3NDEKTSV4RRFFQ69G5FAV", Position: "Director", Country: "ML",
			Countries: []csdn.Country{"NE", "TD"}, Languages: []csdn.Language{"fr", "bm"}, Areas: []csdn.Expertise{{Area: "mediation", Level: "expert"}},
			Biography: "Listens.", Zone: "Africa/Bamako", PreferredLanguage: "fr", Safety: csdn.Careful, Alias: "Nightjar", Gender: "femme",
			Consent: csdn.Consent{Basis: "consent", GivenAt: time.Date(2026, 1, 2, 4, 4, 5, 6_000_000, time.FixedZone("", 3600)), Source: "The form"},
		}},
		{ID: "01ARZ3NDEKTSV4RRFFQ69G5FAW", Derived: "academic", PersonProfile: csdn.PersonProfile{
			Name: "Ben", Category: "other", Zone: "Europe/Brussels", PreferredLanguage: "en", Safety: csdn.Open,
		}},
	}}
}

// goldens are the sheets as they are to be, for the secretariat and for a planner.
func goldens(t *testing.T) map[string][]byte {
	t.Helper()
	o, p := organisations(), people()
	written := map[string][]byte{"organisations.csv": made(t)(sheet.OrganisationsCSV(o)), "people.csv": made(t)(sheet.PeopleCSV(p))}
	o.Contact, p.Contact = false, false
	written["organisations-planner.csv"], written["people-planner.csv"] = made(t)(sheet.OrganisationsCSV(o)), made(t)(sheet.PeopleCSV(p))
	return written
}

func made(t *testing.T) func([]byte, error) []byte {
	return func(file []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
}

func TestSheetsAsTheyAreWritten(t *testing.T) {
	for name, file := range goldens(t) {
		golden, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(string(file), "\ufeff")
		if !marked || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
			t.Errorf("%s has no byte order mark, or lines that do not end by CRLF", name)
		}
		if diff := cmp.Diff(string(golden), strings.ReplaceAll(text, "\r\n", "\n")); diff != "" {
			t.Errorf("testdata/%s (-) differs from what is written (+):\n%s", name, diff)
		}
	}
}

// table reads CSV.
func table(t *testing.T, file []byte) [][]string {
	t.Helper()
	read, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// book reads a workbook by a library of others.
func book(t *testing.T, file []byte) *excelize.File {
	t.Helper()
	read, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { read.Close() })
	return read
}

// cells are those of the one sheet of a workbook. Each is a text, and none a formula.
func cells(t *testing.T, f *excelize.File) [][]string {
	t.Helper()
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil || f.SheetCount != 1 {
		t.Fatalf("%d sheets: %v", f.SheetCount, err)
	}
	for y, row := range rows {
		for x, text := range row {
			cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
			kind, _ := f.GetCellType(name, cell)
			formula, _ := f.GetCellFormula(name, cell)
			if text != "" && kind != excelize.CellTypeInlineString || formula != "" {
				t.Errorf("%s is of the type %v, with the formula %q", cell, kind, formula)
			}
		}
		rows[y] = append(row, make([]string, len(rows[0])-len(row))...) // what is empty at the end of a row is not there
	}
	return rows
}

func TestTheWorkbookHasTheCellsOfTheCSV(t *testing.T) {
	for name, files := range map[string][2][]byte{
		"Organisations": {made(t)(sheet.OrganisationsCSV(organisations())), made(t)(sheet.OrganisationsXLSX(organisations()))},
		"People":        {made(t)(sheet.PeopleCSV(people())), made(t)(sheet.PeopleXLSX(people()))},
	} {
		f := book(t, files[1])
		if f.GetSheetName(0) != name {
			t.Errorf("the sheet is called %s", f.GetSheetName(0))
		}
		if diff := cmp.Diff(table(t, files[0]), cells(t, f)); diff != "" {
			t.Errorf("%s differ (-CSV +XLSX):\n%s", name, diff)
		}
	}
	again := made(t)(sheet.PeopleXLSX(people()))
	if !bytes.Equal(again, made(t)(sheet.PeopleXLSX(people()))) {
		t.Error("the same sheet is two files")
	}
}

func TestTheHeadOfAWorkbook(t *testing.T) {
	f := book(t, made(t)(sheet.OrganisationsXLSX(organisations())))
	panes, err := f.GetPanes("Organisations")
	if err != nil || !panes.Freeze || panes.YSplit != 1 || panes.TopLeftCell != "A2" {
		t.Errorf("%v: %+v", err, panes)
	}
	for cell, bold := range map[string]bool{"A1": true, "N1": true, "B2": false} {
		id, _ := f.GetCellStyle("Organisations", cell)
		style, err := f.GetStyle(id)
		if err != nil || (style.Font != nil && style.Font.Bold) != bold || style.NumFmt != 49 {
			t.Errorf("%s has the style %+v: %v", cell, style, err)
		}
	}
	for column, want := range map[string]float64{"A": 30, "E": 60, "H": 9} {
		if got, err := f.GetColWidth("Organisations", column); err != nil || got != want {
			t.Errorf("column %s is %v wide: %v", column, got, err)
		}
	}
}

// harmed are texts that a spreadsheet calculates, and some that only look like them.
var harmed = map[string]string{
	"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(1)": "'@SUM(1)", "\tx": "'\tx", "  =1": "'  =1", "'=1": "''=1", "''  @": "'''  @", "a=1": "a=1", "": "", "'a": "'a",
	"–1": "–1", "_x0041_": "_x0041_", "\u200b=1": "\u200b=1",
}

func TestNoCellIsAFormula(t *testing.T) {
	for text, want := range harmed {
		x := csdn.OrganisationExtract{Organisations: []csdn.Organisation{{OrganisationProfile: csdn.OrganisationProfile{Name: text}}}}
		if got := table(t, made(t)(sheet.OrganisationsCSV(x)))[1][1]; got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
		if got := cells(t, book(t, made(t)(sheet.OrganisationsXLSX(x)))); len(got) > 1 && got[1][1] != want {
			t.Errorf("%q is written as %q, want %q", text, got[1][1], want)
		}
	}
}

func TestSheetsOfNone(t *testing.T) {
	if got := table(t, made(t)(sheet.PeopleCSV(csdn.PersonExtract{}))); len(got) != 1 || len(got[0]) != 14 {
		t.Errorf("%q", got)
	}
	if got := cells(t, book(t, made(t)(sheet.PeopleXLSX(csdn.PersonExtract{})))); len(got) != 1 || len(got[0]) != 14 {
		t.Errorf("%q", got)
	}
}

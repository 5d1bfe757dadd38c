package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/intake"
)

// conflicts is a small sheet as all the files of the table write it.
var conflicts = csdn.Sheet{
	Header: []string{"nom", "pays d'intervention"},
	Rows:   []csdn.SheetRow{{Number: 2, Cells: []string{"Réseau, « Paix »", "Côte d'Ivoire; Mali"}}},
}

func TestCSV(t *testing.T) {
	lines := func(number int, cells ...string) csdn.SheetRow { return csdn.SheetRow{Number: number, Cells: cells} }
	for name, c := range map[string]struct {
		file string
		want csdn.Sheet
	}{
		"commas":             {"nom,pays d'intervention\n\"Réseau, « Paix »\",Côte d'Ivoire; Mali\n", conflicts},
		"semicolons":         {"nom;pays d'intervention\nRéseau, « Paix »;\"Côte d'Ivoire; Mali\"\n", conflicts},
		"tabs":               {"nom\tpays d'intervention\nRéseau, « Paix »\tCôte d'Ivoire; Mali\n", conflicts},
		"a mark":             {"\ufeffnom,pays d'intervention\n\"Réseau, « Paix »\",Côte d'Ivoire; Mali", conflicts},
		"Windows-1252":       {"nom;pays d'intervention\r\nR\xe9seau, \xab Paix \xbb;\"C\xf4te d'Ivoire; Mali\"\r\n", conflicts},
		"UTF-16":             {"\xff\xfea\x00,\x00b\x00\n\x00\xe9\x00,\x00x\x00", csdn.Sheet{Header: []string{"a", "b"}, Rows: []csdn.SheetRow{lines(2, "é", "x")}}},
		"lines of old":       {"nom;pays d'intervention\rRéseau, « Paix »;\"Côte d'Ivoire; Mali\"\r", conflicts},
		"empty lines count":  {"a,b\n\n1,2\n,\n3,4\n", csdn.Sheet{Header: []string{"a", "b"}, Rows: []csdn.SheetRow{lines(3, "1", "2"), lines(5, "3", "4")}}},
		"lines within cells": {"a,b\r\n\"1\r\nx\",2\r\n\r\n3,4\r\n", csdn.Sheet{Header: []string{"a", "b"}, Rows: []csdn.SheetRow{lines(2, "1\nx", "2"), lines(4, "3", "4")}}},
		"a told separator":   {"sep=;\r\na,b;c\r\n1;2\r\n", csdn.Sheet{Header: []string{"a,b", "c"}, Rows: []csdn.SheetRow{lines(3, "1", "2")}}},
		"doubled quotation":  {"a,b\n\"say \"\"peace\"\"\",2\n", csdn.Sheet{Header: []string{"a", "b"}, Rows: []csdn.SheetRow{lines(2, `say "peace"`, "2")}}},
		"uneven rows":        {"a,b\n1\n1,2,3\n", csdn.Sheet{Header: []string{"a", "b"}, Rows: []csdn.SheetRow{lines(2, "1"), lines(3, "1", "2", "3")}}},
		"a header alone":     {"a,b", csdn.Sheet{Header: []string{"a", "b"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := intake.Read(intake.CSVType, []byte(c.file))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsNoCSVIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ file, says string }{
		"nothing":              {"", "is empty"},
		"empty lines":          {"\n\n,,\n", "is empty"},
		"a workbook":           {"PK\x03\x04 and so on", "is a workbook"},
		"zeros":                {"name\x00,country\nA,ML", "number 0"},
		"an open quotation":    {"name,country\n\"A,ML\n", "line 2"},
		"a stray quotation":    {"name,country\nA,ML\nA \"B\" C,ML\n", "line 3"},
		"a huge cell":          {"name,country\n" + strings.Repeat("é", 40_000) + ",ML\n", "Cell A2"},
		"a million columns":    {strings.Repeat("a,", 1_000_000/2) + "b", "Row 1 has more than 100 columns"},
		"columns without name": {"name\nA" + strings.Repeat(",", 200) + "x\n", "Row 2 has more than 100 columns"},
		"too many rows":        {"name\n" + strings.Repeat("A\n", 20_001), "more than 20000 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := intake.Read(intake.CSVType, []byte(c.file))
			if csdn.KindOf(err) != csdn.Invalid || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v, want one that says %q", err, c.says)
			}
		})
	}
}

// FuzzCSV reads whatever comes: it is refused for a reason, or lies within the limits with rows in their order.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "sep=;\na;b\n", "\"a\n\",b\r\n\r\n1,2", "\ufeffa\tb\n'=1\t\xe9", "a\n\x00", "\"", "\xff\xfea\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		sheet, err := intake.Read(intake.CSVType, file)
		if err != nil {
			if csdn.KindOf(err) != csdn.Invalid {
				t.Errorf("the error is %v", err)
			}
			return
		}
		before := 1
		for _, row := range sheet.Rows {
			if row.Number <= before || len(row.Cells) == 0 || len(row.Cells) > 100 {
				t.Errorf("row %d comes after %d, with %d cells", row.Number, before, len(row.Cells))
			}
			before = row.Number
		}
	})
}

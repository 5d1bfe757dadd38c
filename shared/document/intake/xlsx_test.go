package intake_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/intake"
)

// book returns the workbook that fill fills, whose first sheet is called Sheet1.
func book(t *testing.T, fill func(*excelize.File) error) []byte {
	t.Helper()
	file := excelize.NewFile()
	if err := fill(file); err != nil {
		t.Fatal(err)
	}
	text, err := file.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// set sets cells in turn.
func set(cells map[string]any) func(*excelize.File) error {
	return func(file *excelize.File) error {
		for cell, value := range cells {
			if err := file.SetCellValue("Sheet1", cell, value); err != nil {
				return err
			}
		}
		return nil
	}
}

// packed returns a workbook of the one sheet and strings.
func packed(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	whole := book(t, set(map[string]any{"A1": "name"}))
	old, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	w := zip.NewWriter(&text)
	for _, f := range old.File {
		if _, replaced := parts[f.Name]; replaced {
			continue
		}
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, part := range parts {
		file, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(file, part); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func TestXLSX(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		want csdn.Sheet
	}{
		"texts and numbers": {
			book(t, set(map[string]any{"A1": "nom", "B1": "phases", "A3": "Réseau", "B3": 4})),
			csdn.Sheet{Header: []string{"nom", "phases"}, Rows: []csdn.SheetRow{{Number: 3, Cells: []string{"Réseau", "4"}}}},
		},
		"empty cells at the end": {
			book(t, set(map[string]any{"A1": "a", "B1": "b", "C1": "c", "A2": "1"})),
			csdn.Sheet{Header: []string{"a", "b", "c"}, Rows: []csdn.SheetRow{{Number: 2, Cells: []string{"1", "", ""}}}},
		},
		"a formula as it was calculated": {
			packed(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(`<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><f>1+1</f><v>two</v></c></row>`)}),
			csdn.Sheet{Header: []string{"a"}, Rows: []csdn.SheetRow{{Number: 2, Cells: []string{"two"}}}},
		},
		"a day": {
			book(t, func(f *excelize.File) error {
				style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
				if err != nil {
					return err
				}
				if err := set(map[string]any{"A1": "date", "A2": 45016})(f); err != nil {
					return err
				}
				return f.SetCellStyle("Sheet1", "A2", "A2", style)
			}),
			csdn.Sheet{Header: []string{"date"}, Rows: []csdn.SheetRow{{Number: 2, Cells: []string{"45016"}}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := intake.Read(intake.XLSXType, c.file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func sheetOf(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

func TestWhatIsNoWorkbookIsRefused(t *testing.T) {
	wide := `<row r="1"><c r="XFD1" t="str"><v>a</v></c></row>`
	shared := `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` + strings.Repeat("a", 32_000) + `</t></si></sst>`
	var same strings.Builder
	for n := range 1000 {
		fmt.Fprintf(&same, `<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>`, n+1, n+1)
	}
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"nothing":               {nil, "cannot be read as a workbook"},
		"a text":                {[]byte("name,country\n"), "cannot be read as a workbook"},
		"half a workbook":       {book(t, set(map[string]any{"A1": "a"}))[:1000], "cannot be read as a workbook"},
		"an empty workbook":     {book(t, set(nil)), "is empty"},
		"a bomb":                {packed(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(strings.Repeat(" ", 64<<20))}), "larger than 48 MiB"},
		"a bomb of strings":     {packed(t, map[string]string{"xl/sharedStrings.xml": strings.Repeat(" ", 64<<20)}), "larger than 48 MiB"},
		"sixteen thousand wide": {packed(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(wide)}), "more than 100 columns"},
		"one text many times": {packed(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(same.String()), "xl/sharedStrings.xml": shared}),
			"more text than"},
		"broken parts": {packed(t, map[string]string{"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='x'>"}), "cannot be read as a workbook"},
		"days from 1904": {book(t, func(f *excelize.File) error {
			yes := true
			return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
		}), "from 1904"},
		"a million rows": {packed(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(strings.Repeat(`<row><c t="str"><v>a</v></c></row>`, 30_000))}), "more than 20000 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := intake.Read(intake.XLSXType, c.file)
			if csdn.KindOf(err) != csdn.Invalid || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v, want one that says %q", err, c.says)
			}
		})
	}
}

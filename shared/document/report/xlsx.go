package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"csdn.example/directory/shared/csdn"
)

// XLSX returns the report as a workbook: a sheet for the whole phase, and one for each breakdown, whose counts are numbers.
func XLSX(r csdn.Report, names csdn.ReportNames) ([]byte, error) {
	book := &workbook{File: excelize.NewFile()}
	defer func() { _ = book.Close() }() // it holds no file open
	first := [][]any{{title(r)}, {asOf(r)}, {}, {"Indicator", "Value"}}
	for _, f := range summary(r) {
		first = append(first, []any{f.Name, f.count})
	}
	book.style()
	rate := fmt.Sprintf("B%d", len(first)) // the last of them, where it is known
	book.check(book.SetSheetName("Sheet1", "Phase"))
	book.sheet("Phase", 4, append(first, []any{}, []any{Suppression}))
	for _, b := range breakdowns(r, names) {
		rows := [][]any{{b.By, "Code"}}
		for _, m := range b.Measures {
			rows[0] = append(rows[0], m)
		}
		for _, one := range b.Rows {
			cells := []any{one.Name, one.Code}
			for _, n := range one.Counts {
				cells = append(cells, told(n))
			}
			rows = append(rows, cells)
		}
		_, err := book.NewSheet(spoken(b.ID))
		book.check(err)
		book.sheet(spoken(b.ID), 1, rows)
	}
	if r.ResponseRate != nil {
		book.check(book.SetCellStyle("Phase", rate, rate, book.percent))
	}
	book.check(book.SetDocProps(&excelize.DocProperties{Title: title(r), Creator: "Civil Society Dialogue Network", Language: "en"}))
	if book.fault != nil {
		return nil, fmt.Errorf("report of phase %d as XLSX: %w", r.Phase.Number, book.fault)
	}
	file, err := book.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("report of phase %d as XLSX: %w", r.Phase.Number, err)
	}
	return file.Bytes(), nil
}

// told returns a count, or what stands for one that is not told.
func told(n int) any {
	if n == 0 {
		return "–"
	}
	return n
}

// workbook keeps the first error of many calls.
type workbook struct {
	*excelize.File
	head, percent int
	fault         error
}

func (b *workbook) check(err error) {
	if b.fault == nil {
		b.fault = err
	}
}

func (b *workbook) style() {
	var err error
	b.head, err = b.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "12325C"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E9EEF5"}},
	})
	b.check(err)
	b.percent, err = b.NewStyle(&excelize.Style{NumFmt: 9})
	b.check(err)
}

// sheet writes rows, of which the one numbered head names the columns. Texts are written as texts, so that none is a formula.
func (b *workbook) sheet(name string, head int, rows [][]any) {
	for n, cells := range rows {
		for column, value := range cells {
			cell, err := excelize.CoordinatesToCellName(column+1, n+1)
			b.check(err)
			if text, is := value.(string); is {
				b.check(b.SetCellStr(name, cell, text))
				continue
			}
			b.check(b.SetCellValue(name, cell, value))
		}
	}
	last, err := excelize.CoordinatesToCellName(len(rows[head-1]), head)
	b.check(err)
	b.check(b.SetCellStyle(name, fmt.Sprintf("A%d", head), last, b.head))
	b.check(b.SetColWidth(name, "A", "A", 44))
	b.check(b.SetColWidth(name, "B", "E", 16))
	b.check(b.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: fmt.Sprintf("A%d", head+1), ActivePane: "bottomLeft"}))
}

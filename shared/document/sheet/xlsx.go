package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"csdn.example/directory/shared/csdn"
)

// OrganisationsXLSX returns organisations as a workbook (ECMA-376) of one sheet, whose head is bold and stays in sight. Every cell is a
// text, so that none is a formula and no code such as 011 loses its zero.
func OrganisationsXLSX(x csdn.OrganisationExtract) ([]byte, error) {
	columns := organisationColumns(x)
	return workbook("Organisations", widths(columns), rows(columns, x.Organisations))
}

// PeopleXLSX returns people as OrganisationsXLSX does organisations.
func PeopleXLSX(x csdn.PersonExtract) ([]byte, error) {
	columns := personColumns(x)
	return workbook("People", widths(columns), rows(columns, x.People))
}

// textFormat is the number format of cells that are texts, whatever they look like (ECMA-376, part 1, section 18.8.30).
const textFormat = 49

// workbook writes a table, whose first row is its head, as the one sheet of the title.
func workbook(title string, widths []int, table [][]string) ([]byte, error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // it holds no file open
	if err := fill(book, title, widths, table); err != nil {
		return nil, fmt.Errorf("write the workbook %s: %w", title, err)
	}
	file, err := book.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write the workbook %s: %w", title, err)
	}
	return file.Bytes(), nil
}

func fill(book *excelize.File, title string, widths []int, table [][]string) error {
	text, err := book.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return err
	}
	head, err := book.NewStyle(&excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if err := book.SetSheetName("Sheet1", title); err != nil {
		return err
	}
	sheet, err := book.NewStreamWriter(title)
	if err != nil {
		return err
	}
	for n, width := range widths {
		if err := sheet.SetColWidth(n+1, n+1, float64(width)); err != nil {
			return err
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for n, row := range table {
		style := text
		if n == 0 {
			style = head
		}
		cells := make([]any, len(row))
		for i, one := range row {
			cells[i] = excelize.Cell{StyleID: style, Value: one}
		}
		if err := sheet.SetRow(fmt.Sprintf("A%d", n+1), cells); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

package intake

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"csdn.example/directory/shared/csdn"
)

// readXLSX reads the first sheet of a workbook (ECMA-376). A formula counts as the value that was last calculated; a day is the number
// that the workbook counts it by. Nothing is unpacked to a disk.
func readXLSX(file []byte) (sheet csdn.Sheet, err error) {
	broken := invalid("The file cannot be read as a workbook (XLSX); save it anew with a spreadsheet, or as CSV.")
	defer func() {
		// A workbook made to do harm may be worse than its reader expects.
		if recover() != nil {
			sheet, err = csdn.Sheet{}, broken
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{
		UnzipSizeLimit: maximumParts, UnzipXMLSizeLimit: maximumParts, RawCellValue: true,
	})
	if err != nil && strings.Contains(err.Error(), "unzip size exceeds") {
		return csdn.Sheet{}, invalid("The workbook is larger than %d MiB unpacked; send it in parts.", maximumParts>>20)
	}
	if err != nil {
		return csdn.Sheet{}, broken
	}
	defer func() { _ = book.Close() }() // it holds no file open
	if properties, err := book.GetWorkbookProps(); err != nil || properties.Date1904 != nil && *properties.Date1904 {
		return csdn.Sheet{}, invalid("The workbook counts its days from 1904; save it as CSV and send that.")
	}
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return csdn.Sheet{}, broken
	}
	defer func() { _ = rows.Close() }()
	var c collector
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return csdn.Sheet{}, broken
		}
		if err := c.add(number, cells); err != nil {
			return csdn.Sheet{}, err
		}
	}
	if rows.Error() != nil {
		return csdn.Sheet{}, broken
	}
	c.padded()
	return c.whole()
}

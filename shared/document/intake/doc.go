// Package intake reads the sheets that people send: comma-separated values as spreadsheets of several countries write them, and
// workbooks. Whatever is sent, it stays within the limits of this file; what is no sheet is Invalid, with what to do about it.
//
// It imports csdn, a library for workbooks, and x/text for encodings. It stands apart so that only the function that imports links them.
package intake

import (
	"csdn.example/directory/shared/csdn"
)

// The media types of sheets.
const (
	CSVType  = "text/csv"
	XLSXType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// The limits of a sheet.
const (
	maximumRows    = 20_000
	maximumColumns = 100
	maximumCell    = 32_767   // characters, as in spreadsheets
	maximumText    = 16 << 20 // bytes of all cells
	maximumParts   = 48 << 20 // bytes of a workbook, unpacked
)

// Read reads a sheet of the media type. Invalid for a file that is none or exceeds a limit.
func Read(media string, file []byte) (csdn.Sheet, error) {
	if media == XLSXType {
		return readXLSX(file)
	}
	return readCSV(file)
}

// invalid says what is wrong with a file.
func invalid(format string, args ...any) error { return csdn.Errorf(csdn.Invalid, format, args...) }

// collector collects rows within the limits.
type collector struct {
	sheet csdn.Sheet
	text  int
}

// add adds the row of a number: the first that holds anything is the header. It keeps the cells.
func (c *collector) add(number int, cells []string) error {
	cells = trimmed(cells)
	if len(cells) > maximumColumns {
		return invalid("Row %d has more than %d columns.", number, maximumColumns)
	}
	for n, cell := range cells {
		c.text += len(cell)
		if len(cell) > maximumCell && len([]rune(cell)) > maximumCell {
			return invalid("Cell %s%d holds more than %d characters.", csdn.ColumnLetters(n+1), number, maximumCell)
		}
	}
	switch {
	case c.text > maximumText:
		return invalid("The file holds more text than can be imported at once; send it in parts.")
	case len(cells) == 0:
		return nil
	case c.sheet.Header == nil:
		c.sheet.Header = cells
		return nil
	case len(c.sheet.Rows) == maximumRows:
		return invalid("The file has more than %d rows; send it in parts.", maximumRows)
	}
	c.sheet.Rows = append(c.sheet.Rows, csdn.SheetRow{Number: number, Cells: cells})
	return nil
}

// whole returns the sheet.
func (c *collector) whole() (csdn.Sheet, error) {
	if c.sheet.Header == nil {
		return c.sheet, invalid("The file is empty; its first row must name the columns.")
	}
	return c.sheet, nil
}

// padded gives each row as many cells as the header has at least: spreadsheets leave out those that are empty at the end.
func (c *collector) padded() {
	for n, row := range c.sheet.Rows {
		for len(row.Cells) < len(c.sheet.Header) {
			row.Cells = append(row.Cells, "")
		}
		c.sheet.Rows[n] = row
	}
}

package csdn

// Sheet is a table that somebody sent: a row that names the columns, and the rows below it that hold anything.
type Sheet struct {
	Header []string
	Rows   []SheetRow
}

// SheetRow is one row. Number is where it stands in the file as a spreadsheet numbers rows: the header is row 1 unless something stands
// above it.
type SheetRow struct {
	Number int
	Cells  []string
}

// ColumnLetters returns how a spreadsheet names a column: A for the first, numbered 1, AA for the 27th; "" for 0.
func ColumnLetters(column int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}

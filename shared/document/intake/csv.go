package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"csdn.example/directory/shared/csdn"
)

// readCSV reads comma-separated values (RFC 4180), also with semicolons or tabs between, as the first line has them: in UTF-8, with or
// without its mark; in UTF-16 with its mark; else in Windows-1252, as spreadsheets of Western Europe write.
func readCSV(file []byte) (csdn.Sheet, error) {
	text, err := decode(file)
	if err != nil {
		return csdn.Sheet{}, err
	}
	var c collector
	separator, text, skipped := separatorOf(text)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator, -1, true
	number, next := skipped, 1 // the row before, and the line on which the next one would begin
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return c.whole()
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return csdn.Sheet{}, invalid("The row that begins on line %d has a quotation mark where none can be: a cell that holds one is put in quotation marks, and that one is doubled.", broken.StartLine+skipped)
		}
		if err != nil {
			return csdn.Sheet{}, err
		}
		line, _ := r.FieldPos(0)
		number += 1 + line - next // empty lines are rows too
		next = line + 1
		for _, cell := range cells {
			next += strings.Count(cell, "\n")
		}
		if err := c.add(number, cells); err != nil {
			return csdn.Sheet{}, err
		}
	}
}

// decode returns the text of a file, lines ending with a line feed at least.
func decode(file []byte) (string, error) {
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return "", invalid("The file is a workbook; send it as %s.", XLSXType)
	}
	var fallback encoding.Encoding = charmap.Windows1252
	if utf8.Valid(file) {
		fallback = encoding.Nop
	}
	decoded, _, err := transform.Bytes(unicode.BOMOverride(fallback.NewDecoder()), file)
	if err != nil {
		return "", invalid("The file is not a text in UTF-8, UTF-16 or Windows-1252.")
	}
	if bytes.IndexByte(decoded, 0) >= 0 {
		return "", invalid("The file is not a text: it holds characters with the number 0.")
	}
	text := string(decoded)
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, nil
}

// separatorOf returns what stands between cells: what a first line like "sep=;" says, which some spreadsheets write and which is then
// taken off, or else what is most often in the first line, outside of quotation marks.
func separatorOf(text string) (separator rune, rest string, skipped int) {
	first, after, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	if told, is := strings.CutPrefix(strings.TrimSuffix(first, "\r"), "sep="); is && len(told) == 1 && strings.Contains(",;\t", told) {
		return rune(told[0]), after, 1
	}
	counts, quoted := map[rune]int{}, false
	for _, r := range first {
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[r]++
		}
	}
	separator = ','
	for _, other := range ";\t" {
		if counts[other] > counts[separator] {
			separator = other
		}
	}
	return separator, text, 0
}

// trimmed returns a copy of the cells without the empty ones, when all of them are; and without those beyond the last that holds
// anything, when there are more of them than can be.
func trimmed(cells []string) []string {
	last := len(cells)
	for last > 0 && strings.TrimSpace(cells[last-1]) == "" {
		last--
	}
	if last == 0 {
		return nil
	}
	if len(cells) > maximumColumns {
		cells = cells[:last]
	}
	return append([]string(nil), cells...)
}

package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// CSV returns the report as comma-separated values (RFC 4180): a line for each count, under the names breakdown, code, name, measure and
// count. A count that is not told has no line.
func CSV(r csdn.Report, names csdn.ReportNames) ([]byte, error) {
	lines := [][]string{{"breakdown", "code", "name", "measure", "count"}}
	for _, f := range summary(r) {
		lines = append(lines, []string{"summary", "", "", f.Name, strconv.FormatFloat(f.count, 'f', -1, 64)})
	}
	for _, b := range breakdowns(r, names) {
		for _, one := range b.Rows {
			for n, count := range one.Counts {
				if count > 0 {
					lines = append(lines, []string{b.ID, one.Code, harmless(one.Name), b.Measures[n], strconv.Itoa(count)})
				}
			}
		}
	}
	lines = append(lines, []string{"note", "", Suppression, "", ""})
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	w.UseCRLF = true
	if err := w.WriteAll(lines); err != nil {
		return nil, fmt.Errorf("report of phase %d as CSV: %w", r.Phase.Number, err)
	}
	return file.Bytes(), nil
}

// harmless keeps a spreadsheet from taking a text for a formula, which it would calculate when the file is opened.
func harmless(text string) string {
	if start := strings.TrimLeft(text, " "); start != "" && strings.ContainsRune("=+-@\t\r", rune(start[0])) {
		return "'" + text
	}
	return text
}

package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the template and its style
	"encoding/base64"
	"fmt"
	"html/template"

	"csdn.example/directory/shared/csdn"
)

//go:embed report.html
var reportHTML string

//go:embed report.css
var reportCSS string

// StyleHash returns the source by which a content security policy permits the style of the report, without quotation marks.
func StyleHash() string {
	sum := sha256.Sum256([]byte(reportCSS))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// view is what the template shows.
type view struct {
	Style       template.CSS
	Title, AsOf string
	Instrument  string
	Summary     []figure
	Parts       []part
	Suppression string
}

// part is a breakdown and its chart.
type part struct {
	breakdown
	Chart chart
}

// Cells returns what stands in a row of the table.
func (p part) Cells(r row) []any {
	var list []any
	for _, n := range r.Counts {
		list = append(list, told(n))
	}
	return list
}

// HTML returns the report as one HTML document that loads nothing and runs nothing: each breakdown as a chart, and as a table
// that says the same.
func HTML(r csdn.Report, names csdn.ReportNames) ([]byte, error) {
	page, err := template.New("report.html").Parse(reportHTML)
	if err != nil {
		return nil, fmt.Errorf("read the template of the report: %w", err)
	}
	v := view{
		Style: template.CSS(reportCSS), Title: title(r), AsOf: asOf(r), Instrument: r.Phase.Instrument,
		Summary: summary(r), Suppression: Suppression,
	}
	for _, b := range breakdowns(r, names) {
		v.Parts = append(v.Parts, part{b, newChart(b)})
	}
	var b bytes.Buffer
	if err := page.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("report of phase %d as HTML: %w", r.Phase.Number, err)
	}
	return b.Bytes(), nil
}

// asOf says up to when the report counts.
func asOf(r csdn.Report) string {
	if r.AsOf.IsZero() {
		return "No meeting of the phase is closed yet."
	}
	return "As of " + csdn.DayInWords(r.AsOf.UTC(), "en") + ", over the meetings closed by then."
}

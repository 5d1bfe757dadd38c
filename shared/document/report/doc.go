// Package report makes the report of a phase: as a page with charts, as CSV and as a workbook.
//
// It imports csdn and a library for workbooks. It stands apart from the concept note, so that the function that hands out one links
// no library of the other. All three say the same numbers, which csdn.Report has made fit to be published.
package report

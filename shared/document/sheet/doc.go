// Package sheet writes the organisations or people of an export as a sheet: as CSV, and as a workbook. Both have the same cells, which
// an import reads back: a sheet that comes back as it went out changes nothing.
//
// It imports csdn and the standard library. The workbook is written here, as it is one sheet of texts: a library for workbooks would
// add five megabytes to the functions that everybody waits for, which start slowly enough.
package sheet

// Package docx writes documents for word processors (ECMA-376, Office Open XML), with the styles, lists, footnote, table heads
// and languages that a word processor knows, so that they can be worked on.
//
// It imports paper, which says what a document holds, and the standard library. It exists because the permissively licensed
// libraries for such files write no footnotes.
package docx

package paper

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// Document is a document as it stands on paper.
type Document struct {
	Title  string
	Lang   string // BCP 47, of what names no other
	Blocks []Block
	Note   []Span // the footnote, empty where there is none
}

// Kind is what a block is.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading
	List
	Quotation
	Code // its line breaks hold
	Line // between two parts of a text
	Table
)

// Block is one thing below another.
type Block struct {
	Kind  Kind
	Role  string // what it is for, as its class in the HTML says
	Lang  string // BCP 47, "" for that of the document
	Level int    // of a heading, 1 to 6
	Text  []Span
	// Items are the items of a list, or the one content of a quotation.
	Items [][]Block
	First int // number of the first item of a numbered list, 0 for a list with bullets
	Rows  []Row
}

// Row is a row of a table, which has two columns: one that names the row and one that holds it. The first row names the columns.
type Row struct {
	Name    []Span
	Content []Block
}

// Span is a piece of text in one style. Line breaks are "\n".
type Span struct {
	Text   string
	Strong bool
	Stress bool
	Code   bool
	Link   string // an absolute address
	Mark   bool   // the mark of the footnote
}

// Plain returns what the spans say.
func Plain(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// RightToLeft reports whether the first letter of the text is of a script that is written from right to left, as dir="auto"
// decides it (HTML Living Standard, the dir attribute).
func RightToLeft(text string) bool {
	for _, r := range text {
		switch Direction(r) {
		case 1:
			return false
		case -1:
			return true
		}
	}
	return false
}

// Direction returns 1 for a letter that is written from left to right, -1 for one written from right to left, and 0 for what
// goes with its neighbours.
func Direction(r rune) int {
	properties, _ := bidi.LookupRune(r)
	switch properties.Class() {
	case bidi.L:
		return 1
	case bidi.R, bidi.AL:
		return -1
	}
	return 0
}

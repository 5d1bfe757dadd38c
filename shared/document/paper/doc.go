// Package paper reads a document that stands as HTML into what stands on paper: headings, paragraphs, lists, tables and a
// footnote.
//
// It imports a parser of HTML alone. It exists so that a document has one source: what is printed or handed to a word
// processor is read from the HTML that a browser shows, and can neither lack nor add a word.
package paper

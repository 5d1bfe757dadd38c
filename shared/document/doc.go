// Package document makes the concept note of a meeting: as accessible HTML, which is the canonical one, and read from that as PDF
// and DOCX, which therefore say the same word for word.
//
// It imports csdn, its own rooms prose, paper, pdf and docx. A document is made of what
// its readers may know, and is complete in itself: it loads nothing, so that opening it tells nobody. What a document may not
// tell (who is invited, who plans, how to connect) never enters its template.
package document

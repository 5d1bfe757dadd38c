// Package document makes the documents of the network: for now the concept note of a meeting, as accessible HTML.
//
// It imports csdn, and libraries for Markdown and for cleaning HTML. A document is made of what its readers may know, and is
// complete in itself: it loads nothing, so that opening it tells nobody. What a document may not tell (who is invited, who
// plans, how to connect) never enters its template.
package document

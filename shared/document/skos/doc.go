// Package skos writes the vocabulary of expertise as linked data, in the terms of SKOS (https://www.w3.org/TR/skos-reference/),
// so that other networks can map their own vocabularies to it.
//
// It imports csdn and the standard library, and none of the libraries of the other documents: it is read by everybody, and
// should start fast. The two formats say the same; a test compares their graphs by parsers of others.
package skos

package search

import "strings"

// Fold returns the words of a text as searches compare them, with a space between: without case, accents and punctuation. Two names
// that fold alike are likely the same name.
func Fold(s string) string { return strings.Join(strings.Fields(newFolder().fold(s)), " ") }

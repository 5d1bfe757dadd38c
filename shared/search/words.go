package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// boundary stands before every word of a folded text, so that "a word begins with p" is "the text contains boundary+p".
const boundary = "\x00"

// letters maps those that carry their mark within, which no decomposition takes off, and those that are written in two ways.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ı", "i",
	"þ", "th", "ð", "d", "ς", "σ")

// fold returns the words of s with case, marks and compatibility forms taken off, each after a boundary. A word is a run of
// letters, digits and marks; the Arabic kashida only stretches a word and is dropped.
func fold(s string) string {
	var b strings.Builder
	inWord := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ' || unicode.Is(unicode.Join_Control, r):
			continue
		case !unicode.In(r, unicode.L, unicode.N, unicode.M):
			inWord = false
			continue
		case !inWord:
			b.WriteString(boundary)
			inWord = true
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return letters.Replace(b.String())
}

// prefixes returns what a folded text must contain, each of them, to satisfy a query of words.
func prefixes(query string) []string {
	var list []string
	for word := range strings.SplitSeq(fold(query), boundary) {
		if word != "" {
			list = append(list, boundary+word)
		}
	}
	return list
}

// hasAll reports whether the folded text has for every prefix a word that begins with it.
func hasAll(folded string, prefixes []string) bool {
	for _, p := range prefixes {
		if !strings.Contains(folded, p) {
			return false
		}
	}
	return true
}

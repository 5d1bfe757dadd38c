// Package compare tells in which words two versions of a concept note differ.
//
// It imports csdn and a library that finds the shortest way from one list to another. It is apart from the room that writes notes, so
// that a function which compares them does not carry what printing takes.
package compare

import (
	"strings"
	"unicode"

	"znkr.io/diff"

	"csdn.example/directory/shared/csdn"
)

// Notes returns the sections in which the notes differ, in the order of the note, word by word: a word is shown whole where a letter of
// it differs. Line breaks and spaces are kept.
func Notes(before, after csdn.ConceptNote) []csdn.SectionDifference {
	var list []csdn.SectionDifference
	for _, d := range csdn.Differences(before.Facts(), after.Facts()) {
		list = append(list, csdn.SectionDifference{Section: d.Field, Parts: texts(d.Before, d.After)})
	}
	return list
}

// texts returns the pieces of two texts. Neighbours that became the same are one piece, and what was deleted stands before what was
// inserted for it.
func texts(before, after string) []csdn.TextPart {
	var parts []csdn.TextPart
	var gone, come strings.Builder
	flush := func() {
		for _, p := range []csdn.TextPart{{Change: csdn.DeletedText, Text: gone.String()}, {Change: csdn.InsertedText, Text: come.String()}} {
			if p.Text != "" {
				parts = append(parts, p)
			}
		}
		gone.Reset()
		come.Reset()
	}
	edits := diff.Edits(words(before), words(after))
	for n, e := range edits {
		switch {
		case e.Op == diff.Delete:
			gone.WriteString(e.X)
		case e.Op == diff.Insert:
			come.WriteString(e.Y)
		case strings.TrimSpace(e.X) == "" && e.X != "\n" && between(edits, n) && gone.Len()+come.Len() > 0:
			gone.WriteString(e.X) // a lone space between two words that changed, so that a sentence is not cut into words
			come.WriteString(e.X)
		default:
			flush()
			if last := len(parts) - 1; last >= 0 && parts[last].Change == csdn.SameText {
				parts[last].Text += e.X
				continue
			}
			parts = append(parts, csdn.TextPart{Change: csdn.SameText, Text: e.X})
		}
	}
	flush()
	return parts
}

// between reports whether the edits on both sides of one change something.
func between(edits []diff.Edit[string], n int) bool {
	return n > 0 && n+1 < len(edits) && edits[n-1].Op != diff.Match && edits[n+1].Op != diff.Match
}

// words cuts a text into words, runs of spaces, line breaks and punctuation marks, which together are the text. What is written without
// spaces between words is cut into its characters.
func words(text string) []string {
	var list []string
	kind := func(r rune) int {
		switch {
		case r == '\n':
			return 0
		case unicode.IsSpace(r):
			return 1
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && !unicode.Is(unicode.M, r):
			return 2
		case unicode.In(r, unicode.L, unicode.N, unicode.M):
			return 3
		}
		return 4
	}
	start, before := 0, -1
	for at, r := range text {
		now := kind(r)
		mark := unicode.Is(unicode.M, r) && at > 0 // belongs to the character before
		if at > 0 && !mark && (now != before || now == 0 || now == 2 || now == 4) {
			list = append(list, text[start:at])
			start = at
		}
		if !mark {
			before = now
		}
	}
	if start < len(text) {
		list = append(list, text[start:])
	}
	return list
}

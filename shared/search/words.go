package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letters maps those that carry their mark within, which no decomposition takes off, and those that are written in two ways.
var letters = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ħ", "h", "ı", "i",
	"þ", "th", "ð", "d", "ς", "σ")

// unspaced are the scripts that write no spaces between words. A word begins at each of their letters, so that any part of a
// text in them is found.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// fold returns the words of s with case, width, marks and compatibility forms taken off, with a space between. A word is a run of
// letters, digits and marks; the Arabic kashida only stretches a word and is dropped.
func fold(s string) string {
	if isASCII(s) {
		return foldASCII(s)
	}
	var b strings.Builder
	before := ' '
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ' || unicode.Is(unicode.Join_Control, r):
			continue
		case !unicode.In(r, unicode.L, unicode.N, unicode.M):
			r = ' '
		}
		if before != ' ' && r != ' ' && unicode.In(before, unspaced...) != unicode.In(r, unspaced...) {
			b.WriteByte(' ')
		}
		before = unicode.ToLower(r)
		b.WriteRune(before)
	}
	return letters.Replace(b.String())
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func foldASCII(s string) string {
	folded := make([]byte, len(s))
	for i := range len(s) {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case !('a' <= c && c <= 'z' || '0' <= c && c <= '9'):
			c = ' '
		}
		folded[i] = c
	}
	return string(folded)
}

// wordLength is how many letters of an unspaced script make a word.
const wordLength = 8

// words yields the words by whose beginning s is found. One may come twice. An Arabic word with the article is found without it
// too.
func words(s string, yield func(word string)) {
	for word := range strings.FieldsSeq(fold(s)) {
		if !isUnspaced(word) {
			yield(word)
			if rest, ok := strings.CutPrefix(word, "ال"); ok && utf8.RuneCountInString(rest) > 2 {
				yield(rest)
			}
			continue
		}
		for rest := word; rest != ""; {
			yield(rest[:end(rest)])
			_, size := utf8.DecodeRuneInString(rest)
			rest = rest[size:]
		}
	}
}

// asked returns the words of a query, each once.
func asked(query string) []string {
	var list []string
	add := func(word string) {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	for word := range strings.FieldsSeq(fold(query)) {
		for isUnspaced(word) && end(word) < len(word) {
			add(word[:end(word)])
			word = word[end(word):]
		}
		add(word)
	}
	return list
}

func isUnspaced(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return first >= utf8.RuneSelf && unicode.In(first, unspaced...)
}

// end returns where a word of an unspaced script ends.
func end(s string) int {
	n := 0
	for i := range s {
		if n == wordLength {
			return i
		}
		n++
	}
	return len(s)
}

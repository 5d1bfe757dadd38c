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

// folder takes case, width, marks and compatibility forms off texts. It remembers what becomes of each letter, and is for one at a
// time.
type folder struct {
	known map[rune]folded
	text  []byte
}

// folded is what becomes of a letter: "" for a mark, a space for what is in no word.
type folded struct {
	text     string
	unspaced bool
}

func newFolder() *folder { return &folder{known: map[rune]folded{}} }

// fold returns the words of s with a space between. A word is a run of letters, digits and marks; the Arabic kashida only
// stretches a word and is dropped.
func (f *folder) fold(s string) string {
	f.text = f.text[:0]
	before := folded{text: " "}
	for _, r := range s {
		now := f.letter(r)
		if now.text == "" {
			continue
		}
		if before.text != " " && now.text != " " && before.unspaced != now.unspaced {
			f.text = append(f.text, ' ')
		}
		f.text, before = append(f.text, now.text...), now
	}
	return string(f.text)
}

func (f *folder) letter(r rune) folded {
	known, there := f.known[r]
	if there {
		return known
	}
	for _, part := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.Mn, part) || part == 'ـ' || unicode.Is(unicode.Join_Control, part):
		case !unicode.In(part, unicode.L, unicode.N, unicode.M):
			known.text += " "
		default:
			known.text += letters.Replace(string(unicode.ToLower(part)))
			known.unspaced = unicode.In(part, unspaced...)
		}
	}
	f.known[r] = known
	return known
}

// wordLength is how many letters of an unspaced script make a word.
const wordLength = 8

// words yields the words by whose beginning s is found. One may come twice. An Arabic word with the article is found without it
// too.
func (f *folder) words(s string, yield func(word string)) {
	for word := range strings.FieldsSeq(f.fold(s)) {
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
func (f *folder) asked(query string) []string {
	var list []string
	add := func(word string) {
		if !slices.Contains(list, word) {
			list = append(list, word)
		}
	}
	for word := range strings.FieldsSeq(f.fold(query)) {
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

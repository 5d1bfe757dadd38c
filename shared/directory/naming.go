package directory

import (
	"html"
	"slices"
	"strings"
	"unicode"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// Somebody is who may not be named in a text: a participant, or the organisation of one.
type Somebody struct {
	What  string // as a refusal says it, such as "a participant"
	Names []Name
}

// Name is something by which somebody is known. Of a family name, as of a whole one, see Namings.
type Name struct {
	Text   string
	Person bool // is the name of a person, whose family name counts too
}

// Naming is a place in a text that names somebody. Lines and words are counted from 1, the words within the line.
type Naming struct {
	What        string
	Line        int
	First, Last int
}

// Namings returns the places in which a text names one of those, in the order of the text, each once and by its longest name.
//
// Names are compared without case, accents, width, punctuation and spaces, in any script, and whole words with whole words, so that
// "Al-Hassan", "al hassan" and "ALHASSAN" are one name, and "Mali" does not name "Ali". In Arabic what is written together with a word
// (and, by, for, the) is taken off. Markup and character references within a name do not hide it.
//
//   - A whole name counts, in either order of its first and last part; so does a short name, an alias, an address.
//   - Of a person's name each part but the first counts alone when it has four letters or more, as does a part that is written in capitals;
//     a shorter one counts after a title or an initial ("Ms May", "T. May"). A first name alone does not count: it tells of too many.
//   - One word that is also a word of the language ("Hope", "Search") counts where it is written with a capital; an abbreviation ("ACT")
//     where it is written in capitals.
func Namings(text string, somebody []Somebody) []Naming {
	words := split(html.UnescapeString(text))
	var found []Naming
	for _, one := range somebody {
		for _, p := range patterns(one.Names) {
			for at := range words {
				if last, ok := p.at(words, at); ok {
					found = append(found, naming(one.What, words[at], words[last]))
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Naming) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		if a.First != b.First {
			return a.First - b.First
		}
		return b.Last - a.Last
	})
	var kept []Naming
	for _, n := range found {
		if last := len(kept) - 1; last >= 0 && kept[last].Line == n.Line && n.Last <= kept[last].Last {
			continue // within a longer one
		}
		kept = append(kept, n)
	}
	return kept
}

// naming is the place of a name. Of one that goes on in the next line it is where it begins.
func naming(what string, first, last textWord) Naming {
	if last.line != first.line {
		last = first
	}
	return Naming{What: what, Line: first.line, First: first.number, Last: last.number}
}

// textWord is a word of a text: as it is written, and as it is compared.
type textWord struct {
	written, folded string
	beginnings      []string
	line, number    int
}

// split returns the words of a text.
func split(text string) []textWord {
	var words []textWord
	for n, line := range strings.Split(text, "\n") {
		number := 0
		for _, written := range strings.FieldsFunc(line, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.Cf) }) {
			one := strings.Join(folded(written), "")
			if one == "" {
				continue
			}
			number++
			words = append(words, textWord{written: written, folded: one, beginnings: beginnings(one), line: n + 1, number: number})
		}
	}
	return words
}

// alike makes one letter of those that are written for each other in Arabic names.
func alike(folded string) string { return strings.NewReplacer("ى", "ي", "ة", "ه").Replace(folded) }

// pattern is one way in which somebody is named: folded words, joined, and how the word must be written when it is a single one.
type pattern struct {
	joined string
	parts  int
	within bool // of a script without spaces between words: it counts within a run of them
	manner manner
	led    bool // counts only after a title or an initial that fits
	first  string
}

// manner is how a single word must be written to be a name.
type manner int

const (
	anyhow  manner = iota
	capital        // with a capital, where the script has some
	capitals
)

// patterns returns the ways in which the names are written.
func patterns(names []Name) []pattern {
	var list []pattern
	add := func(p pattern) {
		if p.joined != "" && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	for _, name := range names {
		fields := strings.Fields(name.Text)
		whole := folded(name.Text)
		switch {
		case len(whole) == 0:
			continue
		case len(whole) > 1:
			add(newPattern(whole, anyhow))
		default:
			add(newPattern(whole, single(name, whole[0])))
		}
		if rest, is := strings.CutPrefix(strings.ToLower(name.Text), "the "); is && !name.Person && len(folded(rest)) > 1 {
			add(newPattern(folded(rest), anyhow))
		}
		if !name.Person || len(fields) < 2 {
			continue
		}
		add(newPattern(append(folded(fields[len(fields)-1]), folded(strings.Join(fields[:len(fields)-1], " "))...), anyhow))
		add(newPattern(append(folded(fields[0]), folded(fields[len(fields)-1])...), anyhow)) // without what stands between
		for n, field := range fields {
			if n == 0 && !shouted(field) {
				continue
			}
			add(family(field, fields[0], n == len(fields)-1))
			for part := range strings.FieldsFuncSeq(field, func(r rune) bool { return r == '-' || r == '‐' || r == '–' }) {
				add(family(part, fields[0], false))
			}
		}
	}
	return list
}

// family is the pattern of a part of a name that stands for the whole. A short one stands for it as the last part alone.
func family(part, first string, last bool) pattern {
	words := folded(part)
	if len(words) == 0 || particles[strings.Join(words, "")] {
		return pattern{}
	}
	p := newPattern(words, anyhow)
	if common[p.joined] {
		p.manner = capital
	}
	if p.within && letters(p.joined) < 2 {
		return pattern{}
	}
	if letters(p.joined) < 4 && !p.within {
		if !last {
			return pattern{}
		}
		p.led, p.first, p.manner = true, strings.Join(folded(first), ""), capital
	}
	return p
}

func newPattern(words []string, m manner) pattern {
	p := pattern{joined: strings.Join(words, ""), parts: len(words), manner: m}
	p.within = strings.IndexFunc(p.joined, func(r rune) bool { return unicode.In(r, unspaced...) }) >= 0
	return p
}

// single is how a name of one word must be written to be taken for one.
func single(name Name, word string) manner {
	switch {
	case name.Person && letters(word) >= 4 && !common[word]:
		return anyhow
	case !name.Person && shouted(name.Text) && letters(word) <= 8:
		return capitals
	}
	return capital
}

// at reports whether the words from the one on are the name, and where it ends.
func (p pattern) at(words []textWord, at int) (last int, ok bool) {
	if p.led && !led(words, at, p.first) {
		return at, false
	}
	for _, begun := range words[at].beginnings {
		if p.within && strings.Contains(begun, p.joined) {
			return at, true
		}
		for n := at; strings.HasPrefix(p.joined, begun); n++ {
			if begun == p.joined {
				return n, n > at || p.parts > 1 || p.manner.fits(words[at].written)
			}
			if n+1 == len(words) || words[n+1].line > words[n].line+1 || n-at > p.parts+8 {
				break
			}
			begun += words[n+1].folded
		}
	}
	return at, false
}

// beginnings returns a word, and an Arabic one also without what is written together with it.
func beginnings(word string) []string {
	list := []string{word}
	if first := []rune(word); len(first) == 0 || !unicode.Is(unicode.Arabic, first[0]) {
		return list
	}
	for _, joined := range []string{"و", "ف", "ب", "ل", "ك"} {
		if rest, is := strings.CutPrefix(word, joined); is && letters(rest) > 1 {
			list = append(list, rest)
		}
	}
	if rest, is := strings.CutPrefix(word, "لل"); is { // for the
		list = append(list, "ال"+rest)
	}
	for _, one := range slices.Clone(list) {
		if rest, is := strings.CutPrefix(one, "ال"); is && letters(rest) > 1 {
			list = append(list, rest)
		}
	}
	return list
}

// fits reports whether a word is written so. Where a script has no capitals every word is.
func (m manner) fits(written string) bool {
	first := []rune(written)[0]
	cased := unicode.ToUpper(first) != unicode.ToLower(first)
	switch {
	case m == capital && cased:
		return unicode.IsUpper(first) || unicode.IsTitle(first)
	case m == capitals && cased:
		return strings.ToUpper(written) == written
	}
	return true
}

// led reports whether a title, or the initial of the first name, stands before the word.
func led(words []textWord, at int, first string) bool {
	if at == 0 || words[at-1].line != words[at].line {
		return false
	}
	before := words[at-1].folded
	return titles[before] || letters(before) == 1 && strings.HasPrefix(first, before)
}

// shouted reports whether a name is written in capitals, as family names are in French, and abbreviations.
func shouted(name string) bool {
	return strings.ToUpper(name) == name && strings.ToLower(name) != name && letters(strings.Join(folded(name), "")) >= 2
}

func folded(text string) []string { return strings.Fields(alike(search.Fold(text))) }

// letters counts the letters of a word; one of a script that writes syllables counts as two.
func letters(s string) int {
	n := 0
	for _, r := range s {
		n++
		if unicode.In(r, unicode.Ethiopic, unicode.Hangul) {
			n++
		}
	}
	return n
}

// participantsOf returns who may not be named of a meeting: its participants by every name that is known of them, and their organisations.
func participantsOf(people []csdn.Person, organisations []csdn.Organisation) []Somebody {
	var list []Somebody
	for _, p := range people {
		one := Somebody{What: "a participant", Names: []Name{{Text: p.Name, Person: true}, {Text: p.Email}}}
		if p.Alias != csdn.DefaultAlias { // by which everybody and nobody is known
			one.Names = append(one.Names, Name{Text: p.Alias})
		}
		for _, name := range p.OtherNames {
			one.Names = append(one.Names, Name{Text: name, Person: true})
		}
		list = append(list, one)
	}
	for _, o := range organisations {
		list = append(list, Somebody{What: "the organisation of a participant", Names: []Name{
			{Text: o.Name}, {Text: o.ShortName}, {Text: o.Email}, {Text: host(o.Website)},
		}})
	}
	return list
}

// host is the name of the host in the address of a website, without www.
func host(website string) string {
	_, rest, _ := strings.Cut(website, "://")
	name, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(strings.ToLower(name), "www.")
}

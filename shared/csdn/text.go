package csdn

import (
	"net/mail"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The greatest lengths of texts, in characters.
const (
	maximumName  = 200
	maximumLine  = 500
	maximumProse = 20_000
	maximumList  = 100
)

// cleanLine returns s on one line: control and bidirectional formatting characters removed, runs of white space made one space.
// Every text passes here or through cleanProse once, at the domain's edge, so that no later part (a mail header, a
// calendar property, a file name) has to defend itself.
func cleanLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(keepVisible, s)), " ")
}

// cleanProse returns s with line breaks as "\n", other control and bidirectional formatting characters removed, and no white space
// around it.
func cleanProse(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return keepVisible(r)
	}, s))
}

func keepVisible(r rune) rune {
	switch {
	case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
		return ' '
	case unicode.IsControl(r), r == utf8.RuneError, unicode.Is(unicode.Bidi_Control, r), r == '\ufeff':
		return -1
	}
	return r
}

// cleanEach cleans every line and drops empty and repeated ones, keeping the order.
func cleanEach[T ~string](list []T, clean func(string) string) []T {
	var kept []T
	seen := map[T]bool{}
	for _, one := range list {
		one = T(clean(string(one)))
		if one == "" || seen[one] {
			continue
		}
		seen[one] = true
		kept = append(kept, one)
	}
	return kept
}

func (v *violations) line(location, s string, least, most int) {
	switch n := utf8.RuneCountInString(s); {
	case n < least && n == 0:
		v.add(location, "is required")
	case n < least:
		v.add(location, "needs at least %d characters", least)
	case n > most:
		v.add(location, "is longer than %d characters", most)
	}
}

func (v *violations) count(location string, n, most int) {
	if n > most {
		v.add(location, "has more than %d entries", most)
	}
}

// email checks a bare address (RFC 5322 addr-spec) of at most 254 characters (RFC 5321), all of them ASCII: the mail
// service takes no other.
func (v *violations) email(location, s string) {
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || len(s) > 254 || strings.ContainsAny(s, "\"<>() ,;:\\") ||
		strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
		v.add(location, "is not an e-mail address such as name@organisation.example")
	}
}

// web checks an absolute http or https address.
func (v *violations) web(location, s string) {
	parsed, err := url.Parse(s)
	if err != nil || parsed.Host == "" || parsed.User != nil || (parsed.Scheme != "https" && parsed.Scheme != "http") || len(s) > 2000 {
		v.add(location, "is not an address that starts with https:// or http://")
	}
}

// cleanEmail lower-cases an address: mailboxes that differ by case alone do not occur in practice, and one person must not be listed
// twice.
func cleanEmail(s string) string { return strings.ToLower(cleanLine(s)) }

// oneOf reports whether the value is among the permitted ones.
func oneOf[T ~string](value T, permitted []T) bool {
	for _, p := range permitted {
		if value == p {
			return true
		}
	}
	return false
}

func listed[T ~string](permitted []T) string {
	words := make([]string, len(permitted))
	for i, p := range permitted {
		words[i] = string(p)
	}
	return strings.Join(words, ", ")
}

// choice checks that a value is one of the permitted ones and says which those are.
func choice[T ~string](v *violations, location string, value T, permitted []T) {
	if !oneOf(value, permitted) {
		v.add(location, "is not one of %s", listed(permitted))
	}
}

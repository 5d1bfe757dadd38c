package site

import (
	"html/template"
	"regexp"
	"strings"
	"time"
	"unicode"

	"csdn.example/directory/shared/csdn"
)

// factWords are by what templates tell of facts, which are named and written as the API has them.
var factWords = template.FuncMap{"field": fieldInWords, "said": factInWords}

// instants are what looks as one does in a fact.
var instants = regexp.MustCompile(`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

// fieldInWords makes words of a field of the API: "shortName" is "Short name".
func fieldInWords(name string) string {
	var words strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			words.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		words.WriteRune(r)
	}
	return spell(words.String())
}

// factInWords tells what a field says in words, as far as it says it in codes.
func factInWords(field, text string) string {
	switch field {
	case "country", "countries":
		return namesOf(listed[csdn.Country](text))
	case "regions":
		return namesOf(listed[csdn.Region](text))
	case "languages", "preferredLanguage":
		return namesOf(listed[csdn.Language](text))
	case "type", "category", "status", "gender", "safety":
		return spell(text)
	case "areas":
		return instants.ReplaceAllStringFunc(text, func(one string) string {
			at, err := time.Parse(time.RFC3339, one)
			if err != nil {
				return one
			}
			return csdn.DayInWords(at, "en")
		})
	}
	return text
}

// listed takes the list apart that a fact is written as.
func listed[T ~string](text string) []T {
	var list []T
	for one := range strings.SplitSeq(text, ", ") {
		if one != "" {
			list = append(list, T(one))
		}
	}
	return list
}

package site

import (
	"strings"

	"csdn.example/directory/shared/csdn"
)

// A form takes lists of countries, regions and languages as people write them: names or codes, with commas between.

// namesOf joins the English names of a list; a name that has a comma itself is told by its code.
func namesOf[T interface {
	~string
	Name(csdn.Language) string
}](list []T) string {
	names := make([]string, len(list))
	for n, one := range list {
		if names[n] = one.Name("en"); strings.Contains(names[n], ",") || strings.Contains(string(one), "-") {
			names[n] = string(one)
		}
	}
	return strings.Join(names, ", ")
}

// readNames turns names or codes into a list. What is none is kept as it was written, so that the directory refuses it.
func readNames[T ~string](text string, known []T, name func(T, csdn.Language) string) []T {
	byName := make(map[string]T, 3*len(known))
	for _, one := range known {
		byName[folded(string(one))] = one
		byName[folded(name(one, "fr"))] = one
		byName[folded(name(one, "en"))] = one
	}
	var list []T
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if one, ok := byName[folded(part)]; ok {
			list = append(list, one)
			continue
		}
		list = append(list, T(part))
	}
	return list
}

func folded(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func readCountries(text string) []csdn.Country {
	return readNames(text, csdn.Countries(), csdn.Country.Name)
}

func readCountry(text string) csdn.Country {
	if list := readCountries(strings.ReplaceAll(text, ",", " ")); len(list) > 0 {
		return list[0]
	}
	return ""
}

func readRegions(text string) []csdn.Region { return readNames(text, csdn.Regions(), csdn.Region.Name) }

func readLanguages(text string) []csdn.Language {
	return readNames(text, csdn.Languages(), csdn.Language.Name)
}

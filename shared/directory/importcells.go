package directory

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// words are what people write for the codes of the directory, folded: names in English and French.
type words struct {
	countries map[string]csdn.Country
	regions   map[string]csdn.Region
	languages map[string]csdn.Language
	areas     map[string]csdn.AreaSlug
	// organisations are those that the people of a sheet can be of, by id, folded name and folded short name.
	organisations map[string][]csdn.OrganisationID
}

func (d Imports) words(ctx context.Context) (*words, error) {
	vocabulary, err := d.Organisations.Areas.containing(ctx)
	if err != nil {
		return nil, err
	}
	w := &words{
		countries: named(csdn.Countries(), csdn.Country.Name), regions: named(csdn.Regions(), csdn.Region.Name),
		languages: named(csdn.Languages(), csdn.Language.Name), areas: map[string]csdn.AreaSlug{},
	}
	for slug, area := range vocabulary {
		for _, label := range append([]string{area.LabelEN, area.LabelFR}, area.AltLabels...) {
			w.areas[search.Fold(label)] = slug
		}
	}
	for slug := range vocabulary {
		w.areas[search.Fold(string(slug))] = slug
	}
	return w, nil
}

func named[T ~string](all []T, name func(T, csdn.Language) string) map[string]T {
	names := map[string]T{}
	for _, one := range all {
		names[search.Fold(name(one, "fr"))] = one
		names[search.Fold(name(one, "en"))] = one
	}
	return names
}

func (w *words) country(text string) (csdn.Country, bool) {
	if code := csdn.Country(strings.ToUpper(text)); code.Valid() {
		return code, true
	}
	code, known := w.countries[search.Fold(text)]
	return code, known
}

// region takes a code without its zeros too, as spreadsheets drop them.
func (w *words) region(text string) (csdn.Region, bool) {
	if n, err := strconv.Atoi(text); err == nil {
		code := csdn.Region(fmt.Sprintf("%03d", n))
		return code, code.Valid()
	}
	code, known := w.regions[search.Fold(text)]
	return code, known
}

func (w *words) language(text string) (csdn.Language, bool) {
	if tag := canonical(text); tag.Valid() {
		return tag, true
	}
	tag, known := w.languages[search.Fold(text)]
	return tag, known
}

// canonical returns a tag in its casing (RFC 5646, section 2.1.1).
func canonical(text string) csdn.Language {
	subtags := strings.Split(strings.ToLower(strings.ReplaceAll(text, "_", "-")), "-")
	for n, subtag := range subtags[1:] {
		switch len(subtag) {
		case 2:
			subtags[n+1] = strings.ToUpper(subtag)
		case 4:
			subtags[n+1] = strings.ToUpper(subtag[:1]) + subtag[1:]
		}
	}
	return csdn.Language(strings.Join(subtags, "-"))
}

// call makes an organisation known by the names of a record of it.
func (w *words) call(id csdn.OrganisationID, o csdn.Organisation) {
	for _, name := range []string{string(o.ID), o.Name, o.ShortName} {
		if folded := search.Fold(name); folded != "" && !slices.Contains(w.organisations[folded], id) {
			w.organisations[folded] = append(w.organisations[folded], id)
		}
	}
}

func (w *words) organisation(text string) (csdn.OrganisationID, bool) {
	found := w.organisations[search.Fold(text)]
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// area reads a claim: an area by its slug or a label, and "(expert)" behind it for that level.
func (w *words) area(text string) (csdn.Expertise, bool) {
	name, level, ends := text, csdn.ExpertiseLevel("works-on"), false
	if open := strings.LastIndexByte(text, '('); open > 0 {
		var inner string
		inner, ends = strings.CutSuffix(text[open+1:], ")")
		for _, l := range csdn.ExpertiseLevels() {
			if ends && called(inner) == called(string(l)) {
				name, level = text[:open], l
			}
		}
	}
	slug, known := w.areas[search.Fold(name)]
	return csdn.Expertise{Area: slug, Level: level}, known
}

// list reads the entries of a cell, separated by ; or |, or by commas that are in no name. wrong is the number of the first that is
// none, 0 when all are read.
func list[T any](cell string, read func(string) (T, bool)) (all []T, wrong int) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '|' || r == '\n' }) {
		entries := []string{part}
		if _, whole := read(strings.TrimSpace(part)); !whole {
			entries = strings.Split(part, ",")
		}
		for _, entry := range entries {
			if entry = strings.TrimSpace(entry); entry == "" {
				continue
			}
			one, known := read(entry)
			if !known {
				return nil, len(all) + 1
			}
			all = append(all, one)
		}
	}
	return all, 0
}

// What is wrong with an entry of a list or a cell.
const (
	notCountry  = "is not a country: write its code of ISO 3166-1, such as ML, or its name in English or French"
	notRegion   = "is not a region: write its code of UN M49, such as 011, or its name in English or French"
	notLanguage = "is not a language: write its tag of BCP 47, such as fr, or its name in English or French"
	notArea     = "is not an area of the vocabulary: write its slug or a label; GET /v1/areas lists them"
)

// oneInto reads a cell that holds one thing, or nothing.
func oneInto[T ~string](cell string, to *T, read func(string) (T, bool), not string) string {
	cell = strings.TrimSpace(cell)
	*to = ""
	if cell == "" {
		return ""
	}
	one, known := read(cell)
	if !known {
		return not
	}
	*to = one
	return ""
}

// listInto reads a cell that holds a list.
func listInto[T any](cell string, to *[]T, read func(string) (T, bool), not string) string {
	all, wrong := list(cell, read)
	if wrong > 0 {
		return "entry " + number(wrong) + " " + not
	}
	*to = all
	return ""
}

// claimsInto reads the claims of areas. A sheet does not hold the evidence of a claim and when it was confirmed, so those stay.
func (w *words) claimsInto(cell string, to *[]csdn.Expertise) string {
	var claims []csdn.Expertise
	wrong := listInto(cell, &claims, w.area, notArea)
	if wrong != "" {
		return wrong
	}
	for n, claim := range claims {
		for _, before := range *to {
			if before.Area == claim.Area {
				claims[n].Evidence, claims[n].ConfirmedAt = before.Evidence, before.ConfirmedAt
			}
		}
	}
	*to = claims
	return ""
}

// choice returns a reader of one of the values, or another name of it.
func choice[T ~string](values []T, also map[string]T) func(string) (T, bool) {
	return func(text string) (T, bool) {
		for _, value := range values {
			if called(text) == called(string(value)) {
				return value, true
			}
		}
		for name, value := range also {
			if called(text) == called(name) {
				return value, true
			}
		}
		return "", false
	}
}

// notOneOf says which values a cell may have.
func notOneOf[T ~string](values []T) string {
	text := "is not one of "
	for n, value := range values {
		if n > 0 {
			text += ", "
		}
		text += string(value)
	}
	return text
}

// dayLayouts are the ways in which a moment is written. Those with slashes mean two days.
var dayLayouts = []string{time.RFC3339, time.DateOnly, time.DateTime, "2006-01-02T15:04", "2.1.2006"}

// moment reads a time. Workbooks count days from the end of 1899.
func moment(cell string) (time.Time, bool) {
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, cell); err == nil {
			return t.UTC(), true
		}
	}
	days, err := strconv.ParseFloat(cell, 64)
	if err != nil || days < 20_000 || days > 80_000 || strings.ContainsFunc(cell, unicode.IsLetter) {
		return time.Time{}, false
	}
	seconds := time.Duration(days*24*60*60+0.5) * time.Second
	return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).Add(seconds), true
}

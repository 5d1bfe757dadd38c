package search

import (
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Facet is a property of cards to filter and count by.
type Facet string

// The facets. Values are written as in csdn; a phase as its number in decimal.
const (
	Area         Facet = "area"         // as the card names it; the caller adds the narrower areas of a query
	Country      Facet = "country"      // where the subject is based, or works
	Region       Facet = "region"       // as the card names it; the caller adds the countries of a region
	Language     Facet = "language"     // also by any shorter tag (RFC 4647, section 3.3.1): "fr" finds fr-CA
	Type         Facet = "type"         // of an organisation; a person's category
	Status       Facet = "status"       // of an organisation
	Phase        Facet = "phase"        // that an organisation joined
	Organisation Facet = "organisation" // of a person
)

// Term is one value of a facet.
type Term struct {
	Facet Facet
	Value string
}

// AnyOf is satisfied by a card that has at least one of its terms, so never when empty. The terms may be of several facets:
// whoever works in a region is one who names the region or one of its countries.
type AnyOf []Term

// Any returns the alternatives of one facet.
func Any[T ~string](facet Facet, values ...T) AnyOf {
	terms := make(AnyOf, len(values))
	for i, value := range values {
		terms[i] = Term{facet, string(value)}
	}
	return terms
}

// terms returns every term that finds the card. A term may occur twice.
func terms(c csdn.Card) []Term {
	list := Any(Area, c.Areas...)
	list = append(list, Any(Country, c.Countries...)...)
	list = append(list, Any(Region, c.Regions...)...)
	for _, tag := range c.Languages {
		list = append(list, Any(Language, ranges(string(tag))...)...)
	}
	for _, number := range c.Phases {
		list = append(list, Term{Phase, strconv.Itoa(int(number))})
	}
	for _, single := range []Term{
		{Country, string(c.Country)}, {Type, c.Type}, {Status, c.Status}, {Organisation, string(c.Organisation)},
	} {
		if single.Value != "" {
			list = append(list, single)
		}
	}
	return list
}

// ranges returns the tag and every shorter one that it belongs to: zh-Hant-TW, zh-Hant, zh.
func ranges(tag string) []string {
	list := []string{tag}
	for cut := strings.LastIndexByte(tag, '-'); cut > 0; cut = strings.LastIndexByte(tag, '-') {
		tag = tag[:cut]
		list = append(list, tag)
	}
	return list
}

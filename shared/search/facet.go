package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Facet is a property of cards to filter and count by.
type Facet string

// The facets. Values are written as in csdn; a phase as its number in decimal.
const (
	Area         Facet = "area"         // with the narrower ones of the query's Areas
	Country      Facet = "country"      // where the subject is based, or works
	Region       Facet = "region"       // as the card names it, or a region or country within it
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

// AnyOf is satisfied by a card that has at least one of its terms, so never when empty.
type AnyOf []Term

// Any returns the alternatives of one facet.
func Any[T ~string](facet Facet, values ...T) AnyOf {
	terms := make(AnyOf, len(values))
	for i, value := range values {
		terms[i] = Term{facet, string(value)}
	}
	return terms
}

// direct returns the terms that the card itself names, in their order.
func direct(c csdn.Card) []Term {
	list := make([]Term, 0, len(c.Areas)+len(c.Countries)+len(c.Regions)+len(c.Languages)+len(c.Phases)+4)
	list = append(list, Term{Country, string(c.Country)}, Term{Type, c.Type}, Term{Status, c.Status}, Term{Organisation, string(c.Organisation)})
	list = appendTerms(list, Area, c.Areas)
	list = appendTerms(list, Country, c.Countries)
	list = appendTerms(list, Region, c.Regions)
	list = appendTerms(list, Language, c.Languages)
	for _, number := range c.Phases {
		list = append(list, Term{Phase, strconv.Itoa(int(number))})
	}
	list = slices.DeleteFunc(list, func(t Term) bool { return t.Value == "" })
	slices.SortFunc(list, Term.compare)
	return slices.Compact(list)
}

func appendTerms[T ~string](list []Term, facet Facet, values []T) []Term {
	for _, value := range values {
		list = append(list, Term{facet, string(value)})
	}
	return list
}

// implied returns the terms by which a card that names the term is found too: the regions around a country or a region, the
// shorter tags of a language. They are of tables that do not change while a function runs. Areas do, so they imply nothing
// here: see Areas.
func implied(t Term) []Term {
	switch t.Facet {
	case Country:
		return Any(Region, csdn.Country(t.Value).Regions()...)
	case Region:
		return Any(Region, csdn.Region(t.Value).Broader()...)
	case Language:
		var shorter []Term
		for cut := strings.LastIndexByte(t.Value, '-'); cut > 0; cut = strings.LastIndexByte(t.Value[:cut], '-') {
			shorter = append(shorter, Term{Language, t.Value[:cut]})
		}
		return shorter
	}
	return nil
}

// dictionary numbers the terms that cards have ever named or implied, and holds the slots of each.
type dictionary struct {
	sorted  int             // how many terms at the beginning are in order: those of a snapshot, to be found without codes
	codes   map[Term]uint32 // of the others
	terms   []Term
	implied [][]uint32        // by code
	named   []set             // by code: whose cards name the term themselves
	broad   map[uint32]*broad // of the terms that others imply
	facets  map[Facet][]uint32
}

// broad is a term that others imply: a region, or the shorter tag of a language.
type broad struct {
	narrower []uint32 // the terms that imply it
	set      set      // of the cards that name one of them, or the term itself
}

func newDictionary() dictionary {
	return dictionary{codes: map[Term]uint32{}, broad: map[uint32]*broad{}, facets: map[Facet][]uint32{}}
}

// compare puts terms into their order.
func (t Term) compare(other Term) int {
	return cmp.Or(strings.Compare(string(t.Facet), string(other.Facet)), strings.Compare(t.Value, other.Value))
}

// find returns the number of a term, if it has one.
func (d *dictionary) find(t Term) (code uint32, known bool) {
	if place, there := slices.BinarySearchFunc(d.terms[:d.sorted], t, Term.compare); there {
		return uint32(place), true
	}
	code, known = d.codes[t]
	return code, known
}

// code returns the number of a term, a new one if need be.
func (d *dictionary) code(t Term) uint32 {
	if code, known := d.find(t); known {
		return code
	}
	code := uint32(len(d.terms))
	d.codes[t] = code
	d.terms, d.implied, d.named = append(d.terms, t), append(d.implied, nil), append(d.named, set{})
	d.facets[t.Facet] = append(d.facets[t.Facet], code)
	d.imply(code)
	return code
}

// imply numbers what a term implies.
func (d *dictionary) imply(code uint32) {
	var around []uint32
	for _, other := range implied(d.terms[code]) {
		wider := d.code(other)
		around = append(around, wider)
		b := d.broad[wider]
		if b == nil {
			b = &broad{}
			b.set.addAll(&d.named[wider])
			d.broad[wider] = b
		}
		b.narrower = append(b.narrower, code)
	}
	d.implied[code] = around
}

// set returns the slots of a term, an empty set when no card has it.
func (d *dictionary) set(t Term) *set {
	code, known := d.find(t)
	if !known {
		return &set{}
	}
	return d.have(code)
}

// have returns the slots of a term: of those that name it, and of those that imply it.
func (d *dictionary) have(code uint32) *set {
	if b := d.broad[code]; b != nil {
		return &b.set
	}
	return &d.named[code]
}

// by returns the terms by which a card in the slot has the term.
func (d *dictionary) by(slot, code uint32) []Term {
	var list []Term
	if d.named[code].has(slot) {
		list = append(list, d.terms[code])
	}
	if b := d.broad[code]; b != nil && b.set.has(slot) {
		for _, narrower := range b.narrower {
			if d.named[narrower].has(slot) {
				list = append(list, d.terms[narrower])
			}
		}
	}
	return list
}

func (d *dictionary) list(slot uint32, codes []uint32) {
	for _, code := range codes {
		d.named[code].add(slot)
		if b := d.broad[code]; b != nil {
			b.set.add(slot)
		}
		for _, around := range d.implied[code] {
			d.broad[around].set.add(slot)
		}
	}
}

func (d *dictionary) unlist(slot uint32, codes []uint32) {
	for _, code := range codes {
		d.named[code].remove(slot)
		if b := d.broad[code]; b != nil {
			b.set.remove(slot)
		}
		for _, around := range d.implied[code] {
			d.broad[around].set.remove(slot)
		}
	}
}

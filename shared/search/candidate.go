package search

import (
	"iter"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Each yields the id of every card that matches, in the order of names. Limit, After and Count of the query do not count. The index must
// not be told anything meanwhile.
func (x *Index) Each(q Query) iter.Seq[string] {
	return func(yield func(string) bool) {
		x.each(q, false, func(slot uint32) bool { return yield(x.columns.ids[slot]) })
	}
}

// Candidates yields every card that matches as a candidate for a shortlist, as Each does.
func (x *Index) Candidates(q Query) iter.Seq[csdn.Candidate] {
	return func(yield func(csdn.Candidate) bool) {
		x.each(q, true, func(slot uint32) bool { return yield(x.candidate(slot)) })
	}
}

func (x *Index) each(q Query, detailed bool, yield func(slot uint32) bool) {
	wanted := newFolder().asked(q.Text)
	x.lock(len(wanted) > 0, detailed)
	defer x.mu.RUnlock()
	match, _, done := x.match(q, wanted)
	defer done()
	for _, slot := range x.names.slots {
		if match.has(slot) && !yield(slot) {
			return
		}
	}
}

func (x *Index) candidate(slot uint32) csdn.Candidate {
	c := csdn.Candidate{Person: csdn.PersonID(x.columns.ids[slot])}
	for _, code := range x.columns.codes[slot] {
		switch t := x.terms.terms[code]; t.Facet {
		case Area:
			c.Areas = append(c.Areas, csdn.AreaSlug(t.Value))
		case Country:
			c.Countries = append(c.Countries, csdn.Country(t.Value))
		case Language:
			c.Languages = append(c.Languages, csdn.Language(t.Value))
		case Type:
			c.Category = csdn.Category(t.Value)
		case Organisation:
			c.Organisation = csdn.OrganisationID(t.Value)
		}
	}
	for _, packed := range x.columns.meritsOf(slot) {
		c.Merits = append(c.Merits, unpack(packed))
	}
	return c
}

func (c *columns) meritsOf(slot uint32) []uint32 {
	if int(slot) >= len(c.merits) {
		return nil
	}
	return c.merits[slot]
}

// appraise keeps the merits of the areas that the card names.
func (c *columns) appraise(slot uint32, card csdn.Card, terms []Term) {
	if int(slot) < len(c.merits) {
		c.merits[slot] = nil
	}
	if len(card.Merits) == 0 {
		return
	}
	if short := len(c.ids) - len(c.merits); short > 0 {
		c.merits = append(c.merits, make([][]uint32, short)...)
	}
	for _, code := range c.codes[slot] {
		if terms[code].Facet != Area {
			continue
		}
		var m csdn.Merit
		if n := slices.Index(card.Areas, csdn.AreaSlug(terms[code].Value)); n < len(card.Merits) {
			m = card.Merits[n]
		}
		c.merits[slot] = append(c.merits[slot], pack(m))
	}
}

// A merit is packed as what it has, and above that the day of its confirmation, counted from 1970 as 1; 0 for none.
const (
	packedExpert = 1 << iota
	packedEvident
	packedDay  = iota
	daySeconds = 24 * 60 * 60
)

func pack(m csdn.Merit) uint32 {
	var packed uint32
	if m.Expert {
		packed |= packedExpert
	}
	if m.Evident {
		packed |= packedEvident
	}
	if !m.ConfirmedAt.IsZero() {
		packed |= uint32(m.ConfirmedAt.Unix()/daySeconds+1) << packedDay
	}
	return packed
}

func unpack(packed uint32) csdn.Merit {
	m := csdn.Merit{Expert: packed&packedExpert != 0, Evident: packed&packedEvident != 0}
	if day := packed >> packedDay; day > 0 {
		m.ConfirmedAt = time.Unix(int64(day-1)*daySeconds, 0).UTC()
	}
	return m
}

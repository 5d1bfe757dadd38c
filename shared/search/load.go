package search

import (
	"encoding/binary"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// errSnapshot is the answer for what is no snapshot of this layout.
var errSnapshot = errors.New("the snapshot is not of the layout of this index")

// Load returns an index of the cards of a snapshot. Without its texts, words cannot be searched for: see Worded. An error for a snapshot of
// another layout or a broken one.
func Load(base, texts []byte) (*Index, error) {
	r := reader{rest: base}
	n := r.header()
	if r.failed {
		return nil, errSnapshot
	}
	x := New()
	x.names.keys, x.wordless = make([]string, n), texts == nil
	c := &x.columns
	c.ids, c.versions = r.texts(n), make([]csdn.Version, n)
	for slot := range c.versions {
		c.versions[slot] = csdn.Version(r.number())
	}
	c.texts[nameText] = r.texts(n)
	if r.failed {
		return nil, errSnapshot
	}
	x.terms = loadTerms(&r)
	c.codes = r.codes(n, len(x.terms.terms))
	for field := shortNameText; field < textFields; field++ {
		c.texts[field] = make([]string, n)
	}
	if r.failed {
		return nil, errSnapshot
	}
	if texts != nil {
		r = reader{rest: texts}
		if r.header() != n {
			return nil, errSnapshot
		}
		for field := shortNameText; field < textFields; field++ {
			c.texts[field] = r.texts(n)
		}
		if r.failed {
			return nil, errSnapshot
		}
	}
	x.terms.fill(c.codes)
	x.stand(n)
	return x, nil
}

// stand puts the first n slots to where they are in the order of names: each at its number.
func (x *Index) stand(n int) {
	x.slots = make(map[string]uint32, n)
	x.names.slots, x.names.ranks = make([]uint32, n), make([]uint32, n)
	for slot := range uint32(n) {
		x.slots[x.columns.ids[slot]] = slot
		x.names.slots[slot], x.names.ranks[slot] = slot, slot
		x.live.add(slot)
	}
}

// Worded reports whether words can be searched for: not in an index that was loaded without its texts.
func (x *Index) Worded() bool { return !x.wordless }

// loadTerms reads the terms. They have the numbers that cards name them by; those that they imply are numbered behind.
func loadTerms(r *reader) dictionary {
	d := newDictionary()
	parts := r.texts(2 * r.size())
	for part := 0; part+1 < len(parts); part += 2 {
		t := Term{Facet(parts[part]), parts[part+1]}
		d.codes[t] = uint32(len(d.terms))
		d.facets[t.Facet] = append(d.facets[t.Facet], uint32(len(d.terms)))
		d.terms = append(d.terms, t)
	}
	d.implied, d.sets = make([][]uint32, len(d.terms)), make([]set, len(d.terms))
	for code, t := range d.terms[:len(d.terms):len(d.terms)] {
		var around []uint32
		for _, other := range implied(t) {
			around = append(around, d.code(other))
		}
		d.implied[code] = around
	}
	return d
}

// fill makes the sets of a dictionary whose sets are empty.
func (d *dictionary) fill(codes [][]uint32) {
	sizes := make([]int, len(d.sets))
	for _, own := range codes {
		for _, code := range own {
			sizes[code]++
		}
	}
	few := 0
	for _, size := range sizes {
		if size < fewest {
			few += size
		}
	}
	room := make([]uint32, few)
	for code, size := range sizes {
		if size >= fewest {
			d.sets[code].many = make(bitset, (len(codes)+wordSize-1)/wordSize)
			continue
		}
		d.sets[code].few, room = room[:0:size], room[size:]
	}
	for slot, own := range codes {
		for _, code := range own {
			s := &d.sets[code]
			if s.many != nil {
				s.many[slot/wordSize] |= 1 << (slot % wordSize)
				continue
			}
			s.few = append(s.few, uint32(slot))
		}
	}
	for code := range sizes {
		for _, around := range d.implied[code] {
			d.sets[around].addAll(&d.sets[code])
		}
	}
}

// reader takes a part to pieces. Once failed, it yields zeros.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) number() uint64 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 { // most are small
		n := r.rest[0]
		r.rest = r.rest[1:]
		return uint64(n)
	}
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		r.failed, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// size reads how many of something follow, each of which takes a byte at least.
func (r *reader) size() int {
	n := r.number()
	if n > uint64(len(r.rest)) {
		r.failed, r.rest = true, nil
		return 0
	}
	return int(n)
}

// header returns the number of cards.
func (r *reader) header() int {
	if r.number() != layout || r.texts(1)[0] != collation {
		r.failed, r.rest = true, nil
	}
	return r.size()
}

// texts reads a column. Its texts share one piece of memory.
func (r *reader) texts(n int) []string {
	if n > len(r.rest) {
		r.failed, r.rest = true, nil
		return make([]string, 1)
	}
	column, total := make([]string, n), 0
	ends := make([]int, n)
	for i := range ends {
		total += r.size()
		ends[i] = total
	}
	if total > len(r.rest) {
		r.failed, r.rest = true, nil
		return column
	}
	all, begin := string(r.rest[:total]), 0
	r.rest = r.rest[total:]
	for i, end := range ends {
		column[i], begin = all[begin:end], end
	}
	return column
}

// codes reads the numbers of the terms of n cards, which must be below limit.
func (r *reader) codes(n, limit int) [][]uint32 {
	cards, total := make([][]uint32, n), 0
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = r.size()
		total += sizes[i]
	}
	if total > len(r.rest) {
		r.failed = true
		return cards
	}
	all := make([]uint32, total)
	for i := range all {
		all[i] = uint32(r.number())
		r.failed = r.failed || int(all[i]) >= limit
	}
	for i, size := range sizes {
		cards[i], all = all[:size:size], all[size:]
	}
	return cards
}

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
	r := reader{part: base}
	n := r.header()
	if r.failed {
		return nil, errSnapshot
	}
	x := New()
	c := &x.columns
	if texts == nil {
		c.texts = c.texts[:nameText+1]
	}
	c.ids, c.versions = r.texts(n), make([]csdn.Version, n)
	for slot := range c.versions {
		c.versions[slot] = csdn.Version(r.number())
	}
	c.texts[nameText] = r.texts(n)
	if r.failed {
		return nil, errSnapshot
	}
	x.terms = loadTerms(&r)
	if r.failed {
		return nil, errSnapshot
	}
	c.codes = r.numbers(n, uint64(len(x.terms.terms)))
	if r.number() > 0 {
		c.merits = r.numbers(n, 1<<32)
	}
	if r.failed {
		return nil, errSnapshot
	}
	if texts != nil {
		r = reader{part: texts}
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
	x.slots = nil
	x.names.slots, x.names.ranks = make([]uint32, n), make([]uint32, n)
	for slot := range uint32(n) {
		x.names.slots[slot], x.names.ranks[slot] = slot, slot
		x.live.add(slot)
	}
}

// Worded reports whether words can be searched for: not in an index that was loaded without its texts.
func (x *Index) Worded() bool { return len(x.columns.texts) == textFields }

// loadTerms reads the terms, which are in order. They have the numbers that cards name them by; those that they imply are numbered behind.
func loadTerms(r *reader) dictionary {
	d := newDictionary()
	parts := r.texts(2 * r.size())
	const room = 512 // for what is implied: all regions there are, and some languages
	d.terms = make([]Term, len(parts)/2, len(parts)/2+room)
	for code := range d.terms {
		d.terms[code] = Term{Facet(parts[2*code]), parts[2*code+1]}
		if code > 0 && d.terms[code-1].compare(d.terms[code]) >= 0 {
			r.fail()
		}
	}
	d.sorted = len(d.terms)
	for begin := 0; begin < d.sorted; {
		facet, end := d.terms[begin].Facet, begin
		var codes []uint32
		for ; end < d.sorted && d.terms[end].Facet == facet; end++ {
			codes = append(codes, uint32(end))
		}
		d.facets[facet], begin = codes, end
	}
	d.implied, d.sets = make([][]uint32, len(d.terms), cap(d.terms)), make([]set, len(d.terms), cap(d.terms))
	for code, t := range d.terms[:len(d.terms):len(d.terms)] {
		var around []uint32
		for _, other := range implied(t) {
			around = append(around, d.code(other))
		}
		d.implied[code] = around
	}
	return d
}

// fill makes the sets of a dictionary whose sets are empty. Those of what is implied are large, as a rule.
func (d *dictionary) fill(codes [][]uint32) {
	sizes := make([]int, len(d.sets))
	for _, around := range d.implied {
		for _, code := range around {
			sizes[code] = fewest
		}
	}
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

// reader takes a part to pieces. Once failed, it yields zeros. It moves along the part without cutting it, as to store a pointer for
// each number would take longer than to read it.
type reader struct {
	part   []byte
	at     int
	failed bool
}

func (r *reader) left() int { return len(r.part) - r.at }

func (r *reader) fail() { r.failed, r.at = true, len(r.part) }

func (r *reader) number() uint64 {
	if r.at < len(r.part) && r.part[r.at] < 0x80 { // most are small
		r.at++
		return uint64(r.part[r.at-1])
	}
	n, size := binary.Uvarint(r.part[r.at:])
	if size <= 0 {
		r.fail()
		return 0
	}
	r.at += size
	return n
}

// size reads how many of something follow, each of which takes a byte at least.
func (r *reader) size() int {
	n := r.number()
	if n > uint64(r.left()) {
		r.fail()
		return 0
	}
	return int(n)
}

// header returns the number of cards.
func (r *reader) header() int {
	if r.number() != layout || r.texts(1)[0] != collation {
		r.fail()
	}
	return r.size()
}

// texts reads a column. Its texts share one piece of memory.
func (r *reader) texts(n int) []string {
	if n > r.left() {
		r.fail()
		return make([]string, 1)
	}
	column, total := make([]string, n), 0
	ends := make([]int, n)
	for i := range ends {
		total += r.size()
		ends[i] = total
	}
	if total > r.left() {
		r.fail()
		return column
	}
	all, begin := string(r.part[r.at:r.at+total]), 0
	r.at += total
	for i, end := range ends {
		column[i], begin = all[begin:end], end
	}
	return column
}

// numbers reads some numbers for each of n cards, which must be below limit.
func (r *reader) numbers(n int, limit uint64) [][]uint32 {
	cards, total := make([][]uint32, n), 0
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = r.size()
		total += sizes[i]
	}
	if total > r.left() {
		r.fail()
		return cards
	}
	all := make([]uint32, total)
	for i := range all {
		number := r.number()
		all[i], r.failed = uint32(number), r.failed || number >= limit
	}
	for i, size := range sizes {
		cards[i], all = all[:size:size], all[size:]
	}
	return cards
}

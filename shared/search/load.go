package search

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"unsafe"

	"csdn.example/directory/shared/csdn"
)

// errSnapshot is the answer for what is no snapshot of this layout.
var errSnapshot = errors.New("the snapshot is not of the layout of this index")

// Load returns an index of the cards of a snapshot, which must not be changed from then on. Without its texts, words cannot be searched for:
// see Worded. An error for a snapshot of another layout or a broken one.
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
	x.terms = loadTerms(&r, n)
	if merits := r.size(); r.failed || merits != r.left() {
		return nil, errSnapshot
	}
	x.rest = r
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
	x.stand(n)
	return x, nil
}

// detail makes the columns of what each card names out of the rest of a snapshot, if that has not been done.
func (x *Index) detail() {
	r, n := x.rest, len(x.columns.ids)
	if r.part == nil {
		return
	}
	x.rest = reader{}
	x.columns.codes = make([][]uint32, n)
	named, total := x.terms.named[:x.terms.sorted], 0
	sizes := make([]int, n)
	each := func(do func(code int, slot uint32)) {
		for code := range named {
			for slot := range named[code].all {
				do(code, slot)
			}
		}
	}
	each(func(_ int, slot uint32) { sizes[slot]++; total++ })
	room := make([]uint32, total)
	for slot, size := range sizes {
		x.columns.codes[slot], room = room[:0:size], room[size:]
	}
	each(func(code int, slot uint32) { x.columns.codes[slot] = append(x.columns.codes[slot], uint32(code)) })
	if r.left() > 0 {
		x.columns.merits = r.numbers(n, 1<<32)
	}
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

// loadTerms reads the terms, which are in order, and which of n cards name them. They have the numbers of their order; those that they imply
// are numbered behind.
func loadTerms(r *reader, n int) dictionary {
	d := newDictionary()
	parts := r.texts(2 * r.size())
	const room = 512 // for what is implied: all regions there are, and some languages
	d.terms = make([]Term, len(parts)/2, len(parts)/2+room)
	d.implied, d.named = make([][]uint32, len(d.terms), cap(d.terms)), make([]set, len(d.terms), cap(d.terms))
	d.sorted = len(d.terms)
	for code := range d.terms {
		d.terms[code] = Term{Facet(parts[2*code]), parts[2*code+1]}
		if code > 0 && d.terms[code-1].compare(d.terms[code]) >= 0 {
			r.fail()
		}
	}
	for begin := 0; begin < d.sorted; {
		facet, end := d.terms[begin].Facet, begin
		var codes []uint32
		for ; end < d.sorted && d.terms[end].Facet == facet; end++ {
			codes = append(codes, uint32(end))
		}
		d.facets[facet], begin = codes, end
	}
	r.sets(d.named, n)
	for code := range uint32(d.sorted) {
		d.imply(code)
	}
	for _, b := range d.broad {
		for _, code := range b.narrower {
			b.set.addAll(&d.named[code])
		}
	}
	return d
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

// texts reads a column. Its texts lie in the part.
func (r *reader) texts(n int) []string {
	if n > r.left() {
		r.fail()
		return make([]string, 1)
	}
	column, lengths, total := make([]string, n), *r, 0
	for range n {
		total += r.size()
	}
	if total > r.left() {
		r.fail()
		return column
	}
	text, begin := unsafe.String(unsafe.SliceData(r.part), len(r.part)), r.at
	r.at += total
	for i := range column {
		end := begin + lengths.size()
		column[i], begin = text[begin:end], end
	}
	return column
}

// sets reads sets of n slots. Lists share one piece of memory.
func (r *reader) sets(sets []set, n int) {
	listed := make([]uint32, r.size())
	for i := range sets {
		size := r.number()
		if size >= fewest {
			sets[i].many = r.bitset(n)
			continue
		}
		if size > uint64(len(listed)) {
			r.fail()
			return
		}
		few, slot := listed[:size:size], uint64(0)
		for at := range few {
			distance := r.number()
			if slot += distance; slot >= uint64(n) || at > 0 && distance == 0 {
				r.fail()
				return
			}
			few[at] = uint32(slot)
		}
		sets[i].few, listed = few, listed[size:]
	}
}

// bitset reads a set of n slots.
func (r *reader) bitset(n int) bitset {
	words := make(bitset, min(r.size(), r.left()/8))
	for i := range words {
		words[i] = binary.LittleEndian.Uint64(r.part[r.at:])
		r.at += 8
	}
	if last := len(words) - 1; last < 0 || last*wordSize+bits.Len64(words[last]) > n {
		r.fail()
	}
	return words
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

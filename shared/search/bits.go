package search

import "math/bits"

// bitset is a set of slots. It is only as long as its highest slot needs.
type bitset []uint64

const wordSize = 64

func (b *bitset) add(slot int) {
	for len(*b) <= slot/wordSize {
		*b = append(*b, 0)
	}
	(*b)[slot/wordSize] |= 1 << (slot % wordSize)
}

func (b bitset) remove(slot int) { b[slot/wordSize] &^= 1 << (slot % wordSize) }

func (b bitset) has(slot int) bool {
	return slot/wordSize < len(b) && b[slot/wordSize]&(1<<(slot%wordSize)) != 0
}

// unite adds the slots of other.
func (b *bitset) unite(other bitset) {
	for len(*b) < len(other) {
		*b = append(*b, 0)
	}
	for i, word := range other {
		(*b)[i] |= word
	}
}

// intersect keeps the slots that are in other too.
func (b *bitset) intersect(other bitset) {
	*b = (*b)[:min(len(*b), len(other))]
	for i := range *b {
		(*b)[i] &= other[i]
	}
}

func (b bitset) count() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// countWith returns the size of the intersection with other.
func (b bitset) countWith(other bitset) int {
	n := 0
	for i := range min(len(b), len(other)) {
		n += bits.OnesCount64(b[i] & other[i])
	}
	return n
}

// all yields the slots in rising order. The slot that was just yielded may be removed.
func (b bitset) all(yield func(slot int) bool) {
	for i := range b {
		for word := b[i]; word != 0; word &= word - 1 {
			if !yield(i*wordSize + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

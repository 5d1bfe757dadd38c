package search

import (
	"math/bits"
	"slices"
)

// bitset is a set of slots. It is only as long as its highest slot needs.
type bitset []uint64

const wordSize = 64

func (b *bitset) add(slot uint32) {
	if need := int(slot/wordSize) + 1; need > len(*b) {
		*b = append(*b, make(bitset, need-len(*b))...)
	}
	(*b)[slot/wordSize] |= 1 << (slot % wordSize)
}

func (b bitset) remove(slot uint32) {
	if b.has(slot) {
		b[slot/wordSize] &^= 1 << (slot % wordSize)
	}
}

func (b bitset) has(slot uint32) bool {
	return int(slot/wordSize) < len(b) && b[slot/wordSize]&(1<<(slot%wordSize)) != 0
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
	other = other[:min(len(b), len(other))]
	for i, word := range other {
		n += bits.OnesCount64(b[i] & word)
	}
	return n
}

// all yields the slots in rising order.
func (b bitset) all(yield func(slot uint32) bool) {
	for i := range b {
		for word := b[i]; word != 0; word &= word - 1 {
			if !yield(uint32(i*wordSize + bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}

// set is the slots that have one value: a list in rising order while they are few, as of the people of one organisation, and
// a bitset beyond.
type set struct {
	few  []uint32
	many bitset
}

// fewest is the size from which a set is a bitset.
const fewest = 256

func (s *set) add(slot uint32) {
	if s.many != nil {
		s.many.add(slot)
		return
	}
	at, there := slices.BinarySearch(s.few, slot)
	if there {
		return
	}
	s.few = slices.Insert(s.few, at, slot)
	if len(s.few) < fewest {
		return
	}
	for _, one := range s.few {
		s.many.add(one)
	}
	s.few = nil
}

func (s *set) remove(slot uint32) {
	s.many.remove(slot)
	if at, there := slices.BinarySearch(s.few, slot); there {
		s.few = slices.Delete(s.few, at, at+1)
	}
}

func (s *set) has(slot uint32) bool {
	if s.many != nil {
		return s.many.has(slot)
	}
	_, there := slices.BinarySearch(s.few, slot)
	return there
}

// all yields the slots in rising order.
func (s *set) all(yield func(slot uint32) bool) {
	for _, slot := range s.few {
		if !yield(slot) {
			return
		}
	}
	s.many.all(yield)
}

// addTo adds the slots of the set to the bitset.
func (s *set) addTo(b *bitset) {
	for _, slot := range s.few {
		b.add(slot)
	}
	if short := len(s.many) - len(*b); short > 0 {
		*b = append(*b, make(bitset, short)...)
	}
	for i, word := range s.many {
		(*b)[i] |= word
	}
}

// addAll adds the slots of another set.
func (s *set) addAll(other *set) {
	if s.many == nil && other.many == nil && len(s.few)+len(other.few) < fewest {
		for _, slot := range other.few {
			s.add(slot)
		}
		return
	}
	if s.many == nil {
		s.many = bitset{}
		for _, slot := range s.few {
			s.many.add(slot)
		}
		s.few = nil
	}
	other.addTo(&s.many)
}

// countWith returns how many slots of the set are in the bitset.
func (s *set) countWith(b bitset) int {
	n := s.many.countWith(b)
	for _, slot := range s.few {
		if b.has(slot) {
			n++
		}
	}
	return n
}

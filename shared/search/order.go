package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// order is the slots in the order of names: by collation key, then by id.
type order struct {
	slots  []uint32
	ranks  []uint32 // where each slot stands in slots
	moved  bitset   // slots that came, went or were renamed since they were arranged
	keys   []string // of names, by slot; "" where it has not been needed yet
	making *keyMaker
}

// keyMaker makes collation keys of no one language, by the Unicode collation algorithm. A collator is for one at a time.
type keyMaker struct {
	mu       sync.Mutex
	collator *collate.Collator
	buffer   collate.Buffer
}

func newOrder() order { return order{making: &keyMaker{collator: collate.New(language.Und)}} }

func (k *keyMaker) key(name string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.buffer.Reset()
	return string(k.collator.KeyFromString(&k.buffer, name))
}

// move says that the slot no longer stands where it did.
func (o *order) move(slot uint32) {
	o.moved.add(slot)
	if int(slot) < len(o.keys) {
		o.keys[slot] = ""
	}
}

// key returns the collation key of the name in the slot.
func (o *order) key(x *Index, slot uint32) string {
	if int(slot) < len(o.keys) && o.keys[slot] != "" {
		return o.keys[slot]
	}
	return o.making.key(x.columns.texts[nameText][slot])
}

// arrange puts the slots that moved where they belong: those that did not are in order already, so only the others are
// sorted, and merged in.
func (o *order) arrange(x *Index) {
	if o.moved.count() == 0 {
		return
	}
	o.keys = append(o.keys, make([]string, len(x.columns.ids)-len(o.keys))...)
	standing := slices.DeleteFunc(o.slots, o.moved.has)
	var moved []uint32
	for slot := range o.moved.all {
		if x.live.has(slot) {
			o.keys[slot] = o.key(x, slot)
			moved = append(moved, slot)
		}
	}
	o.moved = nil
	slices.SortFunc(moved, func(a, b uint32) int {
		return cmp.Or(strings.Compare(o.keys[a], o.keys[b]), strings.Compare(x.columns.ids[a], x.columns.ids[b]))
	})
	o.slots = merge(standing, moved, func(a, b uint32) int { return o.compare(x, a, o.key(x, b), x.columns.ids[b]) })
	o.rank(len(x.columns.ids))
}

func (o *order) rank(size int) {
	o.ranks = append(o.ranks, make([]uint32, size-len(o.ranks))...)
	for rank, slot := range o.slots {
		o.ranks[slot] = uint32(rank)
	}
}

// compare says how the slot stands to a key and an id.
func (o *order) compare(x *Index, slot uint32, key, id string) int {
	return cmp.Or(strings.Compare(o.key(x, slot), key), strings.Compare(x.columns.ids[slot], id))
}

// behind returns the first rank that is behind a name and an id.
func (o *order) behind(x *Index, key, id string) uint32 {
	rank, exact := slices.BinarySearchFunc(o.slots, id, func(slot uint32, id string) int { return o.compare(x, slot, key, id) })
	if exact {
		rank++
	}
	return uint32(rank)
}

// merge returns two sorted lists as one.
func merge(standing, moved []uint32, compare func(a, b uint32) int) []uint32 {
	merged := make([]uint32, 0, len(standing)+len(moved))
	for _, one := range moved {
		n, _ := slices.BinarySearchFunc(standing, one, compare)
		merged = append(append(merged, standing[:n]...), one)
		standing = standing[n:]
	}
	return append(merged, standing...)
}

package search

import (
	"sync"

	"csdn.example/directory/shared/csdn"
)

// Index holds the cards of one subject. It is safe for concurrent use. Make one with New.
type Index struct {
	mu       sync.RWMutex
	slots    map[string]uint32       // of the cards that are there, by id; nil after a loading until there is news
	gone     map[string]csdn.Version // of those removed: the tombstones
	columns  columns
	rest     reader   // of a snapshot: what each card names, of which columns are made when they are first wanted
	free     []uint32 // slots to be used again
	live     bitset
	terms    dictionary
	names    order
	lexicon  *lexicon // nil until words are first asked for: most searches ask for none
	scorings sync.Pool
}

// columns are the properties of cards, by slot.
type columns struct {
	ids      []string
	versions []csdn.Version
	texts    [][]string // by field: of names alone when loaded without texts
	codes    [][]uint32 // the terms that the card itself names, in their order
	merits   [][]uint32 // of the areas among them, in their order; only as long as there are any
}

// The texts of cards, as fields of columns.
const (
	nameText = iota
	shortNameText
	positionText
	missionText
	textFields
)

// New returns an empty index.
func New() *Index {
	return &Index{
		slots: map[string]uint32{}, gone: map[string]csdn.Version{}, terms: newDictionary(), names: newOrder(),
		columns: columns{texts: make([][]string, textFields)},
	}
}

// Len returns how many cards there are.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.names.slots)
}

// Apply tells the index cards. It may be told the same card again and older versions after newer ones: the highest version
// counts. A removed card leaves its id and version alone, so that an older version told later does not bring it back. Apply returns
// whether it was told anything new.
func (x *Index) Apply(cards ...csdn.Card) (news bool) {
	if len(cards) == 0 {
		return false // nor is anything made that the cards would need
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.locate()
	x.detail()
	for _, card := range cards {
		slot, there := x.slots[card.ID]
		if there && x.columns.versions[slot] >= card.Version {
			continue
		}
		if version, removed := x.gone[card.ID]; removed && version >= card.Version {
			continue
		}
		news = true
		if there {
			x.clear(slot)
		}
		if card.Removed {
			x.gone[card.ID] = card.Version
			x.release(card.ID)
			continue
		}
		delete(x.gone, card.ID)
		x.put(card)
	}
	x.names.arrange(x)
	return news
}

// locate makes the slots of the cards known by id.
func (x *Index) locate() {
	if x.slots != nil {
		return
	}
	x.slots = make(map[string]uint32, len(x.names.slots))
	for _, slot := range x.names.slots {
		x.slots[x.columns.ids[slot]] = slot
	}
}

// clear takes what the card in the slot is found by out of every set.
func (x *Index) clear(slot uint32) {
	x.terms.unlist(slot, x.columns.codes[slot])
	if x.lexicon != nil {
		x.lexicon.remove(x, slot)
	}
}

func (x *Index) put(card csdn.Card) {
	slot, there := x.slots[card.ID]
	if !there {
		slot = x.vacancy()
		x.slots[card.ID] = slot
		x.live.add(slot)
	}
	c := &x.columns
	if !there || c.texts[nameText][slot] != card.Name {
		x.names.move(slot)
	}
	c.ids[slot], c.versions[slot] = card.ID, card.Version
	texts := [textFields]string{nameText: card.Name, shortNameText: card.ShortName, positionText: card.Position, missionText: card.Mission}
	for field := range c.texts {
		c.texts[field][slot] = texts[field]
	}
	codes := c.codes[slot][:0]
	for _, t := range direct(card) {
		codes = append(codes, x.terms.code(t))
	}
	c.codes[slot] = codes
	c.appraise(slot, card, x.terms.terms)
	x.terms.list(slot, codes)
	if x.lexicon != nil {
		x.lexicon.add(x, slot)
	}
}

// release frees the slot of a card that goes, and forgets what it held.
func (x *Index) release(id string) {
	slot, there := x.slots[id]
	if !there {
		return
	}
	delete(x.slots, id)
	x.live.remove(slot)
	x.names.move(slot)
	x.free = append(x.free, slot)
	x.columns.set(slot, "", 0, nil)
}

func (c *columns) set(slot uint32, id string, version csdn.Version, codes []uint32) {
	c.ids[slot], c.versions[slot], c.codes[slot] = id, version, codes
	if int(slot) < len(c.merits) {
		c.merits[slot] = nil
	}
	for field := range c.texts {
		c.texts[field][slot] = ""
	}
}

func (x *Index) vacancy() uint32 {
	if last := len(x.free) - 1; last >= 0 {
		slot := x.free[last]
		x.free = x.free[:last]
		return slot
	}
	c := &x.columns
	c.ids, c.versions, c.codes = append(c.ids, ""), append(c.versions, 0), append(c.codes, nil)
	for field := range c.texts {
		c.texts[field] = append(c.texts[field], "")
	}
	return uint32(len(c.ids) - 1)
}

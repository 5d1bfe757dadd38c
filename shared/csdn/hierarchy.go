package csdn

import "slices"

// Hierarchy is how the areas of a vocabulary stand to each other, for whoever asks of many.
type Hierarchy struct {
	successors map[AreaSlug]AreaSlug
	equals     map[AreaSlug][]AreaSlug // by successor, which is among them
	below      map[AreaSlug][]AreaSlug
}

// Hierarchy returns how the areas stand to each other.
func (v Vocabulary) Hierarchy() Hierarchy {
	h := Hierarchy{
		successors: make(map[AreaSlug]AreaSlug, len(v)), equals: make(map[AreaSlug][]AreaSlug, len(v)), below: map[AreaSlug][]AreaSlug{},
	}
	for slug, area := range v {
		successor := slug
		if area.ReplacedBy != "" {
			successor = v.Successor(slug)
		}
		h.successors[slug] = successor
		h.equals[successor] = append(h.equals[successor], slug)
		for _, broader := range area.Broader {
			h.below[broader] = append(h.below[broader], slug)
		}
	}
	return h
}

func (h Hierarchy) successor(slug AreaSlug) AreaSlug {
	if successor, known := h.successors[slug]; known {
		return successor
	}
	return slug
}

// Equals is that of Vocabulary.
func (h Hierarchy) Equals(slug AreaSlug) []AreaSlug {
	found := []AreaSlug{h.successor(slug)}
	for _, equal := range h.equals[found[0]] {
		if equal != found[0] {
			found = append(found, equal)
		}
	}
	slices.Sort(found[1:])
	return found
}

// Narrower is that of Vocabulary.
func (h Hierarchy) Narrower(slug AreaSlug) []AreaSlug {
	found, seen := []AreaSlug{slug}, map[AreaSlug]bool{slug: true}
	for i := 0; i < len(found); i++ {
		for _, near := range [][]AreaSlug{h.equals[h.successor(found[i])], h.below[found[i]]} {
			for _, area := range near {
				if !seen[area] {
					seen[area] = true
					found = append(found, area)
				}
			}
		}
	}
	slices.Sort(found[1:])
	return found
}

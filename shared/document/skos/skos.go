package skos

import (
	"cmp"
	"maps"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// Scheme writes the vocabulary. Home is the address at which it can be read, without a slash at the end; each area is one
// segment below it.
type Scheme struct{ Home string }

// The vocabularies whose terms are used.
var prefixes = [][2]string{
	{"dcterms", "http://purl.org/dc/terms/"},
	{"owl", "http://www.w3.org/2002/07/owl#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// scheme is a skos:ConceptScheme.
type scheme struct {
	ID            string            `json:"id"`
	Type          string            `json:"type"`
	Title         map[string]string `json:"title"`
	HasTopConcept []string          `json:"hasTopConcept,omitempty"`
}

// concept is a skos:Concept. Alternative labels and definitions are in whatever language they are, which nobody has told.
type concept struct {
	ID           string            `json:"id"`
	Type         string            `json:"type"`
	InScheme     string            `json:"inScheme"`
	TopConceptOf string            `json:"topConceptOf,omitempty"`
	PrefLabel    map[string]string `json:"prefLabel"`
	AltLabel     []string          `json:"altLabel,omitempty"`
	Definition   string            `json:"definition,omitempty"`
	Broader      []string          `json:"broader,omitempty"`
	Narrower     []string          `json:"narrower,omitempty"`
	IsReplacedBy string            `json:"isReplacedBy,omitempty"`
	Deprecated   bool              `json:"deprecated,omitempty"`
}

// address returns the address of an area, which is the name of its concept.
func (s Scheme) address(slug csdn.AreaSlug) string { return s.Home + "/" + string(slug) }

func (s Scheme) addresses(slugs []csdn.AreaSlug) []string {
	list := make([]string, len(slugs))
	for i, slug := range slugs {
		list[i] = s.address(slug)
	}
	return list
}

// isTop reports whether an area is where one begins to look: below no other, and offered.
func isTop(a csdn.Area) bool { return len(a.Broader) == 0 && !a.Retired }

// describe returns the scheme, and its concepts in the order of slugs.
func (s Scheme) describe(areas []csdn.Area) (scheme, []concept) {
	whole := scheme{ID: s.Home, Type: "skos:ConceptScheme", Title: map[string]string{
		"en": "Areas of expertise of the Civil Society Dialogue Network",
		"fr": "Domaines d’expertise du Réseau de dialogue avec la société civile",
	}}
	areas = slices.SortedFunc(slices.Values(areas), func(a, b csdn.Area) int { return cmp.Compare(a.Slug, b.Slug) })
	narrower := map[csdn.AreaSlug][]csdn.AreaSlug{}
	for _, a := range areas {
		for _, broader := range a.Broader {
			narrower[broader] = append(narrower[broader], a.Slug)
		}
	}
	concepts := make([]concept, len(areas))
	for i, a := range areas {
		concepts[i] = concept{
			ID: s.address(a.Slug), Type: "skos:Concept", InScheme: s.Home,
			PrefLabel: map[string]string{"en": a.LabelEN, "fr": a.LabelFR}, AltLabel: a.AltLabels, Definition: a.Definition,
			Broader: s.addresses(a.Broader), Narrower: s.addresses(narrower[a.Slug]), Deprecated: a.Retired,
		}
		if a.ReplacedBy != "" {
			concepts[i].IsReplacedBy = s.address(a.ReplacedBy)
		}
		if isTop(a) {
			concepts[i].TopConceptOf = s.Home
			whole.HasTopConcept = append(whole.HasTopConcept, concepts[i].ID)
		}
	}
	return whole, concepts
}

// only returns the concept of one area among those of all.
func (s Scheme) only(slug csdn.AreaSlug, concepts []concept) []concept {
	return slices.DeleteFunc(concepts, func(c concept) bool { return c.ID != s.address(slug) })
}

// languages returns the languages of a text in their order.
func languages(text map[string]string) []string { return slices.Sorted(maps.Keys(text)) }

package site

import (
	"net/http"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// areaTree is the vocabulary as it lies: what is broader holds what is narrower.
type areaTree struct{ Areas []areaNode }

type areaNode struct {
	Slug             string
	Text, Definition string
	Narrower         []areaNode
	Organisations    string // who works on it
	People           string // "" where the member may not see people
}

func (s *site) areas(w http.ResponseWriter, r *http.Request, v visit) error {
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "areas", areaTree{Areas: known.tree(v, "", nil)})
}

// tree returns what lies directly below the area, all that lies below nothing for "". above are the areas on the way down, so that a
// circle ends.
func (l labels) tree(v visit, broader csdn.AreaSlug, above []csdn.AreaSlug) []areaNode {
	var nodes []areaNode
	for _, a := range l.areas {
		top := broader == "" && len(a.Broader) == 0
		if a.Retired || !top && !slices.Contains(a.Broader, broader) || slices.Contains(above, a.Slug) {
			continue
		}
		node := areaNode{
			Slug: string(a.Slug), Text: a.LabelEN, Definition: a.Definition, Narrower: l.tree(v, a.Slug, append(slices.Clip(above), a.Slug)),
			Organisations: "/organisations?area=" + string(a.Slug),
		}
		if v.may("person.read", true) {
			node.People = "/people?area=" + string(a.Slug)
		}
		nodes = append(nodes, node)
	}
	slices.SortFunc(nodes, func(a, b areaNode) int { return strings.Compare(a.Text, b.Text) })
	return nodes
}

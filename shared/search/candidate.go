package search

import "csdn.example/directory/shared/csdn"

// Candidate is what is known of a card that matches, for whoever chooses among all of them.
type Candidate struct {
	ID           string
	Version      csdn.Version
	Areas        []csdn.AreaSlug
	Countries    []csdn.Country // where the subject is based, and works
	Languages    []csdn.Language
	Type         string // an organisation's type or a person's category
	Organisation csdn.OrganisationID
}

// Each yields every card that matches, in the order of names. Limit, After and Count of the query do not count. The index must
// not be told anything meanwhile.
func (x *Index) Each(q Query, yield func(Candidate) bool) {
	wanted := newFolder().asked(q.Text)
	x.lock(len(wanted) > 0)
	defer x.mu.RUnlock()
	match, _, done := x.match(q, wanted)
	defer done()
	for _, slot := range x.names.slots {
		if match.has(slot) && !yield(x.candidate(slot)) {
			return
		}
	}
}

func (x *Index) candidate(slot uint32) Candidate {
	c := Candidate{ID: x.columns.ids[slot], Version: x.columns.versions[slot]}
	for _, code := range x.columns.codes[slot] {
		switch t := x.terms.terms[code]; t.Facet {
		case Area:
			c.Areas = append(c.Areas, csdn.AreaSlug(t.Value))
		case Country:
			c.Countries = append(c.Countries, csdn.Country(t.Value))
		case Language:
			c.Languages = append(c.Languages, csdn.Language(t.Value))
		case Type:
			c.Type = t.Value
		case Organisation:
			c.Organisation = csdn.OrganisationID(t.Value)
		}
	}
	return c
}

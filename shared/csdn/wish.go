package csdn

import (
	"slices"
	"strconv"
)

// Wish is what a planner asks of a shortlist. The zero values are no limits, but for the defaults that Settle sets.
type Wish struct {
	Size            int
	Category        Category
	PerOrganisation int
	Country         Country
	Region          Region
	Language        Language
	Exclude         []PersonID
	Instead         PersonID // whose place is to be filled
}

// The defaults and limits of shortlists. A seminar's table is not filled by one organisation: two of it can be of use, on
// different areas.
const (
	MaximumShortlist       = 50
	defaultSubstitutes     = 5
	defaultPerOrganisation = 2
)

// Settle returns the wish with its defaults, for a meeting with the invitations. Civil society is looked for unless another category is
// named; for the place of somebody, that person's. Invalid with every broken rule; Conflict for a place that is not given
// up, or for which somebody waits.
func (w Wish) Settle(m Meeting, invitations []Invitation) (Wish, error) {
	if w.Instead != "" {
		given, err := vacancy(m, invitations, w.Instead)
		if err != nil {
			return w, err
		}
		if w.Category == "" {
			w.Category = given.Category
		}
		if w.Size == 0 {
			w.Size = defaultSubstitutes
		}
	}
	if w.Category == "" {
		w.Category = CivilSociety
	}
	if w.PerOrganisation == 0 {
		w.PerOrganisation = defaultPerOrganisation
	}
	return w, w.validate()
}

// vacancy returns the invitation whose place is given up.
func vacancy(m Meeting, invitations []Invitation, person PersonID) (Invitation, error) {
	place := slices.IndexFunc(invitations, func(i Invitation) bool { return i.Person == person })
	if place < 0 {
		var v violations
		v.add("instead", "is nobody who is invited to this meeting")
		return Invitation{}, v.err("The shortlist")
	}
	given := invitations[place]
	if given.Active() {
		return given, Errorf(Conflict, "That invitation is %s: its place is not given up.", given.Status)
	}
	for _, i := range invitations {
		if i.Status == Reserved && i.Category == given.Category && i.Mode == given.Mode {
			return given, Errorf(Conflict, "Somebody waits in the reserve for that place, and goes first.")
		}
	}
	return given, nil
}

func (w Wish) validate() error {
	var v violations
	if w.Size < 1 || w.Size > MaximumShortlist {
		v.add("size", "is not a number from 1 to %d", MaximumShortlist)
	}
	if w.PerOrganisation < 1 || w.PerOrganisation > MaximumShortlist {
		v.add("maxPerOrganisation", "is not a number from 1 to %d", MaximumShortlist)
	}
	choice(&v, "category", w.Category, Categories())
	v.country("country", w.Country, false)
	if w.Region != "" && !w.Region.Valid() {
		v.add("region", "is not a region code of UN M49, such as 011")
	}
	if w.Language != "" {
		v.language("language", w.Language)
	}
	v.count("exclude", len(w.Exclude), 1000)
	for n, id := range w.Exclude {
		if !ValidID(string(id)) {
			v.add("exclude["+strconv.Itoa(n)+"]", "is not the id of a person")
		}
	}
	return v.err("The shortlist")
}

// Suits reports whether the candidate is one of those wished for. A language is also met by a longer tag of it: fr by fr-CA.
func (w Wish) Suits(c Candidate) bool {
	if c.Category != w.Category || c.Person == w.Instead || slices.Contains(w.Exclude, c.Person) {
		return false
	}
	if w.Country != "" && !slices.Contains(c.Countries, w.Country) {
		return false
	}
	if w.Region != "" && !slices.ContainsFunc(c.Countries, func(country Country) bool { return slices.Contains(country.Regions(), w.Region) }) {
		return false
	}
	return w.Language == "" || slices.ContainsFunc(c.Languages, func(l Language) bool { return l.Within(w.Language) })
}

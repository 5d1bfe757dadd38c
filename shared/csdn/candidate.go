package csdn

import (
	"slices"
	"strings"
	"time"
)

// Merit is what makes a claim of expertise weigh. The merits of a card are in the order of its areas.
type Merit struct {
	Expert      bool
	Evident     bool      // there is a publication or project to show for it
	ConfirmedAt time.Time // to the day
}

// Level returns the level of the claim.
func (m Merit) Level() ExpertiseLevel {
	if m.Expert {
		return "expert"
	}
	return "works-on"
}

// staleMonths is how old a confirmation is that counts no longer.
const staleMonths = 18

func (m Merit) fresh(at time.Time) bool {
	return !m.ConfirmedAt.IsZero() && m.ConfirmedAt.AddDate(0, staleMonths, 0).After(at)
}

// weight is what the claim counts, up to 1.
func (m Merit) weight(at time.Time) float64 {
	w := 1.0
	if !m.Expert {
		w *= 0.4
	}
	if !m.Evident {
		w *= 0.8
	}
	if !m.fresh(at) {
		w *= 0.6
	}
	return w
}

// Rest is how long somebody has not been invited, in the few steps that a planner may know: numbers would tell who sat at other
// tables.
type Rest int

// The steps of rest.
const (
	Recent       Rest = iota // invited in this phase and within two years
	AnotherPhase             // not in this phase
	TwoYears                 // not for two years
	Never
)

// Candidate is who can be put on a shortlist.
type Candidate struct {
	Person       PersonID
	Organisation OrganisationID
	Category     Category
	Countries    []Country // where the person lives, and that the person knows
	Languages    []Language
	Areas        []AreaSlug
	Merits       []Merit // in the order of Areas
	Rest         Rest
	MembersRest  Rest // of the organisation
	Invited      int  // how often, to tell equals apart
}

// Candidate returns the person of the card as a candidate: with countries, languages and areas in the order of their codes, in whichever
// the profile has them, as a search gives them.
func (c Card) Candidate() Candidate {
	candidate := Candidate{
		Person: PersonID(c.ID), Organisation: c.Organisation, Category: Category(c.Type),
		Countries: slices.Sorted(slices.Values(places(c.Country, c.Countries))), Languages: slices.Sorted(slices.Values(c.Languages)),
	}
	order := make([]int, len(c.Areas))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(string(c.Areas[a]), string(c.Areas[b])) })
	for _, n := range order {
		candidate.Areas = append(candidate.Areas, c.Areas[n])
		if n < len(c.Merits) {
			candidate.Merits = append(candidate.Merits, c.Merits[n])
		}
	}
	return candidate
}

// Same reports whether two candidates bring the same.
func (c Candidate) Same(other Candidate) bool {
	return c.Organisation == other.Organisation && c.Category == other.Category && slices.Equal(c.Countries, other.Countries) &&
		slices.Equal(c.Languages, other.Languages) && slices.Equal(c.Areas, other.Areas) && slices.Equal(c.Merits, other.Merits)
}

// places returns the country where somebody lives, if it is known, and then the others that the person knows.
func places(home Country, known []Country) []Country {
	if home == "" {
		return known
	}
	others := slices.DeleteFunc(slices.Clone(known), func(c Country) bool { return c == home })
	return append([]Country{home}, others...)
}

package csdn

import (
	"context"
	"slices"
	"time"
)

// mergedPerson is a profile as a merger sees it: consent is one thing, whose basis, date and source are of one record.
type mergedPerson struct{ PersonProfile }

// Facts returns the profile as a merger compares it.
func (p mergedPerson) Facts() []Fact {
	consent := string(p.Consent.Basis) + ", " + instantText(p.Consent.GivenAt)
	if p.Consent.Source != "" {
		consent += ", " + p.Consent.Source
	}
	return append(p.PersonProfile.Facts(), Fact{"consent", consent})
}

// settledFields are those for which the stricter of two records counts, whatever anybody chooses.
func settledFields() []mergerField[mergedPerson] {
	return []mergerField[mergedPerson]{valueField("safety", func(p *mergedPerson) *Safety { return &p.Safety })}
}

func mergedPersonFields() []mergerField[mergedPerson] {
	type profile = mergedPerson
	return []mergerField[profile]{
		valueField("name", func(p *profile) *string { return &p.Name }),
		valueField("email", func(p *profile) *string { return &p.Email }),
		valueField("organisation", func(p *profile) *OrganisationID { return &p.Organisation }),
		valueField("position", func(p *profile) *string { return &p.Position }),
		valueField("country", func(p *profile) *Country { return &p.Country }),
		listField("countries", func(p *profile) *[]Country { return &p.Countries }),
		listField("languages", func(p *profile) *[]Language { return &p.Languages }),
		areasField(func(p *profile) *[]Expertise { return &p.Areas }),
		valueField("biography", func(p *profile) *string { return &p.Biography }),
		valueField("timezone", func(p *profile) *Zone { return &p.Zone }),
		valueField("preferredLanguage", func(p *profile) *Language { return &p.PreferredLanguage }),
		valueField("category", func(p *profile) *Category { return &p.Category }),
		valueField("alias", func(p *profile) *string { return &p.Alias }),
		valueField("consent", func(p *profile) *Consent { return &p.Consent }),
		valueField("gender", func(p *profile) *string { return &p.Gender }),
	}
}

// Blend returns the person with the fields taken from another record of the same person, or joined with it; see Merger. Nobody is
// endangered by it: the stricter safety counts, an alias is the name of neither, and data that either record holds on the
// person's own consent stay on that. Invalid for what is no such field, and for lists that get too long.
func (p Person) Blend(from Person, take, join []string) (Person, error) {
	blend, err := blended(mergedPersonFields(), mergedPerson{p.PersonProfile}, mergedPerson{from.PersonProfile}, take, join)
	if err != nil {
		return p, err
	}
	after := p
	after.PersonProfile = blend.PersonProfile
	if levels := SafetyLevels(); slices.Index(levels, from.Safety) > slices.Index(levels, after.Safety) {
		after.Safety = from.Safety
	}
	if after.Alias == p.Name || after.Alias == from.Name {
		after.Alias = ""
	}
	for _, held := range []Consent{from.Consent, p.Consent} {
		if after.Consent.Basis != OwnConsent && held.Basis == OwnConsent {
			after.Consent = held
		}
	}
	if slices.Contains(take, "email") {
		after.Undeliverable = from.Undeliverable
	}
	if slices.Contains(take, "organisation") {
		after.Derived, after.MovedBy = from.Derived, from.MovedBy
	}
	after.PersonProfile = after.PersonProfile.Clean()
	return after, after.Validate()
}

// Unblend returns the person with the fields as they were before the merger, which made of them what merged says, and the names of
// those that somebody has changed since, which stay.
func (p Person) Unblend(merged, before Person) (Person, []string) {
	fields := append(mergedPersonFields(), settledFields()...)
	names := make([]string, len(fields))
	for n, f := range fields {
		names[n] = f.name
	}
	was, made := mergedPerson{before.PersonProfile}, mergedPerson{merged.PersonProfile}
	parted, left := unblended(fields, mergedPerson{p.PersonProfile}, made, was, names)
	altered := Compare(was.Facts(), made.Facts())
	left = slices.DeleteFunc(left, func(name string) bool {
		return !slices.ContainsFunc(altered, func(c Comparison) bool { return c.Field == name })
	})
	after := p
	after.PersonProfile, after.OtherNames = parted.PersonProfile, before.OtherNames
	if after.Email == before.Email {
		after.Undeliverable = before.Undeliverable
	}
	if after.Organisation == before.Organisation {
		after.Derived, after.MovedBy = before.Derived, before.MovedBy
	}
	return after, left
}

// Differing returns the fields in which another record differs, as a merger can treat them.
func (p Person) Differing(absorb Person) []MergerField {
	return differing(mergedPersonFields(), mergedPerson{p.PersonProfile}, mergedPerson{absorb.PersonProfile})
}

// Holding returns the person with the addresses of another to spare until then, besides those that either held already.
func (p Person) Holding(before, other Person, until time.Time) Person {
	all := append(slices.Concat(before.Spare, other.Spare), Spare{before.Email, until}, Spare{other.Email, until})
	p.Spare = nil
	for _, s := range all {
		at := slices.IndexFunc(p.Spare, func(k Spare) bool { return k.Email == s.Email })
		switch {
		case at < 0:
			p.Spare = append(p.Spare, s)
		case s.Until.After(p.Spare[at].Until):
			p.Spare[at].Until = s.Until
		}
	}
	return p
}

// Known returns the person with the other names under which one is known whose records were these: whatever protects somebody from being
// named has to know them all.
func (p Person) Known(before, other Person) Person {
	names := slices.Concat(before.OtherNames, other.OtherNames, []string{before.Name, other.Name})
	p.OtherNames = nil
	for _, name := range names {
		if name != p.Name && !slices.Contains(p.OtherNames, name) {
			p.OtherNames = append(p.OtherNames, name)
		}
	}
	return p
}

// Addresses returns every address that the person holds.
func (p Person) Addresses() []string {
	var all []string
	if p.Email != "" {
		all = append(all, p.Email)
	}
	for _, s := range p.Spare {
		if s.Email != p.Email {
			all = append(all, s.Email)
		}
	}
	return all
}

// PersonMerging is what becomes of two people at the beginning of a merger, when nothing is left of Absorb but what leads to Keep, and
// at that of its undoing.
type PersonMerging struct {
	KeepBefore, Keep         Person
	AbsorbBefore, Absorb     Person // of version alone where it has gone
	KeepChange, AbsorbChange Change
}

// PersonMergerStore keeps what mergers of people make of them.
type PersonMergerStore interface {
	PlaceStore
	// MergePeople writes both people at their new versions, with their addresses, and what is needed to undo that, in one transaction, or
	// takes that away again; whoever searches for people begins anew. Stale when one is no longer as before.
	MergePeople(ctx context.Context, m Merger, p PersonMerging) error
	// PeopleBefore returns both people as they were before the merger. NotFound when they are kept no longer.
	PeopleBefore(ctx context.Context, m Merger) (keep, absorb Person, err error)
	// ReleasePeople takes back that the merger is at work on its people, and leaves their versions as they are: nobody writes them while
	// it is.
	ReleasePeople(ctx context.Context, m Merger) error
	// ExpirePeople removes what was needed to undo a merger: the people before it, the places' invitations that made way, and the
	// addresses that the person held before and holds no longer after. The version stays. Stale when that is another by now.
	ExpirePeople(ctx context.Context, m Merger, places []Place, before, after Person) error
	// PutTallies writes what became of two tallies; those of nobody are none. Stale when one is no longer as before.
	PutTallies(ctx context.Context, before, after [2]Guest) error
}

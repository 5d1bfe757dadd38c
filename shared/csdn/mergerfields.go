package csdn

import "slices"

// mergerField is one field of a profile that two records can be merged in.
type mergerField[P any] struct {
	name string
	// take lets the one say what the other says.
	take func(to *P, from P)
	// join lets the one say what both say; nil unless the field is a list.
	join func(to *P, from P)
}

// valueField is a field of one value.
func valueField[P, V any](name string, at func(*P) *V) mergerField[P] {
	return mergerField[P]{name: name, take: func(to *P, from P) { *at(to) = *at(&from) }}
}

// listField is a field of many, which are joined in the order of the two.
func listField[P any, V comparable](name string, at func(*P) *[]V) mergerField[P] {
	f := valueField(name, at)
	f.join = func(to *P, from P) {
		list := slices.Clone(*at(to))
		for _, one := range *at(&from) {
			if !slices.Contains(list, one) {
				list = append(list, one)
			}
		}
		*at(to) = list
	}
	return f
}

// areasField is the field of claims: who claims an area in both keeps the stronger claim.
func areasField[P any](at func(*P) *[]Expertise) mergerField[P] {
	f := valueField("areas", at)
	f.join = func(to *P, from P) {
		list := slices.Clone(*at(to))
		for _, e := range *at(&from) {
			n := slices.IndexFunc(list, func(k Expertise) bool { return k.Area == e.Area })
			if n < 0 {
				list = append(list, e)
				continue
			}
			list[n] = list[n].with(e)
		}
		*at(to) = list
	}
	return f
}

// blended returns the profile with the fields taken from another, or joined with it. Invalid for what is no such field, and for one
// that is to be taken and joined.
func blended[P any](fields []mergerField[P], p, from P, take, join []string) (P, error) {
	var v violations
	find := func(location, name string) (mergerField[P], bool) {
		n := slices.IndexFunc(fields, func(f mergerField[P]) bool { return f.name == name })
		if n < 0 {
			v.add(location, "names what is no field that can be taken from the other record")
			return mergerField[P]{}, false
		}
		return fields[n], true
	}
	for _, name := range take {
		if f, ok := find("take", name); ok {
			f.take(&p, from)
		}
	}
	for _, name := range join {
		f, ok := find("join", name)
		switch {
		case !ok:
		case f.join == nil:
			v.add("join", "names a field that is no list; take it from one of the two")
		case slices.Contains(take, name):
			v.add("join", "names a field that is to be taken too; choose one of the two")
		default:
			f.join(&p, from)
		}
	}
	return p, v.err("The merger")
}

// unblended returns the profile with those fields as they were before, that still say what the merger made of them, and the names of
// the others.
func unblended[P interface{ Facts() []Fact }](fields []mergerField[P], p, merged, before P, names []string) (P, []string) {
	var left []string
	changed := Differences(merged.Facts(), p.Facts())
	for _, f := range fields {
		switch {
		case !slices.Contains(names, f.name):
		case slices.ContainsFunc(changed, func(d Difference) bool { return d.Field == f.name }):
			left = append(left, f.name)
		default:
			f.take(&p, before)
		}
	}
	return p, left
}

// differing returns the fields in which two profiles differ, as a merger can treat them.
func differing[P interface{ Facts() []Fact }](fields []mergerField[P], keep, absorb P) []MergerField {
	var list []MergerField
	for _, c := range Compare(keep.Facts(), absorb.Facts()) {
		if n := slices.IndexFunc(fields, func(f mergerField[P]) bool { return f.name == c.Field }); n >= 0 {
			list = append(list, MergerField{Comparison: c, Joins: fields[n].join != nil})
		}
	}
	return list
}

func (p OrganisationProfile) mergerFields() []mergerField[OrganisationProfile] {
	type profile = OrganisationProfile
	return []mergerField[profile]{
		valueField("name", func(p *profile) *string { return &p.Name }),
		valueField("shortName", func(p *profile) *string { return &p.ShortName }),
		valueField("type", func(p *profile) *OrganisationType { return &p.Type }),
		valueField("mission", func(p *profile) *string { return &p.Mission }),
		valueField("website", func(p *profile) *string { return &p.Website }),
		valueField("email", func(p *profile) *string { return &p.Email }),
		valueField("country", func(p *profile) *Country { return &p.Country }),
		listField("regions", func(p *profile) *[]Region { return &p.Regions }),
		listField("countries", func(p *profile) *[]Country { return &p.Countries }),
		listField("languages", func(p *profile) *[]Language { return &p.Languages }),
		areasField(func(p *profile) *[]Expertise { return &p.Areas }),
		listField("phases", func(p *profile) *[]PhaseNumber { return &p.Phases }),
		listField("identifiers", func(p *profile) *[]Identifier { return &p.Identifiers }),
	}
}

// Blend returns the profile with the fields taken from another of the same organisation, or joined with it; see Merger. Invalid for
// what is no such field, and for lists that get too long.
func (p OrganisationProfile) Blend(from OrganisationProfile, take, join []string) (OrganisationProfile, error) {
	after, err := blended(p.mergerFields(), p, from, take, join)
	if err != nil {
		return p, err
	}
	after.Phases = cleanPhases(after.Phases)
	return after, after.Validate()
}

// Unblend returns the profile with the fields as they were before the merger, which made of them what merged says, and the names of
// those that somebody has changed since, which stay.
func (p OrganisationProfile) Unblend(merged, before OrganisationProfile, fields []string) (OrganisationProfile, []string) {
	return unblended(p.mergerFields(), p, merged, before, fields)
}

// Differing returns the fields in which another profile differs, as a merger can treat them.
func (p OrganisationProfile) Differing(absorb OrganisationProfile) []MergerField {
	return differing(p.mergerFields(), p, absorb)
}

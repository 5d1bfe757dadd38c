package directory

import (
	"slices"

	"csdn.example/directory/shared/csdn"
)

// match finds an organisation by its id, then by an identifier, then by its exact name with the country or website: those that it has, or
// that a record had which went into it.
func (n *organisationNames) match(stated csdn.Organisation) (present, former *entry[csdn.Organisation], wrong *misfit) {
	if stated.ID != "" {
		e, known := n.byID[stated.ID]
		if !known {
			return nil, nil, &misfit{"id", "is not the id of an organisation of the directory; leave it empty for a new one"}
		}
		return n.one([]*entry[csdn.Organisation]{e}, stated.Clean().Name)
	}
	clean := stated.Clean()
	var found []*entry[csdn.Organisation]
	for _, i := range clean.Identifiers {
		for _, e := range n.byIdentifier[i] {
			if slices.Contains(e.subject.Identifiers, i) {
				found = with(found, e)
			}
		}
	}
	if len(found) == 0 {
		for _, e := range n.byName[clean.Name] {
			o := e.subject
			alone := clean.Country == "" && clean.Website == ""
			if o.Name == clean.Name && (alone || clean.Country != "" && o.Country == clean.Country || clean.Website != "" && o.Website == clean.Website) {
				found = with(found, e)
			}
		}
	}
	return n.one(found, clean.Name)
}

// one returns the one organisation that the records found are of, and one of those records unless its own is among them. Of several the
// one counts that has the name.
func (n *organisationNames) one(found []*entry[csdn.Organisation], name string) (present, former *entry[csdn.Organisation], wrong *misfit) {
	var all []*entry[csdn.Organisation]
	for _, e := range found {
		all = with(all, n.present(e))
	}
	switch {
	case len(all) == 0:
		return nil, nil, nil
	case len(all) > 1:
		return nil, nil, &misfit{"", "names " + number(len(all)) + " organisations of the directory; give the id of the one that is meant"}
	}
	former = found[0]
	if slices.Contains(found, all[0]) {
		former = all[0]
	}
	for _, e := range found {
		if e.subject.Name == name && former.subject.Name != name {
			former = e
		}
	}
	if former == all[0] {
		former = nil
	}
	return all[0], former, nil
}

// present returns the organisation that a record is of: its own, or the one that it was merged into.
func (n *organisationNames) present(e *entry[csdn.Organisation]) *entry[csdn.Organisation] {
	for e.subject.MergedInto != "" {
		e = n.byID[e.subject.MergedInto]
	}
	return e
}

func unsaid(after, before csdn.Organisation, news []csdn.Difference) csdn.Organisation {
	var fields []string
	for _, f := range after.Differing(before.OrganisationProfile) {
		if !slices.ContainsFunc(news, func(d csdn.Difference) bool { return d.Field == f.Field }) {
			fields = append(fields, f.Field)
		}
	}
	kept, err := after.Blend(before.OrganisationProfile, fields, nil)
	if err != nil { // the row breaks a rule, of which it is told
		return after
	}
	after.OrganisationProfile = kept
	return after
}

package directory

import (
	"context"
	"errors"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// organisationMergers merges records of organisations.
type organisationMergers struct{ Mergers }

const (
	organisationMerged   csdn.Act = "organisation.merged"
	organisationUnmerged csdn.Act = "organisation.unmerged"
)

// changeable returns Conflict for an organisation that is not to be changed.
func changeable(o csdn.Organisation) error {
	switch {
	case o.Merging != "":
		return csdn.Errorf(csdn.Conflict, "The organisation is being merged; wait a minute or two until that is done.")
	case o.MergedInto != "":
		return csdn.Errorf(csdn.Conflict, "The organisation was merged into %s; change that one instead.", o.MergedInto)
	case o.Status == csdn.Archived:
		return csdn.Errorf(csdn.Conflict, "The organisation is archived, so it can no longer be changed.")
	}
	return nil
}

// standing returns an organisation, or the one that it was merged into, however often.
func standing(ctx context.Context, store csdn.OrganisationStore, id csdn.OrganisationID) (csdn.Organisation, error) {
	o, err := store.Organisation(ctx, id)
	for err == nil && o.MergedInto != "" {
		o, err = store.Organisation(ctx, o.MergedInto)
	}
	return o, err
}

// pair reads both organisations. Invalid when one of them is not there, Conflict when one is not to be merged: one that is archived
// can go, but not stay.
func (d organisationMergers) pair(ctx context.Context, keep, absorb string) (kept, absorbed csdn.Organisation, err error) {
	read := func(location, id string) (csdn.Organisation, error) {
		o, err := d.Organisations.Organisation(ctx, csdn.OrganisationID(id))
		if errors.Is(err, csdn.NotFound) {
			return o, misordered(location, "is not the id of an organisation of the directory")
		}
		return o, err
	}
	if kept, err = read("keep", keep); err != nil {
		return kept, absorbed, err
	}
	if absorbed, err = read("absorb", absorb); err != nil {
		return kept, absorbed, err
	}
	archived := absorbed
	if archived.MergedInto == "" {
		archived.Status = csdn.Active
	}
	return kept, absorbed, errors.Join(changeable(kept), changeable(archived))
}

func (d organisationMergers) compare(ctx context.Context, keep, absorb string) (csdn.Pair, error) {
	kept, absorbed, err := d.pair(ctx, keep, absorb)
	if err != nil {
		return csdn.Pair{}, err
	}
	p := csdn.Pair{
		Keep:   csdn.MergerSide{ID: keep, Name: kept.Name, Version: kept.Version},
		Absorb: csdn.MergerSide{ID: absorb, Name: absorbed.Name, Version: absorbed.Version},
		Fields: kept.Differing(absorbed.OrganisationProfile),
	}
	order := csdn.MergerOrder{Subject: csdn.Organisations, Keep: keep, Absorb: absorb}
	moves, err := d.moves(ctx, csdn.NewMerger("", order, "", d.Now()))
	p.References = csdn.References{}
	for _, m := range moves {
		p.References[m.kind]++
	}
	return p, err
}

func (d organisationMergers) start(ctx context.Context, caller csdn.Caller, o csdn.MergerOrder, m csdn.Merger) error {
	keep, absorb, err := d.pair(ctx, o.Keep, o.Absorb)
	if err != nil {
		return err
	}
	if err := errors.Join(matches(o.KeepVersion, keep.Version), matches(o.AbsorbVersion, absorb.Version)); err != nil {
		return err
	}
	kept, gone := keep, absorb
	if kept.OrganisationProfile, err = keep.Blend(absorb.OrganisationProfile, o.Take, o.Join); err != nil {
		return err
	}
	kept.Merging, kept.UpdatedAt, kept.Version = m.ID, m.StartedAt, keep.Version+1
	gone.Status, gone.MergedInto = csdn.Archived, keep.ID
	gone.Merging, gone.UpdatedAt, gone.Version = m.ID, m.StartedAt, absorb.Version+1
	return overtaken(d.Store.WriteMerger(ctx, m, func(ctx context.Context) error {
		return errors.Join(
			d.put(ctx, caller, organisationMerged, keep, kept, csdn.Difference{Field: "absorbed", After: o.Absorb}),
			d.put(ctx, caller, organisationMerged, absorb, gone, csdn.Difference{Field: "mergedInto", After: o.Keep}),
			d.Store.PutOrganisationsBefore(ctx, m, keep, absorb),
		)
	}))
}

// put writes an organisation, and in its trail what differs, with one more field.
func (d organisationMergers) put(ctx context.Context, by csdn.Caller, act csdn.Act, before, after csdn.Organisation, also csdn.Difference) error {
	fields := append(csdn.Differences(before.Facts(), after.Facts()), also)
	return d.Organisations.PutOrganisation(ctx, after, d.change(by, act, after.UpdatedAt, after.Version, fields))
}

func (d organisationMergers) undo(ctx context.Context, caller csdn.Caller, m csdn.Merger) (csdn.Merger, error) {
	keep, err := d.Organisations.Organisation(ctx, csdn.OrganisationID(m.Keep))
	if err != nil {
		return m, err
	}
	absorb, err := d.Organisations.Organisation(ctx, csdn.OrganisationID(m.Absorb))
	if err != nil {
		return m, err
	}
	keptBefore, absorbedBefore, err := d.Store.OrganisationsBefore(ctx, m)
	if err != nil {
		return m, err
	}
	merged, err := keptBefore.Blend(absorbedBefore.OrganisationProfile, m.Taken, m.Joined)
	if err != nil {
		return m, err
	}
	kept, back := keep, absorb
	kept.OrganisationProfile, m.Left = keep.Unblend(merged, keptBefore.OrganisationProfile, slices.Concat(m.Taken, m.Joined))
	if kept.Areas, err = d.known(ctx, kept.Areas); err != nil {
		return m, err
	}
	now := d.Now()
	kept.Merging, kept.UpdatedAt, kept.Version = m.ID, now, keep.Version+1
	back.Status, back.MergedInto = absorbedBefore.Status, ""
	back.Merging, back.UpdatedAt, back.Version = m.ID, now, absorb.Version+1
	return m, d.Store.WriteMerger(ctx, m, func(ctx context.Context) error {
		return errors.Join(
			d.put(ctx, caller, organisationUnmerged, keep, kept, csdn.Difference{Field: "absorbed", Before: m.Absorb}),
			d.put(ctx, caller, organisationUnmerged, absorb, back, csdn.Difference{Field: "mergedInto", Before: m.Keep}),
		)
	})
}

// known returns the claims of areas that there still are: one that nobody claimed may have been deleted since.
func (d organisationMergers) known(ctx context.Context, claims []csdn.Expertise) ([]csdn.Expertise, error) {
	areas, err := d.Areas.Areas(ctx)
	vocabulary := csdn.NewVocabulary(areas)
	return slices.DeleteFunc(slices.Clone(claims), func(e csdn.Expertise) bool { _, known := vocabulary[e.Area]; return !known }), err
}

func (d organisationMergers) names(ctx context.Context, ids []string) (map[string]string, error) {
	list := make([]csdn.OrganisationID, len(ids))
	for n, id := range ids {
		list[n] = csdn.OrganisationID(id)
	}
	found, err := inBatches(ctx, once(list), d.Organisations.OrganisationsByID)
	names := map[string]string{}
	for _, o := range found {
		names[string(o.ID)] = o.Name
	}
	return names, err
}

func (d organisationMergers) release(ctx context.Context, m csdn.Merger) error {
	return d.Store.ReleaseOrganisations(ctx, m)
}

package directory

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// Organisations keeps the profiles of organisations.
type Organisations struct {
	Clerk
	Store  csdn.OrganisationStore
	Areas  *Vocabularies
	Finder *Finder
}

// Search returns a page of the organisations that match: the best match first when words are asked for, in the order of names
// otherwise.
func (d Organisations) Search(ctx context.Context, caller csdn.Caller, f Filter, page csdn.PageRequest) (Found[csdn.Organisation], error) {
	var found Found[csdn.Organisation]
	if _, err := permit(caller, "organisation.read"); err != nil {
		return found, err
	}
	inquiry, err := d.Finder.inquire(ctx, fmt.Sprintf("organisations %+v", f), f.Text != "", page, func() (search.Query, error) {
		return f.query(ctx, d.Areas, search.Area, search.Country, search.Region, search.Language, search.Type, search.Phase, search.Status)
	})
	if err != nil {
		return found, err
	}
	result, next := inquiry.answer()
	items, hits, err := d.Finder.recent.of(ctx, d.Store, result.Hits)
	if err != nil {
		return found, err
	}
	for _, h := range hits {
		found.Matched = append(found.Matched, h.Matched)
	}
	found.Items, found.Next, found.Total, found.Facets = items, next, result.Total, result.Counts
	return found, nil
}

// Read returns one organisation.
func (d Organisations) Read(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID) (csdn.Organisation, error) {
	if _, err := permit(caller, "organisation.read"); err != nil {
		return csdn.Organisation{}, err
	}
	return d.Store.Organisation(ctx, id)
}

// Create adds an organisation.
func (d Organisations) Create(ctx context.Context, caller csdn.Caller, profile csdn.OrganisationProfile) (csdn.Organisation, error) {
	if _, err := permit(caller, "organisation.created"); err != nil {
		return csdn.Organisation{}, err
	}
	profile, err := d.checked(ctx, profile)
	if err != nil {
		return csdn.Organisation{}, err
	}
	now := d.Now()
	o := csdn.Organisation{
		ID: csdn.OrganisationID(d.NewID()), OrganisationProfile: profile,
		ConfirmedAt: now, CreatedAt: now, UpdatedAt: now, Version: 1,
	}
	change := d.change(caller, "organisation.created", now, o.Version, csdn.Differences(nil, o.Facts()))
	return o, d.Store.PutOrganisation(ctx, o, change)
}

// Change edits the profile of an organisation that the caller read at the version. An edit that alters nothing writes nothing,
// except that an organisation which edits its own profile thereby confirms it.
func (d Organisations) Change(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID, read csdn.Version, edit func(csdn.OrganisationProfile) (csdn.OrganisationProfile, error)) (csdn.Organisation, error) {
	before, err := d.own(ctx, caller, "organisation.changed", id)
	if err != nil {
		return before, err
	}
	if err := matches(read, before.Version); err != nil {
		return before, err
	}
	if err := changeable(before); err != nil {
		return before, err
	}
	after := before
	if after.OrganisationProfile, err = edit(before.OrganisationProfile); err != nil {
		return before, err
	}
	if after.OrganisationProfile, err = d.checked(ctx, after.OrganisationProfile, before.Areas...); err != nil {
		return before, err
	}
	if after.Status == csdn.Archived {
		return before, csdn.Errorf(csdn.Conflict, "An organisation is archived by DELETE, which the secretariat alone can do.")
	}
	isOwn := caller.Role == csdn.OrganisationRole
	if isOwn {
		after.Areas = csdn.KeepConfirmations(before.Areas, after.Areas)
	}
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 && !isOwn {
		return before, nil
	}
	now := d.Now()
	after.UpdatedAt, after.Version = now, before.Version+1
	if isOwn {
		after.ConfirmedAt = now
	}
	return after, d.Store.PutOrganisation(ctx, after, d.change(caller, "organisation.changed", now, after.Version, fields))
}

// Archive takes an organisation out of every search. It keeps its record, as meetings of the past refer to it.
func (d Organisations) Archive(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID, read csdn.Version) error {
	before, err := d.own(ctx, caller, "organisation.archived", id)
	if err != nil {
		return err
	}
	if err := matches(read, before.Version); err != nil {
		return err
	}
	if before.Status == csdn.Archived && before.MergedInto == "" {
		return csdn.Errorf(csdn.Conflict, "The organisation is archived already.")
	}
	if err := changeable(before); err != nil {
		return err
	}
	now := d.Now()
	after := before
	after.Status, after.UpdatedAt, after.Version = csdn.Archived, now, before.Version+1
	fields := csdn.Differences(before.Facts(), after.Facts())
	return d.Store.PutOrganisation(ctx, after, d.change(caller, "organisation.archived", now, after.Version, fields))
}

// Changes returns the trail of an organisation, the newest first.
func (d Organisations) Changes(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID, page csdn.PageRequest) (csdn.Page[csdn.Change], error) {
	if _, err := d.own(ctx, caller, "organisation.trail.read", id); err != nil {
		return csdn.Page[csdn.Change]{}, err
	}
	return d.Store.OrganisationChanges(ctx, id, page)
}

// own returns the organisation if the caller may do the act on it.
func (d Organisations) own(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.OrganisationID) (csdn.Organisation, error) {
	if err := permitOurs(caller, act, id); err != nil {
		return csdn.Organisation{}, err
	}
	return d.Store.Organisation(ctx, id)
}

// checked returns the clean profile. claimed is what the organisation claimed before, which it may keep.
func (d Organisations) checked(ctx context.Context, profile csdn.OrganisationProfile, claimed ...csdn.Expertise) (csdn.OrganisationProfile, error) {
	profile = profile.Clean()
	if err := profile.Validate(); err != nil {
		return profile, err
	}
	return profile, d.Areas.check(ctx, "The organisation", profile.Areas, claimed...)
}

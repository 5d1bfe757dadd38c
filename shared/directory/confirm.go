package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// Confirm says that the profile of an organisation that the caller read at the version is right as it stands, and its claims of the
// areas with it, or all when none is named. Conflict for an archived one.
func (d Organisations) Confirm(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID, read csdn.Version, areas []csdn.AreaSlug) (csdn.Organisation, error) {
	after, change, err := d.confirmed(ctx, caller, id, read, areas)
	if err != nil {
		return after, err
	}
	return after, d.Store.PutOrganisation(ctx, after, change)
}

// confirmed returns what Confirm writes.
func (d Organisations) confirmed(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID, read csdn.Version, areas []csdn.AreaSlug) (csdn.Organisation, csdn.Change, error) {
	const act = "organisation.confirmed"
	before, err := d.own(ctx, caller, act, id)
	if err != nil {
		return before, csdn.Change{}, err
	}
	if err := matches(read, before.Version); err != nil {
		return before, csdn.Change{}, err
	}
	if err := changeable(before); err != nil {
		return before, csdn.Change{}, err
	}
	after, now := before, d.Now()
	if after.Areas, err = csdn.Confirm(before.Areas, areas, now); err != nil {
		return before, csdn.Change{}, err
	}
	after.ConfirmedAt, after.UpdatedAt, after.Version = now, now, before.Version+1
	fields := csdn.Differences(before.Facts(), after.Facts())
	return after, d.change(caller, act, now, after.Version, fields), nil
}

// Confirm says that the claims of the areas, or all when none is named, of a person that the caller read at the version are right as
// they stand.
func (d People) Confirm(ctx context.Context, caller csdn.Caller, id csdn.PersonID, read csdn.Version, areas []csdn.AreaSlug) (csdn.Person, error) {
	before, err := d.own(ctx, caller, "person.confirmed", id)
	if err != nil {
		return csdn.Person{}, err
	}
	if err := errors.Join(matches(read, before.Version), settledPerson(before)); err != nil {
		return csdn.Person{}, err
	}
	after, now := before, d.Now()
	if after.Areas, err = csdn.Confirm(before.Areas, areas, now); err != nil {
		return csdn.Person{}, err
	}
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 {
		return seenBy(caller, before), nil
	}
	after.UpdatedAt, after.Version = now, before.Version+1
	change := d.change(caller, "person.confirmed", now, after.Version, fields)
	return seenBy(caller, after), d.Store.PutPerson(ctx, before, after, change)
}

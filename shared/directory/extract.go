package directory

import (
	"context"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// mostExtracted is how many records an export takes at most. No file of more would be small enough to be answered.
const mostExtracted = 10_000

// Extract returns every organisation that matches, in the order of a search. Nobody but the secretariat is told their addresses for
// mail, though a profile shows one: a list of all is what is mailed to. TooLarge when more match than are taken.
func (d Organisations) Extract(ctx context.Context, caller csdn.Caller, f Filter) (csdn.OrganisationExtract, error) {
	x := csdn.OrganisationExtract{Contact: caller.Role == csdn.SecretariatRole}
	if _, err := permit(caller, "organisation.export.read"); err != nil {
		return x, err
	}
	found, err := d.Search(ctx, caller, f, csdn.PageRequest{Limit: mostExtracted})
	if err != nil {
		return x, err
	}
	if found.Next != "" {
		return x, tooMany()
	}
	x.Organisations = found.Items
	for i := range x.Organisations {
		if !x.Contact {
			x.Organisations[i].Email = ""
		}
	}
	x.Areas, err = d.Areas.containing(ctx)
	return x, err
}

// Extract returns every person that matches, as the caller may see it, in the order of a search: so nobody who is hidden. TooLarge when
// more match than are taken.
func (d People) Extract(ctx context.Context, caller csdn.Caller, f Filter) (csdn.PersonExtract, error) {
	if _, err := permit(caller, "person.export.read"); err != nil {
		return csdn.PersonExtract{}, err
	}
	found, err := d.Search(ctx, caller, f, csdn.PageRequest{Limit: mostExtracted})
	if err != nil {
		return csdn.PersonExtract{}, err
	}
	if found.Next != "" {
		return csdn.PersonExtract{}, tooMany()
	}
	return d.extract(ctx, caller, found.Items)
}

// ExtractOne is Read, as an extract.
func (d People) ExtractOne(ctx context.Context, caller csdn.Caller, id csdn.PersonID) (csdn.PersonExtract, error) {
	p, err := d.Read(ctx, caller, id)
	if err != nil {
		return csdn.PersonExtract{}, err
	}
	return d.extract(ctx, caller, []csdn.Person{p})
}

// extract adds to people, as the caller sees them, what it takes to write of them.
func (d People) extract(ctx context.Context, caller csdn.Caller, people []csdn.Person) (csdn.PersonExtract, error) {
	x := csdn.PersonExtract{People: people, Contact: caller.Role == csdn.SecretariatRole, Employers: map[csdn.OrganisationID]string{}}
	ids := make([]csdn.OrganisationID, len(people))
	for i, p := range people {
		ids[i] = p.Organisation
	}
	employers, err := inBatches(ctx, once(ids), d.Organisations.OrganisationsByID)
	if err != nil {
		return x, err
	}
	for _, o := range employers {
		x.Employers[o.ID] = o.Name
	}
	x.Areas, err = d.Areas.containing(ctx)
	return x, err
}

func tooMany() error {
	return csdn.Errorf(csdn.TooLarge, "More match than one file can hold; ask for fewer by a filter, such as country or area, and for the others after that.")
}

// inBatches reads as many at a time as a store takes.
func inBatches[ID, T any](ctx context.Context, ids []ID, read func(context.Context, []ID) ([]T, error)) ([]T, error) {
	var list []T
	for some := range slices.Chunk(ids, csdn.MaximumLimit) {
		found, err := read(ctx, some)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

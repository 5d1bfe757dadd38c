package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Names returns the names of those of the organisations that there are, at most csdn.MaximumLimit.
func (d Organisations) Names(ctx context.Context, caller csdn.Caller, ids []csdn.OrganisationID) (map[csdn.OrganisationID]string, error) {
	if _, err := permit(caller, "organisation.read"); err != nil {
		return nil, err
	}
	list, err := d.Store.OrganisationsByID(ctx, once(ids))
	if err != nil {
		return nil, err
	}
	names := make(map[csdn.OrganisationID]string, len(list))
	for _, o := range list {
		names[o.ID] = o.Name
	}
	return names, nil
}

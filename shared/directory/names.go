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

// Seen returns those of the people that there are, as the caller may see them, at most csdn.MaximumLimit. Who reaches its own
// people alone gets no others.
func (d People) Seen(ctx context.Context, caller csdn.Caller, ids []csdn.PersonID) ([]csdn.Person, error) {
	far, err := permit(caller, "person.read")
	if err != nil {
		return nil, err
	}
	list, err := d.Store.PeopleByID(ctx, once(ids))
	if err != nil {
		return nil, err
	}
	var seen []csdn.Person
	for _, p := range list {
		if far == all || p.Organisation == caller.Organisation {
			seen = append(seen, seenBy(caller, p))
		}
	}
	return seen, nil
}

// Announced returns those of the meetings that there are, to whoever may read their concept notes, as the caller may see them.
func (d Meetings) Announced(ctx context.Context, caller csdn.Caller, ids []csdn.MeetingID) (map[csdn.MeetingID]csdn.Meeting, error) {
	announced := map[csdn.MeetingID]csdn.Meeting{}
	for _, id := range once(ids) {
		m, err := d.seen(ctx, caller, "concept-note.read", id)
		if unlessAbsent(err) != nil {
			return nil, err
		}
		if err == nil {
			announced[id] = m
		}
	}
	return announced, nil
}

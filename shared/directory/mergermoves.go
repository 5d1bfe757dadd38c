package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// moves returns whatever refers to the one organisation and is to refer to the other: people, accounts, invitations to every meeting, the
// tallies of who was invited how often, and the rolls of who took part in a phase. What is frozen in the indicators of a phase stays.
func (d organisationMergers) moves(ctx context.Context, m csdn.Merger) ([]move, error) {
	var all []move
	for _, find := range []func(context.Context, csdn.Merger) ([]move, error){d.people, d.accounts, d.invitations, d.guests, d.rolls} {
		some, err := find(ctx, m)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// moved returns the entry of a trail that tells of another organisation.
func (d organisationMergers) moved(m csdn.Merger, version csdn.Version, before, after csdn.OrganisationID) csdn.Change {
	act := organisationMerged
	if m.Status == csdn.MergerUndoing {
		act = organisationUnmerged
	}
	fields := []csdn.Difference{{Field: "organisation", Before: string(before), After: string(after)}}
	return d.change(csdn.Caller{Account: m.By}, act, d.Now(), version, fields)
}

// people finds the people. Their cards say which may be moved: those of hidden people say nothing, so that they are read too.
func (d organisationMergers) people(ctx context.Context, m csdn.Merger) ([]move, error) {
	cards, err := d.Feed.Cards(ctx, csdn.People)
	if err != nil {
		return nil, err
	}
	var ids []csdn.PersonID
	for _, card := range cards {
		if card.Removed || m.Names(string(card.Organisation)) {
			ids = append(ids, csdn.PersonID(card.ID))
		}
	}
	found, err := inBatches(ctx, ids, d.People.PeopleByID)
	if err != nil {
		return nil, err
	}
	types := map[csdn.OrganisationID]csdn.OrganisationType{}
	for _, id := range []csdn.OrganisationID{csdn.OrganisationID(m.Keep), csdn.OrganisationID(m.Absorb)} {
		o, err := d.Organisations.Organisation(ctx, id)
		if err != nil {
			return nil, err
		}
		types[id] = o.Type
	}
	var all []move
	for _, before := range found {
		after, ok := before, false
		if after.Organisation, after.MovedBy, ok = m.Transfer(before.Organisation, before.MovedBy); !ok {
			continue
		}
		all = append(all, move{csdn.PersonReference, func(ctx context.Context) error {
			after.Derived, after.UpdatedAt, after.Version = csdn.CategoryOf(types[after.Organisation]), d.Now(), before.Version+1
			return d.People.PutPerson(ctx, before, after, d.moved(m, after.Version, before.Organisation, after.Organisation))
		}})
	}
	return all, nil
}

func (d organisationMergers) accounts(ctx context.Context, m csdn.Merger) ([]move, error) {
	found, err := d.Accounts.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var all []move
	for _, before := range found {
		after, ok := before, false
		if after.Organisation, after.MovedBy, ok = m.Transfer(before.Organisation, before.MovedBy); !ok {
			continue
		}
		all = append(all, move{csdn.AccountReference, func(ctx context.Context) error {
			after.UpdatedAt, after.Version = d.Now(), before.Version+1
			return d.Accounts.PutAccount(ctx, before, after, d.moved(m, after.Version, before.Organisation, after.Organisation))
		}})
	}
	return all, nil
}

// invitations finds those to every meeting, drafts too, which no index tells. Since when one stands as it does is not changed.
func (d organisationMergers) invitations(ctx context.Context, m csdn.Merger) ([]move, error) {
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return nil, err
	}
	var all []move
	for _, phase := range phases {
		meetings, err := d.Meetings.Meetings(ctx, phase.Number)
		if err != nil {
			return nil, err
		}
		for _, meeting := range meetings {
			found, err := d.Invitations.Invitations(ctx, meeting.ID)
			if err != nil {
				return nil, err
			}
			for _, before := range found {
				after, ok := before, false
				if after.Organisation, after.MovedBy, ok = m.Transfer(before.Organisation, before.MovedBy); !ok {
					continue
				}
				all = append(all, move{csdn.InvitationReference, func(ctx context.Context) error {
					after.Version = before.Version + 1
					change := d.moved(m, after.Version, before.Organisation, after.Organisation)
					return d.Invitations.WriteInvitations(ctx, csdn.InvitationWrite{
						Meeting: meeting.ID, MeetingVersion: meeting.Version, Invitations: []csdn.Invitation{after},
						Changes: []csdn.InvitationChange{{Person: after.Person, Change: change}},
					})
				}})
			}
		}
	}
	return all, nil
}

func (d organisationMergers) guests(ctx context.Context, m csdn.Merger) ([]move, error) {
	found, err := d.Rotation.Guests(ctx)
	if err != nil {
		return nil, err
	}
	var all []move
	for _, before := range found {
		after, ok := before, false
		if after.Organisation, after.MovedBy, ok = m.Transfer(before.Organisation, before.MovedBy); ok {
			all = append(all, move{csdn.GuestReference, func(ctx context.Context) error { return d.Store.PutGuest(ctx, before, after) }})
		}
	}
	return all, nil
}

func (d organisationMergers) rolls(ctx context.Context, m csdn.Merger) ([]move, error) {
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return nil, err
	}
	var all []move
	for _, phase := range phases {
		before, err := d.Rolls.Roll(ctx, phase.Number)
		if err != nil {
			return nil, err
		}
		if after, ok := before.Transfer(m); ok {
			all = append(all, move{csdn.RollReference, func(ctx context.Context) error { return d.Store.PutRoll(ctx, after) }})
		}
	}
	return all, nil
}

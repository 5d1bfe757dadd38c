package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// PersonOf implements csdn.DossierStore.
func (d Rights) PersonOf(ctx context.Context, email string) (csdn.PersonID, error) {
	owner, err := d.people().owner(ctx, personEmailKey(email))
	if err != nil {
		return "", fmt.Errorf("find the person of an address: %w", err)
	}
	return csdn.PersonID(owner), nil
}

// TrailOfPerson implements csdn.DossierStore.
func (d Rights) TrailOfPerson(ctx context.Context, id csdn.PersonID) ([]csdn.Change, error) {
	return d.trail(ctx, personKey(id).pk)
}

// PeopleBefore implements csdn.DossierStore.
func (d Rights) PeopleBefore(ctx context.Context, id csdn.PersonID, meetings []csdn.MeetingID) ([]csdn.PeopleBefore, error) {
	items, err := list[peopleBefore](ctx, d.people(), beginning(personKey(id).pk, mergerPrefix))
	if err != nil {
		return nil, fmt.Errorf("read what was before the mergers of person %s: %w", id, err)
	}
	var all []csdn.PeopleBefore
	for _, i := range items {
		before := csdn.PeopleBefore{Keep: i.Keep.person(), Absorb: i.Absorb.person()}
		keys := mapped(meetings, func(m csdn.MeetingID) key { return asideKey(m, before.Absorb.ID) })
		aside, err := batch[invitationItem](ctx, d.participation(), keys, true)
		if err != nil {
			return nil, fmt.Errorf("read the invitations that made way: %w", err)
		}
		before.Aside = mapped(aside, invitationItem.invitation)
		all = append(all, before)
	}
	return all, nil
}

// TrailOfAccount implements csdn.DossierStore.
func (d Rights) TrailOfAccount(ctx context.Context, id csdn.AccountID) ([]csdn.Change, error) {
	return d.trail(ctx, accountPartition(id))
}

// SessionsOfAccount implements csdn.DossierStore.
func (d Rights) SessionsOfAccount(ctx context.Context, id csdn.AccountID) ([]csdn.Session, error) {
	found, err := list[sessionItem](ctx, d.people(), beginning(accountPartition(id), sessionPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the sessions of account %s: %w", id, err)
	}
	return mapped(found, sessionItem.session), nil
}

func (d Rights) trail(ctx context.Context, pk string) ([]csdn.Change, error) {
	items, err := list[changeItem](ctx, d.people(), beginning(pk, changePrefix))
	if err != nil {
		return nil, fmt.Errorf("read a trail: %w", err)
	}
	return mapped(items, changeItem.change), nil
}

// TrailOfInvitation implements csdn.DossierStore.
func (d Rights) TrailOfInvitation(ctx context.Context, meeting csdn.MeetingID, person csdn.PersonID) ([]csdn.Change, []csdn.Delivery, error) {
	lying := beginning(meetingKey(meeting).pk, changePrefix+string(person)+"#")
	items, err := list[invitationChangeItem](ctx, d.participation(), lying)
	if err != nil {
		return nil, nil, fmt.Errorf("read the trail of an invitation to meeting %s: %w", meeting, err)
	}
	var keys []key
	for _, i := range items {
		keys = append(keys, mapped(i.Deliveries, deliveryKey)...)
	}
	deliveries, err := batch[deliveryItem](ctx, d.outbox(), keys, true)
	if err != nil {
		return nil, nil, fmt.Errorf("read the deliveries of an invitation to meeting %s: %w", meeting, err)
	}
	changes := mapped(items, func(i invitationChangeItem) csdn.Change { return i.change() })
	return changes, mapped(deliveries, deliveryItem.delivery), nil
}

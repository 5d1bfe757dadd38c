package dynamo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

var _ csdn.PlaceStore = Mergers{}

func (d Mergers) participation() table { return table{client: d.Client, name: d.ParticipationTable} }
func (d Mergers) outbox() table        { return table{client: d.Client, name: d.OutboxTable} }

// asideItem is an invitation that made way for another of the same person. It is in no index, and is removed by the time to live.
type asideItem struct {
	invitationItem
	ExpiresAt int64 `dynamodbav:"expiresAt"` // Unix time
}

func newAsideItem(i csdn.Invitation, move csdn.PlaceMove) asideItem {
	item := asideItem{newInvitationItem(i), move.Until.Unix()}
	item.OrganisationAt, item.Due, item.DueAt = "", "", ""
	return item
}

// Places implements csdn.PlaceStore.
func (d Mergers) Places(ctx context.Context, keep, absorb csdn.PersonID, meetings []csdn.MeetingID) ([]csdn.Place, error) {
	var keys []key
	for _, m := range meetings {
		keys = append(keys, invitationKey(m, keep), invitationKey(m, absorb), asideKey(m, absorb))
	}
	type placed struct {
		SK string `dynamodbav:"sk"`
		invitationItem
	}
	found, err := batch[placed](ctx, d.participation(), keys, true)
	if err != nil {
		return nil, fmt.Errorf("read the invitations of people %s and %s: %w", keep, absorb, err)
	}
	var places []csdn.Place
	for _, i := range found {
		if last := len(places) - 1; last < 0 || places[last].Meeting != i.Meeting {
			places = append(places, csdn.Place{Meeting: i.Meeting})
		}
		p := &places[len(places)-1]
		switch i.SK {
		case invitationKey(i.Meeting, keep).sk:
			p.Kept = i.invitation()
		case invitationKey(i.Meeting, absorb).sk:
			p.Absorbed = i.invitation()
		default:
			p.Aside = i.invitation()
		}
	}
	return places, nil
}

// belongingItem is whatever lies with an invitation.
type belongingItem struct {
	SK         string            `dynamodbav:"sk"`
	ID         csdn.ChangeID     `dynamodbav:"id"`
	Hash       csdn.LinkHash     `dynamodbav:"hash"`
	Deliveries []csdn.DeliveryID `dynamodbav:"deliveries"`
	HandedBy   []csdn.MergerID   `dynamodbav:"handedBy"`
}

// Belongings implements csdn.PlaceStore. Of the deliveries that an entry names it returns those that are there.
func (d Mergers) Belongings(ctx context.Context, meeting csdn.MeetingID, person csdn.PersonID) ([]csdn.Belonging, error) {
	var all []csdn.Belonging
	for _, prefix := range []string{changePrefix, linkPrefix} {
		found, err := list[belongingItem](ctx, d.participation(), beginning(meetingKey(meeting).pk, prefix+string(person)+"#"))
		if err != nil {
			return nil, fmt.Errorf("read what lies with an invitation to meeting %s: %w", meeting, err)
		}
		for _, i := range found {
			b := csdn.Belonging{Change: i.ID, Link: i.Hash, HandedBy: i.HandedBy}
			if len(i.Deliveries) > 0 {
				sent, err := batch[deliveryItem](ctx, d.outbox(), mapped(i.Deliveries, deliveryKey), true)
				if err != nil {
					return nil, fmt.Errorf("read the deliveries of an invitation to meeting %s: %w", meeting, err)
				}
				b.Deliveries = mapped(sent, func(i deliveryItem) csdn.DeliveryID { return i.ID })
			}
			all = append(all, b)
		}
	}
	return all, nil
}

// belongingKey is where something lies with the invitation of a person.
func belongingKey(meeting csdn.MeetingID, person csdn.PersonID, b csdn.Belonging) key {
	if b.Link != "" {
		return ownLinkKey(csdn.Link{Meeting: meeting, Person: person, Hash: b.Link})
	}
	return invitationChangeKey(meeting, csdn.InvitationChange{Person: person, Change: csdn.Change{ID: b.Change}})
}

// MovePlace implements csdn.PlaceStore.
func (d Mergers) MovePlace(ctx context.Context, m csdn.Merger, move csdn.PlaceMove) error {
	var w transaction
	meeting := move.Meeting.ID
	w.check(d.DirectoryTable, meetingKey(meeting), present(move.Meeting.Version), stale())
	if err := d.moveBelongings(ctx, &w, m, move); err != nil {
		return err
	}
	for _, b := range move.Ended {
		w.drop(d.ParticipationTable, belongingKey(meeting, move.From, b))
		w.drop(d.ParticipationTable, linkKey(b.Link))
	}
	keep, absorb := csdn.PersonID(m.Keep), csdn.PersonID(m.Absorb)
	d.replace(&w, invitationKey(meeting, keep), move.Before.Kept, move.After.Kept, newInvitationItem(move.After.Kept))
	d.replace(&w, invitationKey(meeting, absorb), move.Before.Absorbed, move.After.Absorbed, newInvitationItem(move.After.Absorbed))
	d.replace(&w, asideKey(meeting, absorb), move.Before.Aside, move.After.Aside, newAsideItem(move.After.Aside, move))
	if move.Seating != nil {
		w.put(d.ParticipationTable, seatingKey(meeting), newSeatingItem(*move.Seating), next(move.Seating.Version), stale())
	}
	for _, c := range move.Changes {
		w.record(d.ParticipationTable, invitationChangeKey(meeting, c), c.Change)
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("move what lies at meeting %s: %w", meeting, err)
	}
	return nil
}

// replace writes what became of an invitation at a key, if anything did.
func (d Mergers) replace(w *transaction, k key, before, after csdn.Invitation, item any) {
	was := missing()
	if before.Version > 0 {
		was = present(before.Version)
	}
	switch {
	case after.Version == 0 && before.Version == 0:
	case after.Version == 0:
		w.remove(d.ParticipationTable, k, was, stale())
	case after.Version == before.Version && after.Person == before.Person:
		w.check(d.ParticipationTable, k, was, stale())
	default:
		w.put(d.ParticipationTable, k, item, was, stale())
	}
}

// moveBelongings lets what lies with an invitation lie with that of the other, as it is but for whose it is. Links lead there from then on, and
// deliveries go there.
func (d Mergers) moveBelongings(ctx context.Context, w *transaction, m csdn.Merger, move csdn.PlaceMove) error {
	var keys []key
	for _, b := range move.Belongings {
		keys = append(keys, belongingKey(move.Meeting.ID, move.From, b))
		if b.Link != "" {
			keys = append(keys, linkKey(b.Link))
		}
	}
	found, err := d.participation().raw(ctx, keys)
	if err != nil {
		return fmt.Errorf("read what lies with an invitation to meeting %s: %w", move.Meeting.ID, err)
	}
	if len(found) < len(keys) {
		return stale() // it was forgotten meanwhile
	}
	for n, k := range keys {
		item := maps.Clone(found[n])
		if _, named := item["person"]; named {
			item["person"] = text(string(move.To))
		}
		if strings.HasPrefix(k.pk, linkPrefix) {
			w.keep(d.ParticipationTable, k, item)
			continue
		}
		w.remove(d.ParticipationTable, k, existing(), stale())
		hand(item, m)
		k.sk = strings.Replace(k.sk, string(move.From), string(move.To), 1)
		w.keep(d.ParticipationTable, k, item)
	}
	for _, b := range move.Belongings {
		for _, id := range b.Deliveries {
			theirs := expression.Name("person").Equal(expression.Value(move.From))
			w.update(d.OutboxTable, deliveryKey(id), expression.Set(expression.Name("person"), expression.Value(move.To)), theirs)
		}
	}
	return nil
}

// hand notes on an item that the merger moves it, or takes the note back.
func hand(item attributes, m csdn.Merger) {
	by, _ := item["handedBy"].(*types.AttributeValueMemberL)
	var list []types.AttributeValue
	if by != nil {
		list = by.Value
	}
	last := len(list) - 1
	switch {
	case m.Status != csdn.MergerUndoing:
		list = append(list[:len(list):len(list)], text(string(m.ID)))
	case last >= 0 && textOf(attributes{"by": list[last]}, "by") == string(m.ID):
		list = list[:last]
	}
	delete(item, "handedBy")
	if len(list) > 0 {
		item["handedBy"] = &types.AttributeValueMemberL{Value: list}
	}
}

// raw returns the items as they are stored, in the order of keys, which are some that a batch can have.
func (t table) raw(ctx context.Context, keys []key) ([]attributes, error) {
	found := map[key]attributes{}
	consistent := true
	for chunk := range slices.Chunk(keys, batchSize) {
		if err := t.collect(ctx, chunk, types.KeysAndAttributes{ConsistentRead: &consistent}, found); err != nil {
			return nil, err
		}
	}
	return inOrder(keys, found), nil
}

// keep writes an item as it was read, at a key that is free or its own.
func (w *transaction) keep(table string, k key, item attributes) {
	maps.Copy(item, k.attributes())
	w.items = append(w.items, types.TransactWriteItem{Put: &types.Put{TableName: &table, Item: item}})
	w.refusals = append(w.refusals, nil)
}

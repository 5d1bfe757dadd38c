package dynamo

import (
	"context"
	"fmt"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// An entry of the trail of an invitation names the deliveries that its act caused, so that whoever erases the one finds the others:
// the outbox is not searched.
type invitationChangeItem struct {
	changeItem
	Deliveries []csdn.DeliveryID `dynamodbav:"deliveries,omitempty"`
}

func (w *transaction) recordInvitation(table string, act csdn.InvitationWrite, c csdn.InvitationChange) {
	item := invitationChangeItem{changeItem: newChangeItem(c.Change)}
	for _, delivery := range act.Deliveries {
		if delivery.Person == c.Person {
			item.Deliveries = append(item.Deliveries, delivery.ID)
		}
	}
	w.put(table, invitationChangeKey(act.Meeting, c), item, missing(), csdn.Errorf(csdn.Conflict, "This change is recorded already."))
}

// found is an item of a partition that is removed.
type found struct {
	PK         string            `dynamodbav:"pk"`
	SK         string            `dynamodbav:"sk"`
	Hash       csdn.LinkHash     `dynamodbav:"hash"`
	Deliveries []csdn.DeliveryID `dynamodbav:"deliveries"`
	Hashes     []csdn.TokenHash  `dynamodbav:"hashes"`
	Receipt    csdn.ReceiptName  `dynamodbav:"receipt"`
}

// sweepSize is how many items of a partition one transaction removes: with each goes at most a link, a session, a receipt, or two
// deliveries, and with one of them, the keyring, up to forty tokens.
const sweepSize = 25

// traces are items to be removed, and how many of which kind.
type traces struct {
	w     transaction
	count csdn.Traces
}

func (s *traces) drop(kind csdn.Trace, table string, k key) {
	s.w.drop(table, k)
	s.count = s.count.Plus(csdn.Traces{kind: 1})
}

// participation adds items of the partition of a meeting, with what each leads to.
func (s *traces) participation(d Rights, items []found) {
	for _, i := range items {
		k := key{i.PK, i.SK}
		switch {
		case strings.HasPrefix(i.SK, linkPrefix):
			s.drop(csdn.LinkTrace, d.ParticipationTable, k)
			s.w.drop(d.ParticipationTable, linkKey(i.Hash))
		case strings.HasPrefix(i.SK, changePrefix):
			s.drop(csdn.ChangeTrace, d.ParticipationTable, k)
			for _, delivery := range i.Deliveries {
				s.drop(csdn.DeliveryTrace, d.OutboxTable, deliveryKey(delivery))
			}
		case strings.HasPrefix(i.SK, invitationPrefix):
			s.drop(csdn.InvitationTrace, d.ParticipationTable, k)
		case strings.HasPrefix(i.SK, receiptPrefix):
			s.w.drop(d.ParticipationTable, k)
			s.w.drop(d.ParticipationTable, receiptKey(i.Receipt))
		default:
			s.w.drop(d.ParticipationTable, k)
		}
	}
}

// Invited implements csdn.ErasureStore.
func (d Rights) Invited(ctx context.Context, id csdn.PersonID, meetings []csdn.MeetingID) ([]csdn.Invitation, error) {
	keys := mapped(meetings, func(m csdn.MeetingID) key { return invitationKey(m, id) })
	items, err := batch[invitationItem](ctx, d.participation(), keys, true)
	if err != nil {
		return nil, fmt.Errorf("read the invitations of person %s: %w", id, err)
	}
	return mapped(items, invitationItem.invitation), nil
}

// EraseInvitation implements csdn.ErasureStore. What lies with the invitation goes first: without that nobody would find it again.
func (d Rights) EraseInvitation(ctx context.Context, e csdn.Erasure, i csdn.Invitation, remainder *csdn.Invitation) (csdn.Erasure, bool, error) {
	var s traces
	left := false
	prefixes := []string{receiptPrefix}
	for _, id := range e.People() {
		prefixes = append(prefixes, changePrefix+string(id)+"#", linkPrefix+string(id)+"#")
		s.w.drop(d.ParticipationTable, asideKey(i.Meeting, id))
	}
	for _, prefix := range prefixes {
		if len(s.w.items) > transactionSize/2 {
			left = true
			break
		}
		lying := beginning(meetingKey(i.Meeting).pk, prefix)
		lying.atMost = sweepSize / 2
		items, err := list[found](ctx, d.participation(), lying)
		if err != nil {
			return e, false, fmt.Errorf("read what lies with an invitation to meeting %s: %w", i.Meeting, err)
		}
		s.participation(d, items)
		left = left || len(items) == lying.atMost
	}
	if !left {
		s.count = s.count.Plus(csdn.Traces{csdn.InvitationTrace: 1})
		s.w.remove(d.ParticipationTable, invitationKey(i.Meeting, i.Person), present(i.Version), stale())
		if remainder != nil {
			s.w.put(d.ParticipationTable, invitationKey(remainder.Meeting, remainder.Person), newInvitationItem(*remainder), missing(), stale())
		}
	}
	after, err := d.removed(ctx, e, s)
	return after, left, err
}

// EraseRecords implements csdn.ErasureStore. What the keyring, and what the marks of receipts lead to, goes with them.
func (d Rights) EraseRecords(ctx context.Context, e csdn.Erasure) (csdn.Erasure, bool, error) {
	if err := d.people().sweepSnapshots(ctx, csdn.People); err != nil {
		return e, false, fmt.Errorf("remove the snapshots that erasure %s dropped: %w", e.ID, err)
	}
	for _, l := range d.lyingWith(e) {
		l.atMost = sweepSize
		items, err := list[found](ctx, l.table, l.selection)
		if err != nil {
			return e, false, fmt.Errorf("read what lies with the records of erasure %s: %w", e.ID, err)
		}
		var s traces
		for _, i := range items {
			if i.SK != personKey(e.Person).sk { // the tombstone stays
				s.record(l.table.name, i)
			}
		}
		if len(s.w.items) > 0 {
			after, err := d.removed(ctx, e, s)
			return after, true, err
		}
	}
	return e, false, nil
}

// lying is a range of items that lie with a record.
type lying struct {
	table table
	selection
}

func (d Rights) lyingWith(e csdn.Erasure) []lying {
	var list []lying
	for _, id := range e.People() {
		guest := guestKey(id)
		list = append(list,
			lying{d.people(), selection{partition: personKey(id).pk}},
			lying{d.participation(), beginning(guest.pk, guest.sk)},
		)
	}
	if e.Account != "" {
		account := accountKey(e.Account)
		list = append(list,
			lying{d.people(), selection{partition: accountPartition(e.Account)}},
			lying{d.people(), beginning(account.pk, markedReceipts(account))},
		)
	}
	return list
}

// record adds an item that lies with a person or an account, and what it leads to.
func (s *traces) record(table string, i found) {
	kind := csdn.OtherTrace
	switch {
	case strings.HasPrefix(i.SK, changePrefix):
		kind = csdn.ChangeTrace
	case strings.HasPrefix(i.SK, receiptPrefix):
		s.w.drop(table, receiptKey(i.Receipt))
	case strings.HasPrefix(i.SK, sessionPrefix):
		s.w.drop(table, sessionKey(csdn.SessionHash(i.Hash)))
	}
	for _, hash := range i.Hashes {
		s.drop(csdn.TokenTrace, table, tokenKey(hash))
	}
	s.drop(kind, table, key{i.PK, i.SK})
}

func (d Rights) removed(ctx context.Context, e csdn.Erasure, s traces) (csdn.Erasure, error) {
	after := e.Removed(s.count)
	d.putErasure(&s.w, after)
	return after, d.commitErasure(ctx, &s.w, after, "go on with")
}

package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type linkItem struct {
	Hash    csdn.LinkHash  `dynamodbav:"hash"`
	Meeting csdn.MeetingID `dynamodbav:"meeting"`
	Person  csdn.PersonID  `dynamodbav:"person"`
	Round   int            `dynamodbav:"round"`
}

func newLinkItem(l csdn.Link) linkItem { return linkItem(l) }

func (i linkItem) link() csdn.Link { return csdn.Link(i) }

// Link implements csdn.InvitationStore.
func (d Participation) Link(ctx context.Context, hash csdn.LinkHash) (csdn.Link, error) {
	item, err := get[linkItem](ctx, d.table(), linkKey(hash))
	if err != nil {
		return csdn.Link{}, fmt.Errorf("read a link: %w", err)
	}
	return item.link(), nil
}

// PutLink implements csdn.InvitationStore. NotFound when the invitation does not exist. The link is stored a second time beside the
// invitation, which stays as it is, so that whoever erases the invitation finds its links.
func (d Participation) PutLink(ctx context.Context, link csdn.Link) error {
	var w transaction
	reused := csdn.Errorf(csdn.Conflict, "This link exists already.")
	w.check(d.Table, invitationKey(link.Meeting, link.Person), existing(), absent())
	w.put(d.Table, linkKey(link.Hash), newLinkItem(link), missing(), reused)
	w.put(d.Table, ownLinkKey(link), newLinkItem(link), missing(), reused)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write a link to meeting %s: %w", link.Meeting, err)
	}
	return nil
}

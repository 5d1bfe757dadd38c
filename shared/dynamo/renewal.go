package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

func (d Renewals) table() table { return table{client: d.Client, name: d.DirectoryTable} }

type renewalItem struct {
	Organisation csdn.OrganisationID `dynamodbav:"organisation"`
	At           instant             `dynamodbav:"at"`
	Profile      bool                `dynamodbav:"profile,omitempty"`
	Claims       int                 `dynamodbav:"claims,omitempty"`
	PeopleClaims int                 `dynamodbav:"peopleClaims,omitempty"`
}

func (i renewalItem) renewal() csdn.Renewal {
	return csdn.Renewal{Organisation: i.Organisation, At: i.At.Time, Profile: i.Profile, Claims: i.Claims, PeopleClaims: i.PeopleClaims}
}

type renewalRoundItem struct {
	Day   csdn.Date `dynamodbav:"day"`
	After string    `dynamodbav:"after,omitempty"`
	Done  bool      `dynamodbav:"done,omitempty"`
}

type renewalLinkItem struct {
	Hash         csdn.LinkHash       `dynamodbav:"hash"`
	Organisation csdn.OrganisationID `dynamodbav:"organisation"`
	Until        instant             `dynamodbav:"until"`
	UsedAt       instant             `dynamodbav:"usedAt,omitempty"`
	Claims       int                 `dynamodbav:"claims,omitempty"`
	People       int                 `dynamodbav:"people,omitempty"`
	PeopleClaims int                 `dynamodbav:"peopleClaims,omitempty"`
	ExpiresAt    int64               `dynamodbav:"expiresAt"` // in seconds of Unix time, for the time to live
}

func newRenewalLinkItem(l csdn.RenewalLink) renewalLinkItem {
	return renewalLinkItem{
		Hash: l.Hash, Organisation: l.Organisation, Until: instant{l.ExpiresAt}, UsedAt: instant{l.UsedAt},
		Claims: l.Confirmed.Claims, People: l.Confirmed.People, PeopleClaims: l.Confirmed.PeopleClaims, ExpiresAt: l.ExpiresAt.Unix(),
	}
}

func (i renewalLinkItem) link() csdn.RenewalLink {
	return csdn.RenewalLink{
		Hash: i.Hash, Organisation: i.Organisation, ExpiresAt: i.Until.Time, UsedAt: i.UsedAt.Time,
		Confirmed: csdn.Confirmed{Claims: i.Claims, People: i.People, PeopleClaims: i.PeopleClaims},
	}
}

// RenewalRound implements csdn.RenewalStore.
func (d Renewals) RenewalRound(ctx context.Context) (csdn.RenewalRound, error) {
	item, err := get[renewalRoundItem](ctx, d.table(), renewalRoundKey())
	if err != nil && !errors.Is(err, csdn.NotFound) {
		return csdn.RenewalRound{}, fmt.Errorf("read the round of renewals: %w", err)
	}
	return csdn.RenewalRound(item), nil
}

// PutRenewalRound implements csdn.RenewalStore. Of two clocks that go round at once either may be written over: some organisations are
// looked at again then, and none is asked twice.
func (d Renewals) PutRenewalRound(ctx context.Context, round csdn.RenewalRound) error {
	var w transaction
	always := missing().Or(existing())
	w.put(d.DirectoryTable, renewalRoundKey(), renewalRoundItem(round), always, stale())
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write the round of renewals: %w", err)
	}
	return nil
}

// OrganisationsAfter implements csdn.RenewalStore, eventually consistent.
func (d Renewals) OrganisationsAfter(ctx context.Context, place string, limit int) ([]csdn.OrganisationID, string, error) {
	found, err := d.table().query(ctx, selection{
		index: feedIndex, partition: string(csdn.Organisations), atMost: limit,
		within: expression.Key("pk").GreaterThan(expression.Value(organisationKey(csdn.OrganisationID(place)).pk)),
	})
	if err != nil || len(found) == 0 {
		return nil, "", err
	}
	ids := mapped(found, func(item attributes) csdn.OrganisationID {
		return csdn.OrganisationID(strings.TrimPrefix(textOf(item, "pk"), organisationPrefix))
	})
	last := ""
	if len(found) == limit {
		last = string(ids[limit-1])
	}
	return ids, last, nil
}

// Renewals implements csdn.RenewalStore, consistently read.
func (d Renewals) Renewals(ctx context.Context, ids []csdn.OrganisationID) ([]csdn.Renewal, error) {
	found, err := batch[renewalItem](ctx, d.table(), mapped(ids, renewalKey), true)
	if err != nil {
		return nil, fmt.Errorf("read the renewals of %d organisations: %w", len(ids), err)
	}
	return mapped(found, renewalItem.renewal), nil
}

// PutRenewal implements csdn.RenewalStore.
func (d Renewals) PutRenewal(ctx context.Context, before, r csdn.Renewal, deliveries []csdn.Delivery, change csdn.Change) error {
	var w transaction
	as := missing()
	if !before.At.IsZero() {
		as = expression.Name("at").Equal(expression.Value(sortable(before.At)))
	}
	item := renewalItem{Organisation: r.Organisation, At: instant{r.At}, Profile: r.Profile, Claims: r.Claims, PeopleClaims: r.PeopleClaims}
	w.put(d.DirectoryTable, renewalKey(r.Organisation), item, as, csdn.Errorf(csdn.Conflict, "The organisation is asked already."))
	for _, delivery := range deliveries {
		w.deliver(d.OutboxTable, delivery)
	}
	w.record(d.DirectoryTable, changeKey(organisationKey(r.Organisation), change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write the renewal of organisation %s: %w", r.Organisation, err)
	}
	return nil
}

// RenewalLink implements csdn.RenewalStore.
func (d Renewals) RenewalLink(ctx context.Context, hash csdn.LinkHash) (csdn.RenewalLink, error) {
	item, err := get[renewalLinkItem](ctx, d.table(), linkKey(hash))
	if err != nil {
		return csdn.RenewalLink{}, fmt.Errorf("read the link of a renewal: %w", err)
	}
	return item.link(), nil
}

// PutRenewalLink implements csdn.RenewalStore.
func (d Renewals) PutRenewalLink(ctx context.Context, link csdn.RenewalLink) error {
	var w transaction
	w.put(d.DirectoryTable, linkKey(link.Hash), newRenewalLinkItem(link), missing(), csdn.Errorf(csdn.Conflict, "This link exists already."))
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write a link of organisation %s: %w", link.Organisation, err)
	}
	return nil
}

// ConfirmByLink implements csdn.RenewalStore.
func (d Renewals) ConfirmByLink(ctx context.Context, o csdn.Organisation, change csdn.Change, link csdn.RenewalLink) error {
	var w transaction
	unused := existing().And(expression.Name("usedAt").AttributeNotExists())
	w.put(d.DirectoryTable, linkKey(link.Hash), newRenewalLinkItem(link), unused, csdn.Errorf(csdn.Conflict, "This link was used already."))
	w.putOrganisation(d.DirectoryTable, o, change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("confirm organisation %s by a link: %w", o.ID, err)
	}
	return nil
}

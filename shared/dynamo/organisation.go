package dynamo

import (
	"cmp"
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// organisationItem does not repeat what the card has, and most organisations so fit into a kilobyte: the unit of what a write costs.
type organisationItem struct {
	feedEntry
	Archived    string              `dynamodbav:"archived,omitempty"` // the card of one that has none in the feed
	ID          csdn.OrganisationID `dynamodbav:"id"`
	Mission     string              `dynamodbav:"mission,omitempty"` // unless the card has all of it
	Website     string              `dynamodbav:"website,omitempty"`
	Email       string              `dynamodbav:"email,omitempty"`
	Areas       []expertiseItem     `dynamodbav:"areas,omitempty"`
	Identifiers []identifierItem    `dynamodbav:"identifiers,omitempty"`
	ConfirmedAt instant             `dynamodbav:"confirmedAt,omitempty"`
	MergedInto  csdn.OrganisationID `dynamodbav:"mergedInto,omitempty"`
	Merging     csdn.MergerID       `dynamodbav:"merging,omitempty"`
	CreatedAt   instant             `dynamodbav:"createdAt,omitempty"`
	UpdatedAt   instant             `dynamodbav:"updatedAt,omitempty"`
	Version     csdn.Version        `dynamodbav:"version"`
}

type identifierItem struct {
	Scheme csdn.IdentifierScheme `dynamodbav:"scheme"`
	Value  string                `dynamodbav:"value"`
}

func newOrganisationItem(o csdn.Organisation) organisationItem {
	card := o.Card()
	i := organisationItem{
		feedEntry: newFeedEntry(csdn.Organisations, card),
		ID:        o.ID, Website: o.Website, Email: o.Email, Areas: mapped(o.Areas, newExpertiseItem),
		Identifiers: mapped(o.Identifiers, func(i csdn.Identifier) identifierItem { return identifierItem(i) }),
		ConfirmedAt: instant{o.ConfirmedAt}, MergedInto: o.MergedInto, Merging: o.Merging,
		CreatedAt: instant{o.CreatedAt}, UpdatedAt: instant{o.UpdatedAt}, Version: o.Version,
	}
	if card.Removed {
		i.Archived = encodeCard(card)
	}
	if card.Mission != o.Mission {
		i.Mission = o.Mission
	}
	return i
}

func (i organisationItem) organisation() (csdn.Organisation, error) {
	card, err := decodeCard(i.Card + i.Archived)
	if err != nil {
		return csdn.Organisation{}, err
	}
	return csdn.Organisation{
		ID: i.ID,
		OrganisationProfile: csdn.OrganisationProfile{
			Name: card.Name, ShortName: card.ShortName, Type: csdn.OrganisationType(card.Type),
			Mission: cmp.Or(i.Mission, card.Mission), Website: i.Website, Email: i.Email, Country: card.Country, Regions: card.Regions,
			Countries: card.Countries, Languages: card.Languages, Areas: mapped(i.Areas, expertiseItem.expertise), Phases: card.Phases,
			Identifiers: mapped(i.Identifiers, func(i identifierItem) csdn.Identifier { return csdn.Identifier(i) }),
			Status:      csdn.OrganisationStatus(card.Status),
		},
		ConfirmedAt: i.ConfirmedAt.Time, MergedInto: i.MergedInto, Merging: i.Merging,
		CreatedAt: i.CreatedAt.Time, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}, nil
}

// Organisation implements csdn.OrganisationStore.
func (d Directory) Organisation(ctx context.Context, id csdn.OrganisationID) (csdn.Organisation, error) {
	item, err := get[organisationItem](ctx, d.table(), organisationKey(id))
	if err != nil {
		return csdn.Organisation{}, fmt.Errorf("read organisation %s: %w", id, err)
	}
	return item.organisation()
}

// OrganisationsByID implements csdn.OrganisationStore, eventually consistent.
func (d Directory) OrganisationsByID(ctx context.Context, ids []csdn.OrganisationID) ([]csdn.Organisation, error) {
	found, err := batch[organisationItem](ctx, d.table(), mapped(ids, organisationKey), false)
	if err != nil {
		return nil, fmt.Errorf("read %d organisations: %w", len(ids), err)
	}
	organisations := make([]csdn.Organisation, len(found))
	for n, item := range found {
		if organisations[n], err = item.organisation(); err != nil {
			return nil, err
		}
	}
	return organisations, nil
}

// PutOrganisation implements csdn.OrganisationStore.
func (d Directory) PutOrganisation(ctx context.Context, o csdn.Organisation, change csdn.Change) error {
	var w transaction
	w.putOrganisation(d.Table, o, change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write organisation %s: %w", o.ID, err)
	}
	return nil
}

func (w *transaction) putOrganisation(table string, o csdn.Organisation, change csdn.Change) {
	k := organisationKey(o.ID)
	w.put(table, k, newOrganisationItem(o), next(o.Version), outrun(o.Version))
	w.record(table, changeKey(k, change.ID), change)
}

// OrganisationChanges implements csdn.OrganisationStore.
func (d Directory) OrganisationChanges(ctx context.Context, id csdn.OrganisationID, page csdn.PageRequest) (csdn.Page[csdn.Change], error) {
	var none csdn.Page[csdn.Change]
	query := "changes of organisation " + string(id)
	trail := organisationKey(id)
	after, err := resume(page.Cursor, query, func(position string) (attributes, bool) {
		return changeKey(trail, csdn.ChangeID(position)).attributes(), csdn.ValidID(position)
	})
	if err != nil {
		return none, err
	}
	s := beginning(trail.pk, changePrefix)
	s.newest, s.after, s.atMost = true, after, page.Limit+1
	found, err := list[changeItem](ctx, d.table(), s)
	if err != nil {
		return none, fmt.Errorf("read the changes of organisation %s: %w", id, err)
	}
	return cut(mapped(found, changeItem.change), page.Limit, query, func(c csdn.Change) string { return string(c.ID) }), nil
}

package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type organisationItem struct {
	feedEntry
	ID          csdn.OrganisationID     `dynamodbav:"id"`
	Name        string                  `dynamodbav:"name"`
	ShortName   string                  `dynamodbav:"shortName,omitempty"`
	Type        csdn.OrganisationType   `dynamodbav:"type"`
	Mission     string                  `dynamodbav:"mission,omitempty"`
	Website     string                  `dynamodbav:"website,omitempty"`
	Email       string                  `dynamodbav:"email,omitempty"`
	Country     csdn.Country            `dynamodbav:"country,omitempty"`
	Regions     []csdn.Region           `dynamodbav:"regions,omitempty"`
	Countries   []csdn.Country          `dynamodbav:"countries,omitempty"`
	Languages   []csdn.Language         `dynamodbav:"languages,omitempty"`
	Areas       []expertiseItem         `dynamodbav:"areas,omitempty"`
	Phases      []csdn.PhaseNumber      `dynamodbav:"phases,omitempty"`
	Identifiers []identifierItem        `dynamodbav:"identifiers,omitempty"`
	Status      csdn.OrganisationStatus `dynamodbav:"status"`
	ConfirmedAt instant                 `dynamodbav:"confirmedAt,omitempty"`
	CreatedAt   instant                 `dynamodbav:"createdAt,omitempty"`
	UpdatedAt   instant                 `dynamodbav:"updatedAt,omitempty"`
	Version     csdn.Version            `dynamodbav:"version"`
}

type expertiseItem struct {
	Area        csdn.AreaSlug       `dynamodbav:"area"`
	Level       csdn.ExpertiseLevel `dynamodbav:"level,omitempty"`
	Evidence    string              `dynamodbav:"evidence,omitempty"`
	ConfirmedAt instant             `dynamodbav:"confirmedAt,omitempty"`
}

type identifierItem struct {
	Scheme csdn.IdentifierScheme `dynamodbav:"scheme"`
	Value  string                `dynamodbav:"value"`
}

func newOrganisationItem(o csdn.Organisation) organisationItem {
	return organisationItem{
		feedEntry: newFeedEntry(csdn.Organisations, o.Card(), o.UpdatedAt),
		ID:        o.ID, Name: o.Name, ShortName: o.ShortName, Type: o.Type, Mission: o.Mission, Website: o.Website,
		Email: o.Email, Country: o.Country, Regions: o.Regions, Countries: o.Countries, Languages: o.Languages,
		Areas: mapped(o.Areas, newExpertiseItem), Phases: o.Phases,
		Identifiers: mapped(o.Identifiers, func(i csdn.Identifier) identifierItem { return identifierItem(i) }),
		Status:      o.Status, ConfirmedAt: instant{o.ConfirmedAt}, CreatedAt: instant{o.CreatedAt},
		UpdatedAt: instant{o.UpdatedAt}, Version: o.Version,
	}
}

func (i organisationItem) organisation() csdn.Organisation {
	return csdn.Organisation{
		ID: i.ID,
		OrganisationProfile: csdn.OrganisationProfile{
			Name: i.Name, ShortName: i.ShortName, Type: i.Type, Mission: i.Mission, Website: i.Website, Email: i.Email,
			Country: i.Country, Regions: i.Regions, Countries: i.Countries, Languages: i.Languages,
			Areas: mapped(i.Areas, expertiseItem.expertise), Phases: i.Phases,
			Identifiers: mapped(i.Identifiers, func(i identifierItem) csdn.Identifier { return csdn.Identifier(i) }),
			Status:      i.Status,
		},
		ConfirmedAt: i.ConfirmedAt.Time, CreatedAt: i.CreatedAt.Time, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}
}

func newExpertiseItem(e csdn.Expertise) expertiseItem {
	return expertiseItem{Area: e.Area, Level: e.Level, Evidence: e.Evidence, ConfirmedAt: instant{e.ConfirmedAt}}
}

func (i expertiseItem) expertise() csdn.Expertise {
	return csdn.Expertise{Area: i.Area, Level: i.Level, Evidence: i.Evidence, ConfirmedAt: i.ConfirmedAt.Time}
}

// Organisation implements csdn.OrganisationStore.
func (d Directory) Organisation(ctx context.Context, id csdn.OrganisationID) (csdn.Organisation, error) {
	item, err := get[organisationItem](ctx, d.table(), organisationKey(id))
	if err != nil {
		return csdn.Organisation{}, fmt.Errorf("read organisation %s: %w", id, err)
	}
	return item.organisation(), nil
}

// OrganisationsByID implements csdn.OrganisationStore, eventually consistent.
func (d Directory) OrganisationsByID(ctx context.Context, ids []csdn.OrganisationID) ([]csdn.Organisation, error) {
	found, err := batch[organisationItem](ctx, d.table(), mapped(ids, organisationKey), false)
	if err != nil {
		return nil, fmt.Errorf("read %d organisations: %w", len(ids), err)
	}
	return mapped(found, organisationItem.organisation), nil
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

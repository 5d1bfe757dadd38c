package dynamo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

type personItem struct {
	feedEntry
	ID                csdn.PersonID       `dynamodbav:"id"`
	Name              string              `dynamodbav:"name"`
	Email             string              `dynamodbav:"email,omitempty"`
	Organisation      csdn.OrganisationID `dynamodbav:"organisation,omitempty"`
	Position          string              `dynamodbav:"position,omitempty"`
	Country           csdn.Country        `dynamodbav:"country,omitempty"`
	Countries         []csdn.Country      `dynamodbav:"countries,omitempty"`
	Languages         []csdn.Language     `dynamodbav:"languages,omitempty"`
	Areas             []expertiseItem     `dynamodbav:"areas,omitempty"`
	Biography         string              `dynamodbav:"biography,omitempty"`
	Zone              csdn.Zone           `dynamodbav:"zone,omitempty"`
	PreferredLanguage csdn.Language       `dynamodbav:"preferredLanguage,omitempty"`
	Category          csdn.Category       `dynamodbav:"category,omitempty"`
	Safety            csdn.Safety         `dynamodbav:"safety"`
	Alias             string              `dynamodbav:"alias,omitempty"`
	Consent           consentItem         `dynamodbav:"consent"`
	Gender            string              `dynamodbav:"gender,omitempty"`
	Derived           csdn.Category       `dynamodbav:"derived,omitempty"`
	Returned          csdn.ReturnKind     `dynamodbav:"returned,omitempty"`
	ReturnedAt        instant             `dynamodbav:"returnedAt,omitempty"`
	MovedBy           []csdn.MergerID     `dynamodbav:"movedBy,omitempty"`
	Merging           csdn.MergerID       `dynamodbav:"merging,omitempty"`
	MergedInto        csdn.PersonID       `dynamodbav:"mergedInto,omitempty"` // with the version, all that is left of one that was
	Spare             []spareItem         `dynamodbav:"spare,omitempty"`
	OtherNames        []string            `dynamodbav:"otherNames,omitempty"`
	CreatedAt         instant             `dynamodbav:"createdAt,omitempty"`
	UpdatedAt         instant             `dynamodbav:"updatedAt,omitempty"`
	Erased            bool                `dynamodbav:"erased,omitempty"`
	ExpiresAt         int64               `dynamodbav:"expiresAt,omitempty"` // Unix time, after which the table forgets one that is erased
	Version           csdn.Version        `dynamodbav:"version"`
}

type spareItem struct {
	Email string  `dynamodbav:"email"`
	Until instant `dynamodbav:"until"`
}

// gone reports whether the item is only what is left of a person.
func (i personItem) gone() bool { return i.Erased || i.MergedInto != "" }

type consentItem struct {
	Basis   csdn.ConsentBasis `dynamodbav:"basis,omitempty"`
	GivenAt instant           `dynamodbav:"givenAt,omitempty"`
	Source  string            `dynamodbav:"source,omitempty"`
}

func newPersonItem(p csdn.Person) personItem {
	return personItem{
		feedEntry: newFeedEntry(csdn.People, p.Card()),
		ID:        p.ID, Name: p.Name, Email: p.Email, Organisation: p.Organisation, Position: p.Position, Country: p.Country,
		Countries: p.Countries, Languages: p.Languages, Areas: mapped(p.Areas, newExpertiseItem), Biography: p.Biography,
		Zone: p.Zone, PreferredLanguage: p.PreferredLanguage, Category: p.Category, Safety: p.Safety, Alias: p.Alias,
		Consent: consentItem{Basis: p.Consent.Basis, GivenAt: instant{p.Consent.GivenAt}, Source: p.Consent.Source},
		Gender:  p.Gender, Derived: p.Derived, Returned: p.Undeliverable.Kind, ReturnedAt: instant{p.Undeliverable.At}, MovedBy: p.MovedBy, Merging: p.Merging, OtherNames: p.OtherNames,
		Spare:     mapped(p.Spare, func(s csdn.Spare) spareItem { return spareItem{s.Email, instant{s.Until}} }),
		CreatedAt: instant{p.CreatedAt}, UpdatedAt: instant{p.UpdatedAt}, Version: p.Version,
	}
}

func (i personItem) person() csdn.Person {
	return csdn.Person{
		ID: i.ID,
		PersonProfile: csdn.PersonProfile{
			Name: i.Name, Email: i.Email, Organisation: i.Organisation, Position: i.Position, Country: i.Country,
			Countries: i.Countries, Languages: i.Languages, Areas: mapped(i.Areas, expertiseItem.expertise),
			Biography: i.Biography, Zone: i.Zone, PreferredLanguage: i.PreferredLanguage, Category: i.Category,
			Safety: i.Safety, Alias: i.Alias,
			Consent: csdn.Consent{Basis: i.Consent.Basis, GivenAt: i.Consent.GivenAt.Time, Source: i.Consent.Source},
			Gender:  i.Gender,
		},
		Derived: i.Derived, Undeliverable: csdn.Undeliverable{Kind: i.Returned, At: i.ReturnedAt.Time}, MovedBy: i.MovedBy, Merging: i.Merging, OtherNames: i.OtherNames,
		Spare:     mapped(i.Spare, func(s spareItem) csdn.Spare { return csdn.Spare{Email: s.Email, Until: s.Until.Time} }),
		CreatedAt: i.CreatedAt.Time, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
	}
}

// Person implements csdn.PersonStore.
func (d People) Person(ctx context.Context, id csdn.PersonID) (csdn.Person, error) {
	item, err := get[personItem](ctx, d.table(), personKey(id))
	if err != nil {
		return csdn.Person{}, fmt.Errorf("read person %s: %w", id, err)
	}
	if item.gone() {
		return csdn.Person{}, fmt.Errorf("read person %s: %w", id, absent())
	}
	return item.person(), nil
}

// PeopleByID implements csdn.PersonStore.
func (d People) PeopleByID(ctx context.Context, ids []csdn.PersonID) ([]csdn.Person, error) {
	found, err := batch[personItem](ctx, d.table(), mapped(ids, personKey), true)
	if err != nil {
		return nil, fmt.Errorf("read %d people: %w", len(ids), err)
	}
	found = slices.DeleteFunc(found, personItem.gone)
	return mapped(found, personItem.person), nil
}

// MergedInto implements csdn.PersonStore.
func (d People) MergedInto(ctx context.Context, id csdn.PersonID) (csdn.PersonID, csdn.Version, error) {
	item, err := get[personItem](ctx, d.table(), personKey(id))
	if err == nil && item.MergedInto == "" {
		err = absent()
	}
	if err != nil {
		return "", 0, fmt.Errorf("read what person %s was merged into: %w", id, err)
	}
	return item.MergedInto, item.Version, nil
}

// FormerPeople implements csdn.PersonStore.
func (d People) FormerPeople(ctx context.Context, id csdn.PersonID) ([]csdn.Person, error) {
	found, err := list[peopleBefore](ctx, d.table(), beginning(personKey(id).pk, mergerPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the former records of person %s: %w", id, err)
	}
	var all []csdn.Person
	for _, i := range found {
		all = append(all, i.Keep.person(), i.Absorb.person())
	}
	return all, nil
}

// PersonByEmail implements csdn.AddressBook.
func (d People) PersonByEmail(ctx context.Context, email string) (csdn.Person, error) {
	owner, err := d.table().owner(ctx, personEmailKey(strings.ToLower(email)))
	if err != nil {
		return csdn.Person{}, fmt.Errorf("find the person of an address: %w", err)
	}
	return d.Person(ctx, csdn.PersonID(owner))
}

// PutPerson implements csdn.PersonStore.
func (d People) PutPerson(ctx context.Context, before, p csdn.Person, change csdn.Change) error {
	var w transaction
	k := personKey(p.ID)
	w.put(d.Table, k, newPersonItem(p), next(p.Version), stale())
	if old, address := before.Email, p.Email; old != address {
		if p.Spares(old) {
			old = ""
		}
		if p.Spares(address) {
			address = ""
		}
		w.reserve(d.Table, string(p.ID), old, address, personEmailKey, emailTaken("person"))
	}
	w.record(d.Table, changeKey(k, change.ID), change)
	if p.Conceals(before) {
		w.dropSnapshots(d.Table, csdn.People)
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write person %s: %w", p.ID, err)
	}
	return nil
}

package directory

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// RenewalLinks lets whoever bears the link of a renewal confirm what the directory says of one organisation, once. It confirms as a
// representative of the organisation does, and the trail tells that it was by a link.
type RenewalLinks struct {
	Store         csdn.RenewalStore
	Organisations Organisations
	People        People
}

// Confirmation is what the bearer of a link sees: the organisation with its people, as they may be shown, or once it is used what was
// confirmed. Seen names all of that as it stands.
type Confirmation struct {
	Link         csdn.RenewalLink
	Organisation csdn.Organisation
	People       []csdn.Person
	Seen         string
}

// Read returns what a link leads to, and changes nothing: mail scanners open every link. A wrong, a foreign and an expired link, and
// one of an archived organisation, are the same NotFound.
func (d RenewalLinks) Read(ctx context.Context, token string) (Confirmation, error) {
	link, err := d.Store.RenewalLink(ctx, HashToken(token))
	if err != nil {
		return Confirmation{}, hidden(err)
	}
	if !link.Leads(d.Organisations.Now()) {
		return Confirmation{}, absent()
	}
	var c Confirmation
	if c.Organisation, err = standing(ctx, d.Organisations.Store, link.Organisation); err != nil {
		return Confirmation{}, hidden(err)
	}
	link.Organisation = c.Organisation.ID
	if c.Organisation.Status == csdn.Archived {
		return Confirmation{}, absent()
	}
	c.Link = link
	if !link.UsedAt.IsZero() {
		return c, nil
	}
	if c.People, err = d.people(ctx, link); err != nil {
		return Confirmation{}, err
	}
	c.Seen = seen(c)
	return c, nil
}

// bearer is who acts by a link.
func bearer(link csdn.RenewalLink) csdn.Caller {
	return csdn.Caller{Account: csdn.OrganisationLink, Role: csdn.OrganisationRole, Organisation: link.Organisation}
}

// people returns those of the organisation who have claims, as the bearer of the link may see them, in the order of names.
func (d RenewalLinks) people(ctx context.Context, link csdn.RenewalLink) ([]csdn.Person, error) {
	theirs := search.Query{All: []search.AnyOf{search.Any(search.Organisation, link.Organisation)}}
	ids, err := matching[csdn.PersonID](ctx, d.People.Finder, theirs)
	if err != nil {
		return nil, err
	}
	found, err := inBatches(ctx, ids, d.People.Store.PeopleByID)
	if err != nil {
		return nil, err
	}
	var list []csdn.Person
	for _, p := range found {
		if p.Represents(link.Organisation) && len(p.Areas) > 0 {
			list = append(list, seenBy(bearer(link), p))
		}
	}
	slices.SortFunc(list, func(a, b csdn.Person) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return list, nil
}

// seen names what a confirmation shows, by the versions of it.
func seen(c Confirmation) string {
	text := fmt.Sprint(c.Organisation.Version)
	for _, p := range c.People {
		text += fmt.Sprint(" ", p.ID, " ", p.Version)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// Confirm says that all is right that the bearer has seen, and ends the link; done again it changes nothing. Stale when any of it is
// another meanwhile. Broken off on the way, it leaves the link as it was.
func (d RenewalLinks) Confirm(ctx context.Context, token, seen string) error {
	c, err := d.Read(ctx, token)
	if err != nil || !c.Link.UsedAt.IsZero() {
		return err
	}
	if seen != c.Seen {
		return csdn.Errorf(csdn.Stale, "It has been changed since you read it; look at it again.")
	}
	link, by := c.Link, bearer(c.Link)
	link.UsedAt = d.Organisations.Now()
	for _, p := range c.People {
		if _, err := d.People.Confirm(ctx, by, p.ID, p.Version, nil); err != nil {
			return err
		}
		link.Confirmed.People++
		link.Confirmed.PeopleClaims += len(p.Areas)
	}
	after, change, err := d.Organisations.confirmed(ctx, by, link.Organisation, c.Organisation.Version, nil)
	if err != nil {
		return err
	}
	link.Confirmed.Claims = len(after.Areas)
	return d.Store.ConfirmByLink(ctx, after, change, link)
}

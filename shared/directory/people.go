package directory

import (
	"context"
	"errors"
	"fmt"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// People keeps the persons of the network.
type People struct {
	Clerk
	Store         csdn.PersonStore
	Organisations csdn.OrganisationStore
	Areas         *Vocabularies
	Finder        *Finder
	Members       *Finder // of organisations: who joined which phase
}

// Search returns a page of the people that match: the best match first when words are asked for, in the order of names
// otherwise. What is searched is what everybody may see, so a careful person stands under the alias. Each is read anew
// before it is shown, as hiding a person takes effect at once. Total and Facets are exact as far as the page shows the match;
// beyond it they count what the index has heard of, which can be a second behind.
func (d People) Search(ctx context.Context, caller csdn.Caller, f Filter, page csdn.PageRequest) (Found[csdn.Person], error) {
	var found Found[csdn.Person]
	far, err := permit(caller, "person.read")
	if err != nil {
		return found, err
	}
	name := fmt.Sprintf("people %s %+v", scope(caller, far), f)
	inquiry, err := d.Finder.inquire(ctx, name, f.Text != "", page, func() (search.Query, error) { return d.query(ctx, caller, far, f) })
	if err != nil {
		return found, err
	}
	return d.confirmed(ctx, caller, far, inquiry)
}

// scope is whose people the caller searches, "" when far reaches to all.
func scope(caller csdn.Caller, far reach) csdn.OrganisationID {
	if far == ours {
		return caller.Organisation
	}
	return ""
}

// query turns the filter into one of the index, of those of its people whom the caller reaches.
func (d People) query(ctx context.Context, caller csdn.Caller, far reach, f Filter) (search.Query, error) {
	own := f
	own.Phases = nil // people have none of their own
	q, err := own.query(ctx, d.Areas, search.Area, search.Country, search.Region, search.Language, search.Type, search.Organisation)
	if err != nil {
		return q, err
	}
	if far == ours {
		q.All = append(q.All, search.Any(search.Organisation, scope(caller, far)))
	}
	return q, d.byOrganisation(ctx, f, &q)
}

// confirmed searches the index and reads the people of the page anew, as they are. What the index had not heard of yet, it is told,
// and asked again: so that who was hidden is not counted, and who is careful not found by a name.
func (d People) confirmed(ctx context.Context, caller csdn.Caller, far reach, asked inquiry) (Found[csdn.Person], error) {
	var found Found[csdn.Person]
	for {
		result, next := asked.answer()
		people, err := inBatches(ctx, identities[csdn.PersonID](result.Hits), d.Store.PeopleByID)
		if err != nil {
			return found, err
		}
		if asked.learn(result.Hits, people) {
			continue
		}
		for n, p := range people { // as many as hits, and in their order, or there would have been something to learn
			if far == all || p.Organisation == caller.Organisation {
				found.Items, found.Matched = append(found.Items, seenBy(caller, p)), append(found.Matched, result.Hits[n].Matched)
			}
		}
		found.Next, found.Total, found.Facets = next, result.Total, result.Counts
		if counts, asked := found.Facets[search.Type]; asked {
			found.Facets["category"] = counts // as the filter is called
			delete(found.Facets, search.Type)
		}
		return found, nil
	}
}

// byOrganisation adds to the query the organisations asked for, and those that joined the phases asked for.
func (d People) byOrganisation(ctx context.Context, f Filter, q *search.Query) error {
	isID := func(id csdn.OrganisationID) bool { return csdn.ValidID(string(id)) }
	var broken error
	require(q, search.Organisation, f.Organisations, isID, func() {
		broken = &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which.",
			Fields: []csdn.Field{{Location: "organisation", Message: "is not the id of an organisation"}}}
	})
	if broken != nil || len(f.Phases) == 0 {
		return broken
	}
	var joined search.Query
	f.phased(&joined)
	members, err := matching[csdn.OrganisationID](ctx, d.Members, joined)
	q.All = append(q.All, search.Any(search.Organisation, members...))
	return err
}

// Read returns one person as the caller may see it. NotFound for a hidden person, but for the secretariat and the person's own
// organisation.
func (d People) Read(ctx context.Context, caller csdn.Caller, id csdn.PersonID) (csdn.Person, error) {
	p, err := d.own(ctx, caller, "person.read", id)
	if err != nil {
		return csdn.Person{}, err
	}
	if p.Safety == csdn.Hidden && caller.Role == csdn.PlannerRole {
		return csdn.Person{}, absent()
	}
	return seenBy(caller, p), nil
}

// Create adds a person. A representative of an organisation adds to its own.
func (d People) Create(ctx context.Context, caller csdn.Caller, profile csdn.PersonProfile) (csdn.Person, error) {
	far, err := permit(caller, "person.created")
	if err != nil {
		return csdn.Person{}, err
	}
	if far == ours && profile.Organisation == "" {
		profile.Organisation = caller.Organisation
	}
	p := csdn.Person{ID: csdn.PersonID(d.NewID()), Version: 1}
	if p.PersonProfile, p.Derived, err = d.checked(ctx, caller, far, profile); err != nil {
		return csdn.Person{}, err
	}
	now := d.Now()
	p.CreatedAt, p.UpdatedAt = now, now
	change := d.change(caller, "person.created", now, p.Version, csdn.Differences(nil, p.Facts()))
	return seenBy(caller, p), d.Store.PutPerson(ctx, csdn.Person{}, p, change)
}

// Change edits the person that the caller read at the version. An edit that alters nothing writes nothing.
func (d People) Change(ctx context.Context, caller csdn.Caller, id csdn.PersonID, read csdn.Version, edit func(csdn.PersonProfile) (csdn.PersonProfile, error)) (csdn.Person, error) {
	before, err := d.own(ctx, caller, "person.changed", id)
	if err != nil {
		return csdn.Person{}, err
	}
	if err := errors.Join(matches(read, before.Version), settledPerson(before)); err != nil {
		return csdn.Person{}, err
	}
	far, err := permit(caller, "person.changed")
	if err != nil {
		return csdn.Person{}, err
	}
	profile, err := edit(before.PersonProfile)
	if err != nil {
		return csdn.Person{}, err
	}
	after := before
	if after.PersonProfile, after.Derived, err = d.checked(ctx, caller, far, profile, before.Areas...); err != nil {
		return csdn.Person{}, err
	}
	after = after.Readdress(before)
	if far == ours {
		after.Areas = csdn.KeepConfirmations(before.Areas, after.Areas)
	}
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 && after.Derived == before.Derived {
		return seenBy(caller, before), nil
	}
	now := d.Now()
	after.UpdatedAt, after.Version = now, before.Version+1
	change := d.change(caller, "person.changed", now, after.Version, fields)
	return seenBy(caller, after), d.Store.PutPerson(ctx, before, after, change)
}

// own returns the person if the caller may do the act on it.
func (d People) own(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.PersonID) (csdn.Person, error) {
	if _, err := permit(caller, act); err != nil {
		return csdn.Person{}, err
	}
	p, err := d.Store.Person(ctx, id)
	if errors.Is(err, csdn.NotFound) {
		return csdn.Person{}, errors.Join(d.moved(ctx, caller, act, id), err)
	}
	if err != nil {
		return csdn.Person{}, err
	}
	return p, permitOurs(caller, act, p.Organisation)
}

// moved tells whoever may merge people into whom one was merged: as NotFound to a reader, as Conflict to whoever would change it. nil for
// anybody else, and for a person who was not.
func (d People) moved(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.PersonID) error {
	if Permits(caller, personMerged) != nil && !reads(act) || policy[personMerged].of(caller.Role) == no {
		return nil
	}
	into, err := successor(ctx, d.Store, id)
	if err != nil || into == id {
		return err
	}
	told := csdn.Errorf(csdn.NotFound, "The record was merged into that of person %s; read that one instead.", into)
	if !reads(act) {
		told = csdn.Errorf(csdn.Conflict, "The record was merged into that of person %s; change that one instead.", into)
	}
	told.Fields = []csdn.Field{{Location: "mergedInto", Message: string(into)}}
	return told
}

// checked returns the clean profile and the category that its organisation gives it. claimed is what the person claimed
// before, and may keep.
func (d People) checked(ctx context.Context, caller csdn.Caller, far reach, profile csdn.PersonProfile, claimed ...csdn.Expertise) (csdn.PersonProfile, csdn.Category, error) {
	profile = profile.Clean()
	if err := profile.Validate(); err != nil {
		return profile, "", err
	}
	if err := d.Areas.check(ctx, "The person", profile.Areas, claimed...); err != nil {
		return profile, "", err
	}
	unknown := &csdn.Error{Kind: csdn.Invalid, Message: "The person breaks a rule; errors says which.",
		Fields: []csdn.Field{{Location: "organisation", Message: "is not an organisation of yours in the directory"}}}
	o, err := standing(ctx, d.Organisations, profile.Organisation)
	if errors.Is(err, csdn.NotFound) || far == ours && caller.Organisation != o.ID && caller.Organisation != profile.Organisation {
		return profile, "", unknown
	}
	profile.Organisation = o.ID
	return profile, csdn.CategoryOf(o.Type), err
}

// seenBy returns the person as the caller may see it: everything for the secretariat; its own people for an organisation;
// no contact data, consent or gender for others. A careful or hidden person is an alias to all but the secretariat.
func seenBy(caller csdn.Caller, p csdn.Person) csdn.Person {
	if caller.Role == csdn.SecretariatRole {
		return p
	}
	p.OtherNames = nil
	if p.Safety != csdn.Open {
		p.Name, p.Email, p.Position, p.Biography, p.Gender = p.Alias, "", "", "", ""
	}
	if caller.Organisation == "" || caller.Organisation != p.Organisation {
		p.Email, p.Gender, p.Consent = "", "", csdn.Consent{}
	}
	return p
}

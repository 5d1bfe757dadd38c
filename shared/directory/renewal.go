package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// Renewals asks organisations, once a year and by day, whether what the directory says of them and their people is still right.
type Renewals struct {
	Clerk
	Store         csdn.RenewalStore
	Organisations csdn.OrganisationStore
	People        csdn.PersonStore
	Accounts      csdn.AccountStore
	Finder        *Finder   // of people
	Zone          csdn.Zone // where the network lives: by its day offices all over the world are asked
}

const (
	// renewalsAtOnce is how many organisations one tick of the clock looks at.
	renewalsAtOnce = 50
	// renewalRecipients is how many accounts of an organisation are written to at most.
	renewalRecipients = 50
)

// Ask looks at the next organisations, each once a day, asks those that are due, and returns how many those were. One that cannot be
// asked just now is asked on another day.
func (d Renewals) Ask(ctx context.Context) (int, error) {
	now := d.Now()
	if !csdn.Daytime(now, d.Zone).Equal(now) {
		return 0, nil
	}
	round, err := d.Store.RenewalRound(ctx)
	if err != nil {
		return 0, err
	}
	if today := csdn.DateOf(now); round.Day != today {
		round = csdn.RenewalRound{Day: today}
	}
	if round.Done {
		return 0, nil
	}
	ids, last, err := d.Store.OrganisationsAfter(ctx, round.After, renewalsAtOnce)
	if err != nil {
		return 0, err
	}
	asked, failed := d.askEach(ctx, ids)
	round.After, round.Done = last, last == ""
	return asked, errors.Join(failed, d.Store.PutRenewalRound(ctx, round))
}

// askEach asks those of the organisations that are due.
func (d Renewals) askEach(ctx context.Context, ids []csdn.OrganisationID) (int, error) {
	organisations, last, err := d.rested(ctx, ids)
	if err != nil || len(organisations) == 0 {
		return 0, err
	}
	people, err := d.stale(ctx, organisations)
	if err != nil {
		return 0, err
	}
	var accounts []csdn.Account
	asked := 0
	for _, o := range organisations {
		r := csdn.NewRenewal(o, people[o.ID], d.Now())
		if !r.Due() {
			continue
		}
		if accounts == nil {
			if accounts, err = d.Accounts.Accounts(ctx); err != nil {
				return asked, err
			}
		}
		deliveries := d.deliveries(r, o, accounts)
		if len(deliveries) == 0 {
			continue
		}
		change := d.change(csdn.Caller{Account: csdn.Clock}, "organisation.reminded", r.At, o.Version, nil)
		if failed := d.Store.PutRenewal(ctx, last[o.ID], r, deliveries, change); failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		asked++
	}
	return asked, err
}

// rested returns the active ones of the organisations that were not asked within a year, and when they were last.
func (d Renewals) rested(ctx context.Context, ids []csdn.OrganisationID) ([]csdn.Organisation, map[csdn.OrganisationID]csdn.Renewal, error) {
	asked, err := d.Store.Renewals(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	last := map[csdn.OrganisationID]csdn.Renewal{}
	for _, r := range asked {
		last[r.Organisation] = r
	}
	found, err := d.Organisations.OrganisationsByID(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	var list []csdn.Organisation
	for _, o := range found {
		if o.Status == csdn.Active && !last[o.ID].Rests(d.Now()) {
			list = append(list, o)
		}
	}
	return list, last, nil
}

// stale returns the people of the organisations whose cards tell a claim that counts less for want of a confirmation.
func (d Renewals) stale(ctx context.Context, organisations []csdn.Organisation) (map[csdn.OrganisationID][]csdn.Person, error) {
	var theirs search.AnyOf
	for _, o := range organisations {
		theirs = append(theirs, search.Term{Facet: search.Organisation, Value: string(o.ID)})
	}
	now := d.Now()
	candidates, err := d.Finder.candidates(ctx, search.Query{All: []search.AnyOf{theirs}}, func(c csdn.Candidate) bool { return c.Stale(now) })
	if err != nil {
		return nil, err
	}
	ids := make([]csdn.PersonID, len(candidates))
	for n, c := range candidates {
		ids[n] = c.Person
	}
	people, err := inBatches(ctx, ids, d.People.PeopleByID)
	byOrganisation := map[csdn.OrganisationID][]csdn.Person{}
	for _, p := range people {
		byOrganisation[p.Organisation] = append(byOrganisation[p.Organisation], p)
	}
	return byOrganisation, err
}

// deliveries returns one for each account that may speak for the organisation, or else one for its own address.
func (d Renewals) deliveries(r csdn.Renewal, o csdn.Organisation, accounts []csdn.Account) []csdn.Delivery {
	var list []csdn.Delivery
	add := func(account csdn.AccountID) {
		list = append(list, csdn.Delivery{
			ID: csdn.DeliveryID(d.NewID()), Message: csdn.RenewalMessage, Organisation: o.ID, Account: account, CreatedAt: r.At,
		})
	}
	for _, a := range accounts {
		if a.Speaks(o.ID) && len(list) < renewalRecipients {
			add(a.ID)
		}
	}
	if len(list) == 0 && o.Email != "" {
		add("")
	}
	return list
}

// renew sends the letter of a renewal, if it still holds, with a link of its own.
func (n Notifier) renew(ctx context.Context, delivery csdn.Delivery) (bool, error) {
	letter := csdn.RenewalLetter{Delivery: delivery}
	asked, err := n.Renewals.Renewals(ctx, []csdn.OrganisationID{delivery.Organisation})
	if err != nil || len(asked) == 0 {
		return false, err
	}
	letter.Renewal = asked[0]
	if letter.Organisation, err = n.Organisations.Organisation(ctx, delivery.Organisation); err != nil {
		return false, unlessAbsent(err)
	}
	if !letter.Renewal.Holds(delivery, letter.Organisation) {
		return false, nil
	}
	if letter.To, err = n.recipient(ctx, delivery, letter.Organisation); err != nil || letter.To == "" {
		return false, unlessAbsent(err)
	}
	letter.Token = n.NewToken()
	letter.Link = csdn.NewRenewalLink(HashToken(letter.Token), delivery.Organisation, n.Now())
	if err := n.Renewals.PutRenewalLink(ctx, letter.Link); err != nil {
		return false, err
	}
	return true, n.Post.SendRenewal(ctx, letter)
}

// recipient returns the address that a renewal goes to, "" when it goes to none any more.
func (n Notifier) recipient(ctx context.Context, delivery csdn.Delivery, o csdn.Organisation) (string, error) {
	if delivery.Account == "" {
		return o.Email, nil
	}
	account, err := n.Accounts.Account(ctx, delivery.Account)
	if err != nil || !account.Speaks(o.ID) {
		return "", err
	}
	return account.Email, nil
}

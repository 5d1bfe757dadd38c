package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// Rights are those of the people whom the directory knows: to have what is held on them, and to have it erased.
type Rights struct {
	Clerk
	Store       csdn.ErasureStore
	Dossiers    csdn.DossierStore
	People      csdn.PersonStore
	Accounts    csdn.AccountStore
	Tokens      csdn.TokenStore
	Phases      csdn.PhaseStore
	Invitations Invitations // to free the seats of somebody who is erased
}

// Request asks for the erasure of the caller: of the account, and of the record of a person with its address if there is one. The
// secretariat decides. Whoever asks again gets the same request.
func (d Rights) Request(ctx context.Context, caller csdn.Caller) (csdn.Erasure, error) {
	if _, err := permit(caller, "erasure.requested"); err != nil {
		return csdn.Erasure{}, err
	}
	asked, err := d.Store.ErasureByAccount(ctx, caller.Account)
	if !errors.Is(err, csdn.NotFound) {
		return asked, err
	}
	a, err := d.Accounts.Account(ctx, caller.Account)
	if err != nil {
		return csdn.Erasure{}, err
	}
	e := csdn.Erasure{
		ID: csdn.ErasureID(d.NewID()), Status: csdn.ErasureRequested, Account: a.ID, RequestedAt: d.Now(), Version: 1,
	}
	if e.Person, err = d.Dossiers.PersonOf(ctx, a.Email); unlessAbsent(err) != nil {
		return e, err
	}
	err = d.Store.RequestErasure(ctx, e)
	if errors.Is(err, csdn.Conflict) { // asked at the same moment
		return d.Store.ErasureByAccount(ctx, caller.Account)
	}
	return e, err
}

// List returns a page of the requests and certificates, the newest first.
func (d Rights) List(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.Erasure], error) {
	if _, err := permit(caller, "erasure.read"); err != nil {
		return csdn.Page[csdn.Erasure]{}, err
	}
	all, err := d.Store.Erasures(ctx)
	if err != nil {
		return csdn.Page[csdn.Erasure]{}, err
	}
	return csdn.Paginate(all, "erasures", func(e csdn.Erasure) string { return string(e.ID) }, page)
}

// Read returns one request or certificate.
func (d Rights) Read(ctx context.Context, caller csdn.Caller, id csdn.ErasureID) (csdn.Erasure, error) {
	if _, err := permit(caller, "erasure.read"); err != nil {
		return csdn.Erasure{}, err
	}
	return d.Store.Erasure(ctx, id)
}

// Grant does what a request asks for. Broken off on the way, it goes on when it is done again, and by the clock.
func (d Rights) Grant(ctx context.Context, caller csdn.Caller, id csdn.ErasureID) (csdn.Erasure, error) {
	if _, err := permit(caller, "erasure.granted"); err != nil {
		return csdn.Erasure{}, err
	}
	e, err := d.Store.Erasure(ctx, id)
	if err != nil || e.Status == csdn.ErasureDone {
		return e, err
	}
	if e.Status == csdn.ErasureRequested {
		if e, err = d.begin(ctx, caller, e); err != nil {
			return e, err
		}
	}
	return d.goOn(ctx, e)
}

// Erase erases a person everywhere, and answers with the certificate. A seat that it held at a meeting to come is offered on. An
// account with the same address is erased too if it has asked for that. Broken off on the way, it goes on when it is done again, and
// by the clock.
func (d Rights) Erase(ctx context.Context, caller csdn.Caller, id csdn.PersonID, read csdn.Version) (csdn.Erasure, error) {
	far, err := permit(caller, "person.erased")
	if err != nil {
		return csdn.Erasure{}, err
	}
	p, read, err := d.erasable(ctx, id, read)
	if errors.Is(err, csdn.NotFound) && far == all {
		return d.resume(ctx, id)
	}
	if err != nil {
		return csdn.Erasure{}, err
	}
	if err := permitOurs(caller, "person.erased", p.Organisation); err != nil {
		return csdn.Erasure{}, err
	}
	if err := matches(read, p.Version); err != nil {
		return csdn.Erasure{}, err
	}
	absorbed, err := d.Store.Absorbed(ctx, p.ID)
	if err != nil {
		return csdn.Erasure{}, err
	}
	e, err := d.asked(ctx, append(absorbed, p.ID))
	if err != nil {
		return e, err
	}
	if e, err = d.begin(ctx, caller, e); err != nil {
		return e, err
	}
	return d.goOn(ctx, e)
}

// EraseAccount removes an account with all that lies with it: tokens, sessions, and its trail, which has its addresses. What it did
// to others stays in their trails under its id. The record of a person with its address stays. Conflict for one's own, and for one
// that has asked to be erased.
func (d Rights) EraseAccount(ctx context.Context, caller csdn.Caller, id csdn.AccountID, read csdn.Version) (csdn.Erasure, error) {
	if _, err := permit(caller, "account.deleted"); err != nil {
		return csdn.Erasure{}, err
	}
	a, err := d.Accounts.Account(ctx, id)
	if err != nil {
		return csdn.Erasure{}, err
	}
	if err := matches(read, a.Version); err != nil {
		return csdn.Erasure{}, err
	}
	if id == caller.Account {
		return csdn.Erasure{}, csdn.Errorf(csdn.Conflict, "Nobody deletes the own account; another of the secretariat can.")
	}
	_, err = d.Store.ErasureByAccount(ctx, id)
	if err == nil {
		return csdn.Erasure{}, csdn.Errorf(csdn.Conflict, "The account has asked to be erased, with the record of a person if there is one; grant its request.")
	}
	if !errors.Is(err, csdn.NotFound) {
		return csdn.Erasure{}, err
	}
	e, err := d.begin(ctx, caller, csdn.Erasure{ID: csdn.ErasureID(d.NewID()), Status: csdn.ErasureRequested, Account: id})
	if err != nil {
		return e, err
	}
	return d.goOn(ctx, e)
}

// resume goes on with the erasure of a person who is not found any more. NotFound when nothing is left to do.
func (d Rights) resume(ctx context.Context, id csdn.PersonID) (csdn.Erasure, error) {
	e, err := d.Store.ErasureOfPerson(ctx, id)
	if err == nil && e.Status == csdn.ErasureBegun {
		return d.goOn(ctx, e)
	}
	return e, hidden(errors.Join(err, csdn.NotFound))
}

// begin empties the records that the erasure is about, so that nobody finds them from then on.
func (d Rights) begin(ctx context.Context, caller csdn.Caller, e csdn.Erasure) (csdn.Erasure, error) {
	e, err := e.Begin(caller, d.Now())
	if err != nil {
		return e, err
	}
	var p csdn.Person
	var a csdn.Account
	if e.Account != "" {
		if a, err = d.Accounts.Account(ctx, e.Account); unlessAbsent(err) != nil {
			return e, err
		}
	}
	if e.Person == "" && a.Email != "" && !e.RequestedAt.IsZero() { // recorded after it asked
		if e.Person, err = d.Dossiers.PersonOf(ctx, a.Email); unlessAbsent(err) != nil {
			return e, err
		}
	}
	if e.Person != "" {
		if e, p, err = d.whole(ctx, e); err != nil {
			return e, err
		}
	}
	for attempt := range attempts {
		err = d.Store.BeginErasure(ctx, e, p, a)
		if !errors.Is(err, csdn.Unavailable) || ctx.Err() != nil {
			break
		}
		d.Invitations.Pause(attempt)
	}
	if err != nil {
		return e, err
	}
	return d.Store.Erasure(ctx, e.ID)
}

// GoOn goes on with the erasures that were broken off, looks once more at those that were done a while ago, and returns how many it
// has finished or settled.
func (d Rights) GoOn(ctx context.Context) (int, error) {
	begun, err := d.Store.BegunErasures(ctx)
	if err != nil {
		return 0, err
	}
	done := 0
	for _, e := range begun {
		if e.Status == csdn.ErasureDone && !e.Settles(d.Now()) {
			continue
		}
		if _, failed := d.goOn(ctx, e); failed != nil {
			err = failed
			continue
		}
		done++
	}
	return done, err
}

// goOn does what is left of an erasure that is begun. Where another goes on with the same one, this one takes up what is then left.
func (d Rights) goOn(ctx context.Context, e csdn.Erasure) (csdn.Erasure, error) {
	err := d.Invitations.retry(ctx, func() (err error) {
		if e, err = d.Store.Erasure(ctx, e.ID); err != nil {
			return err
		}
		if e.Status == csdn.ErasureDone && !e.Settles(d.Now()) { // by another
			return nil
		}
		if e, err = d.rest(ctx, e); err != nil {
			return err
		}
		if e.Status == csdn.ErasureDone {
			return d.Store.SettleErasure(ctx, e)
		}
		e = e.Finish(d.Now())
		return d.Store.FinishErasure(ctx, e)
	})
	return e, err
}

// rest removes what is left.
func (d Rights) rest(ctx context.Context, e csdn.Erasure) (csdn.Erasure, error) {
	if e.Person != "" {
		meetings, err := d.meetings(ctx)
		if err != nil {
			return e, err
		}
		for _, id := range e.People() {
			invited, err := d.Store.Invited(ctx, id, meetings)
			if err != nil {
				return e, err
			}
			for _, i := range invited {
				if e, err = d.eraseInvitation(ctx, e, i); err != nil {
					return e, err
				}
			}
		}
	}
	for left := true; left; {
		var err error
		if e, left, err = d.Store.EraseRecords(ctx, e); err != nil {
			return e, err
		}
	}
	return e, nil
}

// eraseInvitation takes an invitation back that can still come to something, which frees the seat that it holds, and then
// removes it with all that lies with it. Nobody writes to the invitee.
func (d Rights) eraseInvitation(ctx context.Context, e csdn.Erasure, i csdn.Invitation) (csdn.Erasure, error) {
	at := d.Now()
	m, err := d.Invitations.Meetings.Meeting(ctx, i.Meeting)
	if err != nil {
		return e, err
	}
	if i.Active() && at.Before(m.StartsAt()) {
		i, err = d.Invitations.alter(ctx, csdn.Caller{Account: e.By, Token: e.Token}, "invitation.erased", i.Meeting, i.Person, func(s *situation) error {
			after, err := s.before.Revoke(s.at, "")
			if errors.Is(err, csdn.Conflict) {
				return nil
			}
			s.leave(after, err)
			return err
		})
		if err != nil {
			return e, err
		}
	}
	var remainder *csdn.Invitation
	if rest, counts := i.Remainder(m, d.NewID(), at); counts {
		remainder = &rest
	}
	for left := true; left; {
		if e, left, err = d.Store.EraseInvitation(ctx, e, i, remainder); err != nil {
			return e, err
		}
	}
	return e, nil
}

// meetings are those of all phases.
func (d Rights) meetings(ctx context.Context) ([]csdn.MeetingID, error) {
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return nil, err
	}
	var ids []csdn.MeetingID
	for _, phase := range phases {
		meetings, err := d.Invitations.Meetings.Meetings(ctx, phase.Number)
		if err != nil {
			return nil, err
		}
		for _, m := range meetings {
			ids = append(ids, m.ID)
		}
	}
	return ids, nil
}

package directory

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Held is what the directory holds on whoever is signed in.
type Held struct {
	Account  csdn.Account
	Tokens   []csdn.Token   // that are still listed, the first first
	Sessions []csdn.Session // that have not ended, the first first
	Trail    []csdn.Change  // of the account
	Erasure  *csdn.Erasure  // asked for
	Person   *csdn.Dossier  // with the address of the account
}

// Export returns everything that is held on the caller. The record of a person is the caller's if it has the account's verified
// address, unless the caller, or somebody of the same organisation, has put that address there: who may write an address
// must not come to know by it what a person answered under the Chatham House Rule. Such a person asks the secretariat.
func (d Rights) Export(ctx context.Context, caller csdn.Caller) (Held, error) {
	var h Held
	if _, err := permit(caller, "me.exported"); err != nil {
		return h, err
	}
	var err error
	if h.Account, err = d.Accounts.Account(ctx, caller.Account); err != nil {
		return h, err
	}
	keyring, err := d.Tokens.Keyring(ctx, caller.Account)
	if err != nil {
		return h, err
	}
	h.Tokens = keyring.At(d.Now()).Tokens
	if h.Sessions, err = d.sessions(ctx, caller.Account); err != nil {
		return h, err
	}
	if h.Trail, err = d.Dossiers.TrailOfAccount(ctx, caller.Account); err != nil {
		return h, err
	}
	asked, err := d.Store.ErasureByAccount(ctx, caller.Account)
	if unlessAbsent(err) != nil {
		return h, err
	}
	if err == nil {
		h.Erasure = &asked
	}
	id, err := d.Dossiers.PersonOf(ctx, h.Account.Email)
	if err != nil {
		return h, unlessAbsent(err)
	}
	dossier, err := d.dossier(ctx, id)
	if err != nil {
		return h, unlessAbsent(err)
	}
	proven, err := d.proven(ctx, caller, h.Account.Email, dossier.Trail)
	if proven {
		h.Person = &dossier
	}
	return h, err
}

func (d Rights) sessions(ctx context.Context, id csdn.AccountID) ([]csdn.Session, error) {
	sessions, err := d.Dossiers.SessionsOfAccount(ctx, id)
	sessions = slices.DeleteFunc(sessions, func(s csdn.Session) bool { return !d.Now().Before(s.ExpiresAt) })
	slices.SortFunc(sessions, func(a, b csdn.Session) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return sessions, err
}

// proven reports whether others than the caller's own side have put the address into a record of the trail. A merger puts none there: it
// takes over what somebody has.
func (d Rights) proven(ctx context.Context, caller csdn.Caller, address string, trail []csdn.Change) (bool, error) {
	var by csdn.AccountID
	for _, change := range trail {
		for _, field := range change.Fields {
			if field.Field == "email" && strings.EqualFold(field.After, address) && change.Act != personMerged && change.Act != personUnmerged {
				by = change.By
			}
		}
	}
	if by == caller.Account || by == "" {
		return false, nil
	}
	if caller.Organisation == "" {
		return true, nil
	}
	writer, err := d.Accounts.Account(ctx, by)
	if errors.Is(err, csdn.NotFound) {
		return false, nil
	}
	return writer.Organisation != caller.Organisation, err
}

// ExportPerson returns everything that is held on a person who has no account and asks the secretariat.
func (d Rights) ExportPerson(ctx context.Context, caller csdn.Caller, id csdn.PersonID) (csdn.Dossier, error) {
	if _, err := permit(caller, "person.exported"); err != nil {
		return csdn.Dossier{}, err
	}
	return d.dossier(ctx, id)
}

func (d Rights) dossier(ctx context.Context, id csdn.PersonID) (csdn.Dossier, error) {
	var dossier csdn.Dossier
	var err error
	if dossier.Person, err = standingPerson(ctx, d.People, id); err != nil {
		return dossier, err
	}
	ids, err := d.Store.Absorbed(ctx, dossier.Person.ID)
	if err != nil {
		return dossier, err
	}
	ids = append(ids, dossier.Person.ID)
	for _, id := range ids {
		trail, err := d.Dossiers.TrailOfPerson(ctx, id)
		if err != nil {
			return dossier, err
		}
		dossier.Trail = append(dossier.Trail, trail...)
	}
	slices.SortFunc(dossier.Trail, func(a, b csdn.Change) int { return cmp.Compare(a.ID, b.ID) })
	meetings, err := d.meetings(ctx)
	if err != nil {
		return dossier, err
	}
	var invited []csdn.Invitation
	for _, id := range ids {
		some, err := d.Dossiers.Invited(ctx, id, meetings)
		if err != nil {
			return dossier, err
		}
		before, err := d.Dossiers.PeopleBefore(ctx, id, meetings)
		if err != nil {
			return dossier, err
		}
		invited, dossier.Mergers = append(invited, some...), append(dossier.Mergers, before...)
	}
	for _, i := range invited {
		one := csdn.DossierInvitation{Invitation: i}
		if one.Meeting, err = d.Invitations.Meetings.Meeting(ctx, i.Meeting); err != nil {
			return dossier, err
		}
		if one.Trail, one.Deliveries, err = d.Dossiers.TrailOfInvitation(ctx, i.Meeting, i.Person); err != nil {
			return dossier, err
		}
		dossier.Invitations = append(dossier.Invitations, one)
	}
	return dossier, nil
}

package directory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Accounts keeps the accounts of those who may sign in.
type Accounts struct {
	Clerk
	Store         csdn.AccountStore
	Tokens        csdn.TokenStore
	Organisations csdn.OrganisationStore
}

// AccountFilter is which accounts to list; what is empty filters nothing. Text is a part of the address.
type AccountFilter struct {
	Roles         []csdn.Role
	Organisations []csdn.OrganisationID
	Text          string
}

// check returns Invalid for values that are none.
func (f AccountFilter) check() error {
	var broken []csdn.Field
	if slices.ContainsFunc(f.Roles, func(r csdn.Role) bool { return !slices.Contains(csdn.Roles(), r) }) {
		broken = append(broken, csdn.Field{Location: "role", Message: "is not a role"})
	}
	if slices.ContainsFunc(f.Organisations, func(id csdn.OrganisationID) bool { return !csdn.ValidID(string(id)) }) {
		broken = append(broken, csdn.Field{Location: "organisation", Message: "is not the id of an organisation"})
	}
	if broken == nil {
		return nil
	}
	return &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which.", Fields: broken}
}

// List returns a page of the accounts that match, in the order of addresses.
func (d Accounts) List(ctx context.Context, caller csdn.Caller, f AccountFilter, page csdn.PageRequest) (csdn.Page[csdn.Account], error) {
	if _, err := permit(caller, "account.read"); err != nil {
		return csdn.Page[csdn.Account]{}, err
	}
	if err := f.check(); err != nil {
		return csdn.Page[csdn.Account]{}, err
	}
	accounts, err := d.Store.Accounts(ctx)
	if err != nil {
		return csdn.Page[csdn.Account]{}, err
	}
	text := strings.ToLower(strings.TrimSpace(f.Text))
	accounts = slices.DeleteFunc(accounts, func(a csdn.Account) bool {
		return len(f.Roles) > 0 && !slices.Contains(f.Roles, a.Role) ||
			len(f.Organisations) > 0 && !slices.Contains(f.Organisations, a.Organisation) || !strings.Contains(a.Email, text)
	})
	slices.SortFunc(accounts, func(a, b csdn.Account) int { return strings.Compare(a.Email, b.Email) })
	return csdn.Paginate(accounts, fmt.Sprintf("accounts %+v", f), func(a csdn.Account) string { return string(a.ID) }, page)
}

// Read returns one account.
func (d Accounts) Read(ctx context.Context, caller csdn.Caller, id csdn.AccountID) (csdn.Account, error) {
	if _, err := permit(caller, "account.read"); err != nil {
		return csdn.Account{}, err
	}
	return d.Store.Account(ctx, id)
}

// Create adds an active account, which the first sign-in with the verified address binds. Conflict when another has the address.
func (d Accounts) Create(ctx context.Context, caller csdn.Caller, profile csdn.AccountProfile) (csdn.Account, error) {
	if _, err := permit(caller, "account.created"); err != nil {
		return csdn.Account{}, err
	}
	profile.Active, profile.Bound = true, false
	a, err := d.with(ctx, csdn.Account{}, profile)
	if err != nil {
		return csdn.Account{}, err
	}
	now := d.Now()
	a.ID, a.CreatedAt, a.UpdatedAt, a.Version = csdn.AccountID(d.NewID()), now, now, 1
	change := d.change(caller, "account.created", now, a.Version, csdn.Differences(nil, a.Profile().Facts()))
	return a, d.Store.WriteAccount(ctx, csdn.AccountWrite{After: a, Change: change})
}

// Change edits the account that the caller read at the version. Another address takes the tokens along, as somebody else may be
// behind it. An edit that alters nothing writes nothing. Conflict for what would shut the caller out.
func (d Accounts) Change(ctx context.Context, caller csdn.Caller, id csdn.AccountID, read csdn.Version, edit func(csdn.AccountProfile) (csdn.AccountProfile, error)) (csdn.Account, error) {
	before, err := d.held(ctx, caller, "account.changed", id, read)
	if err != nil {
		return csdn.Account{}, err
	}
	profile, err := edit(before.Profile())
	if err != nil {
		return csdn.Account{}, err
	}
	after, err := d.with(ctx, before, profile)
	if err != nil {
		return csdn.Account{}, err
	}
	fields := csdn.Differences(before.Profile().Facts(), after.Profile().Facts())
	if len(fields) == 0 {
		return before, nil
	}
	if id == caller.Account && (!after.Keeps() || after.Email != before.Email) {
		return csdn.Account{}, csdn.Errorf(csdn.Conflict, "Nobody deactivates, demotes or readdresses the own account; another of the secretariat can.")
	}
	after.UpdatedAt, after.Version = d.Now(), before.Version+1
	write := csdn.AccountWrite{Before: before, After: after, Change: d.change(caller, "account.changed", after.UpdatedAt, after.Version, fields)}
	if after.Email != before.Email {
		if write.Forgotten, err = d.keyring(ctx, id); err != nil {
			return csdn.Account{}, err
		}
	}
	return after, d.Store.WriteAccount(ctx, write)
}

// held returns the account for an act that changes it, if it is at the version read. Conflict for the own account of a caller
// who was shut out a moment ago: nobody takes oneself in again.
func (d Accounts) held(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.AccountID, read csdn.Version) (csdn.Account, error) {
	if _, err := permit(caller, act); err != nil {
		return csdn.Account{}, err
	}
	a, err := d.Store.Account(ctx, id)
	if err != nil {
		return csdn.Account{}, err
	}
	if id == caller.Account && !a.Keeps() {
		return csdn.Account{}, csdn.Errorf(csdn.Conflict, "Your account is no longer an active one of the secretariat.")
	}
	return a, matches(read, a.Version)
}

// with returns the account with the profile, cleaned and checked.
func (d Accounts) with(ctx context.Context, before csdn.Account, profile csdn.AccountProfile) (csdn.Account, error) {
	after, err := before.With(profile.Clean())
	if err != nil || after.Organisation == "" || after.Organisation == before.Organisation {
		return after, err
	}
	o, err := d.Organisations.Organisation(ctx, after.Organisation)
	if errors.Is(err, csdn.NotFound) || err == nil && o.Status == csdn.Archived {
		return after, &csdn.Error{Kind: csdn.Invalid, Message: "The account breaks a rule; errors says which.",
			Fields: []csdn.Field{{Location: "organisation", Message: "is not an organisation of the directory"}}}
	}
	return after, err
}

func (d Accounts) keyring(ctx context.Context, id csdn.AccountID) (*csdn.Keyring, error) {
	k, err := d.Tokens.Keyring(ctx, id)
	return &k, err
}

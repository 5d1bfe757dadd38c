package directory

import (
	"context"
	"errors"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Identity says who a verified token speaks for.
type Identity struct {
	Clerk
	Accounts csdn.AccountStore
}

// Identify returns the account bound to the subject. At its first sign-in an account is bound to the subject with its
// verified address; it is never bound anew. A subject without an account is anonymous.
func (d Identity) Identify(ctx context.Context, claims csdn.Claims) (csdn.Caller, error) {
	bound, err := d.Accounts.AccountBySubject(ctx, claims.Subject)
	if err == nil {
		return bound.Caller(), nil
	}
	anonymous := csdn.Caller{Role: csdn.AnonymousRole}
	if !errors.Is(err, csdn.NotFound) || claims.VerifiedEmail == "" {
		return anonymous, unlessAbsent(err)
	}
	account, err := d.Accounts.AccountByEmail(ctx, strings.ToLower(claims.VerifiedEmail))
	if err != nil || account.Subject != "" {
		return anonymous, unlessAbsent(err)
	}
	now := d.Now()
	after := account
	after.Subject, after.UpdatedAt, after.Version = claims.Subject, now, account.Version+1
	if err := d.Accounts.PutAccount(ctx, account, after, d.change(account.ID, "account.bound", now, after.Version, nil)); err != nil {
		return anonymous, err
	}
	return after.Caller(), nil
}

// Me returns the account of the caller.
func (d Identity) Me(ctx context.Context, caller csdn.Caller) (csdn.Account, error) {
	if _, err := permit(caller, "me.read"); err != nil {
		return csdn.Account{}, err
	}
	return d.Accounts.Account(ctx, caller.Account)
}

func unlessAbsent(err error) error {
	if errors.Is(err, csdn.NotFound) {
		return nil
	}
	return err
}

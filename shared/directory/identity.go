package directory

import (
	"context"
	"errors"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Identity says who a verified token speaks for.
type Identity struct {
	Clerk
	Accounts csdn.AccountStore
	Tokens   csdn.TokenStore
	Unmarked func(error) // is told why the use of a token could not be noted, which is no reason to refuse it
}

// Identify returns the account bound to the subject. At its first sign-in an account is bound to the subject with its
// verified address; it is bound anew only when the secretariat unbinds it. A subject without an active account is anonymous.
func (d Identity) Identify(ctx context.Context, claims csdn.Claims) (csdn.Caller, error) {
	caller, err := d.bound(ctx, claims.Subject)
	if !errors.Is(err, csdn.NotFound) || claims.VerifiedEmail == "" {
		return caller, unlessAbsent(err)
	}
	account, err := d.Accounts.AccountByEmail(ctx, strings.ToLower(claims.VerifiedEmail))
	if account.Subject == claims.Subject && err == nil { // bound this moment, by another request of the same person
		caller, err = d.bound(ctx, claims.Subject)
		return caller, unlessAbsent(err)
	}
	if err != nil || account.Subject != "" || account.Inactive {
		return caller, unlessAbsent(err)
	}
	now := d.Now()
	after := account
	after.Subject, after.UpdatedAt, after.Version = claims.Subject, now, account.Version+1
	err = d.Accounts.PutAccount(ctx, account, after, d.change(account.Caller(), "account.bound", now, after.Version, nil))
	if errors.Is(err, csdn.Stale) || errors.Is(err, csdn.Conflict) { // as above
		caller, err = d.bound(ctx, claims.Subject)
		return caller, unlessAbsent(err)
	}
	if err != nil {
		return caller, err
	}
	return after.Caller(), nil
}

// bound returns the account bound to the subject, as whom it calls: as nobody when the account is not active. NotFound.
func (d Identity) bound(ctx context.Context, subject string) (csdn.Caller, error) {
	account, err := d.Accounts.AccountBySubject(ctx, subject)
	if err != nil || account.Inactive {
		return csdn.Caller{Role: csdn.AnonymousRole}, err
	}
	return account.Caller(), nil
}

// IdentifyToken returns the account that an API token acts for, and when the token expires. An unknown or expired one, and one
// of an account that is not active, is anonymous.
func (d Identity) IdentifyToken(ctx context.Context, hash csdn.TokenHash) (csdn.Caller, time.Time, error) {
	anonymous, now := csdn.Caller{Role: csdn.AnonymousRole}, d.Now()
	t, err := d.Tokens.TokenByHash(ctx, hash)
	if err != nil || t.Expired(now) {
		return anonymous, time.Time{}, unlessAbsent(err)
	}
	account, err := d.Accounts.Account(ctx, t.Account)
	if err != nil || account.Inactive {
		return anonymous, time.Time{}, unlessAbsent(err)
	}
	if now.Sub(t.LastUsedAt) >= csdn.TokenUseEvery {
		if err := d.Tokens.MarkToken(ctx, hash, now); err != nil {
			d.Unmarked(err)
		}
	}
	caller := account.Caller()
	caller.Token, caller.Scope = t.ID, t.Scope
	return caller, t.ExpiresAt, nil
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

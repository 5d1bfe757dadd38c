package directory

import (
	"context"
	"errors"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Tokens keeps the API tokens of whoever is signed in.
type Tokens struct {
	Clerk
	Store     csdn.TokenStore
	NewSecret func() [20]byte // random
}

// keyringAttempts is how often a keyring that another changed meanwhile is read anew.
const keyringAttempts = 5

// List returns a page of the tokens of the caller's account, the newest first.
func (d Tokens) List(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.Token], error) {
	if _, err := permit(caller, "token.read"); err != nil {
		return csdn.Page[csdn.Token]{}, err
	}
	k, err := d.Store.Keyring(ctx, caller.Account)
	if err != nil {
		return csdn.Page[csdn.Token]{}, err
	}
	tokens := k.At(d.Now()).Tokens
	slices.Reverse(tokens)
	return csdn.Paginate(tokens, "tokens "+string(caller.Account), func(t csdn.Token) string { return string(t.ID) }, page)
}

// Create makes a token of the name, scope and expiry for the caller's account, and returns its text, which is kept nowhere.
// Conflict when the account has as many as it can have.
func (d Tokens) Create(ctx context.Context, caller csdn.Caller, order csdn.Token) (made csdn.Token, text string, err error) {
	if _, err := permit(caller, "token.created"); err != nil {
		return csdn.Token{}, "", err
	}
	text = csdn.NewToken(d.NewSecret())
	order.ID, order.Account, order.CreatedAt = csdn.TokenID(d.NewID()), caller.Account, d.Now()
	order.Hash, _ = csdn.HashToken(text)
	made = order.Clean()
	if err := made.Validate(); err != nil {
		return csdn.Token{}, "", err
	}
	return made, text, d.alter(ctx, caller, "token.created", func(before csdn.Keyring) (csdn.Keyring, []csdn.Difference, error) {
		after, err := before.Add(made)
		return after, csdn.Differences(nil, made.Facts()), err
	})
}

// Delete revokes a token of the caller's account. NotFound for another's.
func (d Tokens) Delete(ctx context.Context, caller csdn.Caller, id csdn.TokenID) error {
	if _, err := permit(caller, "token.deleted"); err != nil {
		return err
	}
	return d.alter(ctx, caller, "token.deleted", func(before csdn.Keyring) (csdn.Keyring, []csdn.Difference, error) {
		after, removed, err := before.Remove(id)
		return after, csdn.Differences(removed.Facts(), csdn.Token{}.Facts()), err
	})
}

// alter changes the keyring of the caller's account, decided anew when another change was faster.
func (d Tokens) alter(ctx context.Context, caller csdn.Caller, act csdn.Act, decide func(csdn.Keyring) (csdn.Keyring, []csdn.Difference, error)) error {
	var err error
	for range keyringAttempts {
		before, failed := d.Store.Keyring(ctx, caller.Account)
		if failed != nil {
			return failed
		}
		after, fields, failed := decide(before)
		if failed != nil {
			return failed
		}
		err = d.Store.PutKeyring(ctx, before, after, d.change(caller, act, d.Now(), after.Version, fields))
		if !errors.Is(err, csdn.Stale) {
			return err
		}
	}
	return &csdn.Error{Kind: csdn.Unavailable, Message: "The tokens of the account are being changed; try again.", RetryAfter: time.Second, Cause: err}
}

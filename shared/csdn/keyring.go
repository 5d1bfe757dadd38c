package csdn

import (
	"context"
	"slices"
	"time"
)

// maximumTokens is how many tokens that have not expired an account may have.
const maximumTokens = 20

// Keyring is the API tokens of one account, in the order of their making.
type Keyring struct {
	Account AccountID
	Tokens  []Token
	Version Version
}

// Add returns the keyring with one more token at the time of its making, and without those that need not be known any more.
// Conflict when it is full.
func (k Keyring) Add(t Token) (Keyring, error) {
	after := k.At(t.CreatedAt)
	live := 0
	for _, one := range after.Tokens {
		if !one.Expired(t.CreatedAt) {
			live++
		}
	}
	if live >= maximumTokens {
		return k, Errorf(Conflict, "The account has %d tokens, which is the most that it can have; remove one that is not needed.", live)
	}
	// As many that have expired are kept beside, so that the keyring stays small.
	for len(after.Tokens) >= 2*maximumTokens {
		oldest := slices.IndexFunc(after.Tokens, func(one Token) bool { return one.Expired(t.CreatedAt) })
		after.Tokens = slices.Delete(after.Tokens, oldest, oldest+1)
	}
	after.Tokens = append(after.Tokens, t)
	after.Version++
	return after, nil
}

// Remove returns the keyring without a token, and that token. NotFound.
func (k Keyring) Remove(id TokenID) (Keyring, Token, error) {
	place := slices.IndexFunc(k.Tokens, func(t Token) bool { return t.ID == id })
	if place < 0 {
		return k, Token{}, Errorf(NotFound, "There is nothing here.")
	}
	removed := k.Tokens[place]
	k.Tokens = slices.Delete(slices.Clone(k.Tokens), place, place+1)
	k.Version++
	return k, removed, nil
}

// At returns the keyring without the tokens that need not be known any more at the time.
func (k Keyring) At(now time.Time) Keyring {
	k.Tokens = slices.DeleteFunc(slices.Clone(k.Tokens), func(t Token) bool { return !now.Before(t.ForgetAt()) })
	return k
}

// ForgetAt returns when no token of the keyring need be known any more.
func (k Keyring) ForgetAt() time.Time {
	var last time.Time
	for _, t := range k.Tokens {
		if t.ForgetAt().After(last) {
			last = t.ForgetAt()
		}
	}
	return last
}

// TokenStore keeps API tokens.
type TokenStore interface {
	// Keyring returns the tokens of an account, consistently read: an empty keyring at version 0 when it never had one.
	Keyring(ctx context.Context, account AccountID) (Keyring, error)
	// PutKeyring writes the keyring at k.Version, its new tokens, and appends the change to the trail of the account, in one
	// transaction; tokens of before that k lacks are forgotten. Stale when the stored version is not the one before; Conflict
	// when the account is not active.
	PutKeyring(ctx context.Context, before, k Keyring, change Change) error
	// TokenByHash returns one token, consistently read. NotFound.
	TokenByHash(ctx context.Context, hash TokenHash) (Token, error)
	// MarkToken notes when a token was used. NotFound when there is none.
	MarkToken(ctx context.Context, hash TokenHash, at time.Time) error
}

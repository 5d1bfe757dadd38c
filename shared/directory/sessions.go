package directory

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"csdn.example/directory/shared/csdn"
)

// sessionLength is how long a session lasts: a working day. It does not grow by use.
const sessionLength = 10 * time.Hour

// Sessions lets browsers go on as an account.
type Sessions struct {
	Identity
	Store    csdn.SessionStore
	NewToken func() string // a new text of at least 128 random bits
}

// Begin signs in whoever the claims are of, and returns the secret by which the browser goes on, and for how long. Forbidden
// when no active account is of that subject or verified address.
func (d Sessions) Begin(ctx context.Context, claims csdn.Claims) (secret string, length time.Duration, err error) {
	caller, err := d.Identify(ctx, claims)
	if err != nil {
		return "", 0, err
	}
	if caller.Role == csdn.AnonymousRole {
		return "", 0, csdn.Errorf(csdn.Forbidden, "The directory has no account of your address. Ask the secretariat at EPLO for one.")
	}
	secret = d.NewToken()
	now := d.Now()
	return secret, sessionLength, d.Store.PutSession(ctx, csdn.Session{
		Hash: hashSecret(secret), Account: caller.Account, Subject: claims.Subject, CreatedAt: now, ExpiresAt: now.Add(sessionLength),
	})
}

// Caller returns the account of the session whose secret a browser shows, as it is now. Unauthenticated when there is no such
// session, or it has ended, or its account has, is not active, or is no longer bound to who signed in.
func (d Sessions) Caller(ctx context.Context, secret string) (csdn.Account, error) {
	over := csdn.Errorf(csdn.Unauthenticated, "You are not signed in any more. Sign in again.")
	if secret == "" {
		return csdn.Account{}, over
	}
	session, err := d.Store.Session(ctx, hashSecret(secret))
	if errors.Is(err, csdn.NotFound) || err == nil && !d.Now().Before(session.ExpiresAt) {
		return csdn.Account{}, over
	}
	if err != nil {
		return csdn.Account{}, err
	}
	account, err := d.Accounts.Account(ctx, session.Account)
	if errors.Is(err, csdn.NotFound) || err == nil && (account.Inactive || account.Subject != session.Subject) {
		return csdn.Account{}, over
	}
	return account, err
}

// Member is Caller for those who need to know no more than who it is.
func (d Sessions) Member(ctx context.Context, secret string) (csdn.Caller, error) {
	account, err := d.Caller(ctx, secret)
	return account.Caller(), err
}

// End ends the session, so that its secret is good for nothing, wherever it was kept.
func (d Sessions) End(ctx context.Context, secret string) error {
	return d.Store.DeleteSession(ctx, hashSecret(secret))
}

func hashSecret(secret string) csdn.SessionHash {
	sum := sha256.Sum256([]byte(secret))
	return csdn.SessionHash(hex.EncodeToString(sum[:]))
}

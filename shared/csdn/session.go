package csdn

import (
	"context"
	"time"
)

// SessionHash is the hash of the secret that a browser shows to go on with its session.
type SessionHash string

// Session lets a browser go on as an account after a sign-in, until it expires or is signed out. What the account may do is read
// from the account each time.
type Session struct {
	Hash      SessionHash
	Account   AccountID
	Subject   string // who signed in, as Account has it
	CreatedAt time.Time
	ExpiresAt time.Time
}

// SessionStore keeps sessions.
type SessionStore interface {
	// Session returns the session of the hash, consistently read. NotFound.
	Session(ctx context.Context, hash SessionHash) (Session, error)
	// PutSession stores a new session.
	PutSession(ctx context.Context, s Session) error
	// DeleteSession ends a session. It is no error when there is none.
	DeleteSession(ctx context.Context, hash SessionHash) error
}

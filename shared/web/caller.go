package web

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// SessionCookie is the one cookie of the pages: while somebody signs in it holds the attempt, from then on the secret of the
// session. The prefix binds it to this host and to TLS (RFC 6265bis, section 4.1.3.2).
const SessionCookie = "__Host-session"

type callerKey struct{}

// WithCaller returns a context that tells who calls.
func WithCaller(ctx context.Context, c csdn.Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// Caller returns who calls, and the anonymous caller where nobody is known.
func Caller(ctx context.Context) csdn.Caller {
	c, ok := ctx.Value(callerKey{}).(csdn.Caller)
	if !ok {
		return csdn.Caller{Role: csdn.AnonymousRole}
	}
	return c
}

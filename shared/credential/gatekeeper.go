package credential

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Gatekeeper says who calls, by the Authorization header: a token of the issuer, or an API token of the directory. It remembers its
// answers for CacheFor, so that a revoked account is out after that time at the latest, and no token longer than that is good. It is for
// concurrent use and must not be copied.
type Gatekeeper struct {
	Issuer        *Issuer
	Identify      func(context.Context, csdn.Claims) (csdn.Caller, error)
	IdentifyToken func(context.Context, csdn.TokenHash) (caller csdn.Caller, expires time.Time, err error)
	CacheFor      time.Duration
	Now           func() time.Time

	lock  sync.Mutex
	known map[[sha256.Size]byte]remembered
}

type remembered struct {
	caller csdn.Caller
	until  time.Time
}

// crowd is how many answers are remembered at most.
const crowd = 2000

// Caller returns who presents the header: the anonymous caller when there is none or its token is refused, which the
// reason, for logs alone, then tells. An error means that it cannot be known just now.
func (g *Gatekeeper) Caller(ctx context.Context, header string) (caller csdn.Caller, reason string, err error) {
	anonymous := csdn.Caller{Role: csdn.AnonymousRole}
	scheme, token, _ := strings.Cut(header, " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" {
		return anonymous, "no bearer token", nil
	}
	name := sha256.Sum256([]byte(token))
	if caller, known := g.recall(name); known {
		return caller, "", nil
	}
	caller, expires, err := g.identify(ctx, token)
	if errors.Is(err, ErrRefused) {
		return anonymous, err.Error(), nil
	}
	if err != nil {
		return anonymous, "", err
	}
	if caller.Role == csdn.AnonymousRole {
		return caller, "no active account of this subject or token", nil
	}
	g.remember(name, caller, expires)
	return caller, "", nil
}

// identify returns who presents the token, and until when that is good at most.
func (g *Gatekeeper) identify(ctx context.Context, token string) (csdn.Caller, time.Time, error) {
	if csdn.IsToken(token) {
		hash, whole := csdn.HashToken(token)
		if !whole {
			return csdn.Caller{}, time.Time{}, fmt.Errorf("%w: it is a mistyped API token", ErrRefused)
		}
		return g.IdentifyToken(ctx, hash)
	}
	claims, err := g.Issuer.Verify(ctx, token)
	if err != nil {
		return csdn.Caller{}, time.Time{}, err
	}
	caller, err := g.Identify(ctx, claims)
	return caller, claims.Expires, err
}

func (g *Gatekeeper) recall(name [sha256.Size]byte) (csdn.Caller, bool) {
	g.lock.Lock()
	defer g.lock.Unlock()
	answer, known := g.known[name]
	return answer.caller, known && g.Now().Before(answer.until)
}

func (g *Gatekeeper) remember(name [sha256.Size]byte, caller csdn.Caller, expires time.Time) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if g.known == nil || len(g.known) >= crowd {
		g.known = map[[sha256.Size]byte]remembered{}
	}
	until := g.Now().Add(g.CacheFor)
	if expires.Before(until) {
		until = expires
	}
	g.known[name] = remembered{caller, until}
}

package credential

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"

	"csdn.example/directory/shared/csdn"
)

// ErrRefused says that a token is not one to trust. What is wrong with it is in the chain, for logs alone.
var ErrRefused = errors.New("the token is refused")

// Issuer verifies the JWTs of one OIDC issuer: signed with one of its published keys by an asymmetric algorithm, for this
// audience, in their time, and of the use asked for where the issuer tells uses apart. It is for concurrent use and must not be copied.
type Issuer struct {
	URL      string // the iss of its tokens
	Keys     string // the address of its key set (RFC 7517)
	Audience string // the aud of its tokens, or their client_id
	Client   *http.Client
	Now      func() time.Time

	lock    sync.Mutex
	known   jwk.Set
	fetched time.Time
	failed  time.Time
}

// maximumToken is the greatest length of a token in bytes.
const maximumToken = 4096

// refetch is how soon the keys may be fetched again for a key that is not known, and stale how long they are kept at all.
const (
	refetch = 10 * time.Second
	stale   = time.Hour
)

// Verify returns what an access token says, or ErrRefused. Other errors mean that the issuer's keys cannot be had.
func (i *Issuer) Verify(ctx context.Context, token string) (csdn.Claims, error) {
	parsed, err := i.parse(ctx, token)
	if err != nil {
		return csdn.Claims{}, err
	}
	return i.claims(parsed, "access")
}

// VerifyIdentity is Verify for an ID token that was made for the nonce (OpenID Connect Core 1.0, section 3.1.3.7).
func (i *Issuer) VerifyIdentity(ctx context.Context, token, nonce string) (csdn.Claims, error) {
	parsed, err := i.parse(ctx, token)
	if err != nil {
		return csdn.Claims{}, err
	}
	if nonce == "" || text(parsed, "nonce") != nonce {
		return csdn.Claims{}, fmt.Errorf("%w: it was made for another sign-in", ErrRefused)
	}
	return i.claims(parsed, "id")
}

func (i *Issuer) parse(ctx context.Context, token string) (jwt.Token, error) {
	if len(token) > maximumToken {
		return nil, fmt.Errorf("%w: it is too long", ErrRefused)
	}
	keyID, err := signature(token)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	keys, err := i.keys(ctx, keyID)
	if err != nil {
		return nil, err
	}
	parsed, err := jwt.Parse([]byte(token), jwt.WithKeySet(keys, jws.WithRequireKid(true), jws.WithInferAlgorithmFromKey(true)), jwt.WithIssuer(i.URL),
		jwt.WithRequiredClaim("exp"), jwt.WithRequiredClaim("sub"), jwt.WithClock(jwt.ClockFunc(i.Now)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return parsed, nil
}

func (i *Issuer) claims(t jwt.Token, wanted string) (csdn.Claims, error) {
	audience, _ := t.Audience()
	client := text(t, "client_id")
	if !slices.Contains(audience, i.Audience) && (len(audience) > 0 || client != i.Audience) {
		return csdn.Claims{}, fmt.Errorf("%w: it is for another audience", ErrRefused)
	}
	if t.Has("token_use") && text(t, "token_use") != wanted {
		return csdn.Claims{}, fmt.Errorf("%w: it is for another use", ErrRefused)
	}
	subject, _ := t.Subject()
	if subject == "" {
		return csdn.Claims{}, fmt.Errorf("%w: it has no subject", ErrRefused)
	}
	claims := csdn.Claims{Subject: i.URL + " " + subject}
	claims.Expires, _ = t.Expiration()
	var verified bool
	if err := t.Get("email_verified", &verified); err == nil && verified {
		claims.VerifiedEmail = text(t, "email")
	}
	return claims, nil
}

func text(t jwt.Token, claim string) string {
	var value string
	if err := t.Get(claim, &value); err != nil {
		return ""
	}
	return value
}

// signature returns the id of the key that a token names, if its algorithm is one to accept.
func signature(token string) (keyID string, err error) {
	message, err := jws.Parse([]byte(token), jws.WithCompact())
	if err != nil {
		return "", err
	}
	if len(message.Signatures()) != 1 {
		return "", errors.New("it has not exactly one signature")
	}
	header := message.Signatures()[0].ProtectedHeaders()
	if header.Has(jws.CriticalKey) {
		return "", errors.New("it makes an extension critical, and none is known here")
	}
	algorithm, _ := header.Algorithm()
	if !slices.Contains([]jwa.SignatureAlgorithm{jwa.RS256(), jwa.ES256(), jwa.PS256()}, algorithm) {
		return "", errors.New("its algorithm is not accepted")
	}
	keyID, _ = header.KeyID()
	if keyID == "" {
		return "", errors.New("it names no key")
	}
	return keyID, nil
}

// keys returns the issuer's keys, fetched anew when they are stale or lack the one named: an issuer rotates its keys by
// publishing the next before it signs with it.
func (i *Issuer) keys(ctx context.Context, keyID string) (jwk.Set, error) {
	i.lock.Lock()
	defer i.lock.Unlock()
	age := i.Now().Sub(i.fetched)
	if i.known != nil && age < stale {
		if _, known := i.known.LookupKeyID(keyID); known || age < refetch {
			return i.known, nil
		}
	}
	if i.Now().Sub(i.failed) < refetch {
		return i.inReserve(errors.New("the issuer's keys could not be had a moment ago"))
	}
	fetched, err := jwk.Fetch(ctx, i.Keys, jwk.WithHTTPClient(i.Client))
	if err != nil {
		i.failed = i.Now()
		return i.inReserve(fmt.Errorf("fetch the issuer's keys: %w", err))
	}
	i.known, i.fetched = fetched, i.Now()
	return i.known, nil
}

// inReserve returns the keys that are known while they are not stale, and else why there are none.
func (i *Issuer) inReserve(cause error) (jwk.Set, error) {
	if i.known != nil && i.Now().Sub(i.fetched) < stale {
		return i.known, nil
	}
	return nil, cause
}

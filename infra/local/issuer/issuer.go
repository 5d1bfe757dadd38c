// Package issuer is an OpenID Connect issuer for the demo accounts: it stands where the user pool does when the system is
// deployed, and knows no passwords, since it serves this computer alone.
//
// Its tokens have the claims of Amazon Cognito's access and ID tokens, with the audience and the e-mail address in both,
// as other issuers have them. The flow is the authorization code with PKCE (RFC 6749, RFC 7636, OpenID Connect Core 1.0).
//
// It may import the standard library and a JOSE library.
package issuer

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

// Emails are the demo accounts', one for each role.
func Emails() []string {
	return []string{
		"secretariat@demo.example", "planner@demo.example", "organisation@demo.example", "official@demo.example",
	}
}

// Options say who the issuer is. All fields are required.
type Options struct {
	// Name is the issuer's identifier, the iss of its tokens: accounts are bound to it, so it outlives a change of address.
	Name string
	// URL is where its documents are found.
	URL string
	// Audience is the one that tokens are for; it is also the one client.
	Audience string
	// Origin is where a sign-in may lead back to, such as http://127.0.0.1:8080.
	Origin string
	// KeyFile keeps the private keys, made if absent, so that tokens outlive a restart.
	KeyFile string
	Now     func() time.Time
	// NewID makes the unique ids of tokens.
	NewID func() string
}

// Issuer signs tokens.
type Issuer struct {
	options Options

	mutex  sync.Mutex
	keys   keys
	public jwk.Set
	codes  map[string]grant
}

// Lifetime is how long a token is good for.
const Lifetime = time.Hour

// New reads the issuer's keys, or makes them at the first start.
func New(o Options) (*Issuer, error) {
	k, err := loadKeys(o.KeyFile)
	if err != nil {
		return nil, err
	}
	public, err := k.public()
	if err != nil {
		return nil, err
	}
	return &Issuer{options: o, keys: k, public: public, codes: map[string]grant{}}, nil
}

// rotate has the next key sign from now on, and publishes another for the time after it.
func (i *Issuer) rotate() error {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	after, err := i.keys.rotated(i.options.KeyFile, i.options.Now())
	if err != nil {
		return err
	}
	public, err := after.public()
	if err != nil {
		return err
	}
	i.keys, i.public = after, public
	return nil
}

func (i *Issuer) signing() jwk.Key {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	return i.keys.signing()
}

func (i *Issuer) published() jwk.Set {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	return i.public
}

// AccessToken signs an access token for a demo account; false if there is no such account.
func (i *Issuer) AccessToken(email string) (string, bool, error) {
	if !slices.Contains(Emails(), email) {
		return "", false, nil
	}
	token, err := i.sign(email, map[string]any{"token_use": "access", "client_id": i.options.Audience, "scope": "openid email"})
	return token, true, err
}

// sign signs the claims that all tokens have, and those given.
func (i *Issuer) sign(email string, claims map[string]any) (string, error) {
	now := i.options.Now().Truncate(time.Second)
	builder := jwt.NewBuilder().
		Issuer(i.options.Name).Subject(subject(email)).Audience([]string{i.options.Audience}).
		IssuedAt(now).Expiration(now.Add(Lifetime)).JwtID(i.options.NewID()).
		Claim("email", email).Claim("email_verified", true)
	for name, value := range claims {
		builder.Claim(name, value)
	}
	token, err := builder.Build()
	if err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	signed, err := jwt.Sign(token, jwt.WithKey(jwa.RS256(), i.signing()))
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return string(signed), nil
}

// subject is the same for an address always, in the shape of a UUID.
func subject(email string) string {
	sum := sha256.Sum256([]byte(email))
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// Configuration answers with the discovery document of OpenID Connect.
func (i *Issuer) Configuration(w http.ResponseWriter, _ *http.Request) {
	url := i.options.URL
	reply(w, "application/json", http.StatusOK, map[string]any{
		"issuer":                                i.options.Name,
		"authorization_endpoint":                url + "/authorize",
		"token_endpoint":                        url + "/token",
		"jwks_uri":                              url + "/jwks.json",
		"response_types_supported":              []string{"code"},
		"grant_types_supported":                 []string{"authorization_code"},
		"subject_types_supported":               []string{"public"},
		"scopes_supported":                      []string{"openid", "email"},
		"id_token_signing_alg_values_supported": []string{"RS256"},
		"code_challenge_methods_supported":      []string{"S256"},
		"token_endpoint_auth_methods_supported": []string{"none"},
		"claims_supported":                      []string{"sub", "email", "email_verified"},
	})
}

// Keys answers with the public keys as a JWK set.
func (i *Issuer) Keys(w http.ResponseWriter, _ *http.Request) {
	reply(w, "application/json", http.StatusOK, i.published())
}

// Rotate has the issuer sign with another key from now on. Tokens signed before are good to their end.
func (i *Issuer) Rotate(w http.ResponseWriter, _ *http.Request) {
	if err := i.rotate(); err != nil {
		problem(w, http.StatusInternalServerError, "The keys cannot be rotated.")
		return
	}
	reply(w, "application/json", http.StatusOK, i.published())
}

// Token answers {"email": …} with an access token, without further ado, for scripts and tests.
func (i *Issuer) Token(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Email string `json:"email"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&request); err != nil {
		problem(w, http.StatusBadRequest, `The body is not JSON of the form {"email": "…"}.`)
		return
	}
	token, found, err := i.AccessToken(request.Email)
	if err != nil {
		problem(w, http.StatusInternalServerError, "The token cannot be signed.")
		return
	}
	if !found {
		problem(w, http.StatusNotFound, "There is no demo account of that address.")
		return
	}
	reply(w, "application/json", http.StatusOK, map[string]any{
		"access_token": token, "token_type": "Bearer", "expires_in": int(Lifetime.Seconds()),
	})
}

// problem answers with a problem of RFC 9457.
func problem(w http.ResponseWriter, status int, detail string) {
	reply(w, "application/problem+json", status, map[string]any{
		"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail,
	})
}

func reply(w http.ResponseWriter, kind string, status int, body any) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// The client has gone if this fails.
	_ = json.NewEncoder(w).Encode(body)
}

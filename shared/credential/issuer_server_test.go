package credential

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
)

// The private keys of the tests: two of the issuer by each family, one that it publishes and no token may use, and two of a stranger.
var (
	rsaKey, strangerRSA = newRSA(), newRSA()
	ecKey, strangerEC   = newEC(), newEC()
	_, edKey, _         = ed25519.GenerateKey(rand.Reader)
)

func newRSA() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func newEC() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// publisher is an issuer's key set behind a real HTTP server, and the clock that its verifier goes by.
type publisher struct {
	*httptest.Server
	lock    sync.Mutex
	answer  []byte
	status  int
	fetches int
	now     time.Time
}

// newPublisher serves the keys given.
func newPublisher(t *testing.T, keys ...jwk.Key) *publisher {
	t.Helper()
	p := &publisher{status: http.StatusOK, now: time.Date(2027, 2, 1, 8, 15, 0, 0, time.UTC)}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	p.publish(t, keys...)
	return p
}

// ServeHTTP implements http.Handler.
func (p *publisher) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.fetches++
	w.WriteHeader(p.status)
	_, _ = w.Write(p.answer)
}

func (p *publisher) publish(t *testing.T, keys ...jwk.Key) {
	t.Helper()
	set := jwk.NewSet()
	for _, key := range keys {
		must(t, set.AddKey(key))
	}
	text, err := json.Marshal(set)
	must(t, err)
	p.says(http.StatusOK, text)
}

func (p *publisher) says(status int, answer []byte) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.status, p.answer = status, answer
}

func (p *publisher) fetched() int {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.fetches
}

func (p *publisher) clock() time.Time {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.now
}

func (p *publisher) pass(d time.Duration) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.now = p.now.Add(d)
}

const (
	issuerURL = "https://issuer.example/pool"
	audience  = "directory-client"
)

func (p *publisher) issuer() *Issuer {
	return &Issuer{URL: issuerURL, Keys: p.URL, Audience: audience, Client: p.Client(), Now: p.clock}
}

// public returns the key as an issuer publishes it.
func public(t *testing.T, private crypto.Signer, id string, algorithm jwa.SignatureAlgorithm) jwk.Key {
	t.Helper()
	key, err := jwk.Import(private.Public())
	must(t, err)
	must(t, key.Set(jwk.KeyIDKey, id))
	must(t, key.Set(jwk.AlgorithmKey, algorithm))
	return key
}

// claims are those of a token that is in order, as of the publisher's time, with the changes made; nil removes a claim.
func (p *publisher) claims(changes map[string]any) map[string]any {
	now := p.clock()
	all := map[string]any{
		"iss": issuerURL, "sub": "subject-7", "aud": audience, "token_use": "access",
		"iat": now.Add(-time.Minute).Unix(), "nbf": now.Add(-time.Minute).Unix(), "exp": now.Add(time.Hour).Unix(),
	}
	for name, value := range changes {
		all[name] = value
		if value == nil {
			delete(all, name)
		}
	}
	return all
}

// signed returns a token with the claims, signed by the key under the headers; "" as kid names no key.
func signed(t *testing.T, claims map[string]any, algorithm jwa.SignatureAlgorithm, key any, kid string, headers map[string]any) string {
	t.Helper()
	payload, err := json.Marshal(claims)
	must(t, err)
	protected := jws.NewHeaders()
	if kid != "" {
		must(t, protected.Set(jws.KeyIDKey, kid))
	}
	for name, value := range headers {
		must(t, protected.Set(name, value))
	}
	token, err := jws.Sign(payload, jws.WithKey(algorithm, key, jws.WithProtectedHeaders(protected)))
	must(t, err)
	return string(token)
}

// unsigned returns the parts of a token as they are, whatever they are.
func unsigned(header, payload string, signature []byte) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(header)) + "." + encode([]byte(payload)) + "." + encode(signature)
}

// parts splits a compact token.
func parts(token string) [3]string {
	split := bytes.SplitN([]byte(token), []byte("."), 3)
	return [3]string{string(split[0]), string(split[1]), string(split[2])}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

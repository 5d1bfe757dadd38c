package credential

import (
	"context"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"

	"csdn.example/directory/shared/csdn"
)

func refused(err error) bool { return errors.Is(err, ErrRefused) }

// forgery is a token that is not to be trusted.
type forgery struct{ name, token string }

func TestForgeriesAreRefused(t *testing.T) {
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()), public(t, rsaKey, "rs", jwa.RS256()), public(t, edKey, "ed", jwa.EdDSA()),
		public(t, rsaKey, "rs512", jwa.RS512()))
	issuer := keys.issuer()
	if _, err := issuer.Verify(t.Context(), signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil)); err != nil {
		t.Fatalf("the honest token: %v", err)
	}
	for _, f := range forgeries(t, keys) {
		t.Run(f.name, func(t *testing.T) {
			got, err := issuer.Verify(t.Context(), f.token)
			if !refused(err) {
				t.Errorf("got %v, want a refusal", err)
			}
			if diff := cmp.Diff(csdn.Claims{}, got); diff != "" {
				t.Errorf("claims beside a refusal:\n%s", diff)
			}
		})
	}
}

func TestKeysThatATokenBringsAreNotLookedAt(t *testing.T) {
	asked := 0
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		set := jwk.NewSet()
		_ = set.AddKey(public(t, strangerEC, "stranger", jwa.ES256()))
		_ = json.NewEncoder(w).Encode(set)
	}))
	t.Cleanup(stranger.Close)
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	issuer := keys.issuer()
	for _, header := range []string{jws.JWKSetURLKey, jws.X509URLKey} {
		for _, kid := range []string{"stranger", "es"} {
			token := signed(t, keys.claims(nil), jwa.ES256(), strangerEC, kid, map[string]any{header: stranger.URL})
			if _, err := issuer.Verify(t.Context(), token); !refused(err) {
				t.Errorf("%s with the key %s: %v", header, kid, err)
			}
		}
	}
	if asked != 0 {
		t.Errorf("the address in a token was asked %d times", asked)
	}
}

func TestVerifyingEndsWithItsContext(t *testing.T) {
	keys := newPublisher(t, public(t, ecKey, "es", jwa.ES256()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := keys.issuer().Verify(ctx, signed(t, keys.claims(nil), jwa.ES256(), ecKey, "es", nil)); !errors.Is(err, context.Canceled) || refused(err) {
		t.Errorf("got %v, want the context's own error", err)
	}
}

func forgeries(t *testing.T, keys *publisher) []forgery {
	t.Helper()
	with := func(changes map[string]any) string {
		return signed(t, keys.claims(changes), jwa.ES256(), ecKey, "es", nil)
	}
	now := keys.clock()
	payload, err := json.Marshal(keys.claims(map[string]any{"email": "amina@sdf.example", "email_verified": true}))
	must(t, err)
	honest, another := parts(with(nil)), parts(with(map[string]any{"sub": "subject-8"}))
	strangersKey := public(t, strangerEC, "stranger", jwa.ES256())
	return []forgery{
		{"empty", ""},
		{"words", "let me in"},
		{"dots", ".."},
		{"three empty objects", unsigned("{}", "{}", nil)},
		{"alg none without a signature", unsigned(`{"alg":"none","kid":"es"}`, string(payload), nil)},
		{"alg none with an honest signature", unsigned(`{"alg":"none","kid":"es"}`, string(payload), []byte(honest[2]))},
		{"alg None", unsigned(`{"alg":"None","kid":"es"}`, string(payload), nil)},
		{"no alg", unsigned(`{"kid":"es"}`, string(payload), nil)},
		{"alg that nobody knows", unsigned(`{"alg":"XS999","kid":"es"}`, string(payload), []byte("signature"))},
		{"alg that is a number", unsigned(`{"alg":256,"kid":"es"}`, string(payload), []byte("signature"))},
		{"HS256 with the public key in PEM as the secret", hs256(payload, "rs", publicPEM(t))},
		{"HS256 with the public key in DER as the secret", hs256(payload, "rs", publicDER(t))},
		{"HS256 with the published key as the secret", hs256(payload, "rs", publishedKey(t))},
		{"HS256 with an empty secret", hs256(payload, "es", nil)},
		{"EdDSA by a published key", signed(t, keys.claims(nil), jwa.EdDSA(), edKey, "ed", nil)},
		{"RS512 by a published key", signed(t, keys.claims(nil), jwa.RS512(), rsaKey, "rs512", nil)},
		{"another algorithm than the key's", signed(t, keys.claims(nil), jwa.PS256(), rsaKey, "rs", nil)},
		{"the id of a key that is not published", signed(t, keys.claims(nil), jwa.ES256(), ecKey, "winter", nil)},
		{"the id of another published key", signed(t, keys.claims(nil), jwa.ES256(), ecKey, "rs", nil)},
		{"no id of a key", signed(t, keys.claims(nil), jwa.ES256(), ecKey, "", nil)},
		{"a stranger's ES256 key", signed(t, keys.claims(nil), jwa.ES256(), strangerEC, "es", nil)},
		{"a stranger's RS256 key", signed(t, keys.claims(nil), jwa.RS256(), strangerRSA, "rs", nil)},
		{"a stranger's key embedded as jwk", signed(t, keys.claims(nil), jwa.ES256(), strangerEC, "stranger", map[string]any{jws.JWKKey: strangersKey})},
		{"a stranger's key embedded under a published id", signed(t, keys.claims(nil), jwa.ES256(), strangerEC, "es", map[string]any{jws.JWKKey: strangersKey})},
		{"jku", signed(t, keys.claims(nil), jwa.ES256(), strangerEC, "es", map[string]any{jws.JWKSetURLKey: "https://stranger.example/keys"})},
		{"x5u", signed(t, keys.claims(nil), jwa.ES256(), strangerEC, "es", map[string]any{jws.X509URLKey: "https://stranger.example/chain"})},
		{"two signatures", inJSON(t, payload, jws.WithKey(jwa.ES256(), ecKey, jws.WithProtectedHeaders(named(t, "es"))), jws.WithKey(jwa.RS256(), strangerRSA, jws.WithProtectedHeaders(named(t, "rs"))))},
		{"one signature in the JSON serialisation", inJSON(t, payload, jws.WithKey(jwa.ES256(), ecKey, jws.WithProtectedHeaders(named(t, "es"))))},
		{"another issuer", with(map[string]any{"iss": "https://stranger.example"})},
		{"the issuer with a slash at its end", with(map[string]any{"iss": issuerURL + "/"})},
		{"no issuer", with(map[string]any{"iss": nil})},
		{"another audience", with(map[string]any{"aud": "another"})},
		{"an audience that begins alike", with(map[string]any{"aud": audience + "-2"})},
		{"another client", with(map[string]any{"aud": nil, "client_id": "another"})},
		{"no audience", with(map[string]any{"aud": nil})},
		{"an ID token", with(map[string]any{"token_use": "id"})},
		{"a use that is empty", with(map[string]any{"token_use": ""})},
		{"a use that is a list", with(map[string]any{"token_use": []string{"access"}})},
		{"a use that is a number", with(map[string]any{"token_use": 1})},
		{"a use that is nothing", with(map[string]any{"token_use": json.RawMessage("null")})},
		{"a critical extension", byHand(t, `{"alg":"ES256","kid":"es","crit":["urn:example:lock"],"urn:example:lock":true}`, payload)},
		{"a critical extension that is absent", byHand(t, `{"alg":"ES256","kid":"es","crit":["urn:example:lock"]}`, payload)},
		{"a payload that is said not to be encoded", byHand(t, `{"alg":"ES256","kid":"es","crit":["b64"],"b64":true}`, payload)},
		{"an empty list of critical extensions", byHand(t, `{"alg":"ES256","kid":"es","crit":[]}`, payload)},
		{"critical extensions that are a text", byHand(t, `{"alg":"ES256","kid":"es","crit":"exp"}`, payload)},
		{"expired a minute ago", with(map[string]any{"exp": now.Add(-time.Minute).Unix()})},
		{"expires now", with(map[string]any{"exp": now.Unix()})},
		{"no expiry", with(map[string]any{"exp": nil})},
		{"an expiry that is a word", with(map[string]any{"exp": "never"})},
		{"not valid for a minute yet", with(map[string]any{"nbf": now.Add(time.Minute).Unix()})},
		{"issued in a minute", with(map[string]any{"iat": now.Add(time.Minute).Unix()})},
		{"no subject", with(map[string]any{"sub": nil})},
		{"an empty subject", with(map[string]any{"sub": ""})},
		{"a subject that is a number", with(map[string]any{"sub": 7})},
		{"8 KB in order otherwise", with(map[string]any{"padding": strings.Repeat("x", 8<<10)})},
		{"the payload of another token", honest[0] + "." + another[1] + "." + honest[2]},
		{"a payload of one's own", honest[0] + "." + base64.RawURLEncoding.EncodeToString(payload) + "." + honest[2]},
		{"the signature of another token", honest[0] + "." + honest[1] + "." + another[2]},
		{"the header of another algorithm", base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","kid":"es"}`)) + "." + honest[1] + "." + honest[2]},
		{"without its signature", honest[0] + "." + honest[1] + "."},
		{"without its last part", honest[0] + "." + honest[1]},
		{"cut in its signature", honest[0] + "." + honest[1] + "." + honest[2][:40]},
		{"cut in its payload", honest[0] + "." + honest[1][:30] + "." + honest[2]},
		{"a fourth part", honest[0] + "." + honest[1] + "." + honest[2] + "." + honest[2]},
		{"a payload that is no object", signedText(t, `"subject-7"`)},
		{"a payload that is no JSON", signedText(t, "subject-7")},
	}
}

// hs256 returns a token with a MAC under the secret, as a verifier that takes the algorithm from the token would check it.
func hs256(payload []byte, kid string, secret []byte) string {
	token := unsigned(`{"alg":"HS256","kid":"`+kid+`"}`, string(payload), nil)
	content := strings.TrimSuffix(token, ".")
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(content))
	return content + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// byHand returns a token signed by the issuer with ES256 under a header as it is.
func byHand(t *testing.T, header string, payload []byte) string {
	t.Helper()
	content := strings.TrimSuffix(unsigned(header, string(payload), nil), ".")
	sum := sha256.Sum256([]byte(content))
	r, s, err := ecdsa.Sign(rand.Reader, ecKey, sum[:])
	must(t, err)
	signature := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	return content + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func publicDER(t *testing.T) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
	must(t, err)
	return der
}

func publicPEM(t *testing.T) []byte {
	t.Helper()
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: publicDER(t)})
}

func publishedKey(t *testing.T) []byte {
	t.Helper()
	text, err := json.Marshal(public(t, rsaKey, "rs", jwa.RS256()))
	must(t, err)
	return text
}

func named(t *testing.T, kid string) jws.Headers {
	t.Helper()
	headers := jws.NewHeaders()
	must(t, headers.Set(jws.KeyIDKey, kid))
	return headers
}

// inJSON returns the payload signed in the JSON serialisation of JWS.
func inJSON(t *testing.T, payload []byte, by ...jws.SignOption) string {
	t.Helper()
	token, err := jws.Sign(payload, append(by, jws.WithJSON())...)
	must(t, err)
	return string(token)
}

// signedText returns a token whose payload is the text, signed by the issuer.
func signedText(t *testing.T, text string) string {
	t.Helper()
	token, err := jws.Sign([]byte(text), jws.WithKey(jwa.ES256(), ecKey, jws.WithProtectedHeaders(named(t, "es"))))
	must(t, err)
	return string(token)
}

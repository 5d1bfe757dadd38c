package e2e

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwk"

	"csdn.example/directory/shared/csdn"
)

// forger makes tokens with the issuer's own key, so that each is wrong in one thing alone.
type forger struct {
	t      *testing.T
	key    *rsa.PrivateKey
	header map[string]any
	claims map[string]any
}

// newForger begins with what the issuer says in a token that is in order, and with its key.
func newForger(t *testing.T, h house, honest string) forger {
	t.Helper()
	f := forger{t: t}
	for n, target := range []any{&f.header, &f.claims} {
		text, err := base64.RawURLEncoding.DecodeString(strings.Split(honest, ".")[n])
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, target); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(filepath.Join(h.data, "issuer.json"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := jwk.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	key, known := set.LookupKeyID(f.header["kid"].(string))
	if !known {
		t.Fatal("the key that signs is not in the issuer's file")
	}
	f.key = new(rsa.PrivateKey)
	if err := jwk.Export(key, f.key); err != nil {
		t.Fatal(err)
	}
	return f
}

// changed returns the fields with changes; nil removes one.
func changed(fields, changes map[string]any) map[string]any {
	all := maps.Clone(fields)
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_ string, value any) bool { return value == nil })
	return all
}

// token returns a token under changes of the header and the claims, signed by sign, or RS256 by the issuer's key when that is nil.
func (f forger) token(header, claims map[string]any, sign func(content string) []byte) string {
	f.t.Helper()
	content := ""
	for _, part := range []map[string]any{changed(f.header, header), changed(f.claims, claims)} {
		text, err := json.Marshal(part)
		if err != nil {
			f.t.Fatal(err)
		}
		content += "." + base64.RawURLEncoding.EncodeToString(text)
	}
	if sign == nil {
		sign = f.by(f.key)
	}
	content = content[1:]
	return content + "." + base64.RawURLEncoding.EncodeToString(sign(content))
}

// by signs with RS256.
func (f forger) by(key *rsa.PrivateKey) func(string) []byte {
	return func(content string) []byte {
		sum := sha256.Sum256([]byte(content))
		signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
		if err != nil {
			f.t.Fatal(err)
		}
		return signature
	}
}

// mac signs with HS256 under the issuer's public key, in one of the forms in which a careless verifier would have it at hand.
func (f forger) mac(secret []byte) func(string) []byte {
	return func(content string) []byte {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(content))
		return mac.Sum(nil)
	}
}

// forgeries are tokens that are not to be trusted.
func (f forger) forgeries() map[string]string {
	f.t.Helper()
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		f.t.Fatal(err)
	}
	strangerEC, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.t.Fatal(err)
	}
	strangersKey, err := jwk.Import(stranger.Public())
	if err != nil {
		f.t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(f.key.Public())
	if err != nil {
		f.t.Fatal(err)
	}
	now := time.Now()
	type fields = map[string]any
	unsigned := func(string) []byte { return nil }
	secret := csdn.NewToken([20]byte{7})
	return map[string]string{
		"alg none":                      f.token(fields{"alg": "none"}, nil, unsigned),
		"alg none, signed":              f.token(fields{"alg": "none"}, nil, nil),
		"an unknown alg":                f.token(fields{"alg": "XS999"}, nil, nil),
		"HS256 under the key in PEM":    f.token(fields{"alg": "HS256"}, nil, f.mac(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))),
		"HS256 under the key in DER":    f.token(fields{"alg": "HS256"}, nil, f.mac(der)),
		"HS256 under nothing":           f.token(fields{"alg": "HS256"}, nil, f.mac(nil)),
		"ES256 by a stranger":           f.token(fields{"alg": "ES256"}, nil, func(content string) []byte { return esign(f.t, strangerEC, content) }),
		"RS256 by a stranger":           f.token(nil, nil, f.by(stranger)),
		"another kid":                   f.token(fields{"kid": "winter"}, nil, nil),
		"no kid":                        f.token(fields{"kid": nil}, nil, nil),
		"an embedded jwk":               f.token(fields{"jwk": strangersKey}, nil, f.by(stranger)),
		"an embedded jwk without kid":   f.token(fields{"jwk": strangersKey, "kid": nil}, nil, f.by(stranger)),
		"jku":                           f.token(fields{"jku": "https://stranger.example/keys"}, nil, f.by(stranger)),
		"x5u":                           f.token(fields{"x5u": "https://stranger.example/chain"}, nil, f.by(stranger)),
		"crit":                          f.token(fields{"crit": []string{"urn:example:lock"}, "urn:example:lock": true}, nil, nil),
		"another issuer":                f.token(nil, fields{"iss": "https://stranger.example"}, nil),
		"no issuer":                     f.token(nil, fields{"iss": nil}, nil),
		"another audience":              f.token(nil, fields{"aud": "another", "client_id": "another"}, nil),
		"no audience":                   f.token(nil, fields{"aud": nil, "client_id": nil}, nil),
		"an ID token":                   f.token(nil, fields{"token_use": "id"}, nil),
		"a use that is a list":          f.token(nil, fields{"token_use": []string{"access"}}, nil),
		"expired":                       f.token(nil, fields{"exp": now.Add(-time.Minute).Unix()}, nil),
		"no exp":                        f.token(nil, fields{"exp": nil}, nil),
		"not yet valid":                 f.token(nil, fields{"nbf": now.Add(time.Hour).Unix()}, nil),
		"no subject":                    f.token(nil, fields{"sub": nil}, nil),
		"a subject unknown":             f.token(nil, fields{"sub": "nobody", "email_verified": false}, nil),
		"somebody else's address":       f.token(nil, fields{"sub": "nobody"}, nil), // whose account is bound to another subject
		"8 KB":                          f.token(nil, fields{"padding": strings.Repeat("x", 6<<10)}, nil),
		"garbage":                       "x.y.z",
		"an unknown API token":          secret,
		"an API token off by one":       secret[:len(secret)-1] + string(secret[len(secret)-1]+1),
		"an API token of garbage":       "csdn_" + strings.Repeat("Q", 33),
		"the prefix of an API token":    "csdn_",
		"an API token of 8 KB":          "csdn_" + strings.Repeat("Q", 8<<10),
		"an API token that is a number": "csdn_" + strings.Repeat("0", 33),
	}
}

func esign(t *testing.T, key *ecdsa.PrivateKey, content string) []byte {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
}

package issuer

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
)

// keys are the issuer's private keys: the next, which is published so that verifiers know it before it signs; the present, which
// signs; and those before, until the last token that they signed has expired.
type keys []jwk.Key

// retired is the member of a key before that tells since when it signs no more, in Unix time.
const retired = "retired"

// loadKeys reads the keys from the file, or makes them and writes them there.
func loadKeys(path string) (keys, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return keys{}.rotated(path, time.Time{})
	}
	if err != nil {
		return nil, fmt.Errorf("read the issuer's keys: %w", err)
	}
	set, err := jwk.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("read the issuer's keys in %s: %w", path, err)
	}
	var k keys
	for n := range set.Len() {
		key, _ := set.Key(n)
		k = append(k, key)
	}
	if len(k) < 2 {
		return k.rotated(path, time.Time{})
	}
	return k, nil
}

// signing is the present key.
func (k keys) signing() jwk.Key { return k[1] }

// rotated returns the keys with a new one, of which the one that was next is the present, and keeps them in the file.
func (k keys) rotated(path string, now time.Time) (keys, error) {
	var after keys
	for range max(1, 2-len(k)) {
		key, err := newKey()
		if err != nil {
			return nil, err
		}
		after = append(after, key)
	}
	for n, key := range k {
		if n == 1 {
			if err := key.Set(retired, float64(now.Unix())); err != nil {
				return nil, fmt.Errorf("retire a key of the issuer: %w", err)
			}
		}
		var since float64
		if err := key.Get(retired, &since); err == nil && now.After(time.Unix(int64(since), 0).Add(Lifetime)) {
			continue
		}
		after = append(after, key)
	}
	text, err := json.Marshal(map[string]any{"keys": after})
	if err != nil {
		return nil, fmt.Errorf("write the issuer's keys: %w", err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return nil, fmt.Errorf("write the issuer's keys: %w", err)
	}
	return after, nil
}

// newKey makes an RSA key, the kind that user pools sign with.
func newKey() (jwk.Key, error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, fmt.Errorf("make a key of the issuer: %w", err)
	}
	key, err := jwk.Import(private)
	if err != nil {
		return nil, fmt.Errorf("make a key of the issuer: %w", err)
	}
	if err := jwk.AssignKeyID(key); err != nil {
		return nil, fmt.Errorf("name a key of the issuer: %w", err)
	}
	return key, nil
}

// public is what verifiers fetch.
func (k keys) public() (jwk.Set, error) {
	set := jwk.NewSet()
	for _, key := range k {
		public, err := key.PublicKey()
		if err != nil {
			return nil, fmt.Errorf("publish a key of the issuer: %w", err)
		}
		for name, value := range map[string]any{jwk.AlgorithmKey: jwa.RS256(), jwk.KeyUsageKey: jwk.ForSignature} {
			if err := public.Set(name, value); err != nil {
				return nil, fmt.Errorf("publish a key of the issuer: %w", err)
			}
		}
		if err := public.Remove(retired); err != nil {
			return nil, fmt.Errorf("publish a key of the issuer: %w", err)
		}
		if err := set.AddKey(public); err != nil {
			return nil, fmt.Errorf("publish a key of the issuer: %w", err)
		}
	}
	return set, nil
}

package issuer

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
)

// loadKey reads the private key from the file, or makes one and writes it there.
func loadKey(path string) (jwk.Key, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the issuer's key: %w", err)
	}
	key, err := jwk.ParseKey(text)
	if err != nil {
		return nil, fmt.Errorf("read the issuer's key in %s: %w", path, err)
	}
	return key, nil
}

// makeKey makes an RSA key, the kind that user pools sign with.
func makeKey(path string) (jwk.Key, error) {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, fmt.Errorf("make the issuer's key: %w", err)
	}
	key, err := jwk.Import(private)
	if err != nil {
		return nil, fmt.Errorf("make the issuer's key: %w", err)
	}
	if err := jwk.AssignKeyID(key); err != nil {
		return nil, fmt.Errorf("name the issuer's key: %w", err)
	}
	text, err := json.Marshal(key)
	if err != nil {
		return nil, fmt.Errorf("write the issuer's key: %w", err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return nil, fmt.Errorf("write the issuer's key: %w", err)
	}
	return key, nil
}

// publicSet is what verifiers fetch.
func publicSet(key jwk.Key) (jwk.Set, error) {
	public, err := key.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("publish the issuer's key: %w", err)
	}
	for name, value := range map[string]any{jwk.AlgorithmKey: jwa.RS256(), jwk.KeyUsageKey: jwk.ForSignature} {
		if err := public.Set(name, value); err != nil {
			return nil, fmt.Errorf("publish the issuer's key: %w", err)
		}
	}
	set := jwk.NewSet()
	if err := set.AddKey(public); err != nil {
		return nil, fmt.Errorf("publish the issuer's key: %w", err)
	}
	return set, nil
}

package api

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"

	"csdn.example/directory/shared/csdn"
)

// keptAnswer is what a receipt seals: the answer, and the hash of the body that was answered. The hash too is sealed, as it would tell
// whoever guesses a body that the guess is right.
type keptAnswer struct {
	Request [sha256.Size]byte `json:"request"`
	Status  int               `json:"status"`
	Header  http.Header       `json:"header"`
	Body    []byte            `json:"body"`
}

// envelope names and seals the receipt of one request. Both come out of the Idempotency-Key, which nobody keeps but the client, by
// HKDF (RFC 5869) with the caller and the route as its salt: the same key of another caller or for another route is another one.
type envelope struct {
	name csdn.ReceiptName
	box  cipher.AEAD
}

func newEnvelope(key string, caller csdn.Caller, route string) (envelope, error) {
	salt := fmt.Appendf(nil, "%q %q", caller, route)
	name, err := hkdf.Key(sha256.New, []byte(key), salt, "name", sha256.Size)
	if err != nil {
		return envelope{}, fmt.Errorf("name a receipt: %w", err)
	}
	secret, err := hkdf.Key(sha256.New, []byte(key), salt, "seal", sha256.Size)
	if err != nil {
		return envelope{}, fmt.Errorf("make the key of a receipt: %w", err)
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return envelope{}, fmt.Errorf("make the cipher of a receipt: %w", err)
	}
	box, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return envelope{}, fmt.Errorf("make the seal of a receipt: %w", err)
	}
	return envelope{csdn.ReceiptName(hex.EncodeToString(name)), box}, nil
}

func (e envelope) seal(a keptAnswer) ([]byte, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("encode an answer: %w", err)
	}
	return e.box.Seal(nil, nil, text, []byte(e.name)), nil
}

func (e envelope) open(sealed []byte) (keptAnswer, error) {
	var a keptAnswer
	text, err := e.box.Open(nil, nil, sealed, []byte(e.name))
	if err != nil {
		return a, fmt.Errorf("open a receipt: %w", err)
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return a, fmt.Errorf("decode an answer: %w", err)
	}
	return a, nil
}

package csdn

import (
	"crypto/sha256"
	"encoding/hex"
	"hash/crc32"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Scope is how far an API token reaches.
type Scope string

// The scopes. Both are within what the role of the account may do.
const (
	ReadScope  Scope = "read"
	WriteScope Scope = "write" // and reads
)

// Scopes lists the scopes of API tokens.
func Scopes() []Scope { return []Scope{ReadScope, WriteScope} }

// TokenHash is the SHA-256 of an API token, in hexadecimal. The token itself is told once and kept nowhere.
type TokenHash string

// Token is an API token, by which the systems of an organisation act as an account without a person who signs in.
type Token struct {
	ID         TokenID
	Account    AccountID
	Hash       TokenHash
	Name       string
	Scope      Scope
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt time.Time // within TokenUseEvery; zero when it never was
}

// TokenUseEvery is how often the use of a token is noted at most.
const TokenUseEvery = time.Hour

// tokenMemory is how long an expired token is still listed, so that whoever wonders why a system fails finds the reason.
const tokenMemory = 30 * 24 * time.Hour

// Expired reports whether the token is good no more.
func (t Token) Expired(now time.Time) bool { return !now.Before(t.ExpiresAt) }

// ForgetAt returns when the token need not be known any more.
func (t Token) ForgetAt() time.Time { return t.ExpiresAt.Add(tokenMemory) }

// Facts returns the token as it stands in the audit trail.
func (t Token) Facts() []Fact {
	return []Fact{
		{"token", string(t.ID)}, {"name", t.Name}, {"scope", string(t.Scope)}, {"expiresAt", instantText(t.ExpiresAt)},
	}
}

// Clean returns the token with its name fit to be stored and its defaults set: scope read, expiry in 90 days.
func (t Token) Clean() Token {
	t.Name = cleanLine(t.Name)
	if t.Scope == "" {
		t.Scope = ReadScope
	}
	if t.ExpiresAt.IsZero() {
		t.ExpiresAt = t.CreatedAt.AddDate(0, 0, 90)
	}
	return t
}

// Validate returns Invalid with every broken rule of a clean token.
func (t Token) Validate() error {
	var v violations
	v.line("name", t.Name, 1, maximumName)
	choice(&v, "scope", t.Scope, Scopes())
	if !t.ExpiresAt.After(t.CreatedAt) || t.ExpiresAt.After(t.CreatedAt.AddDate(1, 0, 0)) {
		v.add("expiresAt", "is not between now and a year from now")
	}
	return v.err("The token")
}

// The form of a token: the prefix, by which scanners for leaked secrets know it, 160 random bits, and a checksum, by which
// anybody can tell that it is mistyped without asking.
const (
	tokenPrefix   = "csdn_"
	tokenSecret   = 27 // digits that hold 160 bits
	tokenChecksum = 6  // digits that hold 32 bits
	base62        = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// NewToken returns the text of a token with the random bits.
func NewToken(random [20]byte) string {
	secret := tokenPrefix + digits(new(big.Int).SetBytes(random[:]), tokenSecret)
	return secret + checksum(secret)
}

// HashToken returns the hash of an API token, false for a text that is none or is mistyped.
func HashToken(text string) (TokenHash, bool) {
	secret := text[:max(0, len(text)-tokenChecksum)]
	if !IsToken(text) || len(secret) != len(tokenPrefix)+tokenSecret || text != secret+checksum(secret) {
		return "", false
	}
	sum := sha256.Sum256([]byte(text))
	return TokenHash(hex.EncodeToString(sum[:])), true
}

// IsToken reports whether a text is meant as an API token of the directory.
func IsToken(text string) bool { return strings.HasPrefix(text, tokenPrefix) }

// checksum returns the CRC-32 (IEEE 802.3) of a text.
func checksum(text string) string {
	return digits(new(big.Int).SetUint64(uint64(crc32.ChecksumIEEE([]byte(text)))), tokenChecksum)
}

// digits writes a number to the base 62 in a fixed width.
func digits(n *big.Int, width int) string {
	text := make([]byte, width)
	base, digit := big.NewInt(int64(len(base62))), new(big.Int)
	for place := range slices.Backward(text) {
		n.DivMod(n, base, digit)
		text[place] = base62[digit.Int64()]
	}
	return string(text)
}

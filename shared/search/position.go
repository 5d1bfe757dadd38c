package search

import (
	"encoding/base64"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Position is a place in the order of cards: by the collation key of the name, then by id. It stays meaningful when the card
// that stood there has gone. The zero Position is the beginning, and as an answer the end.
//
// A collation key tells nearly as much as the name. A Position is therefore as private as the list that it came from.
type Position struct {
	key string
	id  string
}

// IsZero reports whether p is the beginning.
func (p Position) IsZero() bool { return p == Position{} }

// String returns p as text for ParsePosition: the id, a full stop, and the key in unpadded URL-safe base64 (RFC 4648, section 5).
// The zero Position is "".
func (p Position) String() string {
	if p.IsZero() {
		return ""
	}
	return p.id + "." + base64.RawURLEncoding.EncodeToString([]byte(p.key))
}

// ParsePosition reads what String wrote. It returns Malformed for any other text.
func ParsePosition(s string) (Position, error) {
	if s == "" {
		return Position{}, nil
	}
	id, encoded, found := strings.Cut(s, ".")
	key, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
	if !found || id == "" || err != nil {
		return Position{}, csdn.Errorf(csdn.Malformed, "The position cannot be read; start again without one.")
	}
	return Position{key: string(key), id: id}, nil
}

func (p Position) compare(q Position) int {
	if byName := strings.Compare(p.key, q.key); byName != 0 {
		return byName
	}
	return strings.Compare(p.id, q.id)
}

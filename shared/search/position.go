package search

import (
	"encoding/base64"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// Position is a place in an answer: by how well a card matches, then the collation key of its name, then its id. All three are the
// card's own, so it stays meaningful when the card that stood there has gone, and others come and go without one being
// missed or told twice. The zero Position is the beginning, and as an answer the end.
//
// A collation key tells nearly as much as the name. A Position is therefore as private as the list that it came from.
type Position struct {
	score uint16
	key   string
	id    string
}

// IsZero reports whether p is the beginning.
func (p Position) IsZero() bool { return p == Position{} }

// String returns p as text for ParsePosition: the score, the id, and the key in unpadded URL-safe base64 (RFC 4648, section 5), with full
// stops between. The zero Position is "".
func (p Position) String() string {
	if p.IsZero() {
		return ""
	}
	return strconv.Itoa(int(p.score)) + "." + p.id + "." + base64.RawURLEncoding.EncodeToString([]byte(p.key))
}

// ParsePosition reads what String wrote. It returns Malformed for any other text.
func ParsePosition(s string) (Position, error) {
	if s == "" {
		return Position{}, nil
	}
	parts := strings.Split(s, ".")
	if len(parts) != 3 || parts[1] == "" {
		return Position{}, errPosition()
	}
	score, err := strconv.ParseUint(parts[0], 10, 16)
	if err != nil || strconv.FormatUint(score, 10) != parts[0] {
		return Position{}, errPosition()
	}
	key, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || strings.ContainsAny(parts[2], "\r\n") {
		return Position{}, errPosition()
	}
	return Position{score: uint16(score), key: string(key), id: parts[1]}, nil
}

func errPosition() error {
	return csdn.Errorf(csdn.Malformed, "The position cannot be read; start again without one.")
}

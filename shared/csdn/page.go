package csdn

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
)

// The sizes of a page.
const (
	DefaultLimit = 20
	MaximumLimit = 100
)

// Cursor is where the next page of a list begins. It is opaque to clients and bound to the query that it came from.
// The empty cursor is the beginning, and as an answer the end.
type Cursor string

// PageRequest asks for at most Limit items (1 to 100) from Cursor on.
type PageRequest struct {
	Limit  int
	Cursor Cursor
}

// Page is a part of a list. Next is empty at its end.
type Page[T any] struct {
	Items []T
	Next  Cursor
}

// Paginate returns the page asked for of a list that is whole in memory. query is the query's canonical text, and place where an
// item stands: a text that no other item of the list has. The page goes on after the item at the cursor's place, or at
// the beginning when that item is gone. Malformed for a cursor of another query.
func Paginate[T any](list []T, query string, place func(T) string, page PageRequest) (Page[T], error) {
	position, err := page.Cursor.Open(query)
	if err != nil {
		return Page[T]{}, err
	}
	if last := slices.IndexFunc(list, func(one T) bool { return place(one) == position }); last >= 0 {
		list = list[last+1:]
	}
	if len(list) <= page.Limit {
		return Page[T]{Items: list}, nil
	}
	return Page[T]{Items: list[:page.Limit], Next: SealCursor(query, place(list[page.Limit-1]))}, nil
}

// SealCursor returns the cursor that stands at position, a text that only its maker understands, of the query whose
// canonical text is given.
func SealCursor(query, position string) Cursor {
	return Cursor(base64.RawURLEncoding.EncodeToString([]byte(seal(query, position) + position)))
}

// Open returns the position of a cursor made by SealCursor for the same query; "" for the empty cursor.
// It returns Malformed for any other text.
func (c Cursor) Open(query string) (position string, err error) {
	if c == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(raw) < sealSize {
		return "", errForeignCursor()
	}
	position = string(raw[sealSize:])
	if SealCursor(query, position) != c {
		return "", errForeignCursor()
	}
	return position, nil
}

func errForeignCursor() *Error {
	return Errorf(Malformed, "The cursor does not belong to this query; start again without one.")
}

const sealSize = 8

// seal binds a position to its query. It guards against mistakes, not against forgery: a position reveals nothing and
// reaches nothing that its query would not.
func seal(query, position string) string {
	sum := sha256.Sum256([]byte(query + "\x00" + position))
	return string(sum[:sealSize])
}

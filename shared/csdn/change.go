package csdn

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// Act names what was done, as noun and verb, such as "organisation.changed".
type Act string

// Change is one entry of an audit trail: who did what, when, and what differs. It is written with the subject, in the
// same transaction and the same table, and so is as private as its subject.
type Change struct {
	ID      ChangeID
	At      time.Time
	By      AccountID
	Token   TokenID // by which the account did it; "" when a person did who had signed in
	Act     Act
	Version Version
	Fields  []Difference
}

// Entry is a change as it stands among all of the network, with the subject on which it was made. Noun names the kind of subject, such as
// "organisation"; ID is its identity, and for an invitation those of its meeting and its person, joined by "/".
type Entry struct {
	Noun string
	ID   string
	Change
}

// TrailStore reads the trails of every subject of one privacy class.
type TrailStore interface {
	// Latest returns at most limit changes that came before the one of the id, or the newest when it is "", the newest first,
	// eventually consistent.
	Latest(ctx context.Context, before ChangeID, limit int) ([]Entry, error)
}

// Difference is one field that a change altered, by its name in the API. Values are as text; lists are joined by ", ".
type Difference struct {
	Field  string
	Before string
	After  string
}

// Fact is one field of a subject as text, by its name in the API.
type Fact struct {
	Field string
	Value string
}

// Differences compares two states of one subject, given as facts in the same order. before may be empty.
func Differences(before, after []Fact) []Difference {
	was := map[string]string{}
	for _, f := range before {
		was[f.Field] = f.Value
	}
	var found []Difference
	for _, f := range after {
		if was[f.Field] != f.Value {
			found = append(found, Difference{Field: f.Field, Before: was[f.Field], After: f.Value})
		}
	}
	return found
}

// joined returns a list as the text of a fact. An entry with a comma is quoted, so that two lists that differ have two texts.
func joined[T ~string](list []T) string {
	text := ""
	for i, one := range list {
		if i > 0 {
			text += ", "
		}
		if strings.Contains(string(one), ",") {
			text += strconv.Quote(string(one))
			continue
		}
		text += string(one)
	}
	return text
}

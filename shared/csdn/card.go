package csdn

import (
	"context"
	"strings"
	"time"
)

// Subject is a kind of thing that a feed tells about.
type Subject string

// The subjects of feeds.
const (
	Organisations Subject = "organisation"
	People        Subject = "person"
)

// Card is the part of an organisation or a person that searches need: small, and kept in memory by those who search.
// It holds no contact data, and of a person who is not open no word but the alias.
type Card struct {
	ID           string
	Version      Version
	Removed      bool // erased, archived or hidden: to be forgotten
	Name         string
	ShortName    string
	Position     string // of a person who is open
	Mission      string // of an organisation: how it begins
	Areas        []AreaSlug
	Country      Country
	Countries    []Country // where it works
	Regions      []Region
	Languages    []Language
	Type         string // an organisation's type or a person's category
	Status       string
	Phases       []PhaseNumber
	Organisation OrganisationID // of a person
	Merits       []Merit        // of a person's areas, in their order
}

// Feed tells the cards of a subject, and of which there is news. A card may be told more than once and out of order; the higher version
// counts.
type Feed interface {
	// Cards returns every card in the order of ids, eventually consistent. Removed ones are among them.
	Cards(ctx context.Context, subject Subject) ([]Card, error)
	// News returns what was written at or after the time, in the order of the writes, eventually consistent: a later one may be told
	// before an earlier one.
	News(ctx context.Context, subject Subject, since time.Time) ([]News, error)
	// CardsByID returns the present cards of those that exist, consistently read.
	CardsByID(ctx context.Context, subject Subject, ids []string) ([]Card, error)
}

// News is that one of the subjects was written: changed, made, removed or erased.
type News struct {
	Change ChangeID // the same of the same write; of an erasure, which has no entry in the trail, an id like one
	ID     string
}

// openingSize is how many bytes of a mission a card has at most: whoever searches keeps all cards in memory.
const openingSize = 400

// opening returns how a text begins: whole words on one line, openingSize bytes of them at most.
func opening(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= openingSize {
		return s
	}
	s = s[:openingSize]
	if end := strings.LastIndexByte(s, ' '); end > 0 {
		return s[:end]
	}
	return strings.ToValidUTF8(s, "")
}

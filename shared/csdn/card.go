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

// Feed tells what changed. Implementations are eventually consistent and may tell a card more than once and out of
// order; the higher version counts.
type Feed interface {
	// CardsSince returns every card of the subject written at or after the time, the zero time for all.
	CardsSince(ctx context.Context, subject Subject, since time.Time) ([]Card, error)
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

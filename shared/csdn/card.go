package csdn

import (
	"context"
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
// It holds no contact data.
type Card struct {
	ID           string
	Version      Version
	Removed      bool // erased, archived or hidden: to be forgotten
	Name         string
	Keywords     string // further words to be found by, beside the name
	Areas        []AreaSlug
	Country      Country
	Countries    []Country // where it works
	Regions      []Region
	Languages    []Language
	Type         string // an organisation's type or a person's category
	Status       string
	Phases       []PhaseNumber
	Organisation OrganisationID // of a person
}

// Feed tells what changed. Implementations are eventually consistent and may tell a card more than once and out of
// order; the higher version counts.
type Feed interface {
	// CardsSince returns every card of the subject written at or after the time, the zero time for all.
	CardsSince(ctx context.Context, subject Subject, since time.Time) ([]Card, error)
}

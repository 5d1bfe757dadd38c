package main

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// subject is one kind of thing that is searched for.
type subject struct {
	name   string
	stored int
	// get reads one of them by a GetItem.
	get func(context.Context) error
	// open returns the search of a function that has just started. With blind the records of a page are not read.
	open func(m *meters, blind bool) finding
}

// finding returns a page: how many records it shows of how many that match, and where the next begins.
type finding func(context.Context, directory.Filter, csdn.PageRequest) (outcome, error)

type outcome struct {
	shown, total int
	next         csdn.Cursor
}

// meters count what searches read: read units by purpose, the cards that the feed told, and the bytes of its answers.
type meters struct {
	feed, page, vocabulary float64
	cards                  int
	bytes                  atomic.Int64
}

// subjects returns both kinds over the tables of an engine.
func (b *bench) subjects(endpoint string, n demo.Network) []subject {
	stores := tablesOf(clientOf(endpoint, transport(1)))
	return []subject{
		{
			name: "organisations", stored: len(n.Organisations), open: b.organisations(endpoint),
			get: func(ctx context.Context) error {
				_, err := stores.directory.Organisation(ctx, n.Organisations[0].ID)
				return err
			},
		},
		{
			name: "people", stored: len(n.People), open: b.people(endpoint),
			get: func(ctx context.Context) error {
				_, err := stores.people.Person(ctx, n.People[0].ID)
				return err
			},
		},
	}
}

func (b *bench) organisations(endpoint string) func(*meters, bool) finding {
	return func(m *meters, blind bool) finding {
		told, read := m.stores(endpoint)
		room := directory.Organisations{
			Store:  read.directory,
			Areas:  m.areas(endpoint, b.now),
			Finder: &directory.Finder{Subject: csdn.Organisations, Feed: countedFeed{told.directory, &m.cards}, Snapshots: told.directory, Now: b.now},
		}
		if blind {
			room.Store = unseenOrganisations{}
		}
		return func(ctx context.Context, f directory.Filter, page csdn.PageRequest) (outcome, error) {
			found, err := room.Search(ctx, planner, f, page)
			return outcome{len(found.Items), found.Total, found.Next}, err
		}
	}
}

func (b *bench) people(endpoint string) func(*meters, bool) finding {
	return func(m *meters, blind bool) finding {
		told, read := m.stores(endpoint)
		room := directory.People{
			Store:  read.people,
			Areas:  m.areas(endpoint, b.now),
			Finder: &directory.Finder{Subject: csdn.People, Feed: countedFeed{told.people, &m.cards}, Snapshots: told.people, Now: b.now},
		}
		if blind {
			room.Store = unseenPeople{}
		}
		return func(ctx context.Context, f directory.Filter, page csdn.PageRequest) (outcome, error) {
			found, err := room.Search(ctx, planner, f, page)
			return outcome{len(found.Items), found.Total, found.Next}, err
		}
	}
}

// stores returns tables metered as those of the feed, and as those of the page.
func (m *meters) stores(endpoint string) (told, read tables) {
	told = tablesOf(clientOf(endpoint, scale{transport(1), &m.bytes}))
	read = tablesOf(clientOf(endpoint, transport(1)))
	told.directory.Meter, told.people.Meter = adding(&m.feed), adding(&m.feed)
	read.directory.Meter, read.people.Meter = adding(&m.page), adding(&m.page)
	return told, read
}

func (m *meters) areas(endpoint string, now func() time.Time) *directory.Vocabularies {
	store := tablesOf(clientOf(endpoint, transport(1))).directory
	store.Meter = adding(&m.vocabulary)
	return &directory.Vocabularies{Areas: store, Now: now}
}

func adding(total *float64) func(float64) { return func(units float64) { *total += units } }

// countedFeed counts the cards that a feed tells.
type countedFeed struct {
	csdn.Feed
	cards *int
}

// Cards implements csdn.Feed.
func (f countedFeed) Cards(ctx context.Context, s csdn.Subject) ([]csdn.Card, error) {
	cards, err := f.Feed.Cards(ctx, s)
	*f.cards += len(cards)
	return cards, err
}

// scale weighs the bodies of answers.
type scale struct {
	http.RoundTripper
	bytes *atomic.Int64
}

// RoundTrip implements http.RoundTripper.
func (s scale) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	response.Body = weighed{response.Body, s.bytes}
	return response, nil
}

type weighed struct {
	io.ReadCloser
	bytes *atomic.Int64
}

// Read implements io.Reader.
func (w weighed) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	w.bytes.Add(int64(n))
	return n, err
}

// unseenOrganisations shows nothing of a page, at no cost.
type unseenOrganisations struct{ csdn.OrganisationStore }

// OrganisationsByID returns none.
func (unseenOrganisations) OrganisationsByID(context.Context, []csdn.OrganisationID) ([]csdn.Organisation, error) {
	return nil, nil
}

// unseenPeople shows nothing of a page, at no cost.
type unseenPeople struct{ csdn.PersonStore }

// PeopleByID returns none.
func (unseenPeople) PeopleByID(context.Context, []csdn.PersonID) ([]csdn.Person, error) {
	return nil, nil
}

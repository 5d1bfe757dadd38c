package main

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"
	"time"
)

// scene is what the requests are about: the network of the demo data, and an open meeting to which people are invited.
type scene struct {
	*house
	now func() time.Time

	areas, countries, languages []string
	organisations, people       []string // ids
	meeting                     string   // id
	profiles, links             *turns   // of organisations, by entity tag; of the invited, by their last answer

	mutex  sync.Mutex
	tokens map[string]token // by account
}

// token is of an account, until it is renewed.
type token struct {
	text    string
	renewed time.Time
}

// renewEvery is well below the hour for which the issuer's tokens are good.
const renewEvery = 20 * time.Minute

// guests are how many are invited, to a table of 35.
const guests = 60

// set prepares the scene.
func set(ctx context.Context, h *house, now func() time.Time) (*scene, error) {
	s := &scene{house: h, now: now, tokens: map[string]token{}}
	for _, prepare := range []func(context.Context) error{s.look, s.read, s.invite} {
		if err := prepare(ctx); err != nil {
			return nil, fmt.Errorf("prepare: %w", err)
		}
	}
	return s, nil
}

// as returns a token of a demo account.
func (s *scene) as(ctx context.Context, name string) (string, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if known := s.tokens[name]; known.text != "" && s.now().Sub(known.renewed) < renewEvery {
		return known.text, nil
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if _, err := s.ask(ctx, "POST", "/local/token", "", map[string]string{"email": name + "@demo.example"}, &answer); err != nil {
		return "", err
	}
	s.tokens[name] = token{answer.AccessToken, s.now()}
	return answer.AccessToken, nil
}

// asks is ask as a demo account.
func (s *scene) asks(ctx context.Context, name, method, path string, body, target any) (etag string, err error) {
	token, err := s.as(ctx, name)
	if err != nil {
		return "", err
	}
	header, err := s.ask(ctx, method, path, token, body, target)
	return header.Get("ETag"), err
}

// found is a page of a search.
type found struct {
	Items  []struct{ ID string }
	Facets map[string]map[string]int
}

func (f found) ids() []string {
	var ids []string
	for _, item := range f.Items {
		ids = append(ids, item.ID)
	}
	return ids
}

// look finds what can be searched for, and the first hundred of organisations and people.
func (s *scene) look(ctx context.Context) error {
	var organisations, people found
	if _, err := s.asks(ctx, "secretariat", "GET", "/v1/organisations?limit=100&facets=true", nil, &organisations); err != nil {
		return err
	}
	if _, err := s.asks(ctx, "planner", "GET", "/v1/people?limit=100", nil, &people); err != nil {
		return err
	}
	s.organisations, s.people = organisations.ids(), people.ids()
	s.areas = slices.Sorted(maps.Keys(organisations.Facets["area"]))
	s.countries = slices.Sorted(maps.Keys(organisations.Facets["country"]))
	s.languages = slices.Sorted(maps.Keys(organisations.Facets["language"]))
	return nil
}

// read learns the entity tag of each organisation.
func (s *scene) read(ctx context.Context) error {
	s.profiles = newTurns(len(s.organisations))
	for _, id := range s.organisations {
		path := "/v1/organisations/" + id
		etag, err := s.asks(ctx, "secretariat", "GET", path, nil, nil)
		if err != nil {
			return err
		}
		s.profiles.give(s.url+path, etag)
	}
	return nil
}

// invite opens a meeting, invites people, and finds the links in their mails.
func (s *scene) invite(ctx context.Context) error {
	day := s.now().AddDate(0, 2, 0).Format(time.DateOnly)
	var made struct{ ID string }
	_, err := s.asks(ctx, "planner", "POST", "/v1/meetings", map[string]any{
		"phase": 5, "type": "policy-meeting", "title": "A meeting in a busy hour", "start": day + "T09:15", "end": day + "T11:30",
		"zone": "Europe/Brussels", "mode": "hybrid", "venue": map[string]string{"name": "The house", "address": "1000 Brussels"},
		"onlineUrl": "https://online.eplo.example/busy", "language": "en", "rule": "chatham-house", "areas": s.areas[:2],
		"bands": map[string]any{"total": map[string]int{"min": 25, "max": 30}},
		"seats": map[string]int{"inPerson": 20, "online": 15},
	}, &made)
	if err != nil {
		return err
	}
	s.meeting = made.ID
	path := "/v1/meetings/" + made.ID
	for _, step := range []struct {
		path string
		body any
	}{{"/open", nil}, {"/invitations", map[string]any{"people": s.people[:guests]}}, {"/invitations/send", nil}} {
		if _, err := s.asks(ctx, "planner", "POST", path+step.path, step.body, nil); err != nil {
			return err
		}
	}
	return s.open(ctx)
}

// link is how an invitee answers.
var link = regexp.MustCompile(`http\S+/rsvp/(\S+)`)

// open waits for the mails of all who are invited.
func (s *scene) open(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		var mails []struct{ Text string }
		if _, err := s.ask(ctx, "GET", "/local/mailbox.json", "", nil, &mails); err != nil {
			return err
		}
		tokens := map[string]bool{}
		for _, mail := range mails {
			if parts := link.FindStringSubmatch(mail.Text); parts != nil {
				tokens[parts[1]] = true
			}
		}
		if len(tokens) == guests {
			s.links = newTurns(guests)
			for token := range tokens {
				s.links.give(s.url+"/v1/rsvp/"+token, "")
			}
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("%d of %d were mailed: %w", len(tokens), guests, ctx.Err())
		}
	}
}

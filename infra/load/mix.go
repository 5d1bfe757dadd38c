package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// kind is a kind of request.
type kind struct {
	name  string
	share int // of a hundred requests
	next  vegeta.Targeter
	done  func(*vegeta.Result) // nil for nothing to do
}

// kinds are what a busy hour is made of: mostly reading, as many searches as one person makes before opening a record, and some writes.
func (s *scene) kinds() []kind {
	return []kind{
		{name: "search organisations, with facets", share: 18, next: s.reads("official", func() string { return "/v1/organisations?" + s.question() })},
		{name: "search people, with facets", share: 12, next: s.reads("planner", func() string { return "/v1/people?" + s.question() })},
		{name: "read an organisation", share: 24, next: s.reads("organisation", func() string { return "/v1/organisations/" + one(s.organisations) })},
		{name: "read a person", share: 14, next: s.reads("planner", func() string { return "/v1/people/" + one(s.people) })},
		{name: "read a meeting", share: 6, next: s.reads("official", func() string { return "/v1/meetings/" + s.meeting })},
		{name: "read the composition", share: 8, next: s.reads("planner", func() string { return "/v1/meetings/" + s.meeting + "/composition" })},
		{name: "read the board's invitations", share: 6, next: s.reads("planner", func() string { return "/v1/meetings/" + s.meeting + "/invitations?limit=100" })},
		{name: "edit a profile, by If-Match", share: 5, next: s.edits, done: s.edited},
		{name: "answer by an RSVP link", share: 7, next: s.answers, done: s.answered},
	}
}

// reads returns requests that a demo account makes for paths.
func (s *scene) reads(account string, path func() string) vegeta.Targeter {
	return func(t *vegeta.Target) error {
		t.Method, t.URL = http.MethodGet, s.url+path()
		return s.signs(t, account)
	}
}

// signs has a demo account make the request.
func (s *scene) signs(t *vegeta.Target, account string) error {
	token, err := s.as(context.Background(), account)
	if err != nil {
		return err
	}
	t.Header = http.Header{"Authorization": {"Bearer " + token}}
	return nil
}

// question is a search by area and, every other time, by country or language too.
func (s *scene) question() string {
	q := url.Values{"area": {one(s.areas)}, "facets": {"true"}}
	switch rand.N(4) {
	case 0:
		q.Set("country", one(s.countries))
	case 1:
		q.Set("language", one(s.languages))
	}
	return q.Encode()
}

func one(all []string) string { return all[rand.N(len(all))] }

// edits changes the profile of the organisation that was longest left alone.
func (s *scene) edits(t *vegeta.Target) error {
	path, etag := s.profiles.take()
	t.Method, t.URL = http.MethodPatch, path
	t.Body = fmt.Appendf(nil, `{"mission": "We keep the bridges of dialogue open, for the %d. time."}`, rand.Int32())
	if err := s.signs(t, "secretariat"); err != nil {
		return err
	}
	t.Header.Set("Content-Type", "application/merge-patch+json")
	t.Header.Set("If-Match", etag)
	return nil
}

func (s *scene) edited(r *vegeta.Result) { s.profiles.give(r.URL, r.Headers.Get("ETag")) }

// answers has the invitee who was longest silent accept or, if that is how it stands, decline.
func (s *scene) answers(t *vegeta.Target) error {
	path, status := s.links.take()
	answer := "declined"
	if status == "" || status == answer {
		answer = "accepted"
	}
	t.Method, t.URL, t.Body = http.MethodPost, path, fmt.Appendf(nil, `{"answer": %q}`, answer)
	t.Header = http.Header{"Content-Type": {"application/json"}}
	return nil
}

func (s *scene) answered(r *vegeta.Result) {
	// Of a problem document it is the number of the status, which is not read.
	var invitation struct{ Status any }
	_ = json.Unmarshal(r.Body, &invitation)
	status, _ := invitation.Status.(string)
	s.links.give(r.URL, status)
}

package dynamo_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

func TestReadsAreConsistentWhereTheContractSaysSo(t *testing.T) {
	h, l := faulty(t)
	must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, meeting(t, 1), change(1, 1)))
	for _, c := range []struct {
		name       string
		consistent bool
		read       func() error
	}{
		{"organisation", true, func() error { _, err := h.directory.Organisation(t.Context(), "x"); return err }},
		{"area", true, func() error { _, err := h.directory.Area(t.Context(), "x"); return err }},
		{"phase", true, func() error { _, err := h.directory.Phase(t.Context(), 1); return err }},
		{"meeting", true, func() error { _, err := h.directory.Meeting(t.Context(), "x"); return err }},
		{"meetings", true, func() error { _, err := h.directory.Meetings(t.Context(), 4); return err }},
		{"person", true, func() error { _, err := h.people.Person(t.Context(), "x"); return err }},
		{"people", true, func() error { _, err := h.people.PeopleByID(t.Context(), ids[csdn.PersonID](1)); return err }},
		{"account", true, func() error { _, err := h.people.Account(t.Context(), "x"); return err }},
		{"account by email", true, func() error { _, err := h.people.AccountByEmail(t.Context(), "x"); return err }},
		{"invitation", true, func() error { _, err := h.participation.Invitation(t.Context(), "x", "y"); return err }},
		{"invitations", true, func() error { _, err := h.participation.Invitations(t.Context(), "x"); return err }},
		{"seating", true, func() error { _, err := h.participation.Seating(t.Context(), "x"); return err }},
		{"note", true, func() error { _, err := h.directory.NoteVersion(t.Context(), "x", 1); return err }},
		{"newest note", true, func() error { _, err := h.directory.NewestNote(t.Context(), "x"); return err }},
		{"summary", true, func() error { _, err := h.participation.Summary(t.Context(), "x"); return err }},
		{"published summary", true, func() error { _, err := h.directory.PublishedSummary(t.Context(), "x"); return err }},
		{"recommendations", true, func() error { _, err := h.directory.Recommendations(t.Context(), 4); return err }},
		{"link", true, func() error { _, err := h.participation.Link(t.Context(), "x"); return err }},
		{"delivery", true, func() error { _, err := h.outbox.Delivery(t.Context(), "x"); return err }},
		{"feed", false, func() error {
			_, err := h.directory.Cards(t.Context(), csdn.Organisations)
			return err
		}},
		{"news", false, func() error {
			_, err := h.directory.News(t.Context(), csdn.Organisations, noon)
			return err
		}},
		{"cards", true, func() error {
			_, err := h.people.CardsByID(t.Context(), csdn.People, []string{"x"})
			return err
		}},
		{"due", false, func() error { _, err := h.participation.DueInvitations(t.Context(), noon, 1); return err }},
	} {
		t.Run(c.name, func(t *testing.T) {
			asked := 0
			l.fault = func(r *http.Request) (*http.Response, error) {
				body, err := io.ReadAll(r.Body)
				must(t, err)
				r.Body = io.NopCloser(bytes.NewReader(body))
				asked++
				if strings.Contains(string(body), `"ConsistentRead":true`) != c.consistent {
					t.Errorf("%s asks %s", operation(r), body)
				}
				return nil, nil
			}
			if err := c.read(); err != nil {
				refused(t, csdn.NotFound, err)
			}
			if asked == 0 {
				t.Error("nothing was read")
			}
		})
	}
}

func TestAccountThatGivesItsNameUpWhileItIsSought(t *testing.T) {
	h, l := faulty(t)
	first := account(1)
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, first, change(1, 1)))
	moved := first
	moved.Email, moved.Version = "new@pwn.example", 2
	reads := 0
	l.fault = func(r *http.Request) (*http.Response, error) {
		if operation(r) != "GetItem" {
			return nil, nil
		}
		if reads++; reads == 2 {
			must(t, h.people.PutAccount(t.Context(), first, moved, change(2, 2)))
		}
		return nil, nil
	}
	_, err := h.people.AccountByEmail(t.Context(), first.Email)
	refused(t, csdn.NotFound, err)
	if reads != 2 {
		t.Errorf("the account was read in %d steps, want 2", reads)
	}
}

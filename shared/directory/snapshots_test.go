package directory_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/dynamo"
)

// crowd is a table of people whose feed tells cards of a test's own, and remembers since when it was asked: the zero time for all.
type crowd struct {
	dynamo.People
	cards *[]csdn.Card
	asked *[]time.Time
}

func (c crowd) Cards(context.Context, csdn.Subject) ([]csdn.Card, error) {
	*c.asked = append(*c.asked, time.Time{})
	return slices.Clone(*c.cards), nil
}

// News tells of the latest.
func (c crowd) News(_ context.Context, _ csdn.Subject, since time.Time) ([]csdn.News, error) {
	*c.asked = append(*c.asked, since)
	return []csdn.News{{Change: "C", ID: (*c.cards)[len(*c.cards)-1].ID}}, nil
}

func (c crowd) CardsByID(_ context.Context, _ csdn.Subject, ids []string) ([]csdn.Card, error) {
	return slices.DeleteFunc(slices.Clone(*c.cards), func(card csdn.Card) bool { return !slices.Contains(ids, card.ID) }), nil
}

// crowded returns a house whose feed tells of so many people.
func crowded(t *testing.T, size int) (*house, crowd, directory.Snapshots) {
	t.Helper()
	h := open(t)
	var cards []csdn.Card
	for n := range size {
		cards = append(cards, csdn.Card{ID: id[string](n), Version: 1, Name: fmt.Sprintf("Jana %d", n), Country: "ML", Position: "Director"})
	}
	c := crowd{h.persons, &cards, &[]time.Time{}}
	return h, c, directory.Snapshots{Clerk: h.clerk, Feeds: map[csdn.Subject]directory.SnapshotTable{csdn.People: c}}
}

// renewed has the clock tick until a snapshot is made.
func renewed(t *testing.T, h *house, s directory.Snapshots) int {
	t.Helper()
	made := 0
	for range 2 {
		n, err := s.Renew(t.Context())
		must(t, err)
		made += n
		h.clock.pass(time.Minute)
	}
	return made
}

// total searches with a finder of its own, as a function does that has just started.
func (c crowd) total(t *testing.T, h *house, f directory.Filter) int {
	t.Helper()
	finder := &directory.Finder{Subject: csdn.People, Feed: c, Snapshots: c.People, Now: h.clock.now}
	organisations := directory.Organisations{Store: h.network, Areas: h.organisations.Areas, Finder: finder}
	found, err := organisations.Search(t.Context(), csdn.Caller{Role: csdn.SecretariatRole, Account: "A"}, f, first)
	must(t, err)
	return found.Total
}

func TestSearchesBeginWithTheSnapshot(t *testing.T) {
	h, c, s := crowded(t, directory.SnapshotFrom)
	made := h.clock.now().Add(time.Minute)
	if n := renewed(t, h, s); n != 1 {
		t.Fatalf("%d snapshots were made", n)
	}
	*c.cards = append(*c.cards, csdn.Card{ID: id[string](2_000_000), Version: 1, Name: "Anna", Country: "ML"})
	*c.asked = nil
	for _, f := range []directory.Filter{{}, {Text: "director"}, {Text: "anna"}} {
		want := map[string]int{"": directory.SnapshotFrom + 1, "director": directory.SnapshotFrom, "anna": 1}[f.Text]
		if got := c.total(t, h, f); got != want {
			t.Errorf("%q finds %d, want %d", f.Text, got, want)
		}
	}
	since := made.Add(-30 * time.Second)
	same(t, []time.Time{since, since, since}, *c.asked)
}

// TestAFinderLoadsTextsWhenWordsAreAskedFor: a finder that began without words still finds by them.
func TestAFinderLoadsTextsWhenWordsAreAskedFor(t *testing.T) {
	h, c, s := crowded(t, directory.SnapshotFrom)
	renewed(t, h, s)
	finder := &directory.Finder{Subject: csdn.People, Feed: c, Snapshots: c.People, Now: h.clock.now}
	organisations := directory.Organisations{Store: h.network, Areas: h.organisations.Areas, Finder: finder}
	for _, text := range []string{"", "director", ""} {
		found, err := organisations.Search(t.Context(), csdn.Caller{Role: csdn.SecretariatRole, Account: "A"}, directory.Filter{Text: text}, first)
		must(t, err)
		if found.Total != directory.SnapshotFrom {
			t.Errorf("%q finds %d", text, found.Total)
		}
	}
}

func TestSnapshotsAreRenewedEveryHour(t *testing.T) {
	h, c, s := crowded(t, directory.SnapshotFrom)
	for n, minute := 0, 0; minute < 130; minute++ {
		made, err := s.Renew(t.Context())
		must(t, err)
		if n += made; made > 0 && minute != []int{1, 62, 123}[n-1] {
			t.Errorf("one is made in minute %d", minute)
		}
		h.clock.pass(time.Minute)
	}
	if len(*c.asked) != 3 {
		t.Errorf("the feed was read %d times", len(*c.asked))
	}
}

func TestFewNeedNoSnapshot(t *testing.T) {
	h, c, s := crowded(t, directory.SnapshotFrom-1)
	if n := renewed(t, h, s); n != 0 {
		t.Errorf("%d snapshots were made", n)
	}
	*c.asked = nil
	if got := c.total(t, h, directory.Filter{}); got != directory.SnapshotFrom-1 {
		t.Errorf("%d are found", got)
	}
	renewed(t, h, s)
	same(t, []time.Time{{}}, *c.asked)
}

func TestFindersDoWithoutASnapshotThatCannotBeRead(t *testing.T) {
	for name, parts := range map[string]csdn.Snapshot{
		"of another version": {Base: []byte("\x63"), Texts: []byte("\x63")},
		"without texts":      {Base: []byte("\x01")},
		"empty":              {},
	} {
		t.Run(name, func(t *testing.T) {
			h, c, _ := crowded(t, 20)
			parts.At = h.clock.now()
			m := csdn.Making{ID: id[csdn.SnapshotID](1), Since: h.clock.now()}
			must(t, c.BeginSnapshot(t.Context(), csdn.People, m, ""))
			must(t, c.PutSnapshot(t.Context(), csdn.People, m.ID, parts))
			if got := c.total(t, h, directory.Filter{Text: "director"}); got != 20 {
				t.Errorf("%d are found", got)
			}
			whole := slices.DeleteFunc(*c.asked, func(since time.Time) bool { return !since.IsZero() })
			same(t, []time.Time{{}}, whole)
		})
	}
}

// TestSnapshotsForgetWhoIsErased erases a person while a snapshot is there and another is being made.
func TestSnapshotsForgetWhoIsErased(t *testing.T) {
	h, c, s := crowded(t, directory.SnapshotFrom)
	p := csdn.Person{ID: id[csdn.PersonID](7), PersonProfile: csdn.PersonProfile{Name: "Jana 7", Safety: csdn.Open}, Version: 1}
	must(t, h.persons.PutPerson(t.Context(), csdn.Person{}, p, csdn.Change{ID: id[csdn.ChangeID](1), At: h.clock.now(), Act: "person.created"}))
	renewed(t, h, s)
	h.clock.pass(time.Hour)
	_, err := s.Renew(t.Context()) // the next is begun
	must(t, err)
	_, err = h.rights.Erase(t.Context(), csdn.Caller{Role: csdn.SecretariatRole, Account: "A"}, p.ID, 1)
	must(t, err)
	for name := range h.stored(t) {
		if strings.Contains(name, "SNAPSHOT#person") {
			t.Errorf("%s is left", name)
		}
	}
	if _, err := c.Snapshot(t.Context(), csdn.People, false); csdn.KindOf(err) != csdn.NotFound {
		t.Errorf("the snapshot can still be read: %v", err)
	}
	if n := renewed(t, h, s); n != 1 {
		t.Errorf("%d are made anew", n)
	}
}

package dynamo_test

import (
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

// at returns a change made some seconds after noon.
func at(seconds int, v csdn.Version) csdn.Change {
	c := change(seconds, v)
	c.At = noon.Add(time.Duration(seconds) * time.Second)
	c.ID = csdn.ChangeID(csdn.FirstID(c.At))
	return c
}

func TestFeedHoldsEveryCard(t *testing.T) {
	h := open(t)
	one, two := organisation(1), organisation(2)
	must(t, h.directory.PutOrganisation(t.Context(), two, at(1, 1)))
	must(t, h.directory.PutOrganisation(t.Context(), one, at(2, 1)))
	told := func() []csdn.Card {
		cards, err := h.directory.Cards(t.Context(), csdn.Organisations)
		must(t, err)
		return cards
	}
	same(t, []csdn.Card{one.Card(), two.Card()}, told())
	one.Version, one.Status, one.UpdatedAt = 2, csdn.Archived, noon.Add(time.Hour)
	must(t, h.directory.PutOrganisation(t.Context(), one, at(3, 2)))
	archived := csdn.Card{ID: string(one.ID), Version: 2, Removed: true}
	same(t, []csdn.Card{archived, two.Card()}, told())
	cards, err := h.directory.CardsByID(t.Context(), csdn.Organisations, []string{string(two.ID), "nobody", string(one.ID), string(two.ID)})
	must(t, err)
	same(t, []csdn.Card{two.Card(), archived, two.Card()}, cards)
}

func TestNewsTellWhoWasWrittenSince(t *testing.T) {
	h := open(t)
	o := organisation(1)
	must(t, h.directory.PutOrganisation(t.Context(), organisation(2), at(3, 1)))
	must(t, h.directory.PutOrganisation(t.Context(), o, at(1, 1)))
	o.Version = 2
	must(t, h.directory.PutOrganisation(t.Context(), o, at(2, 2)))
	must(t, h.directory.PutArea(t.Context(), area("ssr"), at(2, 1)))
	all := []csdn.News{
		{Change: at(1, 1).ID, ID: string(o.ID)}, {Change: at(2, 2).ID, ID: string(o.ID)}, {Change: at(3, 1).ID, ID: string(organisation(2).ID)},
	}
	for seconds, want := range map[int][]csdn.News{0: all, 2: all[1:], 4: nil} {
		news, err := h.directory.News(t.Context(), csdn.Organisations, noon.Add(time.Duration(seconds)*time.Second))
		must(t, err)
		same(t, want, news)
	}
}

// TestNewsTellOfErasures: whoever knows the card of a person hears that it is no more, though nothing of the trail is left, and the newest
// changes are told as if there were no tombstones.
func TestNewsTellOfErasures(t *testing.T) {
	h := open(t)
	rights := dynamo.Rights{
		Client: h.client, DirectoryTable: "DirectoryTable", PeopleTable: "PeopleTable",
		ParticipationTable: "ParticipationTable", OutboxTable: "OutboxTable",
	}
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, person(1), at(1, 1)))
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, person(3), at(2, 1)))
	e := csdn.Erasure{
		ID: id[csdn.ErasureID](7), Status: csdn.ErasureBegun, Person: person(1).ID, By: id[csdn.AccountID](900),
		BegunAt: noon.Add(time.Minute), Version: 1,
	}
	must(t, rights.BeginErasure(t.Context(), e, person(1), csdn.Account{}))
	for left, version := true, csdn.Version(1); left; version++ {
		var err error
		e.Version = version
		e, left, err = rights.EraseRecords(t.Context(), e)
		must(t, err)
	}
	news, err := h.people.News(t.Context(), csdn.People, noon)
	must(t, err)
	if len(news) != 2 || news[0].ID != string(person(3).ID) || news[1].ID != string(person(1).ID) || !csdn.ValidID(string(news[1].Change)) {
		t.Errorf("the news are %+v", news)
	}
	cards, err := h.people.CardsByID(t.Context(), csdn.People, []string{string(person(1).ID)})
	must(t, err)
	same(t, []csdn.Card{{ID: string(person(1).ID), Version: 2, Removed: true}}, cards)
	entries, err := h.people.Latest(t.Context(), "", 1)
	must(t, err)
	if len(entries) != 1 || entries[0].Noun != "person" || entries[0].ID != string(person(3).ID) {
		t.Errorf("the newest change is %+v", entries)
	}
}

func TestFeedOfPeopleBetraysNobody(t *testing.T) {
	h := open(t)
	careful, hidden := person(1), person(2)
	hidden.Safety = csdn.Hidden
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, careful, change(1, 1)))
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, hidden, change(2, 1)))
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(3), change(3, 1)))
	cards, err := h.people.Cards(t.Context(), csdn.People)
	must(t, err)
	same(t, []csdn.Card{careful.Card(), {ID: string(hidden.ID), Version: 1, Removed: true}}, sortedByID(cards))
	for _, c := range cards {
		if strings.Contains(c.Name, "Aminata") {
			t.Errorf("the card of %s tells the name", c.ID)
		}
	}
}

func TestFeedIsReadWholeHoweverLong(t *testing.T) {
	h := open(t)
	// Together these cards are larger than the megabyte that one answer holds.
	const count = 12
	for n := range count {
		o := organisation(n)
		o.ShortName = strings.Repeat("x", 100_000)
		must(t, h.directory.PutOrganisation(t.Context(), o, change(n, 1)))
	}
	cards, err := h.directory.Cards(t.Context(), csdn.Organisations)
	must(t, err)
	if len(cards) != count {
		t.Errorf("the feed has %d cards, want %d", len(cards), count)
	}
}

func TestFeedOfAnotherTable(t *testing.T) {
	h := open(t)
	for subject, feed := range map[csdn.Subject]csdn.Feed{csdn.People: h.directory, csdn.Organisations: h.people} {
		if _, err := feed.Cards(t.Context(), subject); err == nil {
			t.Errorf("%T has cards of %s", feed, subject)
		}
		if _, err := feed.News(t.Context(), subject, noon); err == nil {
			t.Errorf("%T has news of %s", feed, subject)
		}
		if _, err := feed.CardsByID(t.Context(), subject, nil); err == nil {
			t.Errorf("%T reads cards of %s", feed, subject)
		}
	}
}

func TestMeterIsToldOfEveryRead(t *testing.T) {
	h := open(t)
	must(t, h.directory.PutOrganisation(t.Context(), organisation(1), change(1, 1)))
	reads := map[string]func() error{
		"get": func() error {
			_, err := h.directory.Organisation(t.Context(), id[csdn.OrganisationID](1))
			return err
		},
		"batch": func() error {
			_, err := h.directory.OrganisationsByID(t.Context(), ids[csdn.OrganisationID](1))
			return err
		},
		"query": func() error {
			_, err := h.directory.OrganisationChanges(t.Context(), id[csdn.OrganisationID](1), csdn.PageRequest{Limit: 1})
			return err
		},
		"index": func() error {
			_, err := h.directory.Cards(t.Context(), csdn.Organisations)
			return err
		},
	}
	for name, read := range reads {
		t.Run(name, func(t *testing.T) {
			units := 0.0
			h.directory.Meter = func(u float64) { units += u }
			must(t, read())
			if units == 0 {
				t.Error("no units were told")
			}
			h.directory.Meter = nil
			must(t, read())
		})
	}
}

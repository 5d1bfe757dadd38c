package dynamo_test

import (
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func TestFeedTellsWhatChangedSince(t *testing.T) {
	h := open(t)
	var all []csdn.Organisation
	for n := range 4 {
		o := organisation(n)
		o.UpdatedAt = noon.Add(time.Duration(4-n) * time.Second)
		must(t, h.directory.PutOrganisation(t.Context(), o, change(n, 1)))
		all = append(all, o)
	}
	since := func(at time.Time) []csdn.Card {
		cards, err := h.directory.CardsSince(t.Context(), csdn.Organisations, at)
		must(t, err)
		return cards
	}
	same(t, []csdn.Card{all[3].Card(), all[2].Card(), all[1].Card(), all[0].Card()}, since(time.Time{}))
	same(t, []csdn.Card{all[1].Card(), all[0].Card()}, since(all[1].UpdatedAt))
	same(t, since(all[1].UpdatedAt), since(all[1].UpdatedAt))
	same(t, []csdn.Card{}, since(all[0].UpdatedAt.Add(1)))

	later := all[3]
	later.Version, later.Status, later.UpdatedAt = 2, csdn.Archived, noon.Add(time.Hour)
	must(t, h.directory.PutOrganisation(t.Context(), later, change(9, 2)))
	archived := csdn.Card{ID: string(later.ID), Version: 2, Removed: true}
	same(t, []csdn.Card{all[2].Card(), all[1].Card(), all[0].Card(), archived}, since(time.Time{}))
	same(t, []csdn.Card{archived}, since(later.UpdatedAt))
}

func TestFeedOfPeopleBetraysNobody(t *testing.T) {
	h := open(t)
	careful, hidden := person(1), person(2)
	hidden.Safety = csdn.Hidden
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, careful, change(1, 1)))
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, hidden, change(2, 1)))
	must(t, h.people.PutAccount(t.Context(), csdn.Account{}, account(3), change(3, 1)))
	cards, err := h.people.CardsSince(t.Context(), csdn.People, time.Time{})
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
	cards, err := h.directory.CardsSince(t.Context(), csdn.Organisations, time.Time{})
	must(t, err)
	if len(cards) != count {
		t.Errorf("the feed has %d cards, want %d", len(cards), count)
	}
}

func TestFeedOfAnotherTable(t *testing.T) {
	h := open(t)
	if _, err := h.directory.CardsSince(t.Context(), csdn.People, time.Time{}); err == nil {
		t.Error("the directory tells of people")
	}
	if _, err := h.people.CardsSince(t.Context(), csdn.Organisations, time.Time{}); err == nil {
		t.Error("the table of people tells of organisations")
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
			_, err := h.directory.CardsSince(t.Context(), csdn.Organisations, time.Time{})
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

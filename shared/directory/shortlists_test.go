package directory_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// expertOn makes a person an expert, confirmed of late, on the areas.
func expertOn(areas ...csdn.AreaSlug) func(*csdn.PersonProfile) {
	return func(p *csdn.PersonProfile) {
		for _, a := range areas {
			p.Areas = append(p.Areas, csdn.Expertise{Area: a, Level: "expert", ConfirmedAt: noon})
		}
	}
}

// prepared is a house with an open meeting, numbered 1, about ssr and ihl, and six organisations.
func prepared(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.phase(t, 4)
	for _, area := range []csdn.AreaSlug{"ssr", "ihl", "gender"} {
		h.area(t, area)
	}
	h.area(t, "police", "ssr")
	for n := 1; n <= 6; n++ {
		h.organisation(t, n)
	}
	h.meeting(t, 1, csdn.MeetingOpen, concerning("ssr", "ihl"))
	return h
}

func concerning(areas ...csdn.AreaSlug) func(*csdn.MeetingProfile) {
	return func(p *csdn.MeetingProfile) { p.Areas = areas }
}

func (h *house) shortlist(t *testing.T, caller csdn.Caller, w csdn.Wish) directory.Shortlist {
	t.Helper()
	list, err := h.shortlists.Make(t.Context(), caller, meetingID(1), w, "en")
	must(t, err)
	return list
}

// listed returns the ids of the people of a list, as numbers.
func listed(list directory.Shortlist) []csdn.PersonID {
	var ids []csdn.PersonID
	for _, p := range list.People {
		ids = append(ids, p.ID)
	}
	return ids
}

func TestShortlistIsOfThoseWhoCanBeInvited(t *testing.T) {
	h := prepared(t)
	h.person(t, 1, member(1), expertOn("ssr", "ihl"))
	h.person(t, 2, member(2), expertOn("police"))
	h.person(t, 3, member(3), expertOn("ihl"), safety(csdn.Careful))
	h.person(t, 4, member(4), expertOn("ssr"), safety(csdn.Hidden))
	h.person(t, 5, member(5), expertOn("gender"))
	h.person(t, 6, member(6), expertOn("ssr"), func(p *csdn.PersonProfile) { p.Category = "academic" })
	h.person(t, 7, member(1), expertOn("ssr"))
	h.person(t, 8, member(1), expertOn("ihl"))
	for name, c := range map[string]struct {
		wish csdn.Wish
		want []csdn.PersonID
	}{
		"civil society that covers an area":   {csdn.Wish{Size: 10}, people(1, 2, 3, 7)},
		"one of each organisation":            {csdn.Wish{Size: 10, PerOrganisation: 1}, people(1, 2, 3)},
		"three of each organisation":          {csdn.Wish{Size: 10, PerOrganisation: 3}, people(1, 2, 3, 7, 8)},
		"as many as wished":                   {csdn.Wish{Size: 2}, people(1, 2)},
		"another category":                    {csdn.Wish{Size: 10, Category: "academic"}, people(6)},
		"without those excluded":              {csdn.Wish{Size: 10, Exclude: people(1, 2)}, people(3, 7, 8)},
		"of a country where nobody is":        {csdn.Wish{Size: 10, Country: "UA"}, nil},
		"who speak a language nobody says so": {csdn.Wish{Size: 10, Language: "fr"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := listed(h.shortlist(t, planner, c.wish))
			slices.Sort(got)
			same(t, c.want, got)
		})
	}
}

func TestShortlistByPlaceAndLanguage(t *testing.T) {
	h := prepared(t)
	from := func(home csdn.Country, spoken csdn.Language, known ...csdn.Country) func(*csdn.PersonProfile) {
		return func(p *csdn.PersonProfile) {
			p.Country, p.Countries, p.Languages = home, known, []csdn.Language{spoken}
		}
	}
	h.person(t, 1, member(1), expertOn("ssr"), from("ML", "fr-CA"))
	h.person(t, 2, member(2), expertOn("ssr"), from("BE", "fr", "NE"))
	h.person(t, 3, member(3), expertOn("ssr"), from("UA", "uk"))
	for name, c := range map[string]struct {
		wish csdn.Wish
		want []csdn.PersonID
	}{
		"country of residence":  {csdn.Wish{Size: 9, Country: "ML"}, people(1)},
		"country of work":       {csdn.Wish{Size: 9, Country: "NE"}, people(2)},
		"region":                {csdn.Wish{Size: 9, Region: "011"}, people(1, 2)},
		"language and its kind": {csdn.Wish{Size: 9, Language: "fr"}, people(1, 2)},
		"kind of a language":    {csdn.Wish{Size: 9, Language: "fr-CA"}, people(1)},
	} {
		t.Run(name, func(t *testing.T) {
			got := listed(h.shortlist(t, planner, c.wish))
			slices.Sort(got)
			same(t, c.want, got)
		})
	}
}

func TestShortlistShowsPeopleAsTheCallerSeesThem(t *testing.T) {
	h := prepared(t)
	h.person(t, 1, member(1), expertOn("ssr"), safety(csdn.Careful))
	if p := h.shortlist(t, planner, csdn.Wish{Size: 1}).People[0]; p.Name != "Somebody" || p.Email != "" || p.Gender != "" || p.Position != "" {
		t.Errorf("a planner sees %+v", p.PersonProfile)
	}
	if p := h.shortlist(t, secretariat, csdn.Wish{Size: 1}).People[0]; p.Name != "Person 001" || p.Email == "" {
		t.Errorf("the secretariat sees %+v", p.PersonProfile)
	}
}

func TestShortlistGoesOnFromWhoIsInvited(t *testing.T) {
	h := prepared(t)
	h.person(t, 1, member(1), expertOn("ssr"))
	h.person(t, 2, member(2), expertOn("ssr"))
	h.person(t, 3, member(3), expertOn("ihl"))
	h.person(t, 4, member(1), expertOn("ihl"))
	same(t, people(1, 3), listed(h.shortlist(t, planner, csdn.Wish{Size: 2, PerOrganisation: 1})))
	h.invite(t, personID(1))
	list := h.shortlist(t, planner, csdn.Wish{Size: 1, PerOrganisation: 1})
	same(t, people(3), listed(list))
	same(t, []csdn.AreaCoverage{{Area: "ssr", There: 1, Expert: 1}, {Area: "ihl", Chosen: 1, Expert: 1}}, list.Coverage)
	h.answers(t, 1, csdn.Decline, "")
	same(t, people(2, 3, 4), sorted(listed(h.shortlist(t, planner, csdn.Wish{Size: 9, PerOrganisation: 1}))))
}

func sorted(ids []csdn.PersonID) []csdn.PersonID {
	slices.Sort(ids)
	return ids
}

// Hiding is immediate, whatever the feed says; and the place goes to the next.
func TestShortlistForgetsWhoIsHiddenAtOnce(t *testing.T) {
	h := prepared(t)
	p := h.person(t, 1, member(1), expertOn("ssr", "ihl"))
	h.person(t, 2, member(2), expertOn("ssr"))
	frozen := &still{}
	cards, err := h.persons.Cards(t.Context(), csdn.People)
	must(t, err)
	frozen.cards = cards
	h.shortlists.Finder = h.finder(csdn.People, frozen)
	same(t, people(1), listed(h.shortlist(t, planner, csdn.Wish{Size: 1})))
	after := p
	after.Safety, after.Alias, after.Version = csdn.Hidden, "Somebody", 2
	must(t, h.persons.PutPerson(t.Context(), p, after, h.change()))
	same(t, people(2), listed(h.shortlist(t, planner, csdn.Wish{Size: 1})))
	moved := after
	moved.Safety, moved.Areas, moved.Version = csdn.Open, []csdn.Expertise{{Area: "gender", Level: "expert"}}, 3
	must(t, h.persons.PutPerson(t.Context(), after, moved, h.change()))
	same(t, people(2), listed(h.shortlist(t, planner, csdn.Wish{Size: 1})))
}

// still is a feed that tells the same for ever.
type still struct {
	csdn.Feed
	cards []csdn.Card
}

func (s *still) Cards(context.Context, csdn.Subject) ([]csdn.Card, error) { return s.cards, nil }

func (s *still) News(context.Context, csdn.Subject, time.Time) ([]csdn.News, error) { return nil, nil }

func TestShortlistTakesTurns(t *testing.T) {
	h := prepared(t)
	h.person(t, 1, member(1), expertOn("ssr"))
	h.person(t, 2, member(2), expertOn("ssr"))
	h.invite(t, personID(1))
	guests, err := h.participation.Guests(t.Context())
	must(t, err)
	same(t, []csdn.Guest{{Person: personID(1), Organisation: organisationID(1), Invited: 1, Phase: 4, At: noon}}, guests)
	_, err = h.invitations.Send(t.Context(), planner, meetingID(1), people(1))
	must(t, err)
	_, err = h.invitations.Revoke(t.Context(), planner, meetingID(1), personID(1), "")
	must(t, err)
	guests, err = h.participation.Guests(t.Context())
	must(t, err)
	if len(guests) != 1 || guests[0].Invited != 1 {
		t.Errorf("after a repeat and a revocation: %+v", guests)
	}
	h.phase(t, 5)
	h.meeting(t, 2, csdn.MeetingOpen, concerning("ssr"), func(p *csdn.MeetingProfile) { p.Phase = 5 })
	list, err := h.shortlists.Make(t.Context(), planner, meetingID(2), csdn.Wish{Size: 2}, "en")
	must(t, err)
	same(t, people(2, 1), listed(list))
	same(t, []string{"First invitation, and the first of the organisation", "Not invited in this phase"},
		[]string{list.Reasons[0][len(list.Reasons[0])-1], list.Reasons[1][len(list.Reasons[1])-1]})
}

func TestASendingOfAHundredIsCounted(t *testing.T) {
	h := convened(t, 0)
	var all []csdn.PersonID
	for n := 1; n <= 100; n++ {
		h.person(t, n)
		all = append(all, personID(n))
	}
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), all, "", "")
	must(t, err)
	_, err = h.invitations.Send(t.Context(), planner, meetingID(1), nil)
	must(t, err)
	guests, err := h.participation.Guests(t.Context())
	must(t, err)
	if len(guests) != 100 {
		t.Errorf("%d of 100 are counted", len(guests))
	}
}

func TestSubstitutes(t *testing.T) {
	h := prepared(t)
	h.person(t, 1, member(1), expertOn("ssr"))
	h.person(t, 2, member(2), expertOn("ssr"), func(p *csdn.PersonProfile) { p.Category = "academic" })
	h.person(t, 3, member(3), expertOn("ssr"), func(p *csdn.PersonProfile) { p.Category = "academic" })
	h.invite(t, personID(1), personID(2))
	make := func(w csdn.Wish) error {
		_, err := h.shortlists.Make(t.Context(), planner, meetingID(1), w, "en")
		return err
	}
	refused(t, csdn.Conflict, make(csdn.Wish{Instead: personID(2)}))
	refused(t, csdn.Invalid, make(csdn.Wish{Instead: personID(3)}))
	h.answers(t, 2, csdn.Decline, "")
	same(t, people(3), listed(h.shortlist(t, planner, csdn.Wish{Instead: personID(2)})))
	waiting := h.invitation(t, personID(1))
	waiting.Status, waiting.Category, waiting.ReservedAt, waiting.Version = csdn.Reserved, "academic", noon, waiting.Version+1
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{Meeting: meetingID(1), MeetingVersion: 1, Invitations: []csdn.Invitation{waiting}}))
	refused(t, csdn.Conflict, make(csdn.Wish{Instead: personID(2)}))
}

func TestShortlistRefusals(t *testing.T) {
	h := prepared(t)
	h.meeting(t, 2, csdn.MeetingDraft, concerning("ssr"))
	h.meeting(t, 3, csdn.MeetingHeld, concerning("ssr"))
	h.meeting(t, 4, csdn.MeetingOpen)
	for name, c := range map[string]struct {
		meeting int
		wish    csdn.Wish
		kind    csdn.Kind
		fields  []string
	}{
		"a draft":              {2, csdn.Wish{Size: 1}, "", nil},
		"a meeting held":       {3, csdn.Wish{Size: 1}, csdn.Conflict, nil},
		"a meeting on nothing": {4, csdn.Wish{Size: 1}, csdn.Conflict, nil},
		"no size":              {1, csdn.Wish{}, csdn.Invalid, []string{"size"}},
		"everything wrong": {1, csdn.Wish{Size: 51, PerOrganisation: -1, Category: "x", Country: "XX", Region: "x", Language: "?", Exclude: []csdn.PersonID{"x"}}, csdn.Invalid,
			[]string{"size", "maxPerOrganisation", "category", "country", "region", "language", "exclude[0]"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.shortlists.Make(t.Context(), planner, meetingID(c.meeting), c.wish, "en")
			refused(t, c.kind, err)
			same(t, c.fields, locations(err))
		})
	}
	h.clock.pass(60 * 24 * time.Hour)
	_, err := h.shortlists.Make(t.Context(), planner, meetingID(1), csdn.Wish{Size: 1}, "en")
	refused(t, csdn.Conflict, err)
}

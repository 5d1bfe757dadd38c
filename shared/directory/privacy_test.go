package directory_test

import (
	"context"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/search"
)

// TestWhatIsSeenOfAPerson tells, for each level of safety and each caller, what is seen of a person of organisation 1.
func TestWhatIsSeenOfAPerson(t *testing.T) {
	other := csdn.Caller{Account: id[csdn.AccountID](906), Role: csdn.OrganisationRole, Organisation: organisationID(2)}
	all := csdn.PersonProfile{
		Name: "Person 001", Email: "p1@people.example", Position: "Director", Biography: "Works in Gao.", Gender: "woman",
		Consent: csdn.Consent{Basis: "consent", GivenAt: noon, Source: "form"},
	}
	without := func(edit func(*csdn.PersonProfile)) *csdn.PersonProfile {
		p := all
		edit(&p)
		return &p
	}
	noContact := without(func(p *csdn.PersonProfile) { p.Email, p.Gender, p.Consent = "", "", csdn.Consent{} })
	alias := &csdn.PersonProfile{Name: "Somebody"}
	ownAlias := &csdn.PersonProfile{Name: "Somebody", Consent: all.Consent}
	for safe, rows := range map[csdn.Safety]map[string]struct {
		caller csdn.Caller
		want   *csdn.PersonProfile // nil for NotFound
		listed bool
	}{
		csdn.Open: {
			"secretariat": {secretariat, &all, true}, "planner": {planner, noContact, true},
			"her organisation": {representative, &all, true}, "another": {other, nil, false},
		},
		csdn.Careful: {
			"secretariat": {secretariat, &all, true}, "planner": {planner, alias, true},
			"her organisation": {representative, ownAlias, true}, "another": {other, nil, false},
		},
		csdn.Hidden: {
			"secretariat": {secretariat, &all, false}, "planner": {planner, nil, false},
			"her organisation": {representative, ownAlias, false}, "another": {other, nil, false},
		},
	} {
		h := open(t)
		h.organisation(t, 1)
		h.person(t, 1, safety(safe))
		for name, row := range rows {
			t.Run(string(safe)+" by "+name, func(t *testing.T) {
				got, err := h.people.Read(t.Context(), row.caller, personID(1))
				if row.want == nil {
					missing(t, err)
				} else {
					must(t, err)
					same(t, *row.want, personal(got))
				}
				found, err := h.people.Search(t.Context(), row.caller, directory.Filter{}, first)
				must(t, err)
				if (len(found.Items) == 1) != row.listed || (found.Total == 1) != row.listed {
					t.Fatalf("found %d of %d", len(found.Items), found.Total)
				}
				if row.listed {
					same(t, *row.want, personal(found.Items[0]))
				}
			})
		}
	}
}

// personal is what is personal of a person.
func personal(p csdn.Person) csdn.PersonProfile {
	return csdn.PersonProfile{Name: p.Name, Email: p.Email, Position: p.Position, Biography: p.Biography, Gender: p.Gender, Consent: p.Consent}
}

func TestACarefulPersonIsFoundByTheAliasAlone(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	h.person(t, 1, safety(csdn.Careful), func(p *csdn.PersonProfile) { p.Name, p.Alias = "Awa Traoré", "Nightingale" })
	for text, want := range map[string][]int{"awa": nil, "traore": nil, "p1": nil, "nightingale": {1}} {
		same(t, want, h.found(t, planner, directory.Filter{Text: text}))
	}
}

// TestTheAnswerToAWriteIsAsPrivateAsAReading keeps a careful person as her organisation does.
func TestTheAnswerToAWriteIsAsPrivateAsAReading(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	created, err := h.people.Create(t.Context(), representative, profile(1, safety(csdn.Careful)))
	must(t, err)
	unchanged, err := h.people.Change(t.Context(), representative, created.ID, 1, keep)
	must(t, err)
	changed, err := h.people.Change(t.Context(), representative, created.ID, 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Position = "Chair"
		return p, nil
	})
	must(t, err)
	want := csdn.PersonProfile{Name: "Somebody", Consent: csdn.Consent{Basis: "consent", GivenAt: noon, Source: "form"}}
	for _, p := range []csdn.Person{created, unchanged, changed} {
		same(t, want, personal(p))
	}
	kept, err := h.people.Read(t.Context(), secretariat, created.ID)
	must(t, err)
	if kept.Name != "Person 001" || kept.Position != "Chair" {
		t.Errorf("kept is %+v", kept)
	}
}

// frozenFeed is a feed whose index lags: it tells only what it told first.
type frozenFeed struct{ csdn.Feed }

func (frozenFeed) News(context.Context, csdn.Subject, time.Time) ([]csdn.News, error) {
	return nil, nil
}

// TestHiddenLeavesEverySearchAtOnce hides a person between two searches, with the index up to date and with one that lags.
func TestHiddenLeavesEverySearchAtOnce(t *testing.T) {
	for name, lagging := range map[string]bool{"the index is up to date": false, "the index lags": true} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.organisation(t, 1)
			h.person(t, 1)
			h.person(t, 2)
			if lagging {
				h.people.Finder = h.finder(csdn.People, frozenFeed{h.persons})
			}
			same(t, []int{1, 2}, h.found(t, planner, directory.Filter{}))
			_, err := h.people.Change(t.Context(), secretariat, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
				p.Safety = csdn.Hidden
				return p, nil
			})
			must(t, err)
			for _, caller := range []csdn.Caller{secretariat, planner, representative} {
				found, err := h.people.Search(t.Context(), caller, directory.Filter{Facets: true}, first)
				must(t, err)
				if len(found.Items) != 1 || found.Total != 1 || found.Facets[search.Organisation][string(organisationID(1))] != 1 {
					t.Errorf("%s finds %d of %d, by facets %v", caller.Role, len(found.Items), found.Total, found.Facets)
				}
			}
			_, err = h.people.Read(t.Context(), planner, personID(1))
			missing(t, err)
		})
	}
}

// TestCarefulTakesEffectAtOnce makes a person careful behind an index that lags.
func TestCarefulTakesEffectAtOnce(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	h.person(t, 1)
	h.people.Finder = h.finder(csdn.People, frozenFeed{h.persons})
	same(t, []int{1}, h.found(t, planner, directory.Filter{}))
	_, err := h.people.Change(t.Context(), secretariat, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Safety, p.Alias = csdn.Careful, "Somebody"
		return p, nil
	})
	must(t, err)
	found, err := h.people.Search(t.Context(), planner, directory.Filter{Text: "Person 001", Facets: true}, first)
	must(t, err)
	if len(found.Items)+found.Total+len(found.Facets[search.Organisation]) > 0 {
		t.Errorf("found by the name: %+v", found)
	}
	found, err = h.people.Search(t.Context(), planner, directory.Filter{}, first)
	must(t, err)
	same(t, csdn.PersonProfile{Name: "Somebody"}, personal(found.Items[0]))
}

// TestOneWhoMovedIsNoLongerTheirs moves a person to another organisation behind an index that lags.
func TestOneWhoMovedIsNoLongerTheirs(t *testing.T) {
	h := peopled(t)
	h.people.Finder = h.finder(csdn.People, frozenFeed{h.persons})
	same(t, []int{1, 2}, h.found(t, representative, directory.Filter{}))
	_, err := h.people.Change(t.Context(), secretariat, personID(2), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Organisation = organisationID(2)
		return p, nil
	})
	must(t, err)
	same(t, []int{1}, h.found(t, representative, directory.Filter{}))
}

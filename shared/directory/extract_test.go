package directory_test

import (
	"context"
	"fmt"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// counted is a store that tells how many are asked of it at a time.
type counted struct {
	csdn.PersonStore
	asked *[]int
}

func (c counted) PeopleByID(ctx context.Context, ids []csdn.PersonID) ([]csdn.Person, error) {
	*c.asked = append(*c.asked, len(ids))
	return c.PersonStore.PeopleByID(ctx, ids)
}

func TestAnExtractIsTheWholeMatchReadInBatches(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	for n := 1; n <= 203; n++ {
		h.organisation(t, n, func(p *csdn.OrganisationProfile) { p.Email = fmt.Sprintf("o%d@work.example", n) })
		h.person(t, n, member(n))
	}
	var asked []int
	people := h.people
	people.Store = counted{h.persons, &asked}
	x, err := people.Extract(t.Context(), secretariat, directory.Filter{})
	must(t, err)
	for n, p := range x.People {
		if want := personID(n + 1); p.ID != want || p.Email == "" || x.Employers[p.Organisation] == "" {
			t.Fatalf("%d is %s, of %q", n, p.ID, x.Employers[p.Organisation])
		}
	}
	if len(x.People) != 203 || x.Areas["mediation"].Slug == "" || !x.Contact {
		t.Errorf("%d people, with the areas %v", len(x.People), x.Areas)
	}
	same(t, []int{100, 100, 3}, asked)

	o, err := h.organisations.Extract(t.Context(), secretariat, directory.Filter{})
	must(t, err)
	if last := o.Organisations[len(o.Organisations)-1]; len(o.Organisations) != 203 || last.Email != "o203@work.example" || !o.Contact || o.Areas["mediation"].Slug == "" {
		t.Errorf("%d organisations, the last with %s", len(o.Organisations), last.Email)
	}
	o, err = h.organisations.Extract(t.Context(), planner, directory.Filter{})
	must(t, err)
	for _, one := range o.Organisations {
		if one.Email != "" || o.Contact {
			t.Fatalf("a planner is told %s", one.Email)
		}
	}
	read, err := h.organisations.Read(t.Context(), planner, organisationID(1)) // what was taken out of the extract is in the record still
	must(t, err)
	found, err := h.organisations.Search(t.Context(), planner, directory.Filter{}, first)
	must(t, err)
	if read.Email == "" || found.Items[0].Email == "" {
		t.Error("the addresses are gone from the profiles")
	}
}

func TestAnExtractIsOfWhatTheCallerMaySee(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	for n, safe := range []csdn.Safety{csdn.Open, csdn.Careful, csdn.Hidden} {
		h.person(t, n+1, safety(safe))
	}
	x, err := h.people.Extract(t.Context(), planner, directory.Filter{})
	must(t, err)
	var seen []csdn.PersonProfile
	for _, p := range x.People {
		seen = append(seen, personal(p))
	}
	same(t, []csdn.PersonProfile{{Name: "Person 001", Position: "Director", Biography: "Works in Gao."}, {Name: "Somebody"}}, seen)
	if x.Contact {
		t.Error("a planner is told contact data")
	}
	one, err := h.people.ExtractOne(t.Context(), planner, personID(2))
	must(t, err)
	same(t, csdn.PersonProfile{Name: "Somebody"}, personal(one.People[0]))
	_, err = h.people.ExtractOne(t.Context(), planner, personID(3))
	missing(t, err)

	// Who was hidden a moment ago is in no export, whatever the index has heard.
	people := h.people
	people.Finder = h.finder(csdn.People, frozenFeed{h.persons})
	_, err = people.Extract(t.Context(), planner, directory.Filter{})
	must(t, err)
	_, err = h.people.Change(t.Context(), secretariat, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Safety = csdn.Hidden
		return p, nil
	})
	must(t, err)
	x, err = people.Extract(t.Context(), planner, directory.Filter{})
	must(t, err)
	if len(x.People) != 1 || x.People[0].ID != personID(2) {
		t.Errorf("exported are %v", x.People)
	}
}

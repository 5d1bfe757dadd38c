package directory_test

import (
	"fmt"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// peopled is organisations 1 to 3, an NGO, a university and an NGO, with two, one and no people.
func peopled(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.area(t, "dialogue")
	h.area(t, "mediation", "dialogue")
	h.organisation(t, 1, func(p *csdn.OrganisationProfile) { p.Phases = []csdn.PhaseNumber{3, 4} })
	h.organisation(t, 2, func(p *csdn.OrganisationProfile) { p.Type, p.Phases = "academic", []csdn.PhaseNumber{4} })
	h.organisation(t, 3)
	h.person(t, 1, func(p *csdn.PersonProfile) { p.Areas = []csdn.Expertise{{Area: "mediation"}} })
	h.person(t, 2, func(p *csdn.PersonProfile) { p.Country, p.Countries = "ML", []csdn.Country{"NE"} })
	h.person(t, 3, member(2), func(p *csdn.PersonProfile) { p.Category, p.Languages = "academic", []csdn.Language{"fr"} })
	return h
}

// found returns the numbers of the people that a search finds.
func (h *house) found(t *testing.T, caller csdn.Caller, f directory.Filter) []int {
	t.Helper()
	result, err := h.people.Search(t.Context(), caller, f, first)
	must(t, err)
	var list []int
	for _, p := range result.Items {
		var n int
		fmt.Sscanf(string(p.ID[3:]), "%d", &n)
		list = append(list, n)
	}
	return list
}

func TestSearchesOfPeople(t *testing.T) {
	h := peopled(t)
	for name, c := range map[string]struct {
		caller csdn.Caller
		filter directory.Filter
		want   []int
	}{
		"secretariat, all":                     {secretariat, directory.Filter{}, []int{1, 2, 3}},
		"planner, all":                         {planner, directory.Filter{}, []int{1, 2, 3}},
		"organisation, its own":                {representative, directory.Filter{}, []int{1, 2}},
		"organisation, another's":              {representative, directory.Filter{Organisations: [][]csdn.OrganisationID{{organisationID(2)}}}, nil},
		"organisation, its own and another's":  {representative, directory.Filter{Organisations: [][]csdn.OrganisationID{{organisationID(1), organisationID(2)}}}, []int{1, 2}},
		"an area with its narrower ones":       {planner, directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}}, []int{1}},
		"the area alone":                       {planner, directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}, Exact: true}, nil},
		"region":                               {planner, directory.Filter{Regions: [][]csdn.Region{{"011"}}}, []int{2}},
		"language":                             {planner, directory.Filter{Languages: [][]csdn.Language{{"fr"}}}, []int{3}},
		"category":                             {planner, directory.Filter{Categories: [][]csdn.Category{{"civil-society"}}}, []int{1, 2}},
		"organisation":                         {planner, directory.Filter{Organisations: [][]csdn.OrganisationID{{organisationID(2)}}}, []int{3}},
		"phase that their organisation joined": {planner, directory.Filter{Phases: [][]csdn.PhaseNumber{{3}}}, []int{1, 2}},
		"any of two phases":                    {planner, directory.Filter{Phases: [][]csdn.PhaseNumber{{3, 4}}}, []int{1, 2, 3}},
		"both of two phases":                   {planner, directory.Filter{Phases: [][]csdn.PhaseNumber{{3}, {4}}}, []int{1, 2}},
		"phase that nobody joined":             {planner, directory.Filter{Phases: [][]csdn.PhaseNumber{{2}}}, nil},
		"phase, for an organisation":           {representative, directory.Filter{Phases: [][]csdn.PhaseNumber{{4}}}, []int{1, 2}},
		"name":                                 {planner, directory.Filter{Text: "pers 003"}, []int{3}},
	} {
		t.Run(name, func(t *testing.T) { same(t, c.want, h.found(t, c.caller, c.filter)) })
	}
	for name, c := range map[string]struct {
		filter directory.Filter
		where  string
	}{
		"category":     {directory.Filter{Categories: [][]csdn.Category{{"everybody"}}}, "category"},
		"organisation": {directory.Filter{Organisations: [][]csdn.OrganisationID{{"1"}}}, "organisation"},
		"area":         {directory.Filter{Areas: [][]csdn.AreaSlug{{"magic"}}}, "area"},
	} {
		t.Run("unknown "+name, func(t *testing.T) {
			_, err := h.people.Search(t.Context(), planner, c.filter, first)
			refused(t, csdn.Invalid, err)
			same(t, []string{c.where}, locations(err))
		})
	}
}

func TestPhaseFilterFollowsTheOrganisations(t *testing.T) {
	h := peopled(t)
	joined := directory.Filter{Phases: [][]csdn.PhaseNumber{{3}}}
	same(t, []int{1, 2}, h.found(t, planner, joined))
	_, err := h.organisations.Change(t.Context(), secretariat, organisationID(2), 1, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.Phases = []csdn.PhaseNumber{3}
		return p, nil
	})
	must(t, err)
	same(t, []int{1, 2, 3}, h.found(t, planner, joined))
}

func TestACursorIsOfTheCallersScope(t *testing.T) {
	h := peopled(t)
	page := csdn.PageRequest{Limit: 1}
	found, err := h.people.Search(t.Context(), planner, directory.Filter{}, page)
	must(t, err)
	page.Cursor = found.Next
	_, err = h.people.Search(t.Context(), representative, directory.Filter{}, page)
	refused(t, csdn.Malformed, err)
	rest, err := h.people.Search(t.Context(), secretariat, directory.Filter{}, page)
	must(t, err)
	if len(rest.Items) != 1 || rest.Items[0].ID != personID(2) {
		t.Errorf("the next page is %+v", rest.Items)
	}
}

func TestWhoKeepsWhichPeople(t *testing.T) {
	h := peopled(t)
	create := func(caller csdn.Caller, organisation csdn.OrganisationID) (csdn.Person, error) {
		return h.people.Create(t.Context(), caller, profile(9, func(p *csdn.PersonProfile) { p.Organisation = organisation }))
	}
	for name, c := range map[string]struct {
		caller       csdn.Caller
		organisation csdn.OrganisationID
	}{
		"an organisation adds to another":             {representative, organisationID(2)},
		"an organisation adds to one that is not":     {representative, organisationID(77)},
		"the secretariat adds to one that is not":     {secretariat, organisationID(77)},
		"the secretariat adds without saying to whom": {secretariat, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, csdn.Invalid, func() error {
				_, err := create(c.caller, c.organisation)
				same(t, []string{"organisation"}, locations(err))
				return err
			})
		})
	}
	t.Run("an organisation gives its own away", func(t *testing.T) {
		h.refuses(t, csdn.Invalid, func() error {
			_, err := h.people.Change(t.Context(), representative, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
				p.Organisation = organisationID(2)
				return p, nil
			})
			same(t, []string{"organisation"}, locations(err))
			return err
		})
	})
	t.Run("an organisation adds to its own unless it says so", func(t *testing.T) {
		added, err := create(representative, "")
		must(t, err)
		if added.Organisation != organisationID(1) || added.Email != "p9@people.example" || added.Version != 1 {
			t.Errorf("got %+v", added)
		}
	})
	t.Run("the secretariat moves one", func(t *testing.T) {
		moved, err := h.people.Change(t.Context(), secretariat, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
			p.Organisation = organisationID(2)
			return p, nil
		})
		must(t, err)
		if moved.Side() != "academic" {
			t.Errorf("among the staff of a university she is %s", moved.Side())
		}
		_, err = h.people.Read(t.Context(), representative, personID(1))
		missing(t, err)
	})
}

func TestCategories(t *testing.T) {
	for kind, want := range map[csdn.OrganisationType]csdn.Category{
		"ngo": "civil-society", "network": "civil-society", "think-tank": "civil-society", "academic": "academic",
		"eu-institution": "eu-institution", "member-state": "member-state",
		"international-organisation": "international-organisation", "other": "other",
	} {
		if got := csdn.CategoryOf(kind); got != want {
			t.Errorf("people of a %s are %s", kind, got)
		}
	}
	h := peopled(t)
	for name, c := range map[string]struct {
		organisation int
		set, want    csdn.Category
	}{
		"derived from an NGO":              {1, "", "civil-society"},
		"derived from a university":        {2, "", "academic"},
		"set, whatever the organisation's": {2, "civil-society", "civil-society"},
	} {
		t.Run(name, func(t *testing.T) {
			email := fmt.Sprintf("%d-%s@people.example", c.organisation, c.set)
			p, err := h.people.Create(t.Context(), secretariat, profile(20, member(c.organisation), func(p *csdn.PersonProfile) { p.Category, p.Email = c.set, email }))
			must(t, err)
			stored, err := h.people.Read(t.Context(), secretariat, p.ID)
			must(t, err)
			if p.Side() != c.want || stored.Side() != c.want || stored.Category != c.set {
				t.Errorf("got %s, stored %s, want %s", p.Side(), stored.Side(), c.want)
			}
		})
	}
}

func TestWritingPeople(t *testing.T) {
	h := peopled(t)
	edit := func(read csdn.Version, edit func(*csdn.PersonProfile)) error {
		_, err := h.people.Change(t.Context(), representative, personID(1), read, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
			edit(&p)
			return p, nil
		})
		return err
	}
	taken := func(p *csdn.PersonProfile) { p.Email = " P2@People.example" }
	h.refuses(t, csdn.Conflict, func() error { return edit(1, taken) })
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.people.Create(t.Context(), secretariat, profile(30, taken))
		same(t, []string{"email"}, locations(err))
		return err
	})
	h.refuses(t, csdn.Stale, func() error { return edit(2, func(p *csdn.PersonProfile) { p.Position = "Chair" }) })
	h.refuses(t, csdn.Invalid, func() error {
		return edit(1, func(p *csdn.PersonProfile) { p.Areas = []csdn.Expertise{{Area: "magic"}} })
	})
	h.silent(t, func() error { return edit(1, func(p *csdn.PersonProfile) { p.Name = " " + p.Name }) })
	must(t, edit(1, func(p *csdn.PersonProfile) { p.Email = "new@people.example" }))
	_, err := h.people.Create(t.Context(), secretariat, profile(30, func(p *csdn.PersonProfile) { p.Email = "p1@people.example" }))
	must(t, err) // the address that was given up is free
}

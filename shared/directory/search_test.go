package directory_test

import (
	"fmt"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/search"
)

// landscape is eight organisations under a vocabulary in which mediation is below dialogue, and insider-mediation below that.
func landscape(t *testing.T) *house {
	t.Helper()
	h := open(t)
	h.area(t, "dialogue")
	h.area(t, "mediation", "dialogue")
	h.area(t, "insider-mediation", "mediation")
	h.area(t, "gender")
	for n, row := range []struct {
		name, short string
		kind        csdn.OrganisationType
		status      csdn.OrganisationStatus
		base        csdn.Country
		works       []csdn.Country
		regions     []csdn.Region
		languages   []csdn.Language
		areas       []csdn.AreaSlug
		phases      []csdn.PhaseNumber
	}{
		{"Écoute Sahel", "ES", "ngo", "active", "ML", []csdn.Country{"NE"}, nil, []csdn.Language{"fr"}, []csdn.AreaSlug{"dialogue"}, []csdn.PhaseNumber{3, 4}},
		{"Bridge Builders", "BB", "network", "active", "BE", []csdn.Country{"UA"}, nil, []csdn.Language{"en"}, []csdn.AreaSlug{"mediation", "gender"}, []csdn.PhaseNumber{4}},
		{"Elders' Council", "", "ngo", "inactive", "KE", nil, nil, []csdn.Language{"en", "sw"}, []csdn.AreaSlug{"insider-mediation"}, nil},
		{"Acacia Institute", "AI", "think-tank", "active", "FR", nil, []csdn.Region{"011"}, []csdn.Language{"fr-CA"}, []csdn.AreaSlug{"gender"}, []csdn.PhaseNumber{3}},
		{"Zephyr", "Zed", "academic", "active", "DE", nil, nil, nil, nil, nil},
	} {
		h.organisation(t, n+1, func(p *csdn.OrganisationProfile) {
			p.Name, p.ShortName, p.Type, p.Status, p.Country, p.Countries = row.name, row.short, row.kind, row.status, row.base, row.works
			p.Regions, p.Languages, p.Phases = row.regions, row.languages, row.phases
			for _, a := range row.areas {
				p.Areas = append(p.Areas, csdn.Expertise{Area: a})
			}
		})
	}
	return h
}

// numbers are the numbers of the organisations found, in their order.
func numbers(found directory.Found[csdn.Organisation]) []int {
	var list []int
	for _, o := range found.Items {
		var n int
		fmt.Sscanf(string(o.ID[3:]), "%d", &n)
		list = append(list, n)
	}
	return list
}

func TestFilters(t *testing.T) {
	h := landscape(t)
	for name, c := range map[string]struct {
		filter directory.Filter
		want   []int
	}{
		"everything, in the order of names":    {directory.Filter{}, []int{4, 2, 1, 3, 5}},
		"an area with its narrower ones":       {directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}}, []int{2, 1, 3}},
		"an area below, with what is narrower": {directory.Filter{Areas: [][]csdn.AreaSlug{{"mediation"}}}, []int{2, 3}},
		"the area alone":                       {directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}, Exact: true}, []int{1}},
		"any of two areas":                     {directory.Filter{Areas: [][]csdn.AreaSlug{{"insider-mediation", "gender"}}}, []int{4, 2, 3}},
		"both of two areas":                    {directory.Filter{Areas: [][]csdn.AreaSlug{{"mediation"}, {"gender"}}}, []int{2}},
		"any of two, and a third":              {directory.Filter{Areas: [][]csdn.AreaSlug{{"insider-mediation", "mediation"}, {"gender"}}}, []int{2}},
		"country of residence or of work":      {directory.Filter{Countries: [][]csdn.Country{{"NE", "KE"}}}, []int{1, 3}},
		"two countries at once":                {directory.Filter{Countries: [][]csdn.Country{{"ML"}, {"NE"}}}, []int{1}},
		"a region as named and by countries":   {directory.Filter{Regions: [][]csdn.Region{{"011"}}}, []int{4, 1}},
		"a continent":                          {directory.Filter{Regions: [][]csdn.Region{{"002"}}}, []int{4, 1, 3}},
		"either of two regions":                {directory.Filter{Regions: [][]csdn.Region{{"014", "011"}}}, []int{4, 1, 3}},
		"two regions at once":                  {directory.Filter{Regions: [][]csdn.Region{{"155"}, {"011"}}}, []int{4}},
		"a language in any country":            {directory.Filter{Languages: [][]csdn.Language{{"fr"}}}, []int{4, 1}},
		"a language of a country":              {directory.Filter{Languages: [][]csdn.Language{{"fr-CA"}}}, []int{4}},
		"types":                                {directory.Filter{Types: [][]csdn.OrganisationType{{"network", "academic"}}}, []int{2, 5}},
		"status":                               {directory.Filter{Statuses: [][]csdn.OrganisationStatus{{"inactive"}}}, []int{3}},
		"a phase":                              {directory.Filter{Phases: [][]csdn.PhaseNumber{{3}}}, []int{4, 1}},
		"both of two phases":                   {directory.Filter{Phases: [][]csdn.PhaseNumber{{3}, {4}}}, []int{1}},
		"a word without its marks":             {directory.Filter{Text: "ecou"}, []int{1}},
		"a short name":                         {directory.Filter{Text: "ZED"}, []int{5}},
		"words and a country":                  {directory.Filter{Text: "bui bri", Countries: [][]csdn.Country{{"BE"}}}, []int{2}},
		"nothing":                              {directory.Filter{Text: "xylophone"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := h.organisations.Search(t.Context(), official, c.filter, first)
			must(t, err)
			same(t, c.want, numbers(found))
			if found.Total != len(c.want) || found.Next != "" || found.Facets[search.Area] != nil {
				t.Errorf("total %d, next %q, facets %v", found.Total, found.Next, found.Facets)
			}
		})
	}
}

func TestUnknownValuesOfFilters(t *testing.T) {
	h := landscape(t)
	for name, c := range map[string]struct {
		filter directory.Filter
		where  []string
	}{
		"area":            {directory.Filter{Areas: [][]csdn.AreaSlug{{"gender", "magic"}}}, []string{"area"}},
		"area, exactly":   {directory.Filter{Areas: [][]csdn.AreaSlug{{"magic"}}, Exact: true}, []string{"area"}},
		"country":         {directory.Filter{Countries: [][]csdn.Country{{"ML"}, {"ml"}}}, []string{"country"}},
		"region":          {directory.Filter{Regions: [][]csdn.Region{{"12"}}}, []string{"region"}},
		"language":        {directory.Filter{Languages: [][]csdn.Language{{"french"}}}, []string{"language"}},
		"type":            {directory.Filter{Types: [][]csdn.OrganisationType{{"club"}}}, []string{"type"}},
		"status":          {directory.Filter{Statuses: [][]csdn.OrganisationStatus{{"gone"}}}, []string{"status"}},
		"several at once": {directory.Filter{Regions: [][]csdn.Region{{"12"}}, Countries: [][]csdn.Country{{"XX"}}, Areas: [][]csdn.AreaSlug{{"magic"}}}, []string{"area", "region", "country"}},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := h.organisations.Search(t.Context(), secretariat, c.filter, first)
			refused(t, csdn.Invalid, err)
			same(t, c.where, locations(err))
			same(t, directory.Found[csdn.Organisation]{}, found)
		})
	}
}

func TestFacetsCountTheWholeMatch(t *testing.T) {
	h := landscape(t)
	found, err := h.organisations.Search(t.Context(), official, directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}, Facets: true}, csdn.PageRequest{Limit: 1})
	must(t, err)
	if len(found.Items) != 1 || found.Total != 3 || found.Next == "" {
		t.Errorf("%d items of %d", len(found.Items), found.Total)
	}
	for facet, want := range map[search.Facet]map[string]int{
		search.Area:    {"dialogue": 3, "mediation": 2, "insider-mediation": 1, "gender": 1},
		search.Country: {"ML": 1, "NE": 1, "BE": 1, "UA": 1, "KE": 1},
		search.Region: {
			"001": 3, "002": 2, "202": 2, "011": 1, "014": 1, // Mali and Niger, of one; Kenya
			"150": 1, "151": 1, "155": 1, // Ukraine and Belgium, of one
		},
		search.Language: {"fr": 1, "en": 2, "sw": 1},
		search.Type:     {"ngo": 2, "network": 1},
		search.Status:   {"active": 2, "inactive": 1},
		search.Phase:    {"3": 1, "4": 2},
	} {
		same(t, want, found.Facets[facet])
	}
}

func TestPagesOfASearch(t *testing.T) {
	h := landscape(t)
	var seen []int
	page := csdn.PageRequest{Limit: 2}
	for n := range 3 {
		found, err := h.organisations.Search(t.Context(), official, directory.Filter{}, page)
		must(t, err)
		seen = append(seen, numbers(found)...)
		if (found.Next == "") != (n == 2) {
			t.Errorf("page %d ends with %q", n, found.Next)
		}
		page.Cursor = found.Next
	}
	same(t, []int{4, 2, 1, 3, 5}, seen)

	found, err := h.organisations.Search(t.Context(), official, directory.Filter{}, csdn.PageRequest{Limit: 2})
	must(t, err)
	for name, c := range map[string]struct {
		filter directory.Filter
		cursor csdn.Cursor
	}{
		"of another filter": {directory.Filter{Text: "e"}, found.Next},
		"that is none":      {directory.Filter{}, "abc"},
		"of another list":   {directory.Filter{}, csdn.SealCursor("areas", "gender")},
	} {
		t.Run("a cursor "+name, func(t *testing.T) {
			_, err := h.organisations.Search(t.Context(), official, c.filter, csdn.PageRequest{Limit: 2, Cursor: c.cursor})
			refused(t, csdn.Malformed, err)
		})
	}
}

// TestSearchesSeeWhatHasChanged changes, adds and archives between two searches of one Finder.
func TestSearchesSeeWhatHasChanged(t *testing.T) {
	h := landscape(t)
	_, err := h.organisations.Search(t.Context(), official, directory.Filter{}, first)
	must(t, err)
	h.clock.pass(time.Hour)
	must(t, h.organisations.Archive(t.Context(), secretariat, organisationID(4), 1))
	_, err = h.organisations.Change(t.Context(), secretariat, organisationID(5), 1, rename("Aeolus"))
	must(t, err)
	h.organisation(t, 6)
	found, err := h.organisations.Search(t.Context(), official, directory.Filter{}, first)
	must(t, err)
	same(t, []int{5, 2, 1, 3, 6}, numbers(found))
}

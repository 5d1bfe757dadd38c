package directory_test

import (
	"context"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/search"
)

func TestEachResultSaysWhyItMatches(t *testing.T) {
	h := landscape(t)
	found, err := h.organisations.Search(t.Context(), official, directory.Filter{
		Text: "col", Areas: [][]csdn.AreaSlug{{"dialogue", "gender"}}, Regions: [][]csdn.Region{{"150", "002"}},
		Languages: [][]csdn.Language{{"en", "fr"}}, Types: [][]csdn.OrganisationType{{"ngo", "network", "think-tank"}},
	}, first)
	must(t, err)
	same(t, []int{}, numbers(found))

	found, err = h.organisations.Search(t.Context(), official, directory.Filter{
		Text: "BRI", Areas: [][]csdn.AreaSlug{{"dialogue", "gender"}}, Countries: [][]csdn.Country{{"UA", "ML"}},
		Regions: [][]csdn.Region{{"150", "002"}}, Languages: [][]csdn.Language{{"en", "fr"}},
	}, first)
	must(t, err)
	same(t, []int{2}, numbers(found))
	term := func(f search.Facet, value string) search.Term { return search.Term{Facet: f, Value: value} }
	same(t, []search.Matched{{
		Terms: []search.Met{
			{Asked: term(search.Area, "dialogue"), Through: []search.Term{term(search.Area, "mediation")}},
			{Asked: term(search.Area, "gender"), Through: []search.Term{term(search.Area, "gender")}},
			{Asked: term(search.Region, "150"), Through: []search.Term{term(search.Country, "BE"), term(search.Country, "UA")}},
			{Asked: term(search.Country, "UA"), Through: []search.Term{term(search.Country, "UA")}},
			{Asked: term(search.Language, "en"), Through: []search.Term{term(search.Language, "en")}},
		},
		Words: []search.MetWord{{Word: "bri", Place: "name"}},
	}}, found.Matched)

	found, err = h.organisations.Search(t.Context(), official, directory.Filter{Types: [][]csdn.OrganisationType{{"network"}}}, first)
	must(t, err)
	same(t, []search.Matched{{}}, found.Matched)
}

func TestBetterMatchesComeFirst(t *testing.T) {
	h := open(t)
	h.area(t, "water")
	for n, edit := range []func(*csdn.OrganisationProfile){
		func(p *csdn.OrganisationProfile) { p.Name, p.Mission = "Alpha", "We bring **water** to all." },
		func(p *csdn.OrganisationProfile) { p.Name, p.ShortName = "Bravo", "Waters" },
		func(p *csdn.OrganisationProfile) { p.Name = "Clean Waterways" },
		func(p *csdn.OrganisationProfile) { p.Name, p.ShortName = "Delta", "WATER" },
		func(p *csdn.OrganisationProfile) { p.Name = "Easy Water" },
		func(p *csdn.OrganisationProfile) { p.Name = "Water" },
		func(p *csdn.OrganisationProfile) { p.Name = "Foxtrot" },
	} {
		h.organisation(t, n+1, edit)
	}
	found, err := h.organisations.Search(t.Context(), official, directory.Filter{Text: "water"}, first)
	must(t, err)
	same(t, []int{6, 5, 4, 3, 2, 1}, numbers(found))
}

// TestRelabellingAndMovingRewriteNothing finds an organisation by what the vocabulary comes to say of its area.
func TestRelabellingAndMovingRewriteNothing(t *testing.T) {
	h := landscape(t)
	finds := func(f directory.Filter, want ...int) {
		t.Helper()
		h.clock.pass(time.Minute)
		found, err := h.organisations.Search(t.Context(), official, f, first)
		must(t, err)
		same(t, want, numbers(found))
	}
	finds(directory.Filter{Text: "parité"})
	finds(directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}}, 2, 1, 3)
	_, err := h.areas.Write(t.Context(), secretariat, "gender", 1, csdn.AreaProfile{LabelEN: "Equality", LabelFR: "La parité", Broader: []csdn.AreaSlug{"dialogue"}})
	must(t, err)
	finds(directory.Filter{Text: "PARITE"}, 4, 2)
	finds(directory.Filter{Areas: [][]csdn.AreaSlug{{"dialogue"}}}, 4, 2, 1, 3)
}

// readings counts what is read of a store and a feed.
type readings struct {
	csdn.OrganisationStore
	csdn.Feed
	records []int
	whole   int
	since   []time.Time
	cards   [][]string
}

// OrganisationsByID implements csdn.OrganisationStore.
func (r *readings) OrganisationsByID(ctx context.Context, ids []csdn.OrganisationID) ([]csdn.Organisation, error) {
	r.records = append(r.records, len(ids))
	return r.OrganisationStore.OrganisationsByID(ctx, ids)
}

// Cards implements csdn.Feed.
func (r *readings) Cards(ctx context.Context, s csdn.Subject) ([]csdn.Card, error) {
	r.whole++
	return r.Feed.Cards(ctx, s)
}

// News implements csdn.Feed.
func (r *readings) News(ctx context.Context, s csdn.Subject, since time.Time) ([]csdn.News, error) {
	r.since = append(r.since, since)
	return r.Feed.News(ctx, s, since)
}

// CardsByID implements csdn.Feed.
func (r *readings) CardsByID(ctx context.Context, s csdn.Subject, ids []string) ([]csdn.Card, error) {
	r.cards = append(r.cards, ids)
	return r.Feed.CardsByID(ctx, s, ids)
}

func TestAPageIsReadOnceUnlessItChanges(t *testing.T) {
	h := landscape(t)
	r := &readings{OrganisationStore: h.network, Feed: h.network}
	h.organisations.Store, h.organisations.Finder = r, h.finder(csdn.Organisations, r)
	search := func() directory.Found[csdn.Organisation] {
		t.Helper()
		found, err := h.organisations.Search(t.Context(), official, directory.Filter{}, first)
		must(t, err)
		return found
	}
	same(t, search(), search())
	same(t, []int{5}, r.records)
	h.clock.pass(time.Minute)
	_, err := h.organisations.Change(t.Context(), secretariat, organisationID(5), 1, rename("Aeolus"))
	must(t, err)
	if found := search(); found.Items[1].Name != "Aeolus" || found.Items[1].Version != 2 {
		t.Errorf("the second is %+v", found.Items[1])
	}
	search()
	same(t, []int{5, 1}, r.records)
}

func TestTheFeedIsReadFromTheBeginningNowAndThen(t *testing.T) {
	h := landscape(t)
	r := &readings{OrganisationStore: h.network, Feed: h.network}
	h.organisations.Finder = h.finder(csdn.Organisations, r)
	var want []time.Time
	for _, hours := range []int{0, 1, 3, 7, 8} {
		h.clock.pass(noon.Add(time.Duration(hours) * time.Hour).Sub(h.clock.now()))
		found, err := h.organisations.Search(t.Context(), official, directory.Filter{}, first)
		must(t, err)
		same(t, []int{4, 2, 1, 3, 5}, numbers(found))
		switch hours {
		case 1:
			want = append(want, noon.Add(-30*time.Second))
		case 3:
			want = append(want, noon.Add(time.Hour-30*time.Second))
		case 8:
			want = append(want, noon.Add(7*time.Hour-30*time.Second))
		}
	}
	same(t, want, r.since)
	if r.whole != 2 {
		t.Errorf("the feed was read %d times", r.whole)
	}
}

// TestAnOldNameIsForgottenAtOnce makes a person careful behind an index that lags: the real name no longer finds her, and what
// finds her says no word of it.
func TestAnOldNameIsForgottenAtOnce(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	h.person(t, 1, func(p *csdn.PersonProfile) {
		p.Name, p.Position, p.Languages = "Awa Traoré", "Directrice", []csdn.Language{"fr"}
	})
	h.people.Finder = h.finder(csdn.People, frozenFeed{h.persons})
	same(t, []int{1}, h.found(t, planner, directory.Filter{Text: "awa directrice"}))
	_, err := h.people.Change(t.Context(), secretariat, personID(1), 1, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Safety, p.Alias = csdn.Careful, "Nightingale"
		return p, nil
	})
	must(t, err)
	for _, caller := range []csdn.Caller{secretariat, planner, representative} {
		for _, text := range []string{"awa", "traore", "directrice"} {
			same(t, []int(nil), h.found(t, caller, directory.Filter{Text: text}))
		}
		found, err := h.people.Search(t.Context(), caller, directory.Filter{Languages: [][]csdn.Language{{"fr"}}}, first)
		must(t, err)
		if len(found.Items) != 1 || len(found.Matched) != 1 || len(found.Matched[0].Words) != 0 || len(found.Matched[0].Terms) != 1 {
			t.Errorf("found %+v", found)
		}
	}
}

func TestPeopleAreCountedByCategoryAndOrganisation(t *testing.T) {
	h := peopled(t)
	found, err := h.people.Search(t.Context(), planner, directory.Filter{Facets: true}, first)
	must(t, err)
	same(t, map[string]int{"civil-society": 2, "academic": 1}, found.Facets["category"])
	same(t, map[string]int{string(organisationID(1)): 2, string(organisationID(2)): 1}, found.Facets[search.Organisation])
	if _, told := found.Facets[search.Type]; told || len(found.Facets) != 6 {
		t.Errorf("facets are %v", found.Facets)
	}
}

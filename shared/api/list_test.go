package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func TestValuesOfFilters(t *testing.T) {
	for _, test := range []struct {
		name     string
		repeated []string
		all      [][]csdn.AreaSlug
		any      []csdn.AreaSlug
	}{
		{"none", nil, nil, nil},
		{"one", []string{"ssr"}, [][]csdn.AreaSlug{{"ssr"}}, []csdn.AreaSlug{"ssr"}},
		{"a comma means any", []string{"ssr,ihl"}, [][]csdn.AreaSlug{{"ssr", "ihl"}}, []csdn.AreaSlug{"ssr", "ihl"}},
		{"repeating means all", []string{"ssr", "ihl"}, [][]csdn.AreaSlug{{"ssr"}, {"ihl"}}, []csdn.AreaSlug{"ssr", "ihl"}},
		{"both", []string{"ssr,ihl", "gender"}, [][]csdn.AreaSlug{{"ssr", "ihl"}, {"gender"}}, []csdn.AreaSlug{"ssr", "ihl", "gender"}},
		{"spaces are not meant", []string{" ssr , ihl "}, [][]csdn.AreaSlug{{"ssr", "ihl"}}, []csdn.AreaSlug{"ssr", "ihl"}},
		{"an empty value is a value, which is none", []string{""}, [][]csdn.AreaSlug{{""}}, []csdn.AreaSlug{""}},
		{"a comma at the end", []string{"ssr,"}, [][]csdn.AreaSlug{{"ssr", ""}}, []csdn.AreaSlug{"ssr", ""}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.all, directory.AnyOf[csdn.AreaSlug](test.repeated)); diff != "" {
				t.Errorf("all of any (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.any, flat[csdn.AreaSlug](test.repeated)); diff != "" {
				t.Errorf("any (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNumbersOfPhases(t *testing.T) {
	got, err := phases([]string{"1, 2", "999"})
	must(t, err)
	if diff := cmp.Diff([][]csdn.PhaseNumber{{1, 2}, {999}}, got); diff != "" {
		t.Errorf("the numbers differ (-want +got):\n%s", diff)
	}
	for _, text := range []string{"", "0", "-1", "1000", "four", "4.0", "1,", "99999999999999999999"} {
		var known *csdn.Error
		if _, err := phases([]string{"4", text}); !errors.As(err, &known) || known.Kind != csdn.Invalid || len(known.Fields) != 1 || known.Fields[0].Location != "phase" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// searchable is a shelf with four organisations in two areas, one narrower than the other, and two phases.
func searchable() *shelf {
	s := newShelf()
	s.areas["security"] = csdn.Area{Slug: "security", Version: 1}
	s.areas["policing"] = csdn.Area{Slug: "policing", Version: 1, AreaProfile: csdn.AreaProfile{Broader: []csdn.AreaSlug{"security"}}}
	s.areas["gender"] = csdn.Area{Slug: "gender", Version: 1}
	for id, profile := range map[csdn.OrganisationID]csdn.OrganisationProfile{
		"01HZX3V4K8M2N6P9Q1R5S7T0WA": {Name: "Alpha", Country: "ML", Areas: []csdn.Expertise{{Area: "policing"}}, Phases: []csdn.PhaseNumber{3}},
		"01HZX3V4K8M2N6P9Q1R5S7T0WB": {Name: "Beta", Country: "NE", Areas: []csdn.Expertise{{Area: "security"}, {Area: "gender"}}, Phases: []csdn.PhaseNumber{3, 4}},
		"01HZX3V4K8M2N6P9Q1R5S7T0WC": {Name: "Gamma", Country: "BE", Areas: []csdn.Expertise{{Area: "gender"}}, Phases: []csdn.PhaseNumber{4}},
		"01HZX3V4K8M2N6P9Q1R5S7T0WD": {Name: "Delta", Country: "ML", Areas: []csdn.Expertise{{Area: "policing"}, {Area: "gender"}}},
	} {
		profile.Type, profile.Status = "ngo", csdn.Active
		s.organisations[id] = csdn.Organisation{ID: id, OrganisationProfile: profile, Version: 1}
	}
	return s
}

func found(t *testing.T, f face, query string) (names string, list List[Organisation]) {
	t.Helper()
	answer := f.do(t, secretariat, http.MethodGet, "/v1/organisations"+query, nil)
	if answer.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", query, answer.Code, answer.Body)
	}
	must(t, json.Unmarshal(answer.Body.Bytes(), &list))
	all := make([]string, len(list.Items))
	for i, o := range list.Items {
		all[i] = o.Name
	}
	return strings.Join(all, " "), list
}

func TestFiltersOfTheContract(t *testing.T) {
	for query, want := range map[string]string{
		"":                                     "Alpha Beta Delta Gamma",
		"?area=security":                       "Alpha Beta Delta",
		"?area=security&narrower=false":        "Beta",
		"?area=gender,policing":                "Alpha Beta Delta Gamma",
		"?area=gender&area=policing":           "Delta",
		"?area=security,gender&country=ML":     "Alpha Delta",
		"?country=ML,NE&phase=3":               "Alpha Beta",
		"?phase=3&phase=4":                     "Beta",
		"?phase=3,4&q=ga":                      "Gamma",
		"?type=ngo&status=active&limit=2":      "Alpha Beta",
		"?region=002":                          "Alpha Beta Delta",
		"?area=policing%2Cgender&area=gender":  "Beta Delta Gamma",
		"?area=policing,gender&narrower=false": "Alpha Beta Delta Gamma",
	} {
		if got, _ := found(t, newFace(searchable()), query); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
}

func TestPagesEndAndCountWhatMatches(t *testing.T) {
	f := newFace(searchable())
	first, page := found(t, f, "?limit=3&facets=true")
	if first != "Alpha Beta Delta" || page.Next == "" || page.Total == nil || *page.Total != 4 {
		t.Errorf("the first page has %s, next %q, total %v", first, page.Next, page.Total)
	}
	if diff := cmp.Diff(map[string]int{"ML": 2, "NE": 1, "BE": 1}, page.Facets["country"]); diff != "" {
		t.Errorf("the countries differ (-want +got):\n%s", diff)
	}
	second, page := found(t, f, "?limit=3&facets=true&cursor="+page.Next)
	if second != "Gamma" || page.Next != "" {
		t.Errorf("the second page has %s, next %q", second, page.Next)
	}
	if _, page := found(t, f, ""); page.Facets != nil {
		t.Errorf("facets are counted unasked: %v", page.Facets)
	}
	_, page = found(t, f, "?limit=3")
	problemIn(t, f.do(t, secretariat, http.MethodGet, "/v1/organisations?limit=3&country=ML&cursor="+page.Next, nil), http.StatusBadRequest)
}

func TestListsAreNeverNull(t *testing.T) {
	for _, path := range []string{"/v1/organisations", "/v1/people", "/v1/areas", "/v1/phases", "/v1/meetings"} {
		answer := newFace(newShelf()).do(t, secretariat, http.MethodGet, path, nil)
		if answer.Code != http.StatusOK || !strings.HasPrefix(answer.Body.String(), `{"items":[]`) {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
	s := newShelf()
	s.organisations[aULID] = csdn.Organisation{ID: aULID, Version: 1}
	s.people[aULID] = csdn.Person{ID: aULID, Version: 1}
	s.areas["mediation"] = csdn.Area{Slug: "mediation", Version: 1}
	s.meetings[aULID] = csdn.Meeting{ID: aULID, Version: 1, MeetingProfile: csdn.MeetingProfile{Agenda: []csdn.AgendaItem{{}}}}
	for _, path := range []string{"/v1/organisations/" + aULID, "/v1/people/" + aULID, "/v1/areas/mediation", "/v1/meetings/" + aULID} {
		answer := newFace(s).do(t, secretariat, http.MethodGet, path, nil)
		if answer.Code != http.StatusOK || strings.Contains(answer.Body.String(), "null") {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
}

func TestQueriesThatAreNone(t *testing.T) {
	for query, locations := range map[string][]string{
		"/v1/organisations?limit=0":                      {"query.limit"},
		"/v1/organisations?limit=101":                    {"query.limit"},
		"/v1/organisations?limit=ten":                    {"query.limit"},
		"/v1/organisations?area=unheard-of&country=XX":   {"query.area", "query.country"},
		"/v1/organisations?type=guild&status=open":       {"query.status", "query.type"},
		"/v1/organisations?language=klingon-&region=999": {"query.region", "query.language"},
		"/v1/organisations?phase=four":                   {"query.phase"},
		"/v1/organisations?country=ML,":                  {"query.country"},
		"/v1/organisations?sort=name":                    {"query.sort"},
		"/v1/people?category=guests":                     {"query.category"},
		"/v1/people?organisation=7":                      {"query.organisation"},
		"/v1/meetings?from=2027-02-30&type=gala":         {"query.type", "query.from"},
		"/v1/meetings?status=postponed&phase=0":          {"query.phase"},
		"/v1/phases?narrower=true":                       {"query.narrower"},
	} {
		var got []string
		for _, e := range problemIn(t, newFace(newShelf()).do(t, secretariat, http.MethodGet, query, nil), 422).Errors {
			got = append(got, e.Location)
		}
		if diff := cmp.Diff(locations, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

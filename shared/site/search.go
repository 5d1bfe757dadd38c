package site

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// searching is what the pages of a search have in common. Addresses are those of the API's filters, so that they can be shared.
type searching struct {
	Text    string
	Kept    []hidden // filters that the search box carries on
	Chips   []link   // filters that are on; each leads to the search without it
	Facets  []facet
	Total   int
	Next    string // where the next page is, "" at the end
	First   string // where the first page is, "" on it
	Exports []link // of the whole match, as files
}

// hidden is a value that a form carries unseen.
type hidden struct{ Name, Value string }

// facet offers to narrow the search to one of its values.
type facet struct {
	Title  string
	Values []facetValue
	Open   bool
}

type facetValue struct {
	Text  string
	Count int
	To    string
}

// mostValues is how many values a facet offers: those that most have.
const mostValues = 12

// filterNames are the parameters of filters, with the titles of their facets, in the order of a page.
var filterNames = []struct{ name, title string }{
	{"area", "Expertise"}, {"country", "Country"}, {"region", "Region"}, {"language", "Language"}, {"type", "Type"},
	{"category", "Category"}, {"phase", "Phase"}, {"status", "Status"}, {"organisation", "Organisation"},
}

// readFilter reads the filters of an address.
func readFilter(query url.Values) directory.Filter {
	f := directory.Filter{
		Text: query.Get("q"), Areas: directory.AnyOf[csdn.AreaSlug](query["area"]), Countries: directory.AnyOf[csdn.Country](query["country"]),
		Regions: directory.AnyOf[csdn.Region](query["region"]), Languages: directory.AnyOf[csdn.Language](query["language"]),
		Types: directory.AnyOf[csdn.OrganisationType](query["type"]), Categories: directory.AnyOf[csdn.Category](query["category"]),
		Statuses:      directory.AnyOf[csdn.OrganisationStatus](query["status"]),
		Organisations: directory.AnyOf[csdn.OrganisationID](query["organisation"]), Facets: true,
	}
	for _, group := range directory.AnyOf[string](query["phase"]) {
		var numbers []csdn.PhaseNumber
		for _, text := range group {
			n, err := strconv.Atoi(text)
			if err == nil {
				numbers = append(numbers, csdn.PhaseNumber(n))
			}
		}
		f.Phases = append(f.Phases, numbers)
	}
	return f
}

// pageOf reads which page of a list is asked for.
func pageOf(query url.Values) csdn.PageRequest {
	return csdn.PageRequest{Limit: csdn.DefaultLimit, Cursor: csdn.Cursor(query.Get("cursor"))}
}

// labels tells the words for the values of facets.
type labels struct {
	areas         csdn.Vocabulary
	organisations map[csdn.OrganisationID]string
}

// labels reads the vocabulary. What it does not know is told by its value.
func (s *site) labels(ctx context.Context, v visit) (labels, error) {
	vocabulary := csdn.Vocabulary{}
	page := csdn.PageRequest{Limit: csdn.MaximumLimit}
	for {
		some, err := s.Areas.List(ctx, v.Caller, page)
		if err != nil {
			return labels{}, err
		}
		for _, a := range some.Items {
			vocabulary[a.Slug] = a
		}
		if page.Cursor = some.Next; some.Next == "" {
			return labels{areas: vocabulary, organisations: map[csdn.OrganisationID]string{}}, nil
		}
	}
}

func (l labels) area(slug csdn.AreaSlug) string {
	if a, known := l.areas[slug]; known {
		return a.LabelEN
	}
	return string(slug)
}

// of returns the words for a value of a filter.
func (l labels) of(name, value string) string {
	switch name {
	case "area":
		return l.area(csdn.AreaSlug(value))
	case "country":
		return csdn.Country(value).Name("en")
	case "region":
		return csdn.Region(value).Name("en")
	case "language":
		return csdn.Language(value).Name("en")
	case "phase":
		return "Phase " + value
	case "organisation":
		return cmp.Or(l.organisations[csdn.OrganisationID(value)], "One organisation")
	}
	return spell(value)
}

// why says why a result matches: of what was asked for alone.
func (l labels) why(m directory.Matched) []string {
	var why []string
	for _, met := range m.Terms {
		var through []string
		for _, t := range met.Through {
			through = append(through, t.Value)
		}
		why = append(why, l.met(string(met.Asked.Facet), met.Asked.Value, through)...)
	}
	for _, word := range m.Words {
		why = append(why, l.word(word.Word, word.Place, word.Area))
	}
	return why
}

// met says by what a value that was asked for is met, where that is another one: a narrower area, a country of a region.
func (l labels) met(name, asked string, through []string) []string {
	var why []string
	for _, value := range through {
		if value == asked {
			return []string{l.of(name, asked)}
		}
		words := l.of(name, value)
		if words == value && name == "region" {
			words = l.of("country", value)
		}
		why = append(why, words+", in "+l.of(name, asked))
	}
	return why
}

// word says where a word that was asked for is met.
func (l labels) word(word, place, area string) string {
	switch place {
	case "area":
		return "“" + word + "” in " + l.area(csdn.AreaSlug(area))
	case "shortName":
		place = "short name"
	}
	return "“" + word + "” in the " + place
}

// newSearching describes a search of the request: what is on, what else could be, and the pages around.
func newSearching(r *http.Request, l labels, total int, facets map[string]map[string]int, next csdn.Cursor) searching {
	query := r.URL.Query()
	view := searching{Text: query.Get("q"), Total: total}
	query.Del("cursor")
	to := func(edit func(url.Values)) string {
		changed := url.Values{}
		for name, values := range query {
			changed[name] = slices.Clone(values)
		}
		edit(changed)
		return r.URL.Path + "?" + changed.Encode()
	}
	for _, f := range filterNames {
		for n, value := range query[f.name] {
			view.Kept = append(view.Kept, hidden{f.name, value})
			var words []string
			for one := range strings.SplitSeq(value, ",") {
				words = append(words, l.of(f.name, one))
			}
			view.Chips = append(view.Chips, link{Text: strings.Join(words, " or "), To: to(func(q url.Values) { q[f.name] = slices.Delete(q[f.name], n, n+1) })})
		}
		offered := facet{Title: f.title, Open: f.name == "area" || f.name == "country"}
		for _, value := range mostFirst(facets[f.name]) {
			count := facets[f.name][value]
			if len(offered.Values) < mostValues && !slices.Contains(query[f.name], value) && count < total {
				offered.Values = append(offered.Values, facetValue{Text: l.of(f.name, value), Count: count, To: to(func(q url.Values) { q.Add(f.name, value) })})
			}
		}
		slices.SortFunc(offered.Values, func(a, b facetValue) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Text, b.Text)) })
		if len(offered.Values) > 0 {
			view.Facets = append(view.Facets, offered)
		}
	}
	if next != "" {
		view.Next = to(func(q url.Values) { q.Set("cursor", string(next)) })
	}
	if r.URL.Query().Get("cursor") != "" {
		view.First = to(func(url.Values) {})
	}
	return view
}

// formNames are the words for the forms of an export.
var formNames = map[string]string{"xlsx": "Excel", "csv": "CSV", "json": "JSON", "hsds": "Open Referral", "jsonld": "schema.org", "vcard": "vCard"}

// exports leads to the whole match of the request's search as files.
func exports(r *http.Request, forms ...string) []link {
	query := with(r.URL.Query(), "cursor", "")
	links := make([]link, len(forms))
	for n, form := range forms {
		links[n] = link{Text: formNames[form], To: "/v1/exports" + r.URL.Path + "?" + with(query, "format", form).Encode()}
	}
	return links
}

// mostFirst returns the values of a facet, that which most have first; of those that as many have, in the order of values, so that
// the same are offered each time.
func mostFirst(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
}

// facetsOf returns the counts by the names of filters.
func facetsOf[F ~string](counts map[F]map[string]int) map[string]map[string]int {
	named := make(map[string]map[string]int, len(counts))
	for f, values := range counts {
		named[string(f)] = values
	}
	return named
}

package site

import (
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/prose"
)

// organisationList is a page of a search of organisations.
type organisationList struct {
	searching
	Items  []organisationLine
	Create bool
}

// organisationLine is one of a list.
type organisationLine struct {
	To, Name, ShortName, Type, Country string
	Areas                              []string
	More                               int      // areas that are not told
	Why                                []string // it matches
}

func (s *site) organisations(w http.ResponseWriter, r *http.Request, v visit) error {
	query := r.URL.Query()
	found, err := s.Organisations.Search(r.Context(), v.Caller, readFilter(query), pageOf(query))
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	view := organisationList{
		searching: newSearching(r, known, found.Total, facetsOf(found.Facets), found.Next),
		Create:    v.may("organisation.created", false),
	}
	if v.may("organisation.export.read", false) {
		view.Exports = exports(r, "xlsx", "csv", "json", "hsds", "jsonld")
	}
	for n, o := range found.Items {
		line := organisationLine{To: "/organisations/" + string(o.ID), Name: o.Name, ShortName: o.ShortName, Type: spell(o.Type), Country: o.Country.Name("en")}
		line.Areas, line.More = known.some(o.Areas)
		line.Why = known.why(found.Matched[n])
		view.Items = append(view.Items, line)
	}
	return s.display(w, r, v, http.StatusOK, "organisations", view)
}

// organisationProfile is the page of one organisation.
type organisationProfile struct {
	Name, ShortName, Type, Website, Email, Country string
	Mission                                        template.HTML
	Regions, Countries, Languages                  string
	Areas                                          []claim
	Phases                                         []csdn.PhaseNumber
	Identifiers                                    []labelled
	Status                                         csdn.OrganisationStatus
	Confirmed, Changed                             string
	Edit, People, AddPerson, Invitations           string // where to, "" where the member may not
	History, Account                               string // where to, "" where the member may not
	MergedInto                                     *link
}

// schemeNames are the names of the registers of organisations.
var schemeNames = map[csdn.IdentifierScheme]string{
	"ror": "ROR", "iati": "IATI", "eu-transparency-register": "EU Transparency Register", "wikidata": "Wikidata",
}

// claim is an area of expertise as a profile tells it.
type claim struct{ Text, To, Level, Evidence, Confirmed string }

func (s *site) organisation(w http.ResponseWriter, r *http.Request, v visit) error {
	o, err := s.Organisations.Read(r.Context(), v.Caller, csdn.OrganisationID(r.PathValue("id")))
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	view := organisationProfile{
		Name: o.Name, ShortName: o.ShortName, Type: spell(o.Type), Website: o.Website, Email: o.Email,
		Country: o.Country.Name("en"), Regions: namesOf(o.Regions), Countries: namesOf(o.Countries), Languages: namesOf(o.Languages),
		Areas: known.claims(o.Areas, "/organisations"), Phases: o.Phases, Status: o.Status,
		Confirmed: day(o.ConfirmedAt), Changed: day(o.UpdatedAt),
	}
	if view.Mission, err = prose.HTML(o.Mission, 2); err != nil {
		return err
	}
	for _, i := range o.Identifiers {
		view.Identifiers = append(view.Identifiers, labelled{schemeNames[i.Scheme], i.Value})
	}
	if o.MergedInto != "" {
		names, err := s.Organisations.Names(r.Context(), v.Caller, []csdn.OrganisationID{o.MergedInto})
		if err != nil {
			return err
		}
		view.MergedInto = &link{Text: names[o.MergedInto], To: "/organisations/" + string(o.MergedInto)}
	}
	here := "/organisations/" + string(o.ID)
	isOwn := v.Organisation == o.ID
	if v.may("organisation.changed", isOwn) && o.Status != csdn.Archived {
		view.Edit = here + "/edit"
	}
	if v.may("organisation.trail.read", isOwn) {
		view.History = here + "/history"
	}
	if v.may("organisation.invitations.read", isOwn) {
		view.Invitations = here + "/invitations"
	}
	if v.may("person.read", isOwn) {
		view.People = "/people?organisation=" + string(o.ID)
	}
	if v.may("person.created", isOwn) {
		view.AddPerson = "/people/new?organisation=" + string(o.ID)
	}
	if v.may("account.created", false) {
		view.Account = "/accounts?organisation=" + string(o.ID) + "#role"
	}
	return s.display(w, r, v, http.StatusOK, "organisation", view)
}

// some tells the first areas of a list, and how many more there are.
func (l labels) some(list []csdn.Expertise) (areas []string, more int) {
	const shown = 4
	for _, e := range list {
		areas = append(areas, l.area(e.Area))
	}
	slices.Sort(areas)
	if len(areas) <= shown {
		return areas, 0
	}
	return areas[:shown], len(areas) - shown
}

// claims tells the areas of a profile; each leads to who else works on it.
func (l labels) claims(list []csdn.Expertise, section string) []claim {
	claims := make([]claim, len(list))
	for n, e := range list {
		claims[n] = claim{
			Text: l.area(e.Area), To: section + "?area=" + string(e.Area), Level: string(e.Level), Evidence: e.Evidence, Confirmed: day(e.ConfirmedAt),
		}
	}
	slices.SortFunc(claims, func(a, b claim) int { return strings.Compare(a.Text, b.Text) })
	return claims
}

// day tells a day in words, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return csdn.DayInWords(t, "en")
}

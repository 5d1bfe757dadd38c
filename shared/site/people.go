package site

import (
	"errors"
	"html/template"
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/prose"
)

// peopleList is a page of a search of people.
type peopleList struct {
	searching
	Items      []personLine
	Create     string // where a person is added, "" where the member adds none
	Duplicates bool   // the member may see who may be listed twice
}

// personLine is one of a list, as the member may see the person.
type personLine struct {
	To, Name, Position, Organisation, Category, Country string
	Safety                                              csdn.Safety
	Areas                                               []string
	More                                                int
	Why                                                 []string
}

func (s *site) people(w http.ResponseWriter, r *http.Request, v visit) error {
	query := r.URL.Query()
	found, err := s.People.Search(r.Context(), v.Caller, readFilter(query), pageOf(query))
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	facets := facetsOf(found.Facets)
	if known.organisations, err = s.organisationNames(r, v, found.Items, facets["organisation"], query["organisation"]); err != nil {
		return err
	}
	view := peopleList{
		searching:  newSearching(r, known, found.Total, facets, found.Next),
		Duplicates: v.may("person.duplicates.read", false),
	}
	if v.may("person.export.read", false) {
		view.Exports = exports(r, "xlsx", "csv", "json", "vcard")
	}
	if v.Organisation != "" && v.may("person.created", true) {
		view.Create = "/people/new?organisation=" + string(v.Organisation)
	}
	for n, p := range found.Items {
		line := personLine{
			To: "/people/" + string(p.ID), Name: p.Name, Position: p.Position, Organisation: known.organisations[p.Organisation],
			Category: spell(p.Side()), Country: p.Country.Name("en"), Safety: p.Safety,
		}
		line.Areas, line.More = known.some(p.Areas)
		line.Why = known.why(found.Matched[n])
		view.Items = append(view.Items, line)
	}
	return s.display(w, r, v, http.StatusOK, "people", view)
}

// organisationNames returns the names of the organisations that a page of people tells of: those of the people, those that most of
// the match belong to, and those asked for.
func (s *site) organisationNames(r *http.Request, v visit, people []csdn.Person, counted map[string]int, asked []string) (map[csdn.OrganisationID]string, error) {
	var ids []csdn.OrganisationID
	for _, p := range people {
		ids = append(ids, p.Organisation)
	}
	for _, one := range asked {
		ids = append(ids, csdn.OrganisationID(one))
	}
	most := mostFirst(counted)
	for _, id := range most[:min(len(most), mostValues+len(asked))] { // those asked for are not offered again
		ids = append(ids, csdn.OrganisationID(id))
	}
	return s.Organisations.Names(r.Context(), v.Caller, ids)
}

// personProfile is the page of one person, as the member may see the person.
type personProfile struct {
	Name, Email, Position, Country, Countries, Languages string
	Biography                                            template.HTML
	Organisation                                         link
	Zone, Preferred, Category, Alias, Gender             string
	Safety                                               csdn.Safety
	Areas                                                []claim
	Consent                                              string
	Undeliverable                                        string // why no mail goes to the person
	Changed                                              string
	Edit, Card                                           string
}

// mergedInto is the record that one went into, as those are told who may merge; "" for none.
func mergedInto(err error) string {
	var told *csdn.Error
	if errors.As(err, &told) && len(told.Fields) == 1 && told.Fields[0].Location == "mergedInto" {
		return told.Fields[0].Message
	}
	return ""
}

func (s *site) person(w http.ResponseWriter, r *http.Request, v visit) error {
	p, err := s.People.Read(r.Context(), v.Caller, csdn.PersonID(r.PathValue("id")))
	if into := mergedInto(err); into != "" {
		http.Redirect(w, r, "/people/"+into, http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	names, err := s.Organisations.Names(r.Context(), v.Caller, []csdn.OrganisationID{p.Organisation})
	if err != nil {
		return err
	}
	view := personProfile{
		Name: p.Name, Email: p.Email, Position: p.Position, Country: p.Country.Name("en"), Countries: namesOf(p.Countries),
		Languages: namesOf(p.Languages), Zone: string(p.Zone), Preferred: p.PreferredLanguage.Name("en"),
		Category: spell(p.Side()), Alias: p.Alias, Gender: p.Gender, Safety: p.Safety, Areas: known.claims(p.Areas, "/people"),
		Organisation: link{Text: names[p.Organisation], To: "/organisations/" + string(p.Organisation)}, Changed: day(p.UpdatedAt),
	}
	if view.Biography, err = prose.HTML(p.Biography, 2); err != nil {
		return err
	}
	view.Card = "/v1/people/" + string(p.ID) + "/card.vcf"
	if !p.Consent.GivenAt.IsZero() {
		view.Consent = spell(p.Consent.Basis) + ", " + day(p.Consent.GivenAt)
	}
	view.Undeliverable = undelivered(p)
	if v.may("person.changed", v.Organisation == p.Organisation) {
		view.Edit = "/people/" + string(p.ID) + "/edit"
	}
	return s.display(w, r, v, http.StatusOK, "person", view)
}

// undelivered tells why no mail goes to the person, "" when it does.
func undelivered(p csdn.Person) string {
	switch p.Undeliverable.Kind {
	case csdn.Bounced:
		return "Mail to this person came back on " + day(p.Undeliverable.At) + ". Nothing is sent until the address is corrected."
	case csdn.Complained:
		return "This person called a message unwanted on " + day(p.Undeliverable.At) + ". Nothing more is sent to that address."
	}
	return ""
}

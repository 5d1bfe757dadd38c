package site

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"csdn.example/directory/shared/csdn"
)

// newPerson shows the form of a person who is to be added to the organisation of the address.
func (s *site) newPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	form, err := s.personForm(r, v, csdn.PersonProfile{Organisation: csdn.OrganisationID(r.URL.Query().Get("organisation"))}, nil)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// createPerson adds a person.
func (s *site) createPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.save(w, r, v, func(values url.Values, _ csdn.Version) (string, error) {
		p, err := s.People.Create(r.Context(), v.Caller, personFilled(csdn.PersonProfile{}, values))
		return "/people/" + string(p.ID), err
	}, func(values url.Values) (draft, error) {
		form, err := s.personForm(r, v, personFilled(csdn.PersonProfile{}, values), nil)
		return draft{form: form}, err
	})
}

// editPerson shows the form of a person.
func (s *site) editPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	p, err := s.People.Read(r.Context(), v.Caller, csdn.PersonID(r.PathValue("id")))
	if err != nil {
		return err
	}
	form, err := s.personForm(r, v, p.PersonProfile, &p)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// changePerson writes a person who was edited.
func (s *site) changePerson(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.PersonID(r.PathValue("id"))
	return s.save(w, r, v, func(values url.Values, read csdn.Version) (string, error) {
		_, err := s.People.Change(r.Context(), v.Caller, id, read, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
			return personFilled(p, values), nil
		})
		return "/people/" + string(id), err
	}, func(values url.Values) (draft, error) {
		stored, err := s.People.Read(r.Context(), v.Caller, id)
		if err != nil {
			return draft{}, err
		}
		yours := personFilled(stored.PersonProfile, values)
		form, err := s.personForm(r, v, yours, &stored)
		return draft{form, stored.Facts(), yours.Clean().Facts()}, err
	})
}

// personFilled is the person with what the form says. What the form does not show, as a member may not see it, stays as it was.
func personFilled(p csdn.PersonProfile, values url.Values) csdn.PersonProfile {
	take := func(name string, field *string) {
		if values.Has(name) {
			*field = values.Get(name)
		}
	}
	take("name", &p.Name)
	take("email", &p.Email)
	take("position", &p.Position)
	take("biography", &p.Biography)
	take("gender", &p.Gender)
	take("alias", &p.Alias)
	take("organisation", (*string)(&p.Organisation))
	take("timezone", (*string)(&p.Zone))
	take("category", (*string)(&p.Category))
	take("safety", (*string)(&p.Safety))
	p.Country, p.Countries, p.Languages = readCountry(values.Get("country")), readCountries(values.Get("countries")), readLanguages(values.Get("languages"))
	if preferred := readLanguages(values.Get("preferredLanguage")); len(preferred) > 0 {
		p.PreferredLanguage = preferred[0]
	}
	p.Areas = areasFilled(p.Areas, values)
	if values.Has("consent.basis") {
		given, _ := time.Parse(time.DateOnly, values.Get("consent.givenAt")) // the zero time for what is none, which is refused
		p.Consent = csdn.Consent{Basis: csdn.ConsentBasis(values.Get("consent.basis")), GivenAt: given, Source: values.Get("consent.source")}
	}
	return p
}

// personForm is the form of a person, filled in. stored is the person as it is, nil for a new one. Who sees the person under an alias does
// not see, nor change, who that is.
func (s *site) personForm(r *http.Request, v visit, p csdn.PersonProfile, stored *csdn.Person) (editing, error) {
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return editing{}, err
	}
	form := editing{Title: "New person", Action: "/people/new", Submit: "Add the person", Back: link{Text: "People", To: "/people"}}
	named := true
	if stored != nil {
		here := "/people/" + string(stored.ID)
		form = editing{
			Title: "Edit " + stored.Name, Action: here + "/edit", Submit: "Save", Back: link{Text: stored.Name, To: here},
			Version: strconv.FormatInt(int64(stored.Version), 10),
		}
		named = v.Role == csdn.SecretariatRole || stored.Safety == csdn.Open
	}
	if named {
		form.Groups = append(form.Groups, controls{Legend: "Who it is", Controls: []control{
			{Name: "name", Label: "Name", Kind: "line", Value: p.Name, Required: true},
			{Name: "email", Label: "E-mail address", Hint: "Seen by the secretariat and the own organisation alone.", Kind: "line", Value: p.Email, Required: true},
			{Name: "position", Label: "Position", Kind: "line", Value: p.Position},
			{Name: "biography", Label: "Biography", Hint: "Markdown is understood.", Kind: "text", Value: p.Biography},
			{Name: "gender", Label: "Gender", Hint: "In the person’s own words. It is counted in aggregate alone.", Kind: "line", Value: p.Gender},
		}}, consentControls(p.Consent))
	}
	form.Groups = append(form.Groups,
		controls{Legend: "Safety", Controls: []control{
			{Name: "safety", Label: "How openly the person is listed", Kind: "choice", Hint: "Careful: all but the secretariat see an alias. Hidden: in no search at all, at once.",
				Options: choices(csdn.SafetyLevels(), p.Safety, spell)},
			{Name: "alias", Label: "Alias", Hint: "Shown instead of the name of a careful person.", Kind: "line", Value: p.Alias},
		}},
		controls{Legend: "Where and in which languages", Controls: []control{
			{Name: "organisation", Label: "Organisation", Hint: "Its identifier: the last part of the address of its page.", Kind: "line", Value: string(p.Organisation), Required: true},
			{Name: "category", Label: "Category at meetings", Kind: "choice", Options: append([]option{{Text: "As the organisation’s type has it"}}, choices(csdn.Categories(), p.Category, spell)...)},
			{Name: "country", Label: "Country of residence", Kind: "line", Value: p.Country.Name("en")},
			{Name: "countries", Label: "Countries that the person knows", Hint: "With commas between.", Kind: "line", Value: namesOf(p.Countries)},
			{Name: "languages", Label: "Languages", Hint: "With commas between.", Kind: "line", Value: namesOf(p.Languages)},
			{Name: "preferredLanguage", Label: "Language of messages", Kind: "line", Value: namesOf([]csdn.Language{p.PreferredLanguage})},
			{Name: "timezone", Label: "Time zone", Hint: "Such as Africa/Bamako.", Kind: "line", Value: string(p.Zone)},
		}},
		controls{Legend: "Expertise", Controls: []control{known.levels(p.Areas)}})
	return form, nil
}

func consentControls(c csdn.Consent) controls {
	given := ""
	if !c.GivenAt.IsZero() {
		given = c.GivenAt.Format(time.DateOnly)
	}
	return controls{Legend: "Why we may keep this", Controls: []control{
		{Name: "consent.basis", Label: "Lawful basis", Kind: "choice", Hint: "GDPR, Article 6(1).", Options: choices(csdn.ConsentBases(), c.Basis, spell)},
		{Name: "consent.givenAt", Label: "Since", Kind: "date", Value: given, Required: true},
		{Name: "consent.source", Label: "Where that is recorded", Kind: "line", Value: c.Source},
	}}
}

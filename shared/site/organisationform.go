package site

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// newOrganisation shows the form of a new organisation.
func (s *site) newOrganisation(w http.ResponseWriter, r *http.Request, v visit) error {
	form, err := s.organisationForm(r, v, csdn.OrganisationProfile{}, nil)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// createOrganisation adds an organisation.
func (s *site) createOrganisation(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.save(w, r, v, func(values url.Values, _ csdn.Version) (string, error) {
		o, err := s.Organisations.Create(r.Context(), v.Caller, organisationFilled(csdn.OrganisationProfile{}, values))
		return "/organisations/" + string(o.ID), err
	}, func(values url.Values) (draft, error) {
		form, err := s.organisationForm(r, v, organisationFilled(csdn.OrganisationProfile{}, values), nil)
		return draft{form: form}, err
	})
}

// editOrganisation shows the form of a profile.
func (s *site) editOrganisation(w http.ResponseWriter, r *http.Request, v visit) error {
	o, err := s.Organisations.Read(r.Context(), v.Caller, csdn.OrganisationID(r.PathValue("id")))
	if err != nil {
		return err
	}
	form, err := s.organisationForm(r, v, o.OrganisationProfile, &o)
	if err != nil {
		return err
	}
	return s.display(w, r, v, http.StatusOK, "form", form)
}

// changeOrganisation writes a profile that was edited.
func (s *site) changeOrganisation(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.OrganisationID(r.PathValue("id"))
	return s.save(w, r, v, func(values url.Values, read csdn.Version) (string, error) {
		_, err := s.Organisations.Change(r.Context(), v.Caller, id, read, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
			return organisationFilled(p, values), nil
		})
		return "/organisations/" + string(id), err
	}, func(values url.Values) (draft, error) {
		stored, err := s.Organisations.Read(r.Context(), v.Caller, id)
		if err != nil {
			return draft{}, err
		}
		yours := organisationFilled(stored.OrganisationProfile, values)
		form, err := s.organisationForm(r, v, yours, &stored)
		return draft{form, stored.Facts(), yours.Clean().Facts()}, err
	})
}

// organisationFilled is the profile with what the form says of it. What the form does not show stays as it was.
func organisationFilled(p csdn.OrganisationProfile, values url.Values) csdn.OrganisationProfile {
	p.Name, p.ShortName, p.Mission = values.Get("name"), values.Get("shortName"), values.Get("mission")
	p.Type = csdn.OrganisationType(values.Get("type"))
	p.Website, p.Email, p.Country = values.Get("website"), values.Get("email"), readCountry(values.Get("country"))
	p.Countries, p.Regions, p.Languages = readCountries(values.Get("countries")), readRegions(values.Get("regions")), readLanguages(values.Get("languages"))
	p.Areas = areasFilled(p.Areas, values)
	return p
}

// areasFilled is the list of claims with the level chosen for each area, by fields such as area.mediation; no level ends a claim.
// Evidence and confirmation of a claim that stays are kept.
func areasFilled(before []csdn.Expertise, values url.Values) []csdn.Expertise {
	known := map[csdn.AreaSlug]csdn.Expertise{}
	for _, e := range before {
		known[e.Area] = e
	}
	var list []csdn.Expertise
	for _, name := range slices.Sorted(maps.Keys(values)) {
		slug, ok := strings.CutPrefix(name, areaField(""))
		if !ok || values.Get(name) == "" {
			continue
		}
		e := known[csdn.AreaSlug(slug)]
		e.Area, e.Level = csdn.AreaSlug(slug), csdn.ExpertiseLevel(values.Get(name))
		list = append(list, e)
	}
	return list
}

func areaField(slug csdn.AreaSlug) string { return "area." + string(slug) }

// organisationForm is the form of a profile, filled in. stored is the organisation as it is, nil for a new one.
func (s *site) organisationForm(r *http.Request, v visit, p csdn.OrganisationProfile, stored *csdn.Organisation) (editing, error) {
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return editing{}, err
	}
	form := editing{Title: "New organisation", Action: "/organisations/new", Submit: "Add the organisation", Back: link{"All organisations", "/organisations", false}}
	if stored != nil {
		here := "/organisations/" + string(stored.ID)
		form.Title, form.Action, form.Submit, form.Back = "Edit "+stored.Name, here+"/edit", "Save the profile", link{stored.Name, here, false}
		form.Version = strconv.FormatInt(int64(stored.Version), 10)
	}
	form.Groups = []controls{
		{Legend: "What it is", Controls: []control{
			{Name: "name", Label: "Name", Kind: "line", Value: p.Name, Required: true},
			{Name: "shortName", Label: "Short name", Hint: "An acronym, such as SDF.", Kind: "line", Value: p.ShortName},
			{Name: "type", Label: "Type", Kind: "choice", Options: choices(csdn.OrganisationTypes(), p.Type, spell)},
			{Name: "mission", Label: "Mission", Hint: "What it works for. Markdown is understood.", Kind: "text", Value: p.Mission},
			{Name: "website", Label: "Website", Hint: "With https:// at the beginning.", Kind: "line", Value: p.Website},
			{Name: "email", Label: "E-mail address", Hint: "Of the office, not of a person.", Kind: "line", Value: p.Email},
		}},
		{Legend: "Where it is and works", Controls: []control{
			{Name: "country", Label: "Country in which it is based", Kind: "line", Value: p.Country.Name("en"), Required: true},
			{Name: "countries", Label: "Countries in which it works", Hint: "With commas between: Mali, Niger.", Kind: "line", Value: namesOf(p.Countries)},
			{Name: "regions", Label: "Regions in which it works", Hint: "With commas between: Western Africa, Middle Africa.", Kind: "line", Value: namesOf(p.Regions)},
			{Name: "languages", Label: "Languages in which it works", Hint: "With commas between: French, English, Arabic.", Kind: "line", Value: namesOf(p.Languages)},
		}},
		{Legend: "Expertise", Controls: []control{known.levels(p.Areas)}},
	}
	return form, nil
}

// levels is the control of the claims of expertise: one choice for each area of the vocabulary.
func (l labels) levels(claimed []csdn.Expertise) control {
	c := control{Name: "areas", Label: "Areas of expertise", Kind: "levels", Hint: "Choose expert where its people could speak on the area at a meeting."}
	level := map[csdn.AreaSlug]string{}
	for _, e := range claimed {
		level[e.Area] = string(e.Level)
	}
	for _, a := range l.areas {
		if a.Retired && level[a.Slug] == "" {
			continue
		}
		c.Options = append(c.Options, option{Name: areaField(a.Slug), Text: a.LabelEN, Value: level[a.Slug]})
	}
	slices.SortFunc(c.Options, func(a, b option) int { return strings.Compare(a.Text, b.Text) })
	return c
}

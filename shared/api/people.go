package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// PersonProfile is what the directory knows of a person.
type PersonProfile struct {
	Name              string     `json:"name" example:"Aminata Diarra"`
	Email             string     `json:"email" doc:"Where invitations go; no two people have the same" example:"aminata.diarra@sdf.example"`
	Organisation      string     `json:"organisation" required:"false" doc:"ULID; a representative's own unless set"`
	Position          string     `json:"position" required:"false" example:"Programme director"`
	Country           string     `json:"country" required:"false" doc:"Where the person lives: ISO 3166-1 alpha-2"`
	Countries         []string   `json:"countries" required:"false" doc:"That the person knows: ISO 3166-1 alpha-2"`
	Languages         []string   `json:"languages" required:"false" doc:"BCP 47"`
	Areas             expertises `json:"areas" required:"false" doc:"The person's expertise"`
	Biography         string     `json:"biography" required:"false" doc:"Markdown"`
	Timezone          string     `json:"timezone" required:"false" doc:"IANA zone; Europe/Brussels unless set" example:"Africa/Bamako"`
	PreferredLanguage string     `json:"preferredLanguage" required:"false" doc:"Of messages: BCP 47; en unless set"`
	Category          category   `json:"category" required:"false" doc:"The side of the table; derived from the organisation's type unless set"`
	Safety            safety     `json:"safety" required:"false" doc:"open unless set; careful shows an alias to all but the secretariat; hidden leaves every search"`
	Alias             string     `json:"alias" required:"false" doc:"Shown instead of the name of a careful person"`
	Consent           Consent    `json:"consent" doc:"On what basis these data are held"`
	Gender            string     `json:"gender" required:"false" doc:"In own words; counted only in aggregate"`
}

// Consent is the lawful basis on which a person's data are held.
type Consent struct {
	Basis   consentBasis `json:"basis" doc:"Lawful basis (GDPR, Article 6(1))"`
	GivenAt time.Time    `json:"givenAt"`
	Source  string       `json:"source" required:"false" doc:"Where that is recorded"`
}

// Person is a person of the directory, as the caller may see it.
type Person struct {
	ID                string     `json:"id" doc:"ULID"`
	Name              string     `json:"name"`
	Email             string     `json:"email,omitempty"`
	Organisation      string     `json:"organisation"`
	Position          string     `json:"position"`
	Country           string     `json:"country"`
	Countries         []string   `json:"countries"`
	Languages         []string   `json:"languages"`
	Areas             expertises `json:"areas"`
	Biography         string     `json:"biography"`
	Timezone          string     `json:"timezone"`
	PreferredLanguage string     `json:"preferredLanguage"`
	Category          string     `json:"category" doc:"The person's own, or else derived from the organisation's type"`
	Safety            string     `json:"safety"`
	Alias             string     `json:"alias,omitempty"`
	Consent           *Consent   `json:"consent,omitempty"`
	Gender            string     `json:"gender,omitempty"`
	Undeliverable     *Returned  `json:"undeliverable,omitempty" doc:"Mail to this person came back, so none is sent until the address is another"`
	OtherNames        []string   `json:"otherNames,omitempty" doc:"Under which other records were listed that were merged into this one; for the secretariat"`
	CreatedAt         time.Time  `json:"createdAt"`
	UpdatedAt         time.Time  `json:"updatedAt"`
}

// Returned is why and since when no mail goes to a person.
type Returned struct {
	Kind string    `json:"kind" enum:"bounce,complaint" doc:"The address takes no mail for good, or its owner called what came unwanted"`
	At   time.Time `json:"at"`
}

// FoundPerson is a person that a search found.
type FoundPerson struct {
	Person
	Matched *Matched `json:"matched,omitempty" doc:"Why the person matches, by what everybody may see"`
}

func personProfile(p csdn.PersonProfile) PersonProfile {
	return PersonProfile{
		Name: p.Name, Email: p.Email, Organisation: string(p.Organisation), Position: p.Position, Country: string(p.Country),
		Countries: as[string](p.Countries), Languages: as[string](p.Languages), Areas: expertiseOf(p.Areas),
		Biography: p.Biography, Timezone: string(p.Zone), PreferredLanguage: string(p.PreferredLanguage),
		Category: category(p.Category), Safety: safety(p.Safety), Alias: p.Alias, Gender: p.Gender,
		Consent: Consent{Basis: consentBasis(p.Consent.Basis), GivenAt: p.Consent.GivenAt.UTC(), Source: p.Consent.Source},
	}
}

func (p PersonProfile) domain() csdn.PersonProfile {
	return csdn.PersonProfile{
		Name: p.Name, Email: p.Email, Organisation: csdn.OrganisationID(p.Organisation), Position: p.Position,
		Country: csdn.Country(p.Country), Countries: as[csdn.Country](p.Countries), Languages: as[csdn.Language](p.Languages),
		Areas: p.Areas.domain(), Biography: p.Biography, Zone: csdn.Zone(p.Timezone),
		PreferredLanguage: csdn.Language(p.PreferredLanguage), Category: csdn.Category(p.Category),
		Safety: csdn.Safety(p.Safety), Alias: p.Alias, Gender: p.Gender,
		Consent: csdn.Consent{Basis: csdn.ConsentBasis(p.Consent.Basis), GivenAt: p.Consent.GivenAt.UTC(), Source: p.Consent.Source},
	}
}

func person(p csdn.Person) Person {
	body := Person{
		ID: string(p.ID), Name: p.Name, Email: p.Email, Organisation: string(p.Organisation), Position: p.Position,
		Country: string(p.Country), Countries: as[string](p.Countries), Languages: as[string](p.Languages),
		Areas: expertiseOf(p.Areas), Biography: p.Biography, Timezone: string(p.Zone),
		PreferredLanguage: string(p.PreferredLanguage), Category: string(p.Side()), Safety: string(p.Safety), Alias: p.Alias,
		Gender: p.Gender, OtherNames: p.OtherNames, CreatedAt: p.CreatedAt.UTC(), UpdatedAt: p.UpdatedAt.UTC(),
	}
	if !p.Undeliverable.IsZero() {
		body.Undeliverable = &Returned{Kind: string(p.Undeliverable.Kind), At: p.Undeliverable.At.UTC()}
	}
	if p.Consent.Basis != "" {
		body.Consent = &Consent{Basis: consentBasis(p.Consent.Basis), GivenAt: p.Consent.GivenAt.UTC(), Source: p.Consent.Source}
	}
	return body
}

// PersonFilters are those of people.
type PersonFilters struct {
	Filters
	Organisation []string `query:"organisation,explode" doc:"ULIDs of organisations"`
	Category     []string `query:"category,explode" doc:"Sides of the table"`
}

func (f PersonFilters) filter() (directory.Filter, error) {
	filter, err := f.Filters.filter()
	filter.Organisations, filter.Categories = directory.AnyOf[csdn.OrganisationID](f.Organisation), directory.AnyOf[csdn.Category](f.Category)
	return filter, err
}

// People serves the persons of the network. Card writes one as a vCard.
type People struct {
	Directory directory.People
	Card      func(csdn.PersonExtract) ([]byte, error)
}

func (n People) register(a *API) {
	n.registerConfirmation(a)

	type search struct {
		PersonFilters
		Counting
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/people", id: "search-people", act: "person.read",
		summary:     "Search people",
		description: "The best match first with q, otherwise in the order of names. A comma means any, a repeated parameter means all. A representative finds its own people.",
	}, func(ctx context.Context, caller csdn.Caller, in *search) (*listed[FoundPerson], error) {
		filter, err := in.filter()
		if err != nil {
			return nil, err
		}
		filter.Facets = in.Facets
		found, err := n.Directory.Search(ctx, caller, filter, in.page())
		return foundOf(found, func(p csdn.Person, m *Matched) FoundPerson { return FoundPerson{person(p), m} }), err
	})

	type creation struct{ Body PersonProfile }
	register(a, operation{
		method: http.MethodPost, path: "/v1/people", id: "create-person", act: "person.created",
		summary: "Add a person", status: http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*created[Person], error) {
		p, err := n.Directory.Create(ctx, caller, in.Body.domain())
		return &created[Person]{Location: "/v1/people/" + string(p.ID), ETag: etag(p.Version), Body: person(p)}, err
	})

	type reading struct {
		PersonPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/people/{id}", id: "read-person", act: "person.read", summary: "Read a person",
		also: n.card(), description: "As a vCard, too, of what the caller may see.",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Person], error) {
		p, err := n.Directory.Read(ctx, caller, in.id())
		return read(in.IfNoneMatch, p.Version, person(p)), err
	})

	n.registerCard(a)

	type change struct {
		PersonPath
		IfMatch
		Patch
	}
	registerPatch[PersonProfile](a, operation{
		method: http.MethodPatch, path: "/v1/people/{id}", id: "change-person", act: "person.changed",
		summary: "Change a person",
	}, func(ctx context.Context, caller csdn.Caller, in *change) (*single[Person], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		p, err := n.Directory.Change(ctx, caller, in.id(), version, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
			merged, err := merge(a, personProfile(p), in.Patch)
			return merged.domain(), err
		})
		return written(p.Version, person(p)), err
	})
}

// PersonPath is the person in a path.
type PersonPath struct {
	ID string `path:"id" doc:"ULID of the person"`
}

func (p PersonPath) id() csdn.PersonID { return csdn.PersonID(p.ID) }

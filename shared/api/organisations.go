package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// OrganisationProfile is what an organisation says of itself.
type OrganisationProfile struct {
	Name        string             `json:"name" doc:"Full name" example:"Sahel Dialogue Forum"`
	ShortName   string             `json:"shortName" required:"false" doc:"Acronym or short name" example:"SDF"`
	Type        organisationType   `json:"type" doc:"What it is"`
	Mission     string             `json:"mission" required:"false" doc:"What it works for, as Markdown"`
	Website     string             `json:"website" required:"false" example:"https://sdf.example"`
	Email       string             `json:"email" required:"false" doc:"Where it can be reached" example:"office@sdf.example"`
	Country     string             `json:"country" doc:"Where it is based: ISO 3166-1 alpha-2" example:"ML"`
	Regions     []string           `json:"regions" required:"false" doc:"Where it works: UN M49" example:"[\"011\"]"`
	Countries   []string           `json:"countries" required:"false" doc:"Where it works: ISO 3166-1 alpha-2" example:"[\"ML\", \"NE\"]"`
	Languages   []string           `json:"languages" required:"false" doc:"That it works in: BCP 47" example:"[\"fr\", \"en\"]"`
	Areas       expertises         `json:"areas" required:"false" doc:"Its expertise"`
	Phases      []int              `json:"phases" required:"false" doc:"Numbers of the phases that it joined"`
	Identifiers []Identifier       `json:"identifiers" required:"false" doc:"Its names in other registers"`
	Status      organisationStatus `json:"status" required:"false" doc:"active unless set; archived by DELETE alone"`
}

// Identifier names an organisation in another register.
type Identifier struct {
	Scheme identifierScheme `json:"scheme" doc:"The register"`
	Value  string           `json:"value" doc:"The name there"`
}

// Organisation is an organisation of the directory.
type Organisation struct {
	ID string `json:"id" doc:"ULID"`
	OrganisationProfile
	ConfirmedAt *time.Time `json:"confirmedAt,omitempty" doc:"When the organisation last confirmed its profile"`
	MergedInto  string     `json:"mergedInto,omitempty" doc:"ULID of the organisation that it was merged into"`
	CreatedAt   time.Time  `json:"createdAt"`
	UpdatedAt   time.Time  `json:"updatedAt"`
}

// FoundOrganisation is an organisation that a search found.
type FoundOrganisation struct {
	Organisation
	Matched *Matched `json:"matched,omitempty" doc:"Why it matches"`
}

func organisationProfile(p csdn.OrganisationProfile) OrganisationProfile {
	return OrganisationProfile{
		Name: p.Name, ShortName: p.ShortName, Type: organisationType(p.Type), Mission: p.Mission, Website: p.Website,
		Email: p.Email, Country: string(p.Country), Regions: as[string](p.Regions), Countries: as[string](p.Countries),
		Languages: as[string](p.Languages), Areas: expertiseOf(p.Areas),
		Phases: each(p.Phases, func(n csdn.PhaseNumber) int { return int(n) }),
		Identifiers: each(p.Identifiers, func(i csdn.Identifier) Identifier {
			return Identifier{Scheme: identifierScheme(i.Scheme), Value: i.Value}
		}),
		Status: organisationStatus(p.Status),
	}
}

func (p OrganisationProfile) domain() csdn.OrganisationProfile {
	return csdn.OrganisationProfile{
		Name: p.Name, ShortName: p.ShortName, Type: csdn.OrganisationType(p.Type), Mission: p.Mission, Website: p.Website,
		Email: p.Email, Country: csdn.Country(p.Country), Regions: as[csdn.Region](p.Regions),
		Countries: as[csdn.Country](p.Countries), Languages: as[csdn.Language](p.Languages), Areas: p.Areas.domain(),
		Phases: each(p.Phases, func(n int) csdn.PhaseNumber { return csdn.PhaseNumber(n) }),
		Identifiers: each(p.Identifiers, func(i Identifier) csdn.Identifier {
			return csdn.Identifier{Scheme: csdn.IdentifierScheme(i.Scheme), Value: i.Value}
		}),
		Status: csdn.OrganisationStatus(p.Status),
	}
}

func organisation(o csdn.Organisation) Organisation {
	return Organisation{
		ID: string(o.ID), OrganisationProfile: organisationProfile(o.OrganisationProfile),
		ConfirmedAt: instant(o.ConfirmedAt), MergedInto: string(o.MergedInto), CreatedAt: o.CreatedAt.UTC(), UpdatedAt: o.UpdatedAt.UTC(),
	}
}

// Organisations serves the profiles of organisations.
type Organisations struct{ Directory directory.Organisations }

// OrganisationPath is the organisation in a path.
type OrganisationPath struct {
	ID string `path:"id" doc:"ULID of the organisation"`
}

func (o OrganisationPath) id() csdn.OrganisationID { return csdn.OrganisationID(o.ID) }

// Filters are those that organisations and people share: a comma means any, a repeated parameter means all.
type Filters struct {
	Q        string   `query:"q" maxLength:"200" doc:"Words, in any order, with or without their accents: each must begin a word of the name, the short name, the position, the start of the mission or a label of an area, in any language of it; the best match comes first"`
	Area     []string `query:"area,explode" doc:"Areas of expertise; an area includes its narrower ones" example:"[\"security-sector-reform\"]"`
	Narrower bool     `query:"narrower" default:"true" doc:"false for the areas alone, without their narrower ones"`
	Country  []string `query:"country,explode" doc:"Countries of residence or work: ISO 3166-1 alpha-2"`
	Region   []string `query:"region,explode" doc:"Regions, with all countries in them: UN M49"`
	Language []string `query:"language,explode" doc:"Languages: BCP 47"`
	Phase    []string `query:"phase,explode" doc:"Numbers of phases joined"`
}

// Counting asks for counts of the whole match of a search.
type Counting struct {
	Facets bool `query:"facets" doc:"true to count the whole match by facet and value"`
}

// OrganisationFilters are those of organisations.
type OrganisationFilters struct {
	Filters
	Type   []string `query:"type,explode" doc:"Types of organisation"`
	Status []string `query:"status,explode" doc:"Statuses"`
}

func (f OrganisationFilters) filter() (directory.Filter, error) {
	filter, err := f.Filters.filter()
	filter.Types, filter.Statuses = directory.AnyOf[csdn.OrganisationType](f.Type), directory.AnyOf[csdn.OrganisationStatus](f.Status)
	return filter, err
}

func (f Filters) filter() (directory.Filter, error) {
	numbers, err := phases(f.Phase)
	return directory.Filter{
		Text: f.Q, Areas: directory.AnyOf[csdn.AreaSlug](f.Area), Exact: !f.Narrower, Countries: directory.AnyOf[csdn.Country](f.Country),
		Regions: directory.AnyOf[csdn.Region](f.Region), Languages: directory.AnyOf[csdn.Language](f.Language), Phases: numbers,
	}, err
}

func (n Organisations) register(a *API) {
	n.registerConfirmation(a)

	type search struct {
		OrganisationFilters
		Counting
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/organisations", id: "search-organisations", act: "organisation.read",
		summary: "Search organisations", description: "The best match first with q, otherwise in the order of names. A comma means any, a repeated parameter means all.",
	}, func(ctx context.Context, caller csdn.Caller, in *search) (*listed[FoundOrganisation], error) {
		filter, err := in.filter()
		if err != nil {
			return nil, err
		}
		filter.Facets = in.Facets
		found, err := n.Directory.Search(ctx, caller, filter, in.page())
		return foundOf(found, func(o csdn.Organisation, m *Matched) FoundOrganisation {
			return FoundOrganisation{organisation(o), m}
		}), err
	})

	type creation struct{ Body OrganisationProfile }
	register(a, operation{
		method: http.MethodPost, path: "/v1/organisations", id: "create-organisation", act: "organisation.created",
		summary: "Add an organisation", status: http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*created[Organisation], error) {
		o, err := n.Directory.Create(ctx, caller, in.Body.domain())
		return &created[Organisation]{Location: "/v1/organisations/" + string(o.ID), ETag: etag(o.Version), Body: organisation(o)}, err
	})

	type reading struct {
		OrganisationPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/organisations/{id}", id: "read-organisation", act: "organisation.read",
		summary: "Read an organisation",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Organisation], error) {
		o, err := n.Directory.Read(ctx, caller, in.id())
		return read(in.IfNoneMatch, o.Version, organisation(o)), err
	})

	type change struct {
		OrganisationPath
		IfMatch
		Patch
	}
	registerPatch[OrganisationProfile](a, operation{
		method: http.MethodPatch, path: "/v1/organisations/{id}", id: "change-organisation", act: "organisation.changed",
		summary:     "Change the profile of an organisation",
		description: "An organisation changes its own profile, and confirms it thereby.",
	}, func(ctx context.Context, caller csdn.Caller, in *change) (*single[Organisation], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		o, err := n.Directory.Change(ctx, caller, in.id(), version, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
			merged, err := merge(a, organisationProfile(p), in.Patch)
			return merged.domain(), err
		})
		return written(o.Version, organisation(o)), err
	})

	type archiving struct {
		OrganisationPath
		IfMatch
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/organisations/{id}", id: "archive-organisation", act: "organisation.archived",
		summary: "Archive an organisation", description: "It leaves every search; its record stays, as past meetings refer to it.",
		status: http.StatusNoContent,
	}, func(ctx context.Context, caller csdn.Caller, in *archiving) (*struct{}, error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		return nil, n.Directory.Archive(ctx, caller, in.id(), version)
	})

	type trail struct {
		OrganisationPath
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/organisations/{id}/changes", id: "read-organisation-changes", act: "organisation.trail.read",
		summary: "Read the trail of an organisation", description: "Who changed what and when, the newest first.",
	}, func(ctx context.Context, caller csdn.Caller, in *trail) (*listed[Change], error) {
		page, err := n.Directory.Changes(ctx, caller, in.id(), in.page())
		return pageOf(page, changeBody), err
	})
}

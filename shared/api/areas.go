package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// AreaProfile is what the vocabulary says of an area of expertise, in the terms of SKOS.
type AreaProfile struct {
	Label      Label    `json:"label" doc:"Preferred labels"`
	AltLabels  []string `json:"altLabels" required:"false" doc:"Other labels that people use"`
	Definition string   `json:"definition" required:"false"`
	Broader    []string `json:"broader" required:"false" doc:"Slugs of the broader areas"`
	Retired    bool     `json:"retired" required:"false" doc:"Takes no new claims; those that it has stay. Whatever is replaced is retired"`
	ReplacedBy string   `json:"replacedBy,omitempty" doc:"Slug of the area to use instead"`
}

// Label is a text in the languages of the vocabulary.
type Label struct {
	EN string `json:"en" example:"Security sector reform"`
	FR string `json:"fr" example:"Réforme du secteur de la sécurité"`
}

// Area is an area of expertise.
type Area struct {
	Slug string `json:"slug" example:"security-sector-reform"`
	AreaProfile
	UpdatedAt time.Time `json:"updatedAt"`
}

func (p AreaProfile) domain() csdn.AreaProfile {
	return csdn.AreaProfile{
		LabelEN: p.Label.EN, LabelFR: p.Label.FR, AltLabels: p.AltLabels, Definition: p.Definition,
		Broader: as[csdn.AreaSlug](p.Broader), Retired: p.Retired, ReplacedBy: csdn.AreaSlug(p.ReplacedBy),
	}
}

func area(a csdn.Area) Area {
	return Area{
		Slug: string(a.Slug), UpdatedAt: a.UpdatedAt.UTC(), AreaProfile: AreaProfile{
			Label: Label{EN: a.LabelEN, FR: a.LabelFR}, AltLabels: as[string](a.AltLabels), Definition: a.Definition,
			Broader: as[string](a.Broader), Retired: a.Retired, ReplacedBy: string(a.ReplacedBy),
		},
	}
}

// The media types of SKOS.
const (
	turtleType = "text/turtle"
	jsonLDType = "application/ld+json"
)

// Areas serves the vocabulary of expertise. Turtle and JSONLD write it, or one area of it unless that is "", as SKOS.
type Areas struct {
	Directory directory.Areas
	Turtle    func(areas []csdn.Area, only csdn.AreaSlug) ([]byte, error)
	JSONLD    func(areas []csdn.Area, only csdn.AreaSlug) ([]byte, error)
}

// skos returns the representations of the vocabulary in the terms of SKOS: whole, or of the area in the path.
func (n Areas) skos() representations {
	return representations{[]string{turtleType, jsonLDType}, func(ctx context.Context, caller csdn.Caller, mediaType string, param func(string) string) ([]byte, error) {
		only := csdn.AreaSlug(param("slug"))
		areas, err := n.Directory.Whole(ctx, caller)
		if err == nil && only != "" {
			_, err = n.Directory.Read(ctx, caller, only)
		}
		if err != nil {
			return nil, err
		}
		if mediaType == turtleType {
			return n.Turtle(areas, only)
		}
		return n.JSONLD(areas, only)
	}}
}

// AreaPath is the area in a path.
type AreaPath struct {
	Slug string `path:"slug" doc:"Slug of the area" example:"security-sector-reform"`
}

func (n Areas) register(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/areas", id: "list-areas", act: "area.read",
		summary: "List the areas of expertise", also: n.skos(),
		description: "In the order of slugs; as SKOS, in Turtle or JSON-LD, the whole vocabulary at once.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[Area], error) {
		page, err := n.Directory.List(ctx, caller, in.page())
		return pageOf(page, area), err
	})

	type reading struct {
		AreaPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/areas/{slug}", id: "read-area", act: "area.read", summary: "Read an area",
		also: n.skos(),
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Area], error) {
		found, err := n.Directory.Read(ctx, caller, csdn.AreaSlug(in.Slug))
		return read(in.IfNoneMatch, found.Version, area(found)), err
	})

	type writing struct {
		AreaPath
		Replacing
		Body AreaProfile
	}
	register(a, operation{
		method: http.MethodPut, path: "/v1/areas/{slug}", id: "write-area", act: "area.written",
		summary: "Write an area", description: "With If-Match for one that exists, with If-None-Match: * for a new one.",
		beside: []int{http.StatusCreated},
	}, func(ctx context.Context, caller csdn.Caller, in *writing) (*single[Area], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		after, err := n.Directory.Write(ctx, caller, csdn.AreaSlug(in.Slug), version, in.Body.domain())
		return replaced(version, after.Version, area(after)), err
	})
}

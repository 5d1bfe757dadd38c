package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Merge is the merging of one area into another.
type Merge struct {
	Area      string     `json:"area" example:"ssr" doc:"Slug of the area that is merged"`
	Into      string     `json:"into" example:"security-sector-reform" doc:"Slug of the area that it is merged into"`
	Status    string     `json:"status" enum:"running,done"`
	Remaining Remaining  `json:"remaining" doc:"What is still to be rewritten; it counts as the other area already"`
	StartedAt time.Time  `json:"startedAt"`
	DoneAt    *time.Time `json:"doneAt,omitempty"`
}

// Remaining counts what a merge has still to rewrite.
type Remaining struct {
	Areas         int `json:"areas" doc:"Areas that are narrower"`
	Organisations int `json:"organisations"`
	People        int `json:"people"`
	Meetings      int `json:"meetings"`
}

func merging(m csdn.Merge, left csdn.Remaining) Merge {
	body := Merge{
		Area: string(m.Area), Into: string(m.Into), Status: "running", StartedAt: m.StartedAt.UTC(), DoneAt: instant(m.DoneAt),
		Remaining: Remaining(left),
	}
	if !m.DoneAt.IsZero() {
		body.Status = "done"
	}
	return body
}

// Claims serves what touches the claims of areas: their deletion and merging.
type Claims struct{ Directory directory.Claims }

func (n Claims) register(a *API) {
	type deletion struct {
		AreaPath
		IfMatch
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/areas/{slug}", id: "delete-area", act: "area.deleted", summary: "Delete an area",
		description: "One that nobody claims and no other area hangs on. Any other can be merged into another, or retired.",
		status:      http.StatusNoContent,
	}, func(ctx context.Context, caller csdn.Caller, in *deletion) (*struct{}, error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		return nil, n.Directory.Delete(ctx, caller, csdn.AreaSlug(in.Slug), version)
	})

	type order struct {
		AreaPath
		Body struct {
			Into string `json:"into" example:"security-sector-reform" doc:"Slug of the area to merge into"`
		}
	}
	type answer struct {
		Status int
		Body   Merge
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/areas/{slug}/merge", id: "merge-area", act: "area.merged", summary: "Merge an area into another",
		description: "It is retired at once: a search for either finds both. The claims of organisations, people and meetings are then " +
			"rewritten in the background, and further each time that this is asked again. Archived organisations and meetings that " +
			"are closed or cancelled keep what they said. 200 instead of 202 when all is done.",
		status: http.StatusAccepted,
	}, func(ctx context.Context, caller csdn.Caller, in *order) (*answer, error) {
		m, left, err := n.Directory.Merge(ctx, caller, csdn.AreaSlug(in.Slug), csdn.AreaSlug(in.Body.Into))
		status := http.StatusAccepted
		if !m.DoneAt.IsZero() {
			status = http.StatusOK
		}
		return &answer{Status: status, Body: merging(m, left)}, err
	})

	register(a, operation{
		method: http.MethodGet, path: "/v1/areas/{slug}/merge", id: "read-merge", act: "area.merge.read",
		summary: "Read how far the merging of an area is",
	}, func(ctx context.Context, caller csdn.Caller, in *AreaPath) (*struct{ Body Merge }, error) {
		m, left, err := n.Directory.MergeOf(ctx, caller, csdn.AreaSlug(in.Slug))
		return &struct{ Body Merge }{merging(m, left)}, err
	})
}

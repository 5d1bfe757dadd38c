package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// PhaseProfile is what can change of a phase.
type PhaseProfile struct {
	Label      string `json:"label" example:"Fourth phase"`
	From       int    `json:"from" doc:"First year" example:"2020"`
	To         int    `json:"to" doc:"Last year, included" example:"2023"`
	Instrument string `json:"instrument" required:"false" doc:"What it is financed by" example:"Instrument contributing to Stability and Peace"`
}

// NewPhase is a phase that is to be added.
type NewPhase struct {
	Number int `json:"number" minimum:"1" maximum:"999" example:"4"`
	PhaseProfile
}

// Phase is a phase of the network.
type Phase struct {
	NewPhase
	UpdatedAt time.Time `json:"updatedAt"`
}

func phaseProfile(p csdn.PhaseProfile) PhaseProfile { return PhaseProfile(p) }

func (p PhaseProfile) domain() csdn.PhaseProfile { return csdn.PhaseProfile(p) }

func phase(p csdn.Phase) Phase {
	return Phase{NewPhase: NewPhase{Number: int(p.Number), PhaseProfile: phaseProfile(p.PhaseProfile)}, UpdatedAt: p.UpdatedAt.UTC()}
}

// Phases serves the phases of the network.
type Phases struct{ Directory directory.Phases }

// PhasePath is the phase in a path.
type PhasePath struct {
	Number int `path:"number" doc:"Number of the phase" example:"4"`
}

func (n Phases) register(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/phases", id: "list-phases", act: "phase.read",
		summary: "List the phases", description: "In the order of numbers.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[Phase], error) {
		page, err := n.Directory.List(ctx, caller, in.page())
		return pageOf(page, phase), err
	})

	type creation struct{ Body NewPhase }
	register(a, operation{
		method: http.MethodPost, path: "/v1/phases", id: "create-phase", act: "phase.created", summary: "Add a phase",
		status: http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*created[Phase], error) {
		p, err := n.Directory.Create(ctx, caller, csdn.PhaseNumber(in.Body.Number), in.Body.domain())
		return &created[Phase]{Location: fmt.Sprintf("/v1/phases/%d", p.Number), ETag: etag(p.Version), Body: phase(p)}, err
	})

	type reading struct {
		PhasePath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/phases/{number}", id: "read-phase", act: "phase.read", summary: "Read a phase",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Phase], error) {
		p, err := n.Directory.Read(ctx, caller, csdn.PhaseNumber(in.Number))
		return read(in.IfNoneMatch, p.Version, phase(p)), err
	})

	type change struct {
		PhasePath
		IfMatch
		Patch
	}
	registerPatch[PhaseProfile](a, operation{
		method: http.MethodPatch, path: "/v1/phases/{number}", id: "change-phase", act: "phase.changed", summary: "Change a phase",
	}, func(ctx context.Context, caller csdn.Caller, in *change) (*single[Phase], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		p, err := n.Directory.Change(ctx, caller, csdn.PhaseNumber(in.Number), version, func(p csdn.PhaseProfile) (csdn.PhaseProfile, error) {
			merged, err := merge(a, phaseProfile(p), in.Patch)
			return merged.domain(), err
		})
		return written(p.Version, phase(p)), err
	})
}

package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// MergerOrder asks for the merging of two records.
type MergerOrder struct {
	Subject       mergerSubject `json:"subject" doc:"What both are"`
	Keep          string        `json:"keep" doc:"ULID of the record that stays"`
	Absorb        string        `json:"absorb" doc:"ULID of the record that goes into it"`
	KeepVersion   int64         `json:"keepVersion" doc:"The number in the ETag of the one that stays, as you compared it" example:"3"`
	AbsorbVersion int64         `json:"absorbVersion" doc:"The number in the ETag of the one that goes" example:"1"`
	Take          []string      `json:"take" required:"false" doc:"Fields in which the one that stays is to say what the other says" example:"[\"website\"]"`
	Join          []string      `json:"join" required:"false" doc:"Lists in which it is to say what both say" example:"[\"phases\", \"identifiers\"]"`
}

// Merger is the merging of two records.
type Merger struct {
	ID        string         `json:"id" doc:"ULID"`
	Subject   mergerSubject  `json:"subject"`
	Keep      string         `json:"keep" doc:"ULID of the record that stays"`
	Absorb    string         `json:"absorb" doc:"ULID of the record that went into it"`
	Taken     []string       `json:"taken" doc:"The fields that were taken from the one that went"`
	Joined    []string       `json:"joined" doc:"The lists that say what both said"`
	Status    mergerStatus   `json:"status"`
	Moved     map[string]int `json:"moved" doc:"What was moved so far, by its kind" example:"{\"people\": 2, \"invitations\": 5}"`
	Returned  map[string]int `json:"returned,omitempty" doc:"What was moved back"`
	Left      []string       `json:"left,omitempty" doc:"The fields that were not put back, as they had been changed since"`
	By        string         `json:"by" doc:"The account that asked for it"`
	StartedAt time.Time      `json:"startedAt"`
	DoneAt    *time.Time     `json:"doneAt,omitempty"`
	UndoneAt  *time.Time     `json:"undoneAt,omitempty"`
	Until     time.Time      `json:"until" doc:"When it can be undone no longer"`
}

func merger(m csdn.Merger) Merger {
	return Merger{
		ID: string(m.ID), Subject: mergerSubject(m.Subject), Keep: m.Keep, Absorb: m.Absorb, Taken: as[string](m.Taken), Joined: as[string](m.Joined),
		Status: mergerStatus(m.Status), Moved: references(m.Moved), Returned: references(m.Returned), Left: m.Left, By: string(m.By),
		StartedAt: m.StartedAt.UTC(), DoneAt: instant(m.DoneAt), UndoneAt: instant(m.UndoneAt), Until: m.Until.UTC(),
	}
}

func references(r csdn.References) map[string]int {
	counts := map[string]int{}
	for kind, n := range r {
		counts[string(kind)] = n
	}
	return counts
}

// Mergers serves the merging of records that are of one and the same organisation or person.
type Mergers struct{ Directory directory.Mergers }

// MergerPath is the merger in a path.
type MergerPath struct {
	ID string `path:"id" doc:"ULID of the merger"`
}

func (p MergerPath) id() csdn.MergerID { return csdn.MergerID(p.ID) }

func (n Mergers) register(a *API) {
	type creation struct{ Body MergerOrder }
	register(a, operation{
		method: http.MethodPost, path: "/v1/mergers", id: "start-merger", act: "organisation.merged",
		summary: "Merge two records of the same organisation or person", status: http.StatusCreated, beside: []int{http.StatusPreconditionFailed},
		description: "The one that goes is archived at once, or a person found no longer, and leads to the one that stays. Its people, accounts and " +
			"invitations are then moved in the background. For 30 days it can be undone. 412 when one of the two was changed since you compared " +
			"them. The stricter safety of two people counts, and data that one of them gave on their own consent stay on that; 409 when both are " +
			"expected at the same meeting.",
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*created[Merger], error) {
		m, err := n.Directory.Start(ctx, caller, csdn.MergerOrder{
			Subject: csdn.Subject(in.Body.Subject), Keep: in.Body.Keep, Absorb: in.Body.Absorb,
			KeepVersion: csdn.Version(in.Body.KeepVersion), AbsorbVersion: csdn.Version(in.Body.AbsorbVersion),
			Take: in.Body.Take, Join: in.Body.Join,
		})
		return &created[Merger]{Location: "/v1/mergers/" + string(m.ID), ETag: etag(m.Version), Body: merger(m)}, err
	})

	register(a, operation{
		method: http.MethodGet, path: "/v1/mergers", id: "list-mergers", act: "merger.read", summary: "List the mergers of records",
		description: "The newest first.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[Merger], error) {
		page, err := n.Directory.List(ctx, caller, in.page())
		return pageOf(page, merger), err
	})

	type reading struct {
		MergerPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/mergers/{id}", id: "read-merger", act: "merger.read", summary: "Read how far a merger is",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Merger], error) {
		m, err := n.Directory.Read(ctx, caller, in.id())
		return read(in.IfNoneMatch, m.Version, merger(m)), err
	})

	register(a, operation{
		method: http.MethodPost, path: "/v1/mergers/{id}/undo", id: "undo-merger", act: "merger.undone", summary: "Undo a merger",
		description: "Within 30 days. What was moved and still is where it was moved to is moved back. A field that was taken goes back to what it " +
			"was, unless somebody has changed it since. Asked again, it goes on.",
	}, func(ctx context.Context, caller csdn.Caller, in *MergerPath) (*single[Merger], error) {
		m, err := n.Directory.Undo(ctx, caller, in.id())
		return written(m.Version, merger(m)), err
	})
}

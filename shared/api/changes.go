package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Change is one entry of an audit trail.
type Change struct {
	ID      string       `json:"id" doc:"ULID"`
	At      time.Time    `json:"at"`
	By      string       `json:"by" doc:"The account that did it; clock or invitee where no account did"`
	Token   string       `json:"token,omitempty" doc:"The id of the API token by which the account did it"`
	Act     string       `json:"act" example:"organisation.changed"`
	Version int          `json:"version" doc:"The version that the subject then had"`
	Fields  []Difference `json:"fields" doc:"What differs"`
}

// Entry is a change among all of the network.
type Entry struct {
	Subject Subject `json:"subject"`
	Change
}

// Subject is what a change was made on.
type Subject struct {
	Noun string `json:"noun" example:"organisation"`
	ID   string `json:"id" doc:"ULID, slug or number; of an invitation those of its meeting and its person, joined by a slash"`
}

// Difference is one field that a change altered. Values are as text; lists are joined by a comma.
type Difference struct {
	Field  string `json:"field" example:"areas"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func changeBody(c csdn.Change) Change {
	return Change{
		ID: string(c.ID), At: c.At.UTC(), By: string(c.By), Token: string(c.Token), Act: string(c.Act), Version: int(c.Version),
		Fields: each(c.Fields, func(d csdn.Difference) Difference { return Difference(d) }),
	}
}

// Trail serves the trail of everything.
type Trail struct{ Directory directory.Trail }

func (n Trail) register(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/changes", id: "list-changes", act: "trail.read",
		summary: "List the newest changes", description: "Of every noun, the newest first, with what differs and who did it.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[Entry], error) {
		page, err := n.Directory.Latest(ctx, caller, in.page())
		return pageOf(page, func(e csdn.Entry) Entry {
			return Entry{Subject: Subject{Noun: e.Noun, ID: e.ID}, Change: changeBody(e.Change)}
		}), err
	})
}

package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Erasure is a request for erasure and, once it is done, the certificate of it. It holds no personal data: the ids that it names
// lead to nothing any more, and tell whom to erase anew after a table was restored from a time before.
type Erasure struct {
	ID          string         `json:"id" doc:"ULID"`
	Status      string         `json:"status" enum:"requested,begun,done" doc:"begun: nobody finds the person any more, and the rest is being removed"`
	Person      string         `json:"person,omitempty" doc:"ULID; absent when the account that asks has no record of a person"`
	Absorbed    []string       `json:"absorbed,omitempty" doc:"Whose records had been merged into that of the person, and are erased too: ULIDs"`
	Account     string         `json:"account,omitempty" doc:"That asked, and is erased too: ULID; absent when none did"`
	RequestedAt *time.Time     `json:"requestedAt,omitempty"`
	BegunAt     *time.Time     `json:"begunAt,omitempty"`
	ErasedAt    *time.Time     `json:"erasedAt,omitempty" doc:"When nothing was left. The tables can be restored as they were at any time of 35 days before; whoever does that repeats every erasure done since"`
	By          string         `json:"by,omitempty" doc:"The account that decided"`
	Token       string         `json:"token,omitempty" doc:"The API token by which it did; absent for somebody who had signed in"`
	Removed     map[string]int `json:"removed" doc:"How many items of each kind were removed: profiles, accounts, tokens, changes, invitations, links, deliveries, others"`
}

func erasure(e csdn.Erasure) Erasure {
	return Erasure{
		ID: string(e.ID), Status: string(e.Status), Person: string(e.Person), Absorbed: as[string](e.Absorbed), Account: string(e.Account),
		RequestedAt: instant(e.RequestedAt), BegunAt: instant(e.BegunAt), ErasedAt: instant(e.DoneAt), By: string(e.By), Token: string(e.Token),
		Removed: counts(e.Traces),
	}
}

// Retained is a meeting of which it would be kept no longer who was invited.
type Retained struct {
	Meeting string         `json:"meeting" doc:"ULID"`
	Until   string         `json:"until" doc:"The last day on which it is kept"`
	Holds   map[string]int `json:"holds" doc:"How many items of each kind there are now: invitations, changes, links, deliveries"`
}

// Rights serves the rights of the people whom the directory knows.
type Rights struct {
	Directory directory.Rights
	Retention directory.Retention
}

func (n Rights) register(a *API) {
	n.registerErasure(a)
	n.registerExports(a)

	type preview struct {
		On string `query:"on" required:"true" doc:"A date" example:"2027-01-01"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/retention", id: "preview-retention", act: "retention.read",
		summary:     "See what would be kept no longer",
		description: "The meetings of which, on a day, it would be kept no longer who was invited. Nothing is removed.",
	}, func(ctx context.Context, caller csdn.Caller, in *preview) (*listed[Retained], error) {
		list, err := n.Retention.Preview(ctx, caller, csdn.Date(in.On))
		return pageOf(csdn.Page[csdn.Retained]{Items: list}, func(r csdn.Retained) Retained {
			return Retained{Meeting: string(r.Meeting), Until: string(r.Until), Holds: counts(r.Traces)}
		}), err
	})
}

func (n Rights) registerErasure(a *API) {
	type accepted struct {
		Status   int
		Location string `header:"Location" doc:"The request, as the secretariat sees it"`
		Body     Erasure
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/me/erasure", id: "request-erasure", act: "erasure.requested",
		summary: "Ask to be erased", status: http.StatusAccepted,
		description: "With the account, and the record of a person that has its address. The secretariat decides. Asking again answers the same request.",
	}, func(ctx context.Context, caller csdn.Caller, _ *struct{}) (*accepted, error) {
		e, err := n.Directory.Request(ctx, caller)
		return &accepted{http.StatusAccepted, "/v1/erasures/" + string(e.ID), erasure(e)}, err
	})

	register(a, operation{
		method: http.MethodGet, path: "/v1/erasures", id: "list-erasures", act: "erasure.read",
		summary: "List requests for erasure and certificates", description: "The newest first.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[Erasure], error) {
		page, err := n.Directory.List(ctx, caller, in.page())
		return pageOf(page, erasure), err
	})

	type reading struct {
		ErasurePath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/erasures/{id}", id: "read-erasure", act: "erasure.read",
		summary: "Read a request for erasure, or its certificate",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Erasure], error) {
		e, err := n.Directory.Read(ctx, caller, in.id())
		return read(in.IfNoneMatch, e.Version, erasure(e)), err
	})

	register(a, operation{
		method: http.MethodPost, path: "/v1/erasures/{id}/grant", id: "grant-erasure", act: "erasure.granted",
		summary:     "Do what a request for erasure asks for",
		description: "Erases the account and the record of the person. Broken off on the way, it goes on when it is asked again, and by itself.",
	}, func(ctx context.Context, caller csdn.Caller, in *ErasurePath) (*single[Erasure], error) {
		e, err := n.Directory.Grant(ctx, caller, in.id())
		return written(e.Version, erasure(e)), err
	})

	type erasing struct {
		PersonPath
		IfMatch
	}
	type erased struct {
		Location string `header:"Location" doc:"The certificate, for the secretariat"`
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/people/{id}", id: "erase-person", act: "person.erased",
		summary: "Erase a person", status: http.StatusNoContent,
		description: "Everywhere: the record and its trail, every invitation with its links, answers and messages. A seat held at a meeting " +
			"to come is offered to the next in the reserve; meetings that have begun go on counting somebody of whom nothing else is known.",
	}, func(ctx context.Context, caller csdn.Caller, in *erasing) (*erased, error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		e, err := n.Directory.Erase(ctx, caller, in.id(), version)
		return &erased{"/v1/erasures/" + string(e.ID)}, err
	})

	type deletion struct {
		AccountPath
		IfMatch
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/accounts/{id}", id: "delete-account", act: "account.deleted",
		summary: "Delete an account", status: http.StatusNoContent,
		description: "With its tokens, its sessions, and its trail, which has its addresses. The record of a person with its address stays, and " +
			"so does the account's id in the trails of others. Nobody deletes the own account. Not open to API tokens.",
	}, func(ctx context.Context, caller csdn.Caller, in *deletion) (*erased, error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		e, err := n.Directory.EraseAccount(ctx, caller, in.id(), version)
		return &erased{"/v1/erasures/" + string(e.ID)}, err
	})
}

// ErasurePath is the erasure in a path.
type ErasurePath struct {
	ID string `path:"id" doc:"ULID of the erasure"`
}

func (p ErasurePath) id() csdn.ErasureID { return csdn.ErasureID(p.ID) }

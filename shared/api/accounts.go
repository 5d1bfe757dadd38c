package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Account is the account of whoever is signed in.
type Account struct {
	ID           string    `json:"id" doc:"ULID"`
	Email        string    `json:"email"`
	Role         string    `json:"role" enum:"secretariat,planner,organisation,official"`
	Organisation string    `json:"organisation,omitempty" doc:"ULID, for a representative"`
	CreatedAt    time.Time `json:"createdAt"`
	UpdatedAt    time.Time `json:"updatedAt"`
}

// Accounts serves accounts.
type Accounts struct{ Directory directory.Identity }

func (n Accounts) register(a *API) {
	type reading struct{ IfNoneMatch }
	register(a, operation{
		method: http.MethodGet, path: "/v1/me", id: "read-me", act: "me.read",
		summary: "Read one's own account", description: "With the role that it has and the organisation that it speaks for.",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Account], error) {
		me, err := n.Directory.Me(ctx, caller)
		return read(in.IfNoneMatch, me.Version, Account{
			ID: string(me.ID), Email: me.Email, Role: string(me.Role), Organisation: string(me.Organisation),
			CreatedAt: me.CreatedAt.UTC(), UpdatedAt: me.UpdatedAt.UTC(),
		}), err
	})
}

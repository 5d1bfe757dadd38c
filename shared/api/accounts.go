package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// AccountProfile is what a new account is to be.
type AccountProfile struct {
	Email        string `json:"email" doc:"The address with which its holder signs in; no two accounts have the same" example:"aminata.diarra@sdf.example"`
	Role         role   `json:"role"`
	Organisation string `json:"organisation,omitempty" doc:"ULID, for the role organisation, and for no other"`
}

// AccountPatch is what can be changed of an account.
type AccountPatch struct {
	AccountProfile
	Active bool `json:"active" doc:"false deactivates the account and its tokens until it is true again"`
	Bound  bool `json:"bound" doc:"false lets the next sign-in with the verified address bind the account anew"`
}

// Account is who may sign in, and as what.
type Account struct {
	ID           string    `json:"id" doc:"ULID"`
	Email        string    `json:"email"`
	Role         role      `json:"role"`
	Organisation string    `json:"organisation,omitempty" doc:"ULID, for a representative"`
	Active       bool      `json:"active" doc:"Whether it may do anything"`
	Bound        bool      `json:"bound" doc:"Whether somebody has signed in to it"`
	CreatedAt    time.Time `json:"createdAt"`
	UpdatedAt    time.Time `json:"updatedAt"`
}

func account(a csdn.Account) Account {
	p := a.Profile()
	return Account{
		ID: string(a.ID), Email: p.Email, Role: role(p.Role), Organisation: string(p.Organisation), Active: p.Active, Bound: p.Bound,
		CreatedAt: a.CreatedAt.UTC(), UpdatedAt: a.UpdatedAt.UTC(),
	}
}

func (p AccountProfile) domain() csdn.AccountProfile {
	return csdn.AccountProfile{Email: p.Email, Role: csdn.Role(p.Role), Organisation: csdn.OrganisationID(p.Organisation)}
}

func accountPatch(p csdn.AccountProfile) AccountPatch {
	return AccountPatch{
		AccountProfile: AccountProfile{Email: p.Email, Role: role(p.Role), Organisation: string(p.Organisation)},
		Active:         p.Active, Bound: p.Bound,
	}
}

func (p AccountPatch) domain() csdn.AccountProfile {
	profile := p.AccountProfile.domain()
	profile.Active, profile.Bound = p.Active, p.Bound
	return profile
}

// Accounts serves accounts.
type Accounts struct {
	Me        directory.Identity
	Directory directory.Accounts
}

// AccountPath is the account in a path.
type AccountPath struct {
	ID string `path:"id" doc:"ULID of the account"`
}

func (p AccountPath) id() csdn.AccountID { return csdn.AccountID(p.ID) }

func (n Accounts) register(a *API) {
	type asking struct{ IfNoneMatch }
	register(a, operation{
		method: http.MethodGet, path: "/v1/me", id: "read-me", act: "me.read",
		summary: "Read one's own account", description: "With the role that it has and the organisation that it speaks for.",
	}, func(ctx context.Context, caller csdn.Caller, in *asking) (*single[Account], error) {
		me, err := n.Me.Me(ctx, caller)
		return read(in.IfNoneMatch, me.Version, account(me)), err
	})
	n.registerReading(a)
	n.registerWriting(a)
}

func (n Accounts) registerReading(a *API) {
	type listing struct {
		Q            string   `query:"q" maxLength:"200" doc:"A part of the address"`
		Role         []string `query:"role,explode" doc:"Roles"`
		Organisation []string `query:"organisation,explode" doc:"ULIDs of organisations"`
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/accounts", id: "list-accounts", act: "account.read",
		summary: "List the accounts", description: "In the order of addresses.",
	}, func(ctx context.Context, caller csdn.Caller, in *listing) (*listed[Account], error) {
		page, err := n.Directory.List(ctx, caller, directory.AccountFilter{
			Roles: flat[csdn.Role](in.Role), Organisations: flat[csdn.OrganisationID](in.Organisation), Text: in.Q,
		}, in.page())
		return pageOf(page, account), err
	})

	type reading struct {
		AccountPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/accounts/{id}", id: "read-account", act: "account.read", summary: "Read an account",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Account], error) {
		found, err := n.Directory.Read(ctx, caller, in.id())
		return read(in.IfNoneMatch, found.Version, account(found)), err
	})
}

func (n Accounts) registerWriting(a *API) {
	type creation struct{ Body AccountProfile }
	register(a, operation{
		method: http.MethodPost, path: "/v1/accounts", id: "create-account", act: "account.created", summary: "Add an account",
		description: "Its holder is whoever first signs in with the address, verified by the issuer. Not open to API tokens.",
		status:      http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*created[Account], error) {
		made, err := n.Directory.Create(ctx, caller, in.Body.domain())
		return &created[Account]{Location: "/v1/accounts/" + string(made.ID), ETag: etag(made.Version), Body: account(made)}, err
	})

	type change struct {
		AccountPath
		IfMatch
		Patch
	}
	registerPatch[AccountPatch](a, operation{
		method: http.MethodPatch, path: "/v1/accounts/{id}", id: "change-account", act: "account.changed", summary: "Change an account",
		description: "Another address unbinds the account and removes its tokens, as somebody else may be behind it. " +
			"Nobody deactivates, demotes or readdresses the own account. Not open to API tokens.",
	}, func(ctx context.Context, caller csdn.Caller, in *change) (*single[Account], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		after, err := n.Directory.Change(ctx, caller, in.id(), version, func(p csdn.AccountProfile) (csdn.AccountProfile, error) {
			merged, err := merge(a, accountPatch(p), in.Patch)
			return merged.domain(), err
		})
		return written(after.Version, account(after)), err
	})
}

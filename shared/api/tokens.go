package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// TokenOrder is what a new API token is to be.
type TokenOrder struct {
	Name      string    `json:"name" doc:"What it is for" example:"Website of the foundation"`
	Scope     scope     `json:"scope" required:"false" doc:"read unless set; write reads and writes what the role of the account may"`
	ExpiresAt time.Time `json:"expiresAt" required:"false" doc:"Within a year; in 90 days unless set"`
}

// Token is an API token, without its text.
type Token struct {
	ID         string     `json:"id" doc:"ULID"`
	Name       string     `json:"name"`
	Scope      scope      `json:"scope"`
	CreatedAt  time.Time  `json:"createdAt"`
	ExpiresAt  time.Time  `json:"expiresAt"`
	Expired    bool       `json:"expired" doc:"Whether it is good no more; it is still listed for 30 days"`
	LastUsedAt *time.Time `json:"lastUsedAt,omitempty" doc:"To the hour; absent until it is used"`
}

// NewToken is an API token as it is told once.
type NewToken struct {
	Token
	Text string `json:"token" doc:"To be sent as Authorization: Bearer; it is told this once and kept nowhere" example:"csdn_"`
}

func tokenBody(t csdn.Token, now time.Time) Token {
	body := Token{
		ID: string(t.ID), Name: t.Name, Scope: scope(t.Scope), CreatedAt: t.CreatedAt.UTC(), ExpiresAt: t.ExpiresAt.UTC(),
		Expired: t.Expired(now),
	}
	if !t.LastUsedAt.IsZero() {
		used := t.LastUsedAt.UTC()
		body.LastUsedAt = &used
	}
	return body
}

// Tokens serves the API tokens of one's own account.
type Tokens struct{ Directory directory.Tokens }

// body tells of a token as it is now.
func (n Tokens) body(t csdn.Token) Token { return tokenBody(t, n.Directory.Now()) }

func (n Tokens) register(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/tokens", id: "list-tokens", act: "token.read",
		summary: "List one's own API tokens", description: "The newest first.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[Token], error) {
		page, err := n.Directory.List(ctx, caller, in.page())
		return pageOf(page, n.body), err
	})

	type creation struct{ Body TokenOrder }
	type made struct {
		Location string `header:"Location" doc:"Where the token is removed"`
		Body     NewToken
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/tokens", id: "create-token", act: "token.created",
		summary:     "Make an API token",
		description: "It acts as one's own account, within its scope; an account has 20 at most. Not open to API tokens.",
		status:      http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*made, error) {
		one, text, err := n.Directory.Create(ctx, caller, csdn.Token{
			Name: in.Body.Name, Scope: csdn.Scope(in.Body.Scope), ExpiresAt: in.Body.ExpiresAt.UTC(),
		})
		return &made{Location: "/v1/tokens/" + string(one.ID), Body: NewToken{Token: n.body(one), Text: text}}, err
	})

	type deletion struct {
		ID string `path:"id" doc:"ULID of the token"`
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/tokens/{id}", id: "delete-token", act: "token.deleted",
		summary:     "Revoke an API token",
		description: "Without If-Match, as a token never changes. It is refused within a minute, unless set otherwise. Not open to API tokens.",
		status:      http.StatusNoContent,
	}, func(ctx context.Context, caller csdn.Caller, in *deletion) (*struct{}, error) {
		return nil, n.Directory.Delete(ctx, caller, csdn.TokenID(in.ID))
	})
}

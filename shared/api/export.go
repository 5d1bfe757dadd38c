package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Held is everything that the directory holds on whoever is signed in.
type Held struct {
	Account  Account   `json:"account"`
	Tokens   []Token   `json:"tokens" doc:"API tokens, without their texts, which are kept nowhere"`
	Sessions []Session `json:"sessions" doc:"On the site, that have not ended"`
	Changes  []Change  `json:"changes" doc:"Of the account. What the account changed of others is told by their trails, not here"`
	Erasure  *Erasure  `json:"erasure,omitempty" doc:"Asked for"`
	Person   *Dossier  `json:"person,omitempty" doc:"The record with the account's address. Absent, too, while the account itself or one of its organisation has put that address there: then ask the secretariat"`
}

// Session is a session on the site.
type Session struct {
	CreatedAt time.Time `json:"createdAt" doc:"When it began, by a sign-in"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Dossier is everything that the directory holds on a person.
type Dossier struct {
	Profile     Person              `json:"profile"`
	Changes     []Change            `json:"changes" doc:"The trail, the first change first"`
	Invitations []DossierInvitation `json:"invitations"`
	Mergers     []PeopleBefore      `json:"mergers,omitempty" doc:"Of other records into this one, as long as they can be undone"`
}

// PeopleBefore is two records as they were before one went into the other.
type PeopleBefore struct {
	Kept     Person       `json:"kept"`
	Absorbed Person       `json:"absorbed"`
	Aside    []Invitation `json:"aside" doc:"Invitations to meetings to which both had one, that made way for the other"`
}

// DossierInvitation is an invitation with what came of it.
type DossierInvitation struct {
	Invitation
	Title    string    `json:"title" doc:"Of the meeting"`
	Start    string    `json:"start" doc:"Of the meeting: local time"`
	Zone     string    `json:"zone"`
	Areas    []string  `json:"areas" doc:"The person's expertise when it was drafted"`
	Changes  []Change  `json:"changes" doc:"The trail, the first change first"`
	Messages []Message `json:"messages" doc:"That were to be sent"`
}

// Message is one message to an invitee.
type Message struct {
	Kind      string     `json:"kind" example:"invitation"`
	CreatedAt time.Time  `json:"createdAt"`
	SentAt    *time.Time `json:"sentAt,omitempty"`
}

func dossier(d csdn.Dossier) Dossier {
	return Dossier{
		Profile: person(d.Person), Changes: each(d.Trail, changeBody),
		Mergers: each(d.Mergers, func(b csdn.PeopleBefore) PeopleBefore {
			return PeopleBefore{Kept: person(b.Keep), Absorbed: person(b.Absorb), Aside: each(b.Aside, invitation)}
		}),
		Invitations: each(d.Invitations, func(i csdn.DossierInvitation) DossierInvitation {
			return DossierInvitation{
				Invitation: invitation(i.Invitation), Title: i.Meeting.Title, Start: i.Meeting.Start.String(),
				Zone: string(i.Meeting.Zone), Areas: as[string](i.Areas), Changes: each(i.Trail, changeBody),
				Messages: each(i.Deliveries, func(m csdn.Delivery) Message {
					return Message{Kind: string(m.Message), CreatedAt: m.CreatedAt.UTC(), SentAt: instant(m.SentAt)}
				}),
			}
		}),
	}
}

func held(h directory.Held, now time.Time) Held {
	body := Held{
		Account: account(h.Account), Changes: each(h.Trail, changeBody),
		Tokens: each(h.Tokens, func(t csdn.Token) Token { return tokenBody(t, now) }),
		Sessions: each(h.Sessions, func(s csdn.Session) Session {
			return Session{CreatedAt: s.CreatedAt.UTC(), ExpiresAt: s.ExpiresAt.UTC()}
		}),
	}
	if h.Erasure != nil {
		asked := erasure(*h.Erasure)
		body.Erasure = &asked
	}
	if h.Person != nil {
		whole := dossier(*h.Person)
		body.Person = &whole
	}
	return body
}

// attached is the answer with a file to keep. Its name names nobody.
type attached[T any] struct {
	Disposition string `header:"Content-Disposition"`
	Body        T
}

func attach[T any](name string, body T) *attached[T] {
	return &attached[T]{Disposition: `attachment; filename="` + name + `.json"`, Body: body}
}

func (n Rights) registerExports(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/me/export", id: "export-me", act: "me.exported",
		summary:     "Have everything that is held on oneself",
		description: "The account with its tokens and sessions, and the record of the person with its address: profile, consent, trail, invitations with what was answered, and messages.",
	}, func(ctx context.Context, caller csdn.Caller, _ *struct{}) (*attached[Held], error) {
		h, err := n.Directory.Export(ctx, caller)
		return attach("my-data", held(h, n.Directory.Now())), err
	})

	register(a, operation{
		method: http.MethodGet, path: "/v1/people/{id}/export", id: "export-person", act: "person.exported",
		summary:     "Have everything that is held on a person",
		description: "To be sent to a person who has no account and asks for it.",
	}, func(ctx context.Context, caller csdn.Caller, in *PersonPath) (*attached[Dossier], error) {
		d, err := n.Directory.ExportPerson(ctx, caller, in.id())
		return attach("person-"+in.ID, dossier(d)), err
	})
}

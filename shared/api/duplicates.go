package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// LikelyPair is two records that may be of one and the same organisation or person.
type LikelyPair struct {
	First     Likely       `json:"first" doc:"The older record"`
	Second    Likely       `json:"second"`
	Reasons   []string     `json:"reasons" doc:"In what they are alike: name, but for case and accents, website or email"`
	Differing []Comparison `json:"differing" doc:"The fields in which they differ"`
}

// Likely names one of the two.
type Likely struct {
	ID   string `json:"id" doc:"ULID"`
	Name string `json:"name"`
}

// Comparison is one field of the two records. Values are as text; lists are joined by a comma.
type Comparison struct {
	Field  string `json:"field" example:"website"`
	First  string `json:"first"`
	Second string `json:"second"`
}

func likelyPair(p csdn.LikelyPair) LikelyPair {
	return LikelyPair{
		First: Likely{p.First, p.FirstName}, Second: Likely{p.Second, p.SecondName}, Reasons: as[string](p.Reasons),
		Differing: each(p.Differing, func(c csdn.Comparison) Comparison { return Comparison(c) }),
	}
}

// Duplicates serves what may be listed twice.
type Duplicates struct{ Directory directory.Duplicates }

func (n Duplicates) register(a *API) {
	list := func(op operation, of func(context.Context, csdn.Caller, csdn.PageRequest) (csdn.Page[csdn.LikelyPair], error)) {
		op.method = http.MethodGet
		op.description = "In pairs that are compared field by field, those with the most likenesses first. Of many that are alike each stands beside the oldest."
		register(a, op, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[LikelyPair], error) {
			page, err := of(ctx, caller, in.page())
			return pageOf(page, likelyPair), err
		})
	}
	list(operation{
		path: "/v1/duplicates/organisations", id: "list-likely-organisations", act: "organisation.duplicates.read",
		summary: "List organisations that may be one and the same",
	}, n.Directory.OfOrganisations)
	list(operation{
		path: "/v1/duplicates/people", id: "list-likely-people", act: "person.duplicates.read",
		summary: "List people who may be one and the same",
	}, n.Directory.OfPeople)
}

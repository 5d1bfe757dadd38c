package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
)

// ConfirmOrder names the claims that are confirmed.
type ConfirmOrder struct {
	Areas []string `json:"areas" required:"false" maxItems:"100" doc:"Slugs of claimed areas; all unless set"`
}

func (o *ConfirmOrder) areas() []csdn.AreaSlug {
	if o == nil {
		return nil
	}
	return as[csdn.AreaSlug](o.Areas)
}

func (n Organisations) registerConfirmation(a *API) {
	type confirming struct {
		OrganisationPath
		IfMatch
		Body *ConfirmOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/organisations/{id}/confirm", id: "confirm-organisation", act: "organisation.confirmed",
		summary:     "Confirm a profile",
		description: "That it is right as it stands, with all of its claims of expertise or those named. Claims confirmed within 18 months weigh more.",
	}, func(ctx context.Context, caller csdn.Caller, in *confirming) (*single[Organisation], error) {
		version, err := in.versionIfGiven()
		if err != nil {
			return nil, err
		}
		o, err := n.Directory.Confirm(ctx, caller, in.id(), version, in.Body.areas())
		return written(o.Version, organisation(o)), err
	})
}

func (n People) registerConfirmation(a *API) {
	type confirming struct {
		PersonPath
		IfMatch
		Body *ConfirmOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/people/{id}/confirm", id: "confirm-person", act: "person.confirmed",
		summary:     "Confirm a person's expertise",
		description: "That the person's claims, all or those named, are right as they stand. Claims confirmed within 18 months weigh more in shortlists.",
	}, func(ctx context.Context, caller csdn.Caller, in *confirming) (*single[Person], error) {
		version, err := in.versionIfGiven()
		if err != nil {
			return nil, err
		}
		p, err := n.Directory.Confirm(ctx, caller, in.id(), version, in.Body.areas())
		return written(p.Version, person(p)), err
	})
}

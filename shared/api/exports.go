package api

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// OrganisationForms writes organisations in the forms that other programs read. They are given, so that the API links none of them.
type OrganisationForms struct {
	CSV, XLSX, HSDS, JSONLD func(csdn.OrganisationExtract) ([]byte, error)
}

// OrganisationExports serves the organisations that match a search as one file. Now dates its name.
type OrganisationExports struct {
	Directory directory.Organisations
	Forms     OrganisationForms
	Now       func() time.Time
}

// PersonForms writes people in the forms that other programs read.
type PersonForms struct {
	CSV, XLSX, VCard func(csdn.PersonExtract) ([]byte, error)
}

// PersonExports serves the people that match a search as one file. Now dates its name.
type PersonExports struct {
	Directory directory.People
	Forms     PersonForms
	Now       func() time.Time
}

// Exported is an export as JSON.
type Exported[T any] struct {
	Items []T `json:"items" doc:"The whole match"`
}

const howExportsGo = "The whole match of a search, as one file, by Accept or format. Answers 413 when that would be too large: then ask for fewer by a " +
	"filter. CSV and XLSX have the columns that an import takes; a cell that a spreadsheet would take for a formula begins with an apostrophe. " +
	"Without addresses for mail, consent and gender for a planner."

func (n OrganisationExports) register(a *API) {
	type asking struct {
		OrganisationFilters
		Accept string `header:"Accept" doc:"application/json unless another of the media types is preferred"`
		Format string `query:"format" enum:"csv,xlsx,json,hsds,jsonld" doc:"Instead of Accept. hsds is the Human Services Data Specification 3.0 of Open Referral, a page with all organisations; jsonld is in the terms of schema.org"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/exports/organisations", id: "export-organisations", act: "organisation.export.read",
		summary: "Export organisations", description: howExportsGo,
		media: []string{jsonType, "text/csv", mediaXLSX, jsonLDType}, body: reflect.TypeFor[Exported[Organisation]](),
		standard: &huma.Schema{Type: huma.TypeObject, Required: []string{"contents"}, Description: "With format=hsds: a page of the Human Services Data Specification 3.0"},
	}, func(ctx context.Context, caller csdn.Caller, in *asking) (*document, error) {
		filter, err := in.filter()
		if err != nil {
			return nil, err
		}
		x, err := n.Directory.Extract(ctx, caller, filter)
		if err != nil {
			return nil, err
		}
		return handOut(fileName("organisations", n.Now(), ""), in.Format, in.Accept, []form{
			{format: "json", media: jsonType, attached: true, write: func() ([]byte, error) {
				return json.Marshal(Exported[Organisation]{each(x.Organisations, organisation)})
			}},
			{format: "csv", media: mediaCSV, attached: true, write: writing(n.Forms.CSV, x)},
			{format: "xlsx", media: mediaXLSX, attached: true, write: writing(n.Forms.XLSX, x)},
			{format: "hsds", ending: "hsds.json", media: jsonType, attached: true, write: writing(n.Forms.HSDS, x)},
			{format: "jsonld", media: jsonLDType, attached: true, write: writing(n.Forms.JSONLD, x)},
		})
	})
}

func (n PersonExports) register(a *API) {
	type asking struct {
		PersonFilters
		Accept string `header:"Accept" doc:"application/json unless another of the media types is preferred"`
		Format string `query:"format" enum:"csv,xlsx,json,vcard" doc:"Instead of Accept. vcard is one file with a card for each"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/exports/people", id: "export-people", act: "person.export.read",
		summary: "Export people", description: howExportsGo + " A careful person is an alias to a planner; who is hidden is in no search, and so in no export.",
		media: []string{jsonType, "text/csv", mediaXLSX, cardType}, body: reflect.TypeFor[Exported[Person]](),
	}, func(ctx context.Context, caller csdn.Caller, in *asking) (*document, error) {
		filter, err := in.filter()
		if err != nil {
			return nil, err
		}
		x, err := n.Directory.Extract(ctx, caller, filter)
		if err != nil {
			return nil, err
		}
		return handOut(fileName("people", n.Now(), ""), in.Format, in.Accept, []form{
			{format: "json", media: jsonType, attached: true, write: func() ([]byte, error) {
				return json.Marshal(Exported[Person]{each(x.People, person)})
			}},
			{format: "csv", media: mediaCSV, attached: true, write: writing(n.Forms.CSV, x)},
			{format: "xlsx", media: mediaXLSX, attached: true, write: writing(n.Forms.XLSX, x)},
			{format: "vcard", ending: "vcf", media: cardType + "; charset=utf-8", attached: true, write: writing(n.Forms.VCard, x)},
		})
	})
}

// writing returns the writing of an extract, to be done when its form is chosen.
func writing[X any](write func(X) ([]byte, error), x X) func() ([]byte, error) {
	return func() ([]byte, error) { return write(x) }
}

package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// operation is one operation of the contract. act is the row of the policy that guards it.
type operation struct {
	method, path string
	id           string
	act          csdn.Act
	summary      string
	description  string
	status       int          // of success, 200 unless set
	beside       []int        // other statuses that it has, and that do not follow from its method and request
	media        []string     // types of a document that is handed out in several forms
	body         reflect.Type // of its JSON
	standard     *huma.Schema // of the JSON that it answers besides in the terms of a standard; nil for none
	also         representations
	takes        []string // types of a file that is sent
}

// register adds an operation. The policy is asked before the request is read, so that nobody learns a rule of a body that
// is not theirs to send; an operation whose act has no row is a fault of the program. Errors become problems in this one place.
func register[I, O any](a *API, op operation, handle func(context.Context, csdn.Caller, *I) (*O, error)) {
	if !directory.Governs(op.act) {
		panic("no row of the policy governs " + op.id)
	}
	described := huma.Operation{
		Method: op.method, Path: op.path, OperationID: op.id, Summary: op.summary, Description: op.description,
		DefaultStatus: op.status, Tags: []string{tag(op.path)}, MaxBodyBytes: web.MaximumBody + 1,
		Errors: append(failures(op), conditions[I](op)...), Middlewares: huma.Middlewares{a.guard(op.act)},
		Extensions: map[string]any{"x-act": string(op.act)},
	}
	if op.also.types != nil {
		described.Responses = op.also.responses()
		described.Middlewares = append(described.Middlewares, a.negotiate(op))
	}
	described.Security = []map[string][]string{{}} // nothing is asked for
	if directory.Permits(csdn.Caller{Role: csdn.AnonymousRole}, op.act) != nil {
		described.Security = []map[string][]string{{"bearer": {}}}
	}
	if op.creates() {
		described.Parameters = append(described.Parameters, keyParameter())
		described.Middlewares = append(described.Middlewares, a.once(op, &described))
	}
	if op.takes != nil {
		described.RequestBody = takes(op.takes)
	}
	if op.media != nil {
		described.Responses = map[string]*huma.Response{"200": a.forms(op)}
	}
	huma.Register(a.huma, described, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, web.Caller(ctx), in)
		if err != nil {
			return nil, a.fail(ctx, op.id, err, location(op.method))
		}
		return out, nil
	})
	a.describeBeside(op, holds[I, IfNoneMatch]())
	a.describeHeaders(op)
}

// forms describes the forms of a document.
func (a *API) forms(op operation) *huma.Response {
	content := map[string]*huma.MediaType{}
	for _, media := range op.media {
		content[media] = &huma.MediaType{}
		if media == jsonType {
			content[media].Schema = a.huma.OpenAPI().Components.Schemas.Schema(op.body, true, "")
			if op.standard != nil {
				content[media].Schema = &huma.Schema{AnyOf: []*huma.Schema{content[media].Schema, op.standard}}
			}
		}
	}
	return &huma.Response{Description: "OK", Content: content}
}

// guard refuses callers whose role has nothing to do here.
func (a *API) guard(act csdn.Act) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if err := directory.Permits(web.Caller(ctx.Context()), act); err != nil {
			_, w := humago.Unwrap(ctx)
			web.WriteProblem(w, web.ProblemOf(err, ""))
			return
		}
		next(ctx)
	}
}

// fail turns an error into what Huma answers.
func (a *API) fail(ctx context.Context, id string, err error, location string) error {
	p := a.problem(ctx, id, err, location)
	return huma.ErrorWithHeaders(p, p.GetHeaders())
}

// refuse answers with what fail would have Huma answer.
func (a *API) refuse(ctx context.Context, w http.ResponseWriter, id string, err error) {
	web.WriteProblem(w, a.problem(ctx, id, err, "body"))
}

// problem turns an error into a problem document, and logs the ones that are nobody's fault but ours.
func (a *API) problem(ctx context.Context, id string, err error, location string) *web.Problem {
	var ready *web.Problem
	if errors.As(err, &ready) {
		return ready
	}
	p := web.ProblemOf(err, location)
	if p.Status == http.StatusInternalServerError || p.Status == http.StatusServiceUnavailable {
		a.log.ErrorContext(ctx, "an operation failed", "operation", id, "kind", string(csdn.KindOf(err)), "cause", err.Error())
	}
	return p
}

// location is where the fields of an Invalid error lie.
func location(method string) string {
	if method == http.MethodGet {
		return "query"
	}
	return "body"
}

// failures lists the statuses that an operation can answer beside success.
func failures(op operation) []int {
	list := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusTooManyRequests,
		http.StatusServiceUnavailable}
	if strings.Contains(op.path, "{") {
		list = append(list, http.StatusNotFound)
	}
	if len(op.media) > 1 {
		list = append(list, http.StatusRequestEntityTooLarge)
	}
	switch op.method {
	case http.MethodPut, http.MethodPatch, http.MethodDelete:
		return append(list, http.StatusBadRequest, http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusPreconditionRequired)
	case http.MethodPost:
		return append(list, http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	return append(list, http.StatusBadRequest)
}

// conditions lists the failures of the conditions that a request may set, where they do not follow from the method.
func conditions[I any](op operation) []int {
	var list []int
	if op.method == http.MethodPost && holds[I, IfMatch]() {
		list = append(list, http.StatusPreconditionFailed)
	}
	for _, status := range op.beside {
		if status >= http.StatusBadRequest {
			list = append(list, status)
		}
	}
	return list
}

// holds reports whether a request embeds the part.
func holds[I, Part any]() bool {
	request, part := reflect.TypeFor[I](), reflect.TypeFor[Part]()
	field, has := request.FieldByName(part.Name())
	return has && field.Anonymous && field.Type == part
}

// tag groups the operations of a path by its noun.
func tag(path string) string {
	parts := strings.Split(strings.TrimPrefix(path, "/v1/"), "/")
	if len(parts) > 2 && parts[1] == "{id}" {
		switch parts[2] {
		case "invitations", "composition", "shortlist", "cancel", "reschedule", "close":
			return "invitations"
		}
	}
	return parts[0]
}

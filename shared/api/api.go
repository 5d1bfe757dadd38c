package api

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"csdn.example/directory/shared/web"
)

// Noun is a part of the API that registers its own operations.
type Noun interface{ register(*API) }

// API is an API under construction and then a handler.
type API struct {
	huma     huma.API
	mux      *http.ServeMux
	log      *slog.Logger
	receipts Receipts
}

// Version is the version of the contract.
const Version = "1.0.0"

// New returns the API of the nouns.
func New(log *slog.Logger, nouns ...Noun) *API {
	// Huma keeps these for the whole process.
	huma.NewError = problem
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true

	config := huma.DefaultConfig("CSDN directory", Version)
	config.Info.Description = "The directory of the Civil Society Dialogue Network: organisations, people, areas of " +
		"expertise, and invitations to meetings across phases."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil // no $schema field in bodies
	config.RejectUnknownQueryParameters = true
	config.Info.License = &huma.License{Name: "EUPL-1.2", Identifier: "EUPL-1.2"}
	config.Servers = []*huma.Server{{URL: "/"}}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"bearer": {Type: "http", Scheme: "bearer", Description: "An access token of the configured OIDC issuer (a JWT), or an API token of the directory."},
	}
	mux := http.NewServeMux()
	a := &API{huma: humago.New(mux, config), mux: mux, log: log}
	for _, noun := range nouns {
		noun.register(a)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		web.WriteProblem(w, web.NewProblem(http.StatusNotFound, "There is nothing here."))
	})
	return a
}

// ServeHTTP implements http.Handler. Huma breaks at some Accept headers that are none, so it is given a plain one.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Header.Set("Accept", plain(r.Header.Get("Accept")))
	a.mux.ServeHTTP(w, r)
}

// OpenAPI returns the specification of the registered operations.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// problem makes the errors of Huma problem documents. Huma adds the submitted value to each: that is dropped, as is what
// a parser says of a body that cannot be read, which may quote it.
func problem(status int, message string, errs ...error) huma.StatusError {
	var large *http.MaxBytesError
	if errors.As(errors.Join(errs...), &large) {
		status = http.StatusRequestEntityTooLarge
	}
	details := map[int]string{
		http.StatusBadRequest:            "The body cannot be read as what its content type says.",
		http.StatusRequestEntityTooLarge: "The body is larger than 1 MiB.",
		http.StatusUnsupportedMediaType:  "The content type of the body is not one that this operation takes.",
		http.StatusUnprocessableEntity:   "The request breaks a rule; errors says which.",
	}
	detail, known := details[status]
	if !known {
		detail = message
	}
	p := web.NewProblem(status, detail)
	if status != http.StatusUnprocessableEntity {
		return p
	}
	for _, err := range errs {
		if d, ok := err.(*huma.ErrorDetail); ok {
			p.Errors = append(p.Errors, web.ProblemField{Location: d.Location, Message: spoken(d.Message)})
		}
	}
	return p
}

// Nouns returns every noun without a directory behind it, for the specification of the whole.
func Nouns() []Noun {
	return []Noun{
		Organisations{}, OrganisationExports{}, People{}, PersonExports{}, Areas{}, Claims{}, Phases{}, Reports{}, Meetings{}, MeetingTypes{},
		Recommendations{}, Summaries{}, Invitations{}, Shortlists{}, Closings{}, Accounts{}, Tokens{}, Trail{}, Rights{}, Imports{}, Duplicates{}, Mergers{},
	}
}

// spoken returns what Huma says of a broken rule, but for what Go's decoder says of a number that it cannot hold, which quotes it.
func spoken(message string) string {
	if strings.HasPrefix(message, "json: ") {
		return "has a value that is out of range"
	}
	return message
}

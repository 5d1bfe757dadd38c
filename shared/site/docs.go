package site

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// documentation is what the documentation of the API shows.
type documentation struct {
	Version     string
	Description string
	Problems    []problem
	Groups      []group
	Bodies      []body
}

// problem is a kind of problem document. ID is where its type leads to within the page.
type problem struct {
	Status int
	Title  string
	ID     string
}

// group is the operations of one noun.
type group struct {
	Name       string
	Operations []operation
}

type operation struct {
	ID          string
	Method      string
	Path        string
	Who         string
	Summary     string
	Description string
	Parameters  []field
	Media       []string // of the request's body, none without one
	Body        string   // name of the component that the body is, or else Fields
	Fields      []field
	Answers     []answer
	Problems    []problem
}

// field is a parameter or a property. In is where a parameter lies; Body names the component that its type refers to.
type field struct {
	Name     string
	In       string
	Type     string
	Body     string
	Required bool
	Text     string
	Example  string
}

// answer is a response without a problem.
type answer struct {
	Status string
	Text   string
	Type   string
	Body   string
}

// body is a component of request and response bodies.
type body struct {
	Name   string
	Text   string
	Fields []field
}

// documentation returns the handler of the page, which is made of the specification when it is first asked for, as the
// start of the function must be short.
func (s *site) documentation() func(http.ResponseWriter, *http.Request) error {
	once := sync.OnceValues(func() (http.Handler, error) {
		spec, err := readOpenAPI(specification)
		if err != nil {
			return nil, err
		}
		text, err := s.sheets.render("docs", page{Language: "en", View: newDocumentation(spec)})
		return asset("text/html; charset=utf-8", text), err
	})
	return func(w http.ResponseWriter, r *http.Request) error {
		ready, err := once()
		if err != nil {
			return err
		}
		dress(w.Header(), false)
		ready.ServeHTTP(w, r)
		return nil
	}
}

// newDocumentation returns the view of a specification: operations by noun, then by path.
func newDocumentation(spec openAPI) documentation {
	view := documentation{Version: spec.Info.Version, Description: spec.Info.Description, Problems: problems()}
	byNoun := map[string][]operation{}
	for path, methods := range spec.Paths {
		for method, described := range methods {
			noun := strings.Join(described.Tags, " ")
			byNoun[noun] = append(byNoun[noun], newOperation(path, strings.ToUpper(method), described))
		}
	}
	for _, noun := range slices.Sorted(maps.Keys(byNoun)) {
		operations := byNoun[noun]
		order := []string{"GET", "POST", "PUT", "PATCH", "DELETE"}
		slices.SortFunc(operations, func(a, b operation) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(slices.Index(order, a.Method), slices.Index(order, b.Method)))
		})
		view.Groups = append(view.Groups, group{Name: noun, Operations: operations})
	}
	for _, name := range slices.Sorted(maps.Keys(spec.Components.Schemas)) {
		s := spec.Components.Schemas[name]
		view.Bodies = append(view.Bodies, body{Name: name, Text: s.Description, Fields: s.fields()})
	}
	return view
}

func newOperation(path, method string, described describedOperation) operation {
	op := operation{
		ID: described.ID, Method: method, Path: path, Who: who(path, csdn.Act(described.Act)),
		Summary: described.Summary, Description: described.Description,
	}
	for _, p := range described.Parameters {
		op.Parameters = append(op.Parameters, field{
			Name: p.Name, In: p.In, Type: p.Schema.words(), Required: p.Required, Text: p.Description, Example: p.Schema.example(),
		})
	}
	for _, name := range slices.Sorted(maps.Keys(described.RequestBody.Content)) {
		s := described.RequestBody.Content[name].Schema
		op.Media, op.Body, op.Fields = append(op.Media, name), s.name(), s.fields()
	}
	for _, status := range slices.Sorted(maps.Keys(described.Responses)) {
		number, err := strconv.Atoi(status)
		if err == nil && number >= http.StatusBadRequest {
			op.Problems = append(op.Problems, newProblem(number))
			continue
		}
		given := answer{Status: status, Text: described.Responses[status].Description}
		for _, name := range slices.Sorted(maps.Keys(described.Responses[status].Content)) {
			s := described.Responses[status].Content[name].Schema
			given.Type, given.Body = s.words(), s.name()
		}
		op.Answers = append(op.Answers, given)
	}
	return op
}

// who says who may do the act, as the policy has it.
func who(path string, act csdn.Act) string {
	permits := func(role csdn.Role) bool { return directory.Permits(csdn.Caller{Role: role}, act) == nil }
	switch {
	case strings.Contains(path, "{token}"):
		return "the bearer of the link"
	case permits(csdn.AnonymousRole):
		return "anyone"
	}
	var roles []string
	for _, role := range csdn.Roles() {
		if permits(role) {
			roles = append(roles, string(role))
		}
	}
	if len(roles) == len(csdn.Roles()) {
		return "everyone signed in"
	}
	return strings.Join(roles, ", ")
}

// problems lists the kinds of problem in the order of statuses.
func problems() []problem {
	var list []problem
	for _, status := range []int{400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503} {
		list = append(list, newProblem(status))
	}
	return list
}

func newProblem(status int) problem {
	p := web.NewProblem(status, "")
	_, id, _ := strings.Cut(p.Type, "#")
	return problem{Status: status, Title: p.Title, ID: id}
}

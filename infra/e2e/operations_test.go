package e2e

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"
)

// operation is an operation of the specification that the running system serves, with the smallest request that it takes: so that a
// new operation is tried by every test that goes through all of them.
type operation struct {
	id, method, path, act string
	parameters            map[string][]any // the values that a schema enumerates, by name
	media                 []string         // of the body, none without one
	body                  any              // the smallest that its schema takes
	answers               []string         // the media types of its success
}

type specification struct {
	Paths      map[string]map[string]described
	Components struct{ Schemas map[string]schema }
}

type described struct {
	OperationID string
	Act         string `json:"x-act"`
	Parameters  []struct {
		Name, In string
		Schema   schema
	}
	RequestBody content
	Responses   map[string]content
}

type content struct {
	Content map[string]struct{ Schema schema }
}

type schema struct {
	Ref        string `json:"$ref"`
	OneOf      []schema
	Type       any // a name, or several
	Format     string
	Enum       []any
	Required   []string
	Properties map[string]schema
	Items      *schema
	Minimum    *float64
	MinItems   int
	MinLength  int
}

// operations returns every operation in the order of paths and methods.
func operations(t *testing.T, h house) []operation {
	t.Helper()
	var spec specification
	h.anonymous.get(t, "/openapi.json").is(t, 200).into(t, &spec)
	var all []operation
	for path, methods := range spec.Paths {
		for method, d := range methods {
			op := operation{
				id: d.OperationID, method: strings.ToUpper(method), path: path, act: d.Act, parameters: map[string][]any{},
				media: slices.Sorted(maps.Keys(d.RequestBody.Content)),
			}
			for _, p := range d.Parameters {
				op.parameters[p.Name] = p.Schema.Enum
			}
			for _, status := range []string{"200", "201"} {
				op.answers = slices.AppendSeq(op.answers, maps.Keys(d.Responses[status].Content))
			}
			if len(op.media) > 0 {
				op.body = spec.smallest(d.RequestBody.Content[op.media[0]].Schema)
			}
			all = append(all, op)
		}
	}
	slices.SortFunc(all, func(a, b operation) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.method, b.method))
	})
	if len(all) < 40 {
		t.Fatalf("the specification has %d operations", len(all))
	}
	return all
}

// smallest returns a value that the schema takes, and that means nothing: its texts are no ids, addresses or times of day.
func (spec specification) smallest(s schema) any {
	if name, is := strings.CutPrefix(s.Ref, "#/components/schemas/"); is {
		return spec.smallest(spec.Components.Schemas[name])
	}
	if len(s.OneOf) > 0 {
		return spec.smallest(s.OneOf[0])
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	kind, _ := s.Type.(string)
	if several, is := s.Type.([]any); is {
		kind, _ = several[0].(string)
	}
	switch kind {
	case "object":
		value := map[string]any{}
		for _, name := range s.Required {
			value[name] = spec.smallest(s.Properties[name])
		}
		return value
	case "array":
		value := []any{}
		for range s.MinItems {
			value = append(value, spec.smallest(*s.Items))
		}
		return value
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 0
	case "boolean":
		return false
	}
	if s.Format == "date-time" {
		return "2001-01-01T00:00:00Z"
	}
	return strings.Repeat("x", max(1, s.MinLength))
}

// at returns the path with its parameters filled, those that are not told by an id that nothing has.
func (o operation) at(ids map[string]string) string {
	parts := strings.Split(o.path, "/")
	for n, part := range parts {
		if name, is := strings.CutPrefix(part, "{"); is {
			name = strings.TrimSuffix(name, "}")
			parts[n] = cmp.Or(ids[name], map[string]string{"number": "77", "slug": "no-such-area", "version": "draft"}[name], absentID)
		}
	}
	return strings.Join(parts, "/")
}

// absentID is the id of nothing.
const absentID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

// harmless are bodies of operations that would change something with their smallest.
var harmless = map[string]any{"create-token": map[string]any{"name": ""}}

// try sends the smallest request, on a version that is long gone where one is named. It is refused or changes nothing.
func (o operation) try(t *testing.T, c client, ids map[string]string, headers ...string) answer {
	t.Helper()
	if _, conditional := o.parameters["If-Match"]; conditional {
		headers = append(headers, "If-Match", `"999999"`)
	}
	body := o.body
	if other, would := harmless[o.id]; would {
		body = other
	}
	if len(o.media) > 0 {
		headers = append(headers, "Content-Type", o.media[0])
	}
	return c.ask(t, o.method, o.at(ids), body, headers...)
}

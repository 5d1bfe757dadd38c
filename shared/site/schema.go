package site

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// openAPI is as much of an OpenAPI 3.1 document as the documentation shows.
type openAPI struct {
	Info struct {
		Version     string
		Description string
	}
	Paths      map[string]map[string]describedOperation // by path and method
	Components struct{ Schemas map[string]schema }
}

type describedOperation struct {
	ID          string `json:"operationId"`
	Tags        []string
	Summary     string
	Description string
	Act         string `json:"x-act"`
	Parameters  []struct {
		Name        string
		In          string
		Required    bool
		Description string
		Schema      schema
	}
	RequestBody struct{ Content map[string]media }
	Responses   map[string]struct {
		Description string
		Content     map[string]media
	}
}

type media struct{ Schema schema }

// schema is a JSON Schema (2020-12). More is that of the values of a map: it may also be a bare boolean.
type schema struct {
	Ref         string `json:"$ref"`
	Type        kinds
	Format      string
	Description string
	Enum        []string
	Examples    []json.RawMessage
	Items       *schema
	OneOf       []schema
	Properties  map[string]schema
	Required    []string
	More        json.RawMessage `json:"additionalProperties"`
	Encoding    string          `json:"contentEncoding"`
}

// kinds are the types of a schema: the document has one as a text and several as a list.
type kinds []string

// UnmarshalJSON implements json.Unmarshaler.
func (k *kinds) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*k = kinds{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(k))
}

// name returns the name of the component that the schema refers to, or that its items do; empty when there is none.
func (s schema) name() string {
	switch {
	case s.Ref != "":
		return s.Ref[strings.LastIndex(s.Ref, "/")+1:]
	case s.Items != nil:
		return s.Items.name()
	case len(s.OneOf) > 0:
		return s.OneOf[0].name()
	}
	return ""
}

// words says the type of the values.
func (s schema) words() string {
	var ofMap schema
	switch {
	case s.Ref != "":
		return s.name()
	case len(s.OneOf) > 0:
		var ways []string
		for _, way := range s.OneOf {
			ways = append(ways, way.words())
		}
		return strings.Join(ways, " or ")
	case len(s.Enum) > 0:
		return strings.Join(s.Enum, " | ")
	case s.Items != nil:
		return "list of " + s.Items.words()
	case len(s.Properties) == 0 && json.Unmarshal(s.More, &ofMap) == nil:
		return "map of " + ofMap.words()
	case s.Encoding != "":
		return "file"
	case s.Format == "date-time":
		return "instant"
	case len(s.Type) == 0:
		return "anything"
	}
	return strings.Join(s.Type, " or ")
}

// fields returns the properties of an object in the order of names.
func (s schema) fields() []field {
	var list []field
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		list = append(list, field{
			Name: name, Type: p.words(), Body: p.name(), Required: slices.Contains(s.Required, name), Text: p.Description, Example: p.example(),
		})
	}
	return list
}

func (s schema) example() string {
	if len(s.Examples) == 0 {
		return ""
	}
	return strings.Trim(string(s.Examples[0]), `"`)
}

func readOpenAPI(text []byte) (openAPI, error) {
	var spec openAPI
	if err := json.Unmarshal(text, &spec); err != nil {
		return spec, fmt.Errorf("read the specification of the API: %w", err)
	}
	return spec, nil
}

package prove

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// schema is what of a JSON Schema the generator of bodies goes by.
type schema struct {
	Ref                  string            `json:"$ref"`
	Type                 any               `json:"type"` // a name, or a list of them
	Enum                 []any             `json:"enum"`
	Properties           map[string]schema `json:"properties"`
	Required             []string          `json:"required"`
	Items                *schema           `json:"items"`
	AdditionalProperties any               `json:"additionalProperties"`
	Format               string            `json:"format"`
	Examples             []any             `json:"examples"`
	OneOf, AnyOf, AllOf  []schema
}

// generator makes values by the schemas of a specification, most of them nearly right.
type generator struct {
	*rand.Rand
	schemas map[string]schema
}

// odd are texts that break what was not expected of anybody.
var odd = []string{
	"", " ", "\x00", "a\r\nb: c", "é\u0301", "\u202eevil", "<script>alert(1)</script>", "=1+1", "' OR 1=1 --", "../../etc/passwd", "%", "%00", "null",
	"01ARZ3NDEKTSV4RRFFQ69G5FAV", "2023-02-30T25:61", "2023-02-01T09:15:00Z", "9999-12-31T23:59:59.999999999Z", "-1", "1e309", "NaN", "https://",
	"http://[::1", "mailto:x", "a@b", "xx-YY-zz", "Europe/Nowhere", "\xff\xfe", "🏳️‍🌈", strings.Repeat("a", 5000), strings.Repeat("é", 300), strings.Repeat("[", 200),
}

// one returns one of the values.
func one[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

// anything is a value of no schema.
func (g *generator) anything(depth int) any {
	switch n := g.IntN(9); {
	case n == 0:
		return nil
	case n == 1:
		return g.IntN(2) == 0
	case n == 2:
		return one(g, []float64{0, -1, 1, 0.5, 1e18, -1e300, 2147483648})
	case n == 3 && depth > 0:
		return []any{g.anything(depth - 1), g.anything(depth - 1)}
	case n == 4 && depth > 0:
		return map[string]any{one(g, odd): g.anything(depth - 1), "id": g.anything(depth - 1)}
	}
	return one(g, odd)
}

// value makes a value of the schema, in which something is wrong now and then.
func (g *generator) value(s schema, depth int) any {
	if name, is := strings.CutPrefix(s.Ref, "#/components/schemas/"); is {
		s = g.schemas[name]
	}
	switch {
	case depth == 0 || g.IntN(25) == 0:
		return g.anything(2)
	case len(s.OneOf) > 0:
		return g.value(one(g, s.OneOf), depth-1)
	case len(s.AnyOf) > 0:
		return g.value(one(g, s.AnyOf), depth-1)
	case len(s.AllOf) > 0:
		return g.value(one(g, s.AllOf), depth-1)
	case len(s.Enum) > 0:
		return one(g, s.Enum)
	case len(s.Examples) > 0 && g.IntN(3) > 0:
		return one(g, s.Examples)
	}
	switch s.kind() {
	case "object":
		return g.object(s, depth)
	case "array":
		list := []any{}
		for range one(g, []int{0, 1, 1, 2, 3, 40}) {
			if s.Items != nil {
				list = append(list, g.value(*s.Items, depth-1))
			}
		}
		return list
	case "integer":
		return one(g, []int64{0, 1, 2, 5, 15, 2023, -1, 1 << 40})
	case "number":
		return one(g, []float64{0, 0.5, -1, 1e12})
	case "boolean":
		return g.IntN(2) == 0
	}
	return g.text(s)
}

func (s schema) kind() string {
	if list, several := s.Type.([]any); several {
		for _, name := range list {
			if name != "null" {
				return name.(string)
			}
		}
	}
	name, _ := s.Type.(string)
	return name
}

func (g *generator) object(s schema, depth int) any {
	made := map[string]any{}
	for name, property := range s.Properties {
		if slices.Contains(s.Required, name) && g.IntN(15) > 0 || g.IntN(3) == 0 {
			made[name] = g.value(property, depth-1)
		}
	}
	if g.IntN(20) == 0 {
		made[one(g, odd)] = g.anything(2)
	}
	return made
}

func (g *generator) text(s schema) string {
	if g.IntN(4) == 0 {
		return one(g, odd)
	}
	switch s.Format {
	case "date-time":
		return one(g, []string{"2023-02-01T09:15:00Z", "2030-01-01T00:00:00.5+02:00"})
	case "uri":
		return "https://ngo.example/a?b=c#d"
	case "email":
		return "someone@ngo.example"
	case "date":
		return "2023-02-01"
	}
	return one(g, []string{"A text", "ssr", "ML", "fr", "en", "5", "secretariat", "2030-02-01T09:15", "Europe/Brussels", "open", "x@ngo.example", "01ARZ3NDEKTSV4RRFFQ69G5FAV"})
}

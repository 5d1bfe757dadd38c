package api

import (
	"encoding/json"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
)

// Expertise is a claimed area of expertise. In requests a bare slug stands for the area at the level works-on.
type Expertise struct {
	Slug        string         `json:"slug" doc:"An area of the vocabulary" example:"security-sector-reform"`
	Level       expertiseLevel `json:"level,omitempty" doc:"How deep it goes"`
	Evidence    string         `json:"evidence,omitempty" doc:"Address of a publication or a project"`
	ConfirmedAt *time.Time     `json:"confirmedAt,omitempty" doc:"When the expertise was last confirmed"`
}

// expertises is a list of claimed areas.
type expertises []Expertise

// Schema documents that each entry is an object or a bare slug.
func (expertises) Schema(r huma.Registry) *huma.Schema {
	object := r.Schema(reflect.TypeFor[Expertise](), true, "")
	return &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{OneOf: []*huma.Schema{
		object, {Type: huma.TypeString, Description: "A bare slug", Examples: []any{"security-sector-reform"}},
	}}}
}

// UnmarshalJSON implements json.Unmarshaler.
func (e *Expertise) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, &e.Slug)
	}
	type plain Expertise
	return json.Unmarshal(text, (*plain)(e))
}

func expertiseOf(list []csdn.Expertise) expertises {
	return each(list, func(e csdn.Expertise) Expertise {
		return Expertise{Slug: string(e.Area), Level: expertiseLevel(e.Level), Evidence: e.Evidence, ConfirmedAt: instant(e.ConfirmedAt)}
	})
}

func (list expertises) domain() []csdn.Expertise {
	return each(list, func(e Expertise) csdn.Expertise {
		return csdn.Expertise{Area: csdn.AreaSlug(e.Slug), Level: csdn.ExpertiseLevel(e.Level), Evidence: e.Evidence, ConfirmedAt: moment(e.ConfirmedAt)}
	})
}

// instant returns a time for a body, nil when unset.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// moment returns a time of a body, zero when unset.
func moment(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.UTC()
}

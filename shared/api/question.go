package api

import (
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
)

// Question is a guiding question of the agenda. A bare text stands for a question that names no areas, and such a question is answered
// as its text.
type Question struct {
	Text  string   `json:"text"`
	Areas []string `json:"areas" required:"false" doc:"Slugs of the areas of expertise that it calls for"`
}

// questions is a list of guiding questions.
type questions []Question

// Schema documents that each entry is a bare text or an object.
func (questions) Schema(r huma.Registry) *huma.Schema {
	object := r.Schema(reflect.TypeFor[Question](), true, "")
	return &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{OneOf: []*huma.Schema{
		{Type: huma.TypeString, Description: "The text of a question that names no areas"}, object,
	}}}
}

// UnmarshalJSON implements json.Unmarshaler.
func (q *Question) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, &q.Text)
	}
	type plain Question
	return json.Unmarshal(text, (*plain)(q))
}

// MarshalJSON implements json.Marshaler.
func (q Question) MarshalJSON() ([]byte, error) {
	if len(q.Areas) == 0 {
		return json.Marshal(q.Text)
	}
	type plain Question
	return json.Marshal(plain(q))
}

func questionsOf(i csdn.AgendaItem) questions {
	list := make(questions, len(i.Questions))
	for n, text := range i.Questions {
		list[n] = Question{Text: text, Areas: as[string](i.AreasOf(n))}
	}
	return list
}

func (list questions) texts() []string {
	return each(list, func(q Question) string { return q.Text })
}

func (list questions) areas() [][]csdn.AreaSlug {
	return each(list, func(q Question) []csdn.AreaSlug { return as[csdn.AreaSlug](q.Areas) })
}

package api

import (
	"encoding/json"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestBareQuestionsAreAnsweredBare: who sends texts alone sees texts alone.
func TestBareQuestionsAreAnsweredBare(t *testing.T) {
	item := csdn.AgendaItem{Questions: []string{"Who?", "What?"}}
	for want, areas := range map[string][][]csdn.AreaSlug{
		`["Who?","What?"]`: nil,
		`["Who?",{"text":"What?","areas":["gender","ddr"]}]`: {nil, {"gender", "ddr"}},
	} {
		item.QuestionAreas = areas
		got, err := json.Marshal(questionsOf(item))
		must(t, err)
		if string(got) != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

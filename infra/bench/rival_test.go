package main

import (
	"testing"
	"time"

	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
)

// TestTheRivalAnswers checks that the questions are asked of SQLite in its own words.
func TestTheRivalAnswers(t *testing.T) {
	n, err := demo.At(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRival(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	defer r.db.Close()
	for _, q := range questions(csdn.NewVocabulary(n.Areas)) {
		if err := q.ask(t.Context(), r); err != nil {
			t.Errorf("%s: %v", q.name, err)
		}
	}
}

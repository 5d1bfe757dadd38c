package site

import "testing"

func TestFactsInWords(t *testing.T) {
	for field, c := range map[string][2]string{
		"country":           {"ML", "Mali"},
		"countries":         {"SD, ML", "Sudan, Mali"},
		"regions":           {"155", "Western Europe"},
		"languages":         {"de, fr-CA", "German, fr-CA"},
		"preferredLanguage": {"fr", "French"},
		"type":              {"member-state", "Member state"},
		"mission":           {"ML, SD", "ML, SD"},
		"status":            {"", ""},
		"areas":             {"dialogue (expert) confirmed 2026-08-19T18:38:17Z", "dialogue (expert) confirmed Wednesday 19 August 2026"},
	} {
		if got := factInWords(field, c[0]); got != c[1] {
			t.Errorf("%s: %q is told as %q", field, c[0], got)
		}
	}
	if got := fieldInWords("shortName"); got != "Short name" {
		t.Errorf("got %q", got)
	}
}

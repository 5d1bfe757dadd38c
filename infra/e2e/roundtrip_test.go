package e2e

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// awkward are texts that spreadsheets, or the writing of a sheet, could take for something else.
var awkward = []string{
	"=1+1", "'=1+1", "''@x", "' -x", "+32 2 555", "@alias", "- a list\n- of two", "a\n\n\"quoted\", a; b | c", "'quoted'", "0011", "1e5",
	"2026-01-02", "TRUE", "_x0041_ and _x005F_", "<b>&amp;</b>", "عربي ሰላም", "…’“", "sep=;", "tab\there",
}

// addsAwkward has the secretariat write an organisation and a person of it for each awkward text.
func (h house) addsAwkward(t *testing.T) {
	t.Helper()
	for n, text := range awkward {
		line := strings.Join(strings.Fields(text), " ")
		number := string(rune('a' + n))
		var made struct{ ID string }
		h.secretariat.post(t, "/v1/organisations", map[string]any{
			"name": line, "shortName": line, "type": "ngo", "mission": text, "website": "https://" + number + ".example/a,b;c", "country": "ML",
			"regions": []string{"011", "015"}, "languages": []string{"pt-BR", "fr"}, "status": "inactive",
			"areas":       []any{"mediation", map[string]string{"slug": "gender", "level": "expert", "evidence": "https://work.example"}},
			"identifiers": []any{map[string]string{"scheme": "iati", "value": "XM; 1,2 " + number}, map[string]string{"scheme": "wikidata", "value": "Q1" + number}},
		}).is(t, 201).into(t, &made)
		h.secretariat.post(t, "/v1/people", map[string]any{
			"name": line, "email": "'" + number + "@awkward.example", "organisation": made.ID, "position": line, "country": "ML", "biography": text,
			"timezone": "Africa/Bamako", "preferredLanguage": "fr", "safety": "careful", "alias": line + " alias", "gender": line,
			"consent": map[string]string{"basis": "consent", "givenAt": "2026-01-02T03:04:05.678Z", "source": line},
		}).is(t, 201)
	}
}

// TestWhatIsExportedChangesNothingWhenImported sends every export of the demo, and of what is awkward to export, back: not one record is
// touched.
func TestWhatIsExportedChangesNothingWhenImported(t *testing.T) {
	h := start(t)
	h.addsAwkward(t)
	for _, kind := range []string{"organisations", "people"} {
		for format, media := range map[string]string{"csv": "text/csv", "xlsx": workbookType} {
			exported := h.secretariat.get(t, "/v1/exports/"+kind+"?format="+format).is(t, 200)
			before := h.tables(t)
			var came imported
			h.secretariat.ask(t, "POST", "/v1/imports/"+kind, string(exported.body), "Content-Type", media).is(t, 200).into(t, &came)
			if came.Status != "done" || came.Rows < 70+len(awkward) || came.Unchanged != came.Rows || len(came.IgnoredColumns) > 0 {
				t.Errorf("%s as %s: %+v", kind, format, came)
			}
			after := h.tables(t)
			for _, key := range differing(before, after) {
				if !ofImports(key) {
					t.Errorf("%s as %s touched %s:\n%s", kind, format, key, cmp.Diff(before[key], after[key]))
				}
			}
		}
	}
}

// ofImports reports whether an item is of an import itself.
func ofImports(key string) bool {
	return strings.HasPrefix(key, "PeopleTable IMPORT#") || strings.HasPrefix(key, "PeopleTable NETWORK#CSDN IMPORT#")
}

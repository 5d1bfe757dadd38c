package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// imported is what an import tells.
type imported struct {
	ID                                        string
	Status                                    string
	DryRun                                    bool
	Rows, Created, Updated, Unchanged, Failed int
	PossibleDuplicates                        []map[string]any
	Errors                                    []map[string]any
	IgnoredColumns                            []string
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// TestSheetsAreImported sends sheets through the whole system, which carries workbooks as bytes.
func TestSheetsAreImported(t *testing.T) {
	h := start(t)
	send := func(path, media, file string) (i imported) {
		t.Helper()
		a := h.secretariat.ask(t, "POST", "/v1/imports/"+path, file, "Content-Type", media).is(t, 200).into(t, &i)
		h.secretariat.get(t, a.header.Get("Location")).is(t, 200)
		return i
	}
	type counts struct{ Created, Updated, Unchanged, Failed int }
	is := func(i imported, want counts) {
		t.Helper()
		if got := (counts{i.Created, i.Updated, i.Unchanged, i.Failed}); got != want {
			t.Errorf("counts are %+v, want %+v: %+v", got, want, i)
		}
	}
	sheet := "nom;type;pays;courriel;\xe0 voir\r\nR\xe9seau d'essai;r\xe9seau;c\xf4te d'ivoire;essai@essai.example;x\r\nSans pays;ONG;;;\r\n"
	before := h.tables(t)
	is(send("organisations?dryRun=true", "text/csv; charset=windows-1252", sheet), counts{Created: 1, Failed: 1})
	changed := slices.DeleteFunc(differing(before, h.tables(t)), ofImports)
	if len(changed) > 0 {
		t.Errorf("a dry run changed %v", changed)
	}
	i := send("organisations", "text/csv", sheet)
	is(i, counts{Created: 1, Failed: 1})
	want := []map[string]any{{"row": 3.0, "column": "C", "header": "pays", "message": "is not a country code of ISO 3166-1, such as ML"}}
	if diff := cmp.Diff(want, i.Errors); diff != "" || !slices.Equal(i.IgnoredColumns, []string{"à voir"}) || i.Status != "done" {
		t.Errorf("%s\n%+v", diff, i)
	}
	is(send("organisations", "text/csv", sheet), counts{Unchanged: 1, Failed: 1})
	is(send("organisations", "text/csv", strings.Replace(sheet, "essai@", "bureau@", 1)), counts{Updated: 1, Failed: 1})

	var file bytes.Buffer
	book := excelize.NewFile()
	for cell, value := range map[string]any{
		"A1": "name", "B1": "email", "C1": "organisation", "D1": "consentBasis", "E1": "consentGivenAt",
		"A2": "Awa Essai", "B2": "awa@essai.example", "C2": "réseau d’essai", "D2": "consent", "E2": 46112,
	} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	is(send("people", workbookType, file.String()), counts{Created: 1})
	is(send("people", workbookType, file.String()), counts{Unchanged: 1})
	eventually(t, "the person is found", func() bool {
		var found list[struct{ Email string }]
		h.secretariat.get(t, "/v1/people?q=awa+essai").is(t, 200).into(t, &found)
		return len(found.Items) == 1 && found.Items[0].Email == "awa@essai.example"
	})

	before = h.tables(t)
	for name, c := range map[string]struct {
		media, file string
		status      int
	}{
		"JSON":             {"application/json", `[{"name": "A"}]`, http.StatusUnsupportedMediaType},
		"no type":          {"text", "name\nA", http.StatusUnsupportedMediaType},
		"a text as a book": {workbookType, "name\nA", http.StatusUnprocessableEntity},
		"a book as a text": {"text/csv", file.String(), http.StatusUnprocessableEntity},
		"no names":         {"text/csv", "A,B\nC,D\n", http.StatusUnprocessableEntity},
		"too much":         {"text/csv", "name\n" + strings.Repeat("a", 1<<20), http.StatusRequestEntityTooLarge},
	} {
		a := h.secretariat.ask(t, "POST", "/v1/imports/people", c.file, "Content-Type", c.media).is(t, c.status)
		var problem struct{ Detail string }
		if err := json.Unmarshal(a.body, &problem); err != nil || problem.Detail == "" {
			t.Errorf("%s: %v: %s", name, err, a.body)
		}
	}
	h.planner.ask(t, "POST", "/v1/imports/people", "name\nA", "Content-Type", "text/csv").is(t, 403)
	if diff := cmp.Diff(before, h.tables(t)); diff != "" {
		t.Errorf("what was refused changed the tables:\n%s", diff)
	}
}

// differing returns the keys of the items that are not the same.
func differing(before, after map[string]string) []string {
	var keys []string
	for key, item := range after {
		if before[key] != item {
			keys = append(keys, key)
		}
	}
	for key := range before {
		if _, there := after[key]; !there {
			keys = append(keys, key)
		}
	}
	return keys
}

package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/google/go-cmp/cmp"
)

// tray holds the one import of a test. What of it must be one transaction is the store's own tests' matter.
type tray struct {
	*shelf
	one      csdn.Import
	file     []byte
	findings []csdn.Finding
}

func (t *tray) Import(_ context.Context, id csdn.ImportID, _ time.Time) (csdn.Import, error) {
	return take(t.shelf, map[csdn.ImportID]csdn.Import{t.one.ID: t.one}, id)
}

func (t *tray) RunningImports(context.Context, time.Time) ([]csdn.Import, error) {
	return []csdn.Import{t.one}, t.fault
}

func (t *tray) RecentImports(context.Context, time.Time) ([]csdn.Import, error) { return nil, t.fault }

func (t *tray) RemoveImportFile(context.Context, csdn.Import) error { return t.fault }

func (t *tray) StartImport(_ context.Context, i csdn.Import, file []byte, _ *csdn.Change) (csdn.Import, error) {
	t.one, t.file = i, file
	return i, t.fault
}

func (t *tray) ImportFile(context.Context, csdn.Import) ([]byte, error) { return t.file, t.fault }

func (t *tray) AdvanceImport(ctx context.Context, i csdn.Import, findings []csdn.Finding, write func(context.Context) error) error {
	t.one, t.findings = i, append(t.findings, findings...)
	return write(ctx)
}

func (t *tray) Findings(context.Context, csdn.ImportID, csdn.PageRequest) (csdn.Page[csdn.Finding], error) {
	return csdn.Page[csdn.Finding]{Items: t.findings, Next: "further"}, t.fault
}

// importing serves imports whose requests have the patience, of sheets that have a row for each line, with a cell for each word.
func importing(s *shelf, clerk directory.Clerk, areas *directory.Vocabularies, patience time.Duration) Imports {
	return Imports{directory.Imports{
		Clerk: clerk, Store: &tray{shelf: s}, Patience: patience,
		Organisations: directory.Organisations{Clerk: clerk, Store: s, Areas: areas},
		People:        directory.People{Clerk: clerk, Store: s, Organisations: s, Areas: areas},
		Feeds:         map[csdn.Subject]csdn.Feed{csdn.Organisations: s, csdn.People: s},
		Read: func(media string, file []byte) (csdn.Sheet, error) {
			if media != "text/csv" {
				return csdn.Sheet{}, csdn.Errorf(csdn.Invalid, "The file is no workbook.")
			}
			lines := strings.Split(string(file), "\n")
			sheet := csdn.Sheet{Header: strings.Fields(lines[0])}
			for n, line := range lines[1:] {
				sheet.Rows = append(sheet.Rows, csdn.SheetRow{Number: n + 2, Cells: strings.Fields(line)})
			}
			return sheet, nil
		},
	}}
}

func TestAnImportAnswersWhatCameOfIt(t *testing.T) {
	f := newFace(newShelf())
	answer := f.do(t, secretariat, "POST", "/v1/imports/organisations", strings.NewReader("name type pays colour\nA ngo ML red\nB ngo Nowhere blue"), "Content-Type", "text/csv; charset=utf-8")
	var got map[string]any
	must(t, json.Unmarshal(answer.Body.Bytes(), &got))
	want := map[string]any{
		"id": aULID, "status": "done", "dryRun": false, "rows": 2.0, "done": 2.0, "created": 1.0, "updated": 0.0, "unchanged": 0.0, "failed": 1.0,
		"possibleDuplicates": []any{}, "ignoredColumns": []any{"colour"}, "next": "further", "startedAt": aTime().Format(time.RFC3339), "doneAt": aTime().Format(time.RFC3339),
		"errors": []any{map[string]any{"row": 3.0, "column": "C", "header": "pays",
			"message": "is not a country: write its code of ISO 3166-1, such as ML, or its name in English or French"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || answer.Code != http.StatusOK || answer.Header().Get("Location") != "/v1/imports/"+aULID {
		t.Errorf("%d %v\n%s", answer.Code, answer.Header(), diff)
	}
	if f.organisations[aULID].Name != "A" || len(f.organisations) != 1 {
		t.Errorf("there are %+v", f.organisations)
	}
}

func TestAnImportThatTakesLongIsAccepted(t *testing.T) {
	s := newShelf()
	clerk := directory.Clerk{Now: aTime, NewID: func() string { return aULID }}
	f := newFace(s)
	f.handler = New(nil, importing(s, clerk, &directory.Vocabularies{Areas: s, Now: aTime}, 0))
	answer := f.do(t, secretariat, "POST", "/v1/imports/people?dryRun=true", strings.NewReader("name\nA"), "Content-Type", "text/csv")
	if answer.Code != http.StatusAccepted || answer.Header().Get("Location") != "/v1/imports/"+aULID || !strings.Contains(answer.Body.String(), `"running"`) {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), answer.Body)
	}
	answer = f.do(t, secretariat, "GET", "/v1/imports/"+aULID, nil)
	if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), `"dryRun":true`) {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

func TestOnlySheetsAreImported(t *testing.T) {
	f := newFace(newShelf())
	for media, status := range map[string]int{"": 415, "application/json": 415, "multipart/form-data; boundary=x": 415, mediaXLSX: 422, "text/csv": 422} {
		problemIn(t, f.do(t, secretariat, "POST", "/v1/imports/people", strings.NewReader("colour\nred"), "Content-Type", media), status)
	}
	problemIn(t, f.do(t, secretariat, "POST", "/v1/imports/people", strings.NewReader("name\n"+strings.Repeat("a", 1<<20)), "Content-Type", "text/csv"), 413)
}

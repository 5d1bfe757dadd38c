package dynamo_test

import (
	"bytes"
	"context"
	"reflect"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// anImport is an import of which every field is set but that it is not done.
func anImport() csdn.Import {
	return csdn.Import{
		ID: id[csdn.ImportID](1), Subject: csdn.People, Media: "text/csv", DryRun: true, By: id[csdn.AccountID](2), Token: id[csdn.TokenID](3),
		Ignored: []string{"remarks"}, Rows: 9, Done: 8, Created: 1, Updated: 2, Unchanged: 3, Failed: 2, Parts: 1, StartedAt: noon,
		HeldUntil: noon, DoneAt: noon, StoppedAt: noon, Version: 1,
	}
}

func TestAnImportIsKept(t *testing.T) {
	h := open(t)
	full(t, "Import", reflect.ValueOf(anImport()))
	i := anImport()
	file := bytes.Repeat([]byte("0123456789"), 80_000)
	c := change(5, 1)
	i, err := h.people.StartImport(t.Context(), i, file, &c)
	must(t, err)
	want := anImport()
	want.Parts = 3
	same(t, want, i)
	read, err := h.people.Import(t.Context(), i.ID, noon)
	must(t, err)
	same(t, want, read)
	got, err := h.people.ImportFile(t.Context(), i)
	must(t, err)
	if !bytes.Equal(file, got) {
		t.Errorf("the file comes back with %d bytes", len(got))
	}
	running, err := h.people.RunningImports(t.Context(), noon)
	must(t, err)
	same(t, []csdn.Import{want}, running)
	entries, err := h.people.Latest(t.Context(), "", 10)
	must(t, err)
	same(t, []string{"import", string(i.ID)}, []string{entries[0].Noun, entries[0].ID})
}

func TestOneImportOfASubjectRuns(t *testing.T) {
	h := open(t)
	i, other := anImport(), anImport()
	_, err := h.people.StartImport(t.Context(), i, []byte("a"), nil)
	must(t, err)
	other.ID = id[csdn.ImportID](2)
	h.unchanged(t, csdn.Conflict, func() error { _, err := h.people.StartImport(t.Context(), other, []byte("a"), nil); return err })
	other.Subject = csdn.Organisations
	_, err = h.people.StartImport(t.Context(), other, []byte("a"), nil)
	must(t, err)

	// After a day, what never ended is forgotten.
	day := noon.Add(csdn.ImportKept)
	_, err = h.people.Import(t.Context(), i.ID, day)
	refused(t, csdn.NotFound, err)
	running, err := h.people.RunningImports(t.Context(), day)
	must(t, err)
	same(t, 0, len(running))
	i.ID, i.StartedAt = id[csdn.ImportID](3), day
	_, err = h.people.StartImport(t.Context(), i, []byte("a"), nil)
	must(t, err)
}

func TestARowIsWrittenWithItsCount(t *testing.T) {
	h := open(t)
	i := anImport()
	i.DoneAt = time.Time{}
	i, err := h.people.StartImport(t.Context(), i, []byte("a"), nil)
	must(t, err)
	o := csdn.Organisation{ID: id[csdn.OrganisationID](7), OrganisationProfile: csdn.OrganisationProfile{Name: "A", Type: "ngo", Country: "ML"}, Version: 1}
	write := func(ctx context.Context) error { return h.directory.PutOrganisation(ctx, o, change(1, 1)) }
	finding := csdn.Finding{
		Row: 4, Errors: []csdn.CellError{{Column: 2, Header: "pays", Message: "is none"}},
		Duplicates: []csdn.Duplicate{{ID: "x", Row: 3, Reasons: []string{"name", "email"}}},
	}
	full(t, "Finding", reflect.ValueOf(finding))

	next := i
	next.Version = 3
	h.unchanged(t, csdn.Stale, func() error { return h.people.AdvanceImport(t.Context(), next, nil, write) })
	next.Version, next.Done = 2, 9
	must(t, h.people.AdvanceImport(t.Context(), next, []csdn.Finding{finding}, write))
	_, err = h.directory.Organisation(t.Context(), o.ID)
	must(t, err)
	page, err := h.people.Findings(t.Context(), i.ID, csdn.PageRequest{Limit: 10})
	must(t, err)
	same(t, []csdn.Finding{finding}, page.Items)

	// What the row cannot write, the import does not count.
	next.Version = 3
	h.unchanged(t, csdn.Conflict, func() error { return h.people.AdvanceImport(t.Context(), next, nil, write) })
	next.DoneAt, next.DryRun = noon, false
	must(t, h.people.AdvanceImport(t.Context(), next, nil, func(context.Context) error { return nil }))
	_, err = h.people.ImportFile(t.Context(), next)
	refused(t, csdn.NotFound, err)
	running, err := h.people.RunningImports(t.Context(), noon)
	must(t, err)
	same(t, 0, len(running))
}

package directory_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// many are the lines of a sheet of organisations, of which one in a hundred has a country that is none.
func many(rows int) []string {
	lines := []string{"name,type,country,website,areas"}
	for n := range rows {
		country := "ML"
		if n%100 == 17 {
			country = "Freedonia"
		}
		lines = append(lines, fmt.Sprintf("Network %05d,network,%s,https://n%05d.example,mediation", n, country, n))
	}
	return lines
}

// begin starts an import whose request is too short for any row.
func (h *house) begin(t *testing.T, lines []string) csdn.Import {
	t.Helper()
	d := h.imports
	d.Patience = 0
	i, _, err := d.Start(t.Context(), secretariat, csdn.Organisations, "text/csv", []byte(strings.Join(lines, "\n")), false)
	must(t, err)
	if !i.Running() || i.Done != 0 {
		t.Fatalf("the import does not wait: %+v", i)
	}
	return i
}

// progress reads an import.
func (h *house) progress(t *testing.T, id csdn.ImportID) csdn.Import {
	t.Helper()
	i, _, err := h.imports.Progress(t.Context(), secretariat, id, csdn.PageRequest{})
	must(t, err)
	return i
}

// count returns how many items of a kind lie with imports.
func (h *house) count(t *testing.T, prefix string) int {
	t.Helper()
	n := 0
	for key := range h.stored(t) {
		if strings.Contains(key, prefix) {
			n++
		}
	}
	return n
}

// dying is a store that dies at the writing of a number, before it or after.
type dying struct {
	csdn.ImportStore
	left  *int
	after bool
}

func (d dying) AdvanceImport(ctx context.Context, i csdn.Import, findings []csdn.Finding, write func(context.Context) error) error {
	*d.left--
	if *d.left > 0 {
		return d.ImportStore.AdvanceImport(ctx, i, findings, write)
	}
	if *d.left == 0 && d.after {
		return errors.Join(d.ImportStore.AdvanceImport(ctx, i, findings, write), errPower)
	}
	return errPower
}

func TestAnImportThatDiesIsCarriedOn(t *testing.T) {
	const rows = 70
	whole := tally{Created: rows - 1, Failed: 1}
	for name, c := range map[string]struct {
		at    int
		after bool
	}{
		"before the first row":   {1, false},
		"before a row":           {40, false},
		"after a row was stored": {40, true},
		"before the last":        {rows, false}, // it writes nothing but that the import is done
		"after the last":         {rows, true},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			h.area(t, "mediation")
			i := h.begin(t, many(rows))
			same(t, 1, h.count(t, " FILE#"))
			mortal, left := h.imports, c.at
			mortal.Store = dying{h.persons, &left, c.after}
			if _, err := mortal.CarryOn(t.Context()); !errors.Is(err, errPower) {
				t.Errorf("the error is %v", err)
			}
			h.clock.pass(time.Minute)
			_, err := h.imports.CarryOn(t.Context())
			must(t, err)
			i = h.progress(t, i.ID)
			same(t, false, i.Running())
			same(t, whole, tallyOf(i))
			same(t, whole.Created, len(h.kept(t)))
			same(t, whole.Created, h.count(t, "DirectoryTable ORG#")/2) // each has one change
			same(t, []int{0, 0, 1}, []int{h.count(t, " FILE#"), h.count(t, " RUNNING#"), h.count(t, " FINDING#")})
			done, err := h.imports.CarryOn(t.Context())
			must(t, err)
			same(t, 0, done)
		})
	}
}

func TestAnImportIsOneMansWork(t *testing.T) {
	h := open(t)
	h.area(t, "mediation")
	i := h.begin(t, many(120))
	h.clock.pass(time.Minute)
	// Nobody takes up what somebody works on. When that one seems to be gone, another takes it over whole.
	first := h.imports
	first.Store = meanwhile{h.persons, map[csdn.Version]func(){20: func() {
		done, err := h.imports.CarryOn(t.Context())
		must(t, err)
		same(t, 0, done)
	}, 40: func() {
		h.clock.pass(time.Minute)
		_, err := h.imports.CarryOn(t.Context())
		must(t, err)
	}}}
	_, err := first.CarryOn(t.Context())
	must(t, err)
	same(t, tally{Created: 118, Failed: 2}, tallyOf(h.progress(t, i.ID)))
	same(t, 118, len(h.kept(t)))

	i = h.begin(t, append(many(120), "One more,ngo,ML,,"))
	// The same file sent again goes on with it; another is refused.
	_, _, err = h.imports.Start(t.Context(), secretariat, csdn.Organisations, "text/csv", []byte("name\nA"), false)
	refused(t, csdn.Conflict, err)
	again, _ := h.imported(t, csdn.Organisations, append(many(120), "One more,ngo,ML,,")...)
	same(t, i.ID, again.ID)
	same(t, tally{Created: 1, Unchanged: 118, Failed: 2}, tallyOf(again))
}

// meanwhile is a store in which something happens before the import is written at a version.
type meanwhile struct {
	csdn.ImportStore
	happens map[csdn.Version]func()
}

func (m meanwhile) AdvanceImport(ctx context.Context, i csdn.Import, findings []csdn.Finding, write func(context.Context) error) error {
	if happens, yes := m.happens[i.Version]; yes {
		delete(m.happens, i.Version)
		happens()
	}
	return m.ImportStore.AdvanceImport(ctx, i, findings, write)
}

func TestWhatOthersWriteMeanwhileStays(t *testing.T) {
	h := open(t)
	h.organisation(t, 1)
	h.organisation(t, 2)
	h.imports.Store = meanwhile{h.persons, map[csdn.Version]func(){2: func() {
		_, err := h.organisations.Change(t.Context(), secretariat, organisationID(1), 1, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
			p.Mission = "Peace"
			return p, nil
		})
		must(t, err)
		must(t, h.organisations.Archive(t.Context(), secretariat, organisationID(2), 1))
	}}}
	i, findings := h.imported(t, csdn.Organisations, "id,short name", string(organisationID(1))+",O1", string(organisationID(2))+",O2")
	same(t, []string{"3: The organisation is archived, so it can no longer be changed."}, said(findings))
	same(t, tally{Updated: 1, Failed: 1}, tallyOf(i))
	o := h.kept(t)["Organisation 001"]
	same(t, []string{"O1", "Peace"}, []string{o.ShortName, o.Mission})
}

func TestFindingsComeInPages(t *testing.T) {
	h := open(t)
	lines := []string{"name,mission"}
	for n := range 1200 {
		lines = append(lines, fmt.Sprintf("Network %d,%s", n, strings.Repeat("peace ", 100)))
	}
	i, page, err := h.imports.Start(t.Context(), secretariat, csdn.Organisations, "text/csv", []byte(strings.Join(lines, "\n")), true)
	must(t, err)
	same(t, tally{Failed: 1200}, tallyOf(i))
	var told []int
	for {
		for _, f := range page.Items {
			told = append(told, f.Row)
		}
		if page.Next == "" {
			break
		}
		_, page, err = h.imports.Progress(t.Context(), secretariat, i.ID, csdn.PageRequest{Cursor: page.Next})
		must(t, err)
	}
	want := make([]int, 1200)
	for n := range want {
		want[n] = n + 2
	}
	same(t, want, told)
	h.clock.pass(csdn.ImportKept)
	_, _, err = h.imports.Progress(t.Context(), secretariat, i.ID, csdn.PageRequest{})
	missing(t, err)
}

package directory_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// TestAnErasureStopsAnImport: a file that is being imported may hold whoever is erased, and would bring that person back.
func TestAnErasureStopsAnImport(t *testing.T) {
	h := gathering(t)
	lines := []string{"name,email,organisation,consentBasis,consentGivenAt"}
	for n := range 60 {
		lines = append(lines, fmt.Sprintf("Guest %d,guest%d@people.example,%s,consent,2026-01-01", n, n, organisationID(1)))
	}
	lines = append(lines, fmt.Sprintf("Quagga One,quagga@people.example,%s,consent,2026-01-01", organisationID(1)))
	file := []byte(strings.Join(lines, "\n"))
	tried, _, err := h.imports.Start(t.Context(), secretariat, csdn.People, "text/csv", file, true)
	must(t, err)
	d := h.imports
	d.Store = meanwhile{h.persons, map[csdn.Version]func(){20: func() {
		_, err := h.rights.Erase(t.Context(), secretariat, personID(canary), directory.AnyVersion)
		must(t, err)
	}}}
	h.clock.pass(time.Second)
	i, _, err := d.Start(t.Context(), secretariat, csdn.People, "text/csv", file, false)
	must(t, err)
	same(t, []bool{false, true, true}, []bool{i.Running(), i.DoneAt.IsZero(), i.StoppedAt.Equal(h.clock.now())})
	if i.Done == 0 || i.Created != i.Done {
		t.Errorf("what is done does not stay: %+v", i)
	}
	h.nothingOf(t, "quagga")
	same(t, []int{0, 0}, []int{h.count(t, " FILE#"), h.count(t, " RUNNING#")})

	_, err = h.imports.Confirm(t.Context(), secretariat, tried.ID)
	refused(t, csdn.Conflict, err)

	h.clock.pass(time.Minute)
	done, err := h.imports.CarryOn(t.Context())
	must(t, err)
	same(t, 0, done)
	same(t, i, h.progress(t, i.ID))
	again, _, err := h.imports.Start(t.Context(), secretariat, csdn.People, "text/csv", []byte(strings.Join(lines[:61], "\n")), false)
	must(t, err)
	same(t, tally{Created: 60 - i.Created, Unchanged: i.Created}, tallyOf(again))
}

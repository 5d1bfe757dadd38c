package directory_test

import (
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// tried tries an import of two organisations.
func (h *house) tried(t *testing.T) csdn.Import {
	t.Helper()
	file := strings.Join([]string{"name,type,country", "One,ngo,ML", "Two,ngo,NE"}, "\n")
	i, _, err := h.imports.Start(t.Context(), secretariat, csdn.Organisations, "text/csv", []byte(file), true)
	must(t, err)
	same(t, tally{Created: 2}, tallyOf(i))
	return i
}

func TestATrialIsTakenOver(t *testing.T) {
	h := open(t)
	trial := h.tried(t)
	same(t, 0, len(h.kept(t)))
	same(t, 1, h.count(t, " FILE#"))
	i, err := h.imports.Confirm(t.Context(), secretariat, trial.ID)
	must(t, err)
	same(t, tally{Created: 2}, tallyOf(i))
	same(t, []int{2, 0}, []int{len(h.kept(t)), h.count(t, " FILE#")})
	recent, err := h.imports.Recent(t.Context(), secretariat)
	must(t, err)
	same(t, []csdn.ImportID{i.ID, trial.ID}, []csdn.ImportID{recent[0].ID, recent[1].ID})
	for name, id := range map[string]csdn.ImportID{"what is taken over": trial.ID, "what was no trial": i.ID} {
		if _, err := h.imports.Confirm(t.Context(), secretariat, id); csdn.KindOf(err) != csdn.Conflict {
			t.Errorf("%s is confirmed: %v", name, err)
		}
	}
	if _, err := h.imports.Confirm(t.Context(), planner, trial.ID); csdn.KindOf(err) != csdn.Forbidden {
		t.Errorf("a planner is answered %v", err)
	}
}

func TestTheFileOfATrialIsRemovedInTime(t *testing.T) {
	h := open(t)
	trial := h.tried(t)
	h.clock.pass(csdn.DryRunFileKept - 1)
	_, err := h.imports.CarryOn(t.Context())
	must(t, err)
	same(t, 1, h.count(t, " FILE#"))
	h.clock.pass(1)
	if _, err := h.imports.Confirm(t.Context(), secretariat, trial.ID); csdn.KindOf(err) != csdn.Conflict {
		t.Errorf("what is kept no longer is confirmed: %v", err)
	}
	_, err = h.imports.CarryOn(t.Context())
	must(t, err)
	same(t, []int{0, 0}, []int{len(h.kept(t)), h.count(t, " FILE#")})
}

package directory_test

import (
	"slices"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestTheTrailOfEverything makes changes of every noun and walks them back, a page of two at a time.
func TestTheTrailOfEverything(t *testing.T) {
	h := convened(t, 1)
	h.area(t, "mediation")
	_, err := h.phases.Change(t.Context(), secretariat, 4, 1, func(p csdn.PhaseProfile) (csdn.PhaseProfile, error) {
		p.Label = "Fourth"
		return p, nil
	})
	must(t, err)
	h.answers(t, 1, csdn.Accept, "")
	must(t, h.persons.PutAccount(t.Context(), csdn.Account{}, csdn.Account{ID: planner.Account, Role: csdn.PlannerRole, Version: 1}, h.change()))

	var all []csdn.Entry
	page := csdn.PageRequest{Limit: 2}
	for {
		got, err := h.trails.Latest(t.Context(), secretariat, page)
		must(t, err)
		all = append(all, got.Items...)
		if page.Cursor = got.Next; page.Cursor == "" {
			break
		}
	}
	var told []string
	for _, e := range all {
		told = append(told, string(e.Act)+" "+e.Noun+" "+e.ID)
	}
	of := string(meetingID(1)) + "/" + string(personID(1))
	same(t, []string{
		"fixture account " + string(planner.Account),
		"invitation.answered invitation " + of,
		"phase.changed phase 4",
		"fixture area mediation",
		"invitation.sent invitation " + of,
		"invitation.drafted invitation " + of,
		"fixture person " + string(personID(1)),
		"fixture meeting " + string(meetingID(1)),
		"fixture organisation " + string(organisationID(1)),
		"fixture phase 4",
	}, told)
	changed := all[slices.IndexFunc(all, func(e csdn.Entry) bool { return e.Act == "phase.changed" })]
	same(t, []csdn.Difference{{Field: "label", Before: "Phase 4", After: "Fourth"}}, changed.Fields)
	if changed.By != secretariat.Account || changed.Version != 2 {
		t.Errorf("the change is %+v", changed)
	}
}

package directory_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// TestUndoingLeavesWhatWasChangedSince: a field and a person that somebody changed stay as they are.
func TestUndoingLeavesWhatWasChangedSince(t *testing.T) {
	h := twice(t)
	m := h.merges(t, order)
	_, err := h.organisations.Change(t.Context(), secretariat, organisationID(1), directory.AnyVersion, func(p csdn.OrganisationProfile) (csdn.OrganisationProfile, error) {
		p.Website = "https://newest.example"
		return p, nil
	})
	must(t, err)
	_, err = h.people.Change(t.Context(), secretariat, personID(12), directory.AnyVersion, func(p csdn.PersonProfile) (csdn.PersonProfile, error) {
		p.Organisation = organisationID(3)
		return p, nil
	})
	must(t, err)
	h.person(t, 16) // who was never of the other
	m, err = h.mergers.Undo(t.Context(), secretariat, m.ID)
	must(t, err)
	same(t, []string{"website"}, m.Left)
	o, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	if o.Website != "https://newest.example" || len(o.Phases) != 1 || len(o.Identifiers) != 0 {
		t.Errorf("the one that stays says %+v", o.OrganisationProfile)
	}
	for n, want := range map[int]int{12: 3, 13: 2, 15: 2, 16: 1} {
		p, err := h.persons.Person(t.Context(), personID(n))
		must(t, err)
		if p.Organisation != organisationID(want) {
			t.Errorf("person %d is of %s", n, p.Organisation)
		}
	}
}

// TestMergersOneAfterTheOther are undone from the last to the first, and what both moved goes back in two steps.
func TestMergersOneAfterTheOther(t *testing.T) {
	h := twice(t)
	before := h.substance(t)
	first := h.merges(t, order)
	between := h.substance(t)
	second := h.merges(t, csdn.MergerOrder{
		Subject: csdn.Organisations, Keep: string(organisationID(3)), Absorb: order.Keep, KeepVersion: 1, AbsorbVersion: 2, Join: []string{"phases"},
	})
	p, err := h.people.Create(t.Context(), secretariat, profile(18, member(2)))
	must(t, err)
	if p.Organisation != organisationID(3) {
		t.Errorf("a person of the first is of %s", p.Organisation)
	}
	same(t, []string{order.Keep, order.Absorb}, csdn.Absorbed(csdn.Organisations, []string{second.Keep}, []csdn.Merger{second, first}))
	h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Undo(t.Context(), secretariat, first.ID); return err })
	_, err = h.people.Change(t.Context(), secretariat, p.ID, directory.AnyVersion, func(p csdn.PersonProfile) (csdn.PersonProfile, error) { return p, nil })
	must(t, err)
	_, err = h.rights.Erase(t.Context(), secretariat, p.ID, directory.AnyVersion)
	must(t, err)
	without := func(all map[string]string) map[string]string {
		maps.DeleteFunc(all, func(k, _ string) bool {
			return strings.Contains(k, string(p.ID)) || strings.Contains(k, "ERASURE#") || strings.Contains(k, "BEGUN#")
		})
		return all
	}
	_, err = h.mergers.Undo(t.Context(), secretariat, second.ID)
	must(t, err)
	same(t, between, without(h.substance(t)))
	_, err = h.mergers.Undo(t.Context(), secretariat, first.ID)
	must(t, err)
	same(t, before, without(h.substance(t)))
}

func TestAMergerCanBeUndoneForThirtyDays(t *testing.T) {
	h := twice(t)
	m := h.merges(t, order)
	h.clock.pass(30 * 24 * time.Hour)
	h.refuses(t, csdn.Conflict, func() error { _, err := h.mergers.Undo(t.Context(), secretariat, m.ID); return err })
	for _, caller := range []csdn.Caller{planner, representative, official} {
		h.refuses(t, csdn.Forbidden, func() error { _, err := h.mergers.Start(t.Context(), caller, order); return err })
		h.refuses(t, csdn.Forbidden, func() error { _, err := h.mergers.Read(t.Context(), caller, m.ID); return err })
		h.refuses(t, csdn.Forbidden, func() error { _, err := h.mergers.Undo(t.Context(), caller, m.ID); return err })
	}
}

package dynamo_test

import (
	"reflect"
	"slices"
	"testing"

	"csdn.example/directory/shared/csdn"
)

func area(slug csdn.AreaSlug) csdn.Area {
	return csdn.Area{
		Slug: slug,
		AreaProfile: csdn.AreaProfile{
			LabelEN: "Mediation", LabelFR: "Médiation", AltLabels: []string{"good offices"}, Definition: "Third-party help.",
			Broader: []csdn.AreaSlug{"dialogue"}, Retired: true, ReplacedBy: "peace-mediation",
		},
		UpdatedAt: noon, Version: 1,
	}
}

func phase(number csdn.PhaseNumber) csdn.Phase {
	return csdn.Phase{
		Number:       number,
		PhaseProfile: csdn.PhaseProfile{Label: "CSDN IV", From: 2020, To: 2023, Instrument: "IcSP"},
		UpdatedAt:    noon, Version: 1,
	}
}

func TestVocabulary(t *testing.T) {
	h := open(t)
	mediation, bare := area("mediation"), csdn.Area{Slug: "dialogue", Version: 1}
	full(t, "area", reflect.ValueOf(mediation))
	must(t, h.directory.PutArea(t.Context(), mediation, change(1, 1)))
	must(t, h.directory.PutArea(t.Context(), bare, change(2, 1)))
	areas, err := h.directory.Areas(t.Context())
	must(t, err)
	same(t, []csdn.Area{bare, mediation}, areas)
	got, err := h.directory.Area(t.Context(), "mediation")
	must(t, err)
	same(t, mediation, got)
	_, err = h.directory.Area(t.Context(), "gender")
	refused(t, csdn.NotFound, err)

	h.unchanged(t, csdn.Stale, func() error { return h.directory.PutArea(t.Context(), mediation, change(3, 1)) })
	mediation.Version, mediation.LabelEN = 2, "Peace mediation"
	must(t, h.directory.PutArea(t.Context(), mediation, change(3, 2)))
	h.unchanged(t, csdn.Stale, func() error { return h.directory.DeleteArea(t.Context(), area("mediation"), change(4, 2)) })
	h.unchanged(t, csdn.Stale, func() error { return h.directory.DeleteArea(t.Context(), area("gender"), change(4, 2)) })

	must(t, h.directory.DeleteArea(t.Context(), mediation, change(4, 2)))
	areas, err = h.directory.Areas(t.Context())
	must(t, err)
	same(t, []csdn.Area{bare}, areas)
	if trail := h.trail(t, "DirectoryTable AREA#mediation CHANGE#"); len(trail) != 3 {
		t.Errorf("the trail of the deleted area is %v", trail)
	}
}

func TestPhases(t *testing.T) {
	h := open(t)
	full(t, "phase", reflect.ValueOf(phase(4)))
	for n, number := range []csdn.PhaseNumber{10, 4, 999} {
		must(t, h.directory.PutPhase(t.Context(), phase(number), change(n, 1)))
	}
	phases, err := h.directory.Phases(t.Context())
	must(t, err)
	same(t, []csdn.Phase{phase(4), phase(10), phase(999)}, phases)
	got, err := h.directory.Phase(t.Context(), 4)
	must(t, err)
	same(t, phase(4), got)
	_, err = h.directory.Phase(t.Context(), 5)
	refused(t, csdn.NotFound, err)

	h.unchanged(t, csdn.Conflict, func() error { return h.directory.PutPhase(t.Context(), phase(4), change(5, 1)) })
	next := phase(4)
	next.Version = 2
	must(t, h.directory.PutPhase(t.Context(), next, change(5, 2)))
	h.unchanged(t, csdn.Stale, func() error { return h.directory.PutPhase(t.Context(), next, change(6, 2)) })
}

func TestMerges(t *testing.T) {
	h := open(t)
	from, into := csdn.Area{Slug: "mediation", Version: 1}, csdn.Area{Slug: "dialogue", Version: 1}
	must(t, h.directory.PutArea(t.Context(), from, change(1, 1)))
	must(t, h.directory.PutArea(t.Context(), into, change(2, 1)))
	_, err := h.directory.Merge(t.Context(), "mediation")
	refused(t, csdn.NotFound, err)

	from.Retired, from.ReplacedBy, from.Version = true, "dialogue", 2
	m := csdn.Merge{Area: "mediation", Into: "dialogue", By: id[csdn.AccountID](900), StartedAt: noon, Version: 1}
	start := func(into csdn.Area) func() error {
		return func() error { return h.directory.StartMerge(t.Context(), from, into, m, change(3, 2)) }
	}
	h.unchanged(t, csdn.Stale, start(csdn.Area{Slug: "dialogue", Version: 2}))
	must(t, start(into)())
	h.unchanged(t, csdn.Stale, start(into))
	if trail := h.trail(t, "DirectoryTable AREA#mediation CHANGE#"); len(trail) != 2 {
		t.Errorf("the trail of the merged area is %v", trail)
	}
	areas, err := h.directory.Areas(t.Context())
	must(t, err)
	same(t, []csdn.Area{into, from}, areas)

	m.DoneAt, m.Version = noon, 2
	full(t, "merge", reflect.ValueOf(m))
	must(t, h.directory.EndMerge(t.Context(), m))
	h.unchanged(t, csdn.Stale, func() error { return h.directory.EndMerge(t.Context(), m) })
	got, err := h.directory.Merge(t.Context(), "mediation")
	must(t, err)
	same(t, m, got)
	all, err := h.directory.Merges(t.Context())
	must(t, err)
	same(t, []csdn.Merge{m}, all)
}

func TestMeetingTypes(t *testing.T) {
	h := open(t)
	first, err := h.directory.MeetingTypes(t.Context())
	must(t, err)
	same(t, csdn.FirstMeetingTypes(), first)
	retreat := csdn.ListedMeetingType{
		Slug: "retreat", MeetingTypeProfile: csdn.MeetingTypeProfile{LabelEN: "Retreat", LabelFR: "Retraite", Retired: true},
		Removed: true, UpdatedAt: noon, Version: 1,
	}
	full(t, "type of meeting", reflect.ValueOf(retreat))
	must(t, h.directory.PutMeetingType(t.Context(), retreat, change(1, 1)))
	h.unchanged(t, csdn.Stale, func() error { return h.directory.PutMeetingType(t.Context(), retreat, change(2, 1)) })
	other := first[3]
	other.LabelEN, other.UpdatedAt, other.Version = "Gathering", noon, 2
	must(t, h.directory.PutMeetingType(t.Context(), other, change(3, 2)))
	h.unchanged(t, csdn.Stale, func() error { return h.directory.PutMeetingType(t.Context(), other, change(4, 2)) })
	all, err := h.directory.MeetingTypes(t.Context())
	must(t, err)
	want := slices.Insert(csdn.FirstMeetingTypes(), 5, retreat)
	want[3] = other
	same(t, want, all)
}

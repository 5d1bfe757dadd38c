package dynamo_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

func merger(n int) csdn.Merger {
	return csdn.Merger{
		ID: id[csdn.MergerID](n), Subject: csdn.Organisations, Keep: id[string](1), Absorb: id[string](2), Taken: []string{"name"}, Joined: []string{"phases"},
		Status: csdn.MergerDone, By: id[csdn.AccountID](3), Moved: csdn.References{csdn.PersonReference: 2}, Returned: csdn.References{csdn.PersonReference: 1},
		Left: []string{"website"}, Holding: true, StartedAt: noon, DoneAt: noon.Add(time.Minute), UndoneAt: noon.Add(time.Hour), Until: noon.Add(30 * 24 * time.Hour), Version: 1,
	}
}

func nothing(context.Context) error { return nil }

func TestMergersComeBackWhole(t *testing.T) {
	h := open(t)
	store := dynamo.Mergers{Client: h.directory.Client, DirectoryTable: "DirectoryTable", ParticipationTable: "ParticipationTable"}
	older, newer := merger(5), merger(6)
	full(t, "merger", reflect.ValueOf(older))
	keep, absorb := organisation(1), organisation(2)
	for _, m := range []csdn.Merger{older, newer} {
		must(t, store.WriteMerger(t.Context(), m, func(ctx context.Context) error { return store.PutOrganisationsBefore(ctx, m, keep, absorb) }))
	}
	all, err := store.Mergers(t.Context())
	must(t, err)
	same(t, []csdn.Merger{newer, older}, all)
	one, err := store.Merger(t.Context(), older.ID)
	must(t, err)
	same(t, older, one)
	keptBefore, absorbedBefore, err := store.OrganisationsBefore(t.Context(), older)
	must(t, err)
	same(t, keep, keptBefore)
	same(t, absorb, absorbedBefore)
	_, err = store.Merger(t.Context(), id[csdn.MergerID](9))
	refused(t, csdn.NotFound, err)
	_, _, err = store.OrganisationsBefore(t.Context(), merger(9))
	refused(t, csdn.NotFound, err)
}

// TestAMergerIsWrittenWithWhatItWrites or not at all.
func TestAMergerIsWrittenWithWhatItWrites(t *testing.T) {
	h := open(t)
	store := dynamo.Mergers{Client: h.directory.Client, DirectoryTable: "DirectoryTable", ParticipationTable: "ParticipationTable"}
	m := merger(5)
	must(t, store.WriteMerger(t.Context(), m, nothing))
	for n := 1; n <= 2; n++ {
		o := organisation(n)
		o.Merging = m.ID
		must(t, h.directory.PutOrganisation(t.Context(), o, change(n, 1)))
	}
	before := h.stored(t)
	again, behind := m, m
	behind.Version = 3
	refused(t, csdn.Conflict, store.WriteMerger(t.Context(), again, nothing))
	refused(t, csdn.Stale, store.WriteMerger(t.Context(), behind, nothing))
	next := m
	next.Version = 2
	broken := errors.New("broken")
	if err := store.WriteMerger(t.Context(), next, func(context.Context) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	guest := csdn.Guest{Person: id[csdn.PersonID](1), Organisation: id[csdn.OrganisationID](1)}
	refused(t, csdn.Stale, store.WriteMerger(t.Context(), next, func(ctx context.Context) error { return store.PutGuest(ctx, guest, guest) })) // nobody counts
	refused(t, csdn.Stale, store.WriteMerger(t.Context(), next, func(ctx context.Context) error {
		return store.PutRoll(ctx, csdn.Roll{Phase: 4, Version: 2})
	}))
	same(t, before, h.stored(t))
	must(t, store.WriteMerger(t.Context(), next, func(ctx context.Context) error { return store.ReleaseOrganisations(ctx, m) }))
	for n := 1; n <= 2; n++ {
		o, err := h.directory.Organisation(t.Context(), id[csdn.OrganisationID](n))
		must(t, err)
		if o.Merging != "" || o.Version != 1 {
			t.Errorf("the organisation is %+v", o)
		}
	}
	next.Version = 3
	refused(t, csdn.Stale, store.WriteMerger(t.Context(), next, func(ctx context.Context) error { return store.ReleaseOrganisations(ctx, m) }))
}

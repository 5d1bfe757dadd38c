package directory_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// brokenMergers breaks off before a write, or after it was done without the answer coming back.
type brokenMergers struct {
	csdn.MergerStore
	writes *int
	at     int
	after  bool
}

var errBroken = errors.New("broken off")

func (b brokenMergers) WriteMerger(ctx context.Context, m csdn.Merger, write func(context.Context) error) error {
	*b.writes++
	broken := *b.writes == b.at
	if broken && !b.after {
		return errBroken
	}
	err := b.MergerStore.WriteMerger(ctx, m, write)
	if broken && err == nil {
		return errBroken
	}
	return err
}

// TestAMergerBrokenOffGoesOn breaks a merger and its undoing off at every write there is, and has the clock go on.
func TestAMergerBrokenOffGoesOn(t *testing.T) {
	h := twice(t)
	before := h.substance(t)
	var merged map[string]string
	h.breaksOff(t, order, func() {}, func(m csdn.Merger) {
		now := h.substance(t)
		for k, text := range now {
			now[k] = strings.ReplaceAll(text, string(m.ID), "the merger")
		}
		if merged == nil {
			merged = now
		}
		same(t, merged, now)
	}, func() { same(t, before, h.substance(t)) })
}

// breaksOff breaks a merger and its undoing off at each write in turn, and has the clock go on; merged looks at what is there then, and undone
// at what is there after the undoing. meanwhile looks while it is broken off, and when the clock has taken a step.
func (h *house) breaksOff(t *testing.T, order csdn.MergerOrder, meanwhile func(), merged func(csdn.Merger), undone func()) {
	t.Helper()
	whole := h.mergers.Store
	for at, over := 1, false; !over; at++ {
		writes := 0
		b := brokenMergers{MergerStore: whole, writes: &writes, at: at, after: at%2 == 0}
		h.mergers.Store = b
		m, err := h.mergers.Start(t.Context(), secretariat, order)
		if errors.Is(err, errBroken) && !b.after {
			m, err = h.mergers.Start(t.Context(), secretariat, order)
		}
		if err != nil && !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
		meanwhile()
		h.clock.pass(2 * time.Minute)
		_, _ = h.mergers.CarryOn(t.Context()) // it may break off
		meanwhile()
		m = h.ends(t, m)
		merged(m)
		if _, err = h.mergers.Undo(t.Context(), secretariat, m.ID); err != nil && !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
		_, err = h.mergers.Undo(t.Context(), secretariat, m.ID)
		must(t, err)
		h.ends(t, m)
		undone()
		over = writes < at
		order.KeepVersion, order.AbsorbVersion = order.KeepVersion+2, order.AbsorbVersion+2
		if t.Failed() {
			t.Fatalf("broken off at write %d", at)
		}
	}
}

// TestAMergerMissesNothingThatIsWrittenMeanwhile: what somebody writes who does not know of it is moved before it ends, and the merging of an
// area waits for it.
func TestAMergerMissesNothingThatIsWrittenMeanwhile(t *testing.T) {
	h := twice(t)
	m, err := h.mergers.Start(t.Context(), secretariat, order)
	must(t, err)
	m, err = h.mergers.GoOn(t.Context(), secretariat, m.ID)
	must(t, err)
	_, _, err = h.claims.Merge(t.Context(), secretariat, "aa", "bb")
	must(t, err)
	h.clock.pass(time.Minute)
	h.person(t, 19, member(2))
	_, err = h.mergers.CarryOn(t.Context())
	must(t, err)
	_, left, err := h.claims.Merge(t.Context(), secretariat, "aa", "bb")
	must(t, err)
	same(t, csdn.Remaining{Organisations: 1}, left)
	m = h.ends(t, m)
	p, err := h.persons.Person(t.Context(), personID(19))
	must(t, err)
	if p.Organisation != organisationID(1) || m.Moved[csdn.PersonReference] != 4 {
		t.Errorf("the late person is of %s, and %d were moved", p.Organisation, m.Moved[csdn.PersonReference])
	}
	merge, left, err := h.claims.Merge(t.Context(), secretariat, "aa", "bb")
	must(t, err)
	same(t, csdn.Remaining{}, left)
	if merge.DoneAt.IsZero() {
		if merge, _, err = h.claims.Merge(t.Context(), secretariat, "aa", "bb"); err != nil || merge.DoneAt.IsZero() {
			t.Errorf("the merging of the area does not end: %v", err)
		}
	}
	o, err := h.network.Organisation(t.Context(), organisationID(1))
	must(t, err)
	same(t, []csdn.Expertise{{Area: "bb", Level: "expert"}}, o.Areas)
}

package dynamo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func receipt(name string) csdn.Receipt {
	return csdn.Receipt{Name: csdn.ReceiptName(name), Sealed: []byte{7}, MadeAt: noon, Expires: noon.Add(24 * time.Hour).Truncate(time.Second)}
}

// holds does the writes in a held context, and returns what keeps them.
func holds(t *testing.T, store csdn.ReceiptStore, writes ...func(context.Context) error) func(csdn.Receipt) error {
	t.Helper()
	held, keep := store.Hold(t.Context())
	for _, write := range writes {
		must(t, write(held))
	}
	return func(r csdn.Receipt) error { return keep(t.Context(), r) }
}

func TestReceiptComesBackWhole(t *testing.T) {
	h := open(t)
	for _, store := range []csdn.ReceiptStore{h.directory, h.people, h.participation} {
		_, err := store.Receipt(t.Context(), "a", noon)
		refused(t, csdn.NotFound, err)
		must(t, holds(t, store)(receipt("a")))
		got, err := store.Receipt(t.Context(), "a", noon.Add(24*time.Hour-2*time.Second))
		must(t, err)
		same(t, receipt("a"), got)
		_, err = store.Receipt(t.Context(), "a", noon.Add(24*time.Hour))
		refused(t, csdn.NotFound, err)
		refused(t, csdn.Stale, holds(t, store)(receipt("a")))
		late := receipt("a")
		late.MadeAt, late.Expires = late.Expires, late.Expires.Add(time.Hour)
		must(t, holds(t, store)(late))
	}
}

func TestWritesWaitForTheirReceipt(t *testing.T) {
	h := open(t)
	first := person(1)
	put := func(p csdn.Person) func(context.Context) error {
		return func(ctx context.Context) error {
			return h.people.PutPerson(ctx, csdn.Person{}, p, change(int(p.Version)+len(p.Email), 1))
		}
	}
	keep := holds(t, h.people, put(first))
	_, err := h.people.Person(t.Context(), first.ID)
	refused(t, csdn.NotFound, err)
	must(t, keep(receipt("a")))
	_, err = h.people.Person(t.Context(), first.ID)
	must(t, err)
	if marks := h.trail(t, "PeopleTable PERSON#"+string(first.ID)+" RECEIPT#"); len(marks) != 1 {
		t.Errorf("beside the person are the marks %v", marks)
	}
	second := person(2)
	second.Email = "second@pwn.example"
	// That there is a receipt is told before that the address is taken.
	h.unchanged(t, csdn.Stale, func() error { return holds(t, h.people, put(first))(receipt("a")) })
	h.unchanged(t, csdn.Stale, func() error { return holds(t, h.people, put(second))(receipt("a")) })
	taking := second
	taking.Email = first.Email
	h.unchanged(t, csdn.Conflict, func() error { return holds(t, h.people, put(taking))(receipt("b")) })
	must(t, holds(t, h.people, put(second))(receipt("b")))
}

func TestSeveralWritesAreDoneInTheirOrder(t *testing.T) {
	h := convened(t)
	draft := func(n int) func(context.Context) error {
		return func(ctx context.Context) error {
			i := invitation(1, n)
			return h.participation.WriteInvitations(ctx, csdn.InvitationWrite{Meeting: i.Meeting, MeetingVersion: 1, Invitations: []csdn.Invitation{i}})
		}
	}
	must(t, holds(t, h.participation, draft(1), draft(2), draft(3))(receipt("a")))
	all, err := h.participation.Invitations(t.Context(), id[csdn.MeetingID](1))
	must(t, err)
	if len(all) != 3 {
		t.Errorf("there are %d invitations", len(all))
	}
	refused(t, csdn.Stale, holds(t, h.participation, draft(4), draft(3), draft(5))(receipt("b")))
	_, err = h.participation.Invitation(t.Context(), id[csdn.MeetingID](1), id[csdn.PersonID](5))
	refused(t, csdn.NotFound, err)
	_, err = h.participation.Receipt(t.Context(), "b", noon)
	refused(t, csdn.NotFound, err)
}

func TestRequestsAreCountedTogether(t *testing.T) {
	h := open(t)
	minute := noon.Truncate(time.Minute)
	for _, c := range []struct {
		subject string
		minute  time.Time
		want    int
	}{{"account A", minute, 5}, {"account A", minute, 10}, {"account B", minute, 5}, {"account A", minute.Add(time.Minute), 5}} {
		got, err := h.people.Lease(t.Context(), c.subject, c.minute, 5, minute.Add(time.Hour))
		must(t, err)
		if got != c.want {
			t.Errorf("%s: %d are counted, want %d", c.subject, got, c.want)
		}
	}
	for at, item := range h.stored(t) {
		if strings.Contains(at+item, "account") || !strings.Contains(item, "expiresAt") {
			t.Errorf("%s holds %s", at, item)
		}
	}
}

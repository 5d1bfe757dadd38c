package dynamo_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// noise returns bytes that cannot be compressed.
func noise(seed uint64, size int) []byte {
	r, b := rand.New(rand.NewPCG(seed, 1)), make([]byte, size)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// snapshot makes one of several chunks, as the newest.
func (h house) snapshot(t *testing.T, n int) csdn.Snapshot {
	t.Helper()
	return h.snapshotOf(t, n, 800_000)
}

func (h house) snapshotOf(t *testing.T, n, size int) csdn.Snapshot {
	t.Helper()
	s := csdn.Snapshot{At: noon, Base: noise(uint64(n), size), Texts: []byte(fmt.Sprint("Jana ", n))}
	must(t, h.people.BeginSnapshot(t.Context(), csdn.People, making(n), ""))
	must(t, h.people.PutSnapshot(t.Context(), csdn.People, making(n).ID, s))
	return s
}

func making(n int) csdn.Making { return csdn.Making{ID: id[csdn.SnapshotID](n), Since: noon} }

// pieces returns how many items snapshots take.
func (h house) pieces(t *testing.T) int {
	t.Helper()
	n := 0
	for name := range h.stored(t) {
		if strings.Contains(name, "SNAPSHOT#") {
			n++
		}
	}
	return n
}

func TestSnapshotComesBackWhole(t *testing.T) {
	h := open(t)
	_, err := h.people.Snapshot(t.Context(), csdn.People, true)
	refused(t, csdn.NotFound, err)
	for n, size := range []int{800_000, 800_000, 1000, 340_000} {
		want := h.snapshotOf(t, n, size)
		got, err := h.people.Snapshot(t.Context(), csdn.People, true)
		must(t, err)
		same(t, want, got)
		want.Texts = nil
		got, err = h.people.Snapshot(t.Context(), csdn.People, false)
		must(t, err)
		same(t, want, got)
	}
	newest, next, err := h.people.SnapshotState(t.Context(), csdn.People)
	must(t, err)
	same(t, []any{noon, csdn.Making{}}, []any{newest, next})
	_, err = h.directory.Snapshot(t.Context(), csdn.Organisations, true)
	refused(t, csdn.NotFound, err)
}

func TestSnapshotsThatWereReplacedAreSweptAway(t *testing.T) {
	h := open(t)
	h.snapshot(t, 1)
	alone := h.pieces(t)
	want := h.snapshot(t, 2)
	must(t, h.people.BeginSnapshot(t.Context(), csdn.People, making(3), ""))
	must(t, h.people.SweepSnapshots(t.Context(), csdn.People))
	if got := h.pieces(t); got != alone+2 { // the next, and its name in the list
		t.Errorf("%d items are left, want %d", got, alone+2)
	}
	got, err := h.people.Snapshot(t.Context(), csdn.People, true)
	must(t, err)
	same(t, want, got)
}

func TestTornSnapshot(t *testing.T) {
	h := open(t)
	for n, torn := range []string{"BASE#0001", "TEXTS#0000"} {
		h.snapshot(t, n)
		_, err := h.client.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: &h.people.Table, Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: "SNAPSHOT#person#" + string(making(n).ID)}, "sk": &types.AttributeValueMemberS{Value: torn},
		}})
		must(t, err)
		_, err = h.people.Snapshot(t.Context(), csdn.People, true)
		refused(t, csdn.NotFound, err)
	}
}

func TestSnapshotsAreDroppedWithWhoIsConcealed(t *testing.T) {
	known := person(1)
	known.Safety = csdn.Open
	next := func(p csdn.Person, change func(*csdn.Person)) csdn.Person {
		p.Version++
		change(&p)
		return p
	}
	tests := map[string]struct {
		before  csdn.Person
		write   func(t *testing.T, h house, p csdn.Person) error
		dropped bool
	}{
		"an open one becomes careful":  {known, becoming(next(known, func(p *csdn.Person) { p.Safety = csdn.Careful })), true},
		"an open one becomes hidden":   {known, becoming(next(known, func(p *csdn.Person) { p.Safety = csdn.Hidden })), true},
		"a careful one becomes hidden": {person(1), becoming(next(person(1), func(p *csdn.Person) { p.Safety = csdn.Hidden })), true},
		"a careful one becomes open":   {person(1), becoming(next(person(1), func(p *csdn.Person) { p.Safety = csdn.Open })), false},
		"an open one moves":            {known, becoming(next(known, func(p *csdn.Person) { p.Country = "NE" })), false},
		"one is erased": {known, func(t *testing.T, h house, p csdn.Person) error {
			e, err := csdn.Erasure{ID: id[csdn.ErasureID](7), Status: csdn.ErasureRequested, Person: p.ID}.Begin(csdn.Caller{Account: "A1"}, noon)
			if err != nil {
				return err
			}
			rights := dynamo.Rights{
				Client: h.client, DirectoryTable: "DirectoryTable", PeopleTable: "PeopleTable",
				ParticipationTable: "ParticipationTable", OutboxTable: "OutboxTable",
			}
			return rights.BeginErasure(t.Context(), e, p, csdn.Account{})
		}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			must(t, h.people.PutPerson(t.Context(), csdn.Person{}, tt.before, change(1, 1)))
			h.snapshot(t, 1)
			must(t, h.people.BeginSnapshot(t.Context(), csdn.People, making(2), ""))
			must(t, tt.write(t, h, tt.before))
			_, err := h.people.Snapshot(t.Context(), csdn.People, true)
			finished := h.people.PutSnapshot(t.Context(), csdn.People, making(2).ID, csdn.Snapshot{At: noon, Base: noise(2, 10), Texts: []byte("Jana")})
			if !tt.dropped {
				must(t, err)
				must(t, finished)
				return
			}
			refused(t, csdn.NotFound, err)
			refused(t, csdn.Conflict, finished)
			must(t, h.people.SweepSnapshots(t.Context(), csdn.People))
			if n := h.pieces(t); n > 0 {
				t.Errorf("%d items of snapshots are left", n)
			}
		})
	}
}

func becoming(p csdn.Person) func(*testing.T, house, csdn.Person) error {
	return func(t *testing.T, h house, before csdn.Person) error {
		return h.people.PutPerson(t.Context(), before, p, change(2, p.Version))
	}
}

func TestTwoMakersDoNotMix(t *testing.T) {
	h := open(t)
	must(t, h.people.BeginSnapshot(t.Context(), csdn.People, making(1), ""))
	refused(t, csdn.Conflict, h.people.BeginSnapshot(t.Context(), csdn.People, making(2), ""))
	must(t, h.people.BeginSnapshot(t.Context(), csdn.People, making(2), making(1).ID))
	refused(t, csdn.Conflict, h.people.PutSnapshot(t.Context(), csdn.People, making(1).ID, csdn.Snapshot{At: noon, Base: []byte("one"), Texts: []byte("one")}))
	two := csdn.Snapshot{At: noon, Base: []byte("two"), Texts: []byte("two")}
	must(t, h.people.PutSnapshot(t.Context(), csdn.People, making(2).ID, two))
	got, err := h.people.Snapshot(t.Context(), csdn.People, true)
	must(t, err)
	same(t, two, got)
}

// TestSnapshotsReadWhileTheyChange: whoever reads has one snapshot or none, whatever is written, dropped and swept meanwhile.
func TestSnapshotsReadWhileTheyChange(t *testing.T) {
	h := open(t)
	var working sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		working.Go(func() {
			for read := 0; ; read++ {
				select {
				case <-done:
					return
				default:
				}
				s, err := h.people.Snapshot(t.Context(), csdn.People, true)
				if err != nil {
					refused(t, csdn.NotFound, err)
					continue
				}
				if want := fmt.Sprint("Jana ", s.Base[0]); string(s.Texts) != want || len(s.Base) != 400_000 {
					t.Errorf("a snapshot has %d bytes and the texts %q", len(s.Base), s.Texts)
				}
			}
		})
	}
	p := person(1)
	must(t, h.people.PutPerson(t.Context(), csdn.Person{}, p, change(0, 1)))
	for n := 1; n <= 12; n++ {
		base := noise(uint64(n), 400_000)
		base[0] = byte(n)
		must(t, h.people.BeginSnapshot(t.Context(), csdn.People, making(n), ""))
		must(t, h.people.PutSnapshot(t.Context(), csdn.People, making(n).ID, csdn.Snapshot{At: noon.Add(time.Duration(n)), Base: base, Texts: []byte(fmt.Sprint("Jana ", n))}))
		if n%3 == 0 {
			after := p
			after.Version, after.Safety = p.Version+1, csdn.Hidden
			if p.Safety == csdn.Hidden {
				after.Safety = csdn.Careful
			}
			must(t, h.people.PutPerson(t.Context(), p, after, change(n, after.Version)))
			p = after
		}
		must(t, h.people.SweepSnapshots(t.Context(), csdn.People))
	}
	close(done)
	working.Wait()
}

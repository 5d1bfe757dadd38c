package demo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Stores are the ports through which the demo network is written.
type Stores struct {
	Areas         csdn.AreaStore
	Phases        csdn.PhaseStore
	Organisations csdn.OrganisationStore
	People        csdn.PersonStore
	Accounts      csdn.AccountStore
	Meetings      csdn.MeetingStore
	Invitations   csdn.InvitationStore
}

// Write writes the demo network as At gives it into empty stores. Every record is new, with a change by the demo's
// secretariat, and no delivery is made. Conflict when the stores hold any of it already; what they hold is left as it is.
func Write(ctx context.Context, stores Stores, now time.Time) error {
	network, err := At(now)
	if err != nil {
		return err
	}
	t := &trail{at: now.UTC().Truncate(time.Second)}
	// Invitations are last: their transaction checks the meeting. The earliest go first, as the last one counts for whose turn it is.
	for _, stage := range [][]write{stores.records(network, t), {stores.attendance(network, t)}} {
		if err := together(ctx, stage); err != nil {
			return describe(err)
		}
	}
	return nil
}

// describe says what it means that a first version could not be written.
func describe(err error) error {
	if errors.Is(err, csdn.Conflict) || errors.Is(err, csdn.Stale) {
		return &csdn.Error{Kind: csdn.Conflict, Message: "The demo data go into empty tables; these are not.", Cause: err}
	}
	return err
}

// write is one write into one store.
type write func(context.Context) error

func (s Stores) records(n Network, t *trail) []write {
	var all []write
	add := func(what, id string, put write) {
		all = append(all, func(ctx context.Context) error {
			if err := put(ctx); err != nil {
				return fmt.Errorf("%s %s: %w", what, id, err)
			}
			return nil
		})
	}
	for _, a := range n.Areas {
		change := t.change("area.written", a.Facts())
		add("area", string(a.Slug), func(ctx context.Context) error { return s.Areas.PutArea(ctx, a, change) })
	}
	for _, p := range n.Phases {
		change := t.change("phase.created", p.Facts())
		add("phase", strconv.Itoa(int(p.Number)), func(ctx context.Context) error { return s.Phases.PutPhase(ctx, p, change) })
	}
	for _, o := range n.Organisations {
		change := t.change("organisation.created", o.Facts())
		add("organisation", string(o.ID), func(ctx context.Context) error { return s.Organisations.PutOrganisation(ctx, o, change) })
	}
	for _, p := range n.People {
		change := t.change("person.created", p.Facts())
		add("person", string(p.ID), func(ctx context.Context) error { return s.People.PutPerson(ctx, csdn.Person{}, p, change) })
	}
	for _, a := range n.Accounts {
		change := t.change("account.created", []csdn.Fact{{Field: "role", Value: string(a.Role)}, {Field: "organisation", Value: string(a.Organisation)}})
		add("account", string(a.ID), func(ctx context.Context) error { return s.Accounts.PutAccount(ctx, csdn.Account{}, a, change) })
	}
	for _, m := range n.Meetings {
		change := t.change("meeting.created", m.Facts())
		add("meeting", string(m.ID), func(ctx context.Context) error { return s.Meetings.PutMeeting(ctx, csdn.Meeting{}, m, change) })
	}
	return all
}

func (s Stores) attendance(n Network, t *trail) write {
	var acts []csdn.InvitationWrite
	for _, table := range n.Attendance {
		act := csdn.InvitationWrite{
			Meeting: table.Meeting.ID, MeetingVersion: table.Meeting.Version, Invitations: table.Invitations, Seating: &table.Seating,
		}
		for _, i := range table.Invitations {
			act.Sent = append(act.Sent, csdn.Guest{Person: i.Person, Organisation: i.Organisation, Phase: i.Phase, At: sentAt(table.Meeting)})
			change := t.change("invitation.attendance", i.Facts())
			act.Changes = append(act.Changes, csdn.InvitationChange{Person: i.Person, Change: change})
		}
		acts = append(acts, act)
	}
	return func(ctx context.Context) error {
		for _, act := range acts {
			if err := s.Invitations.WriteInvitations(ctx, act); err != nil {
				return err
			}
		}
		return nil
	}
}

// trail numbers the changes of the demo network.
type trail struct {
	at     time.Time
	number int
}

// change returns the next change, which makes a record of the facts.
func (t *trail) change(act csdn.Act, facts []csdn.Fact) csdn.Change {
	t.number++
	return csdn.Change{
		ID: identity[csdn.ChangeID](changeSeries, t.number), At: t.at, By: Secretariat, Act: act, Version: 1,
		Fields: csdn.Differences(nil, facts),
	}
}

// together makes the writes, eight at a time, and returns the first error, after which none is begun.
func together(ctx context.Context, writes []write) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	queue := make(chan write)
	var workers sync.WaitGroup
	for range 8 {
		workers.Go(func() {
			for w := range queue {
				if err := w(ctx); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, w := range writes {
		if ctx.Err() != nil {
			break
		}
		queue <- w
	}
	close(queue)
	workers.Wait()
	return context.Cause(ctx)
}

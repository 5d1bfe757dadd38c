package directory

import (
	"context"
	"errors"
	"maps"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Mergers merges two records of the same organisation into one, and undoes that. What refers to the one that goes is moved one by one;
// whoever dies on the way, the clock goes on where that one was.
type Mergers struct {
	Clerk
	Store         csdn.MergerStore
	Places        csdn.PersonMergerStore
	Organisations csdn.OrganisationStore
	Areas         csdn.AreaStore
	People        csdn.PersonStore
	Accounts      csdn.AccountStore
	Invitations   csdn.InvitationStore
	Meetings      csdn.MeetingStore
	Phases        csdn.PhaseStore
	Rotation      csdn.RotationStore
	Rolls         csdn.ClosingStore
	Feed          csdn.Feed // of people
}

// mergerActs are the acts of merging two records of a subject.
var mergerActs = map[csdn.Subject]csdn.Act{csdn.Organisations: "organisation.merged", csdn.People: "person.merged"}

// movesAtOnce is how many references a request moves itself.
const movesAtOnce = 50

// merging is what the merging of two records of one subject does.
type merging interface {
	// compare returns the two side by side.
	compare(ctx context.Context, keep, absorb string) (csdn.Pair, error)
	// start writes the beginning.
	start(ctx context.Context, caller csdn.Caller, o csdn.MergerOrder, m csdn.Merger) error
	// moves returns what is still to be moved, or moved back.
	moves(ctx context.Context, m csdn.Merger) ([]move, error)
	// undo writes the beginning of the undoing, and returns the merger as it then is.
	undo(ctx context.Context, caller csdn.Caller, m csdn.Merger) (csdn.Merger, error)
	// names returns what the records are called, of those that there are.
	names(ctx context.Context, ids []string) (map[string]string, error)
	// release writes that the merger is no longer at work on its records.
	release(ctx context.Context, m csdn.Merger) error
}

// move is the moving of one reference.
type move struct {
	kind  csdn.Reference
	write func(ctx context.Context) error
}

// of returns what merges records of the subject. Invalid for one of which none can be.
func (d Mergers) of(subject csdn.Subject) (merging, error) {
	switch subject {
	case csdn.Organisations:
		return organisationMergers{d}, nil
	case csdn.People:
		return personMergers{d}, nil
	}
	return nil, misordered("subject", "is not one of which records can be merged")
}

// misordered is what an order is told that names what cannot be.
func misordered(location, message string) error {
	return &csdn.Error{Kind: csdn.Invalid, Message: "The merger breaks a rule; errors says which.", Fields: []csdn.Field{{Location: location, Message: message}}}
}

// overtaken is what whoever lost against another change of one of the records is told.
func overtaken(err error) error {
	if errors.Is(err, csdn.Stale) {
		return csdn.Errorf(csdn.Conflict, "One of the two was changed at this very moment; look at both and ask again.")
	}
	return err
}

// Compare returns two records side by side, as they would be merged.
func (d Mergers) Compare(ctx context.Context, caller csdn.Caller, subject csdn.Subject, keep, absorb string) (csdn.Pair, error) {
	kind, err := d.may(caller, subject)
	if err != nil {
		return csdn.Pair{}, err
	}
	return kind.compare(ctx, keep, absorb)
}

// Start begins a merger: from then on the one record is no longer found, and leads to the other. What refers to it is moved by GoOn and
// by the clock. Invalid for what is no record or field; Conflict for a record that is being merged, or was merged or archived; Stale
// when one of the two is no longer as it was compared.
func (d Mergers) Start(ctx context.Context, caller csdn.Caller, o csdn.MergerOrder) (csdn.Merger, error) {
	kind, err := d.may(caller, o.Subject)
	if err != nil {
		return csdn.Merger{}, err
	}
	if o.Keep == o.Absorb {
		return csdn.Merger{}, misordered("absorb", "names the record that is to stay; name another")
	}
	m := csdn.NewMerger(csdn.MergerID(d.NewID()), o, caller.Account, d.Now())
	return m, kind.start(ctx, caller, o, m)
}

func (d Mergers) may(caller csdn.Caller, subject csdn.Subject) (merging, error) {
	if _, err := permit(caller, "merger.read"); err != nil {
		return nil, err
	}
	kind, err := d.of(subject)
	if err != nil {
		return nil, err
	}
	_, err = permit(caller, mergerActs[subject])
	return kind, err
}

// List returns a page of all mergers, the newest first.
func (d Mergers) List(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.Merger], error) {
	if _, err := permit(caller, "merger.read"); err != nil {
		return csdn.Page[csdn.Merger]{}, err
	}
	all, err := d.Store.Mergers(ctx)
	if err != nil {
		return csdn.Page[csdn.Merger]{}, err
	}
	return csdn.Paginate(all, "mergers", func(m csdn.Merger) string { return string(m.ID) }, page)
}

// Read returns one merger.
func (d Mergers) Read(ctx context.Context, caller csdn.Caller, id csdn.MergerID) (csdn.Merger, error) {
	if _, err := permit(caller, "merger.read"); err != nil {
		return csdn.Merger{}, err
	}
	return d.Store.Merger(ctx, id)
}

// Names returns what the records of mergers are called, by their ids, of those that there still are.
func (d Mergers) Names(ctx context.Context, caller csdn.Caller, mergers []csdn.Merger) (map[string]string, error) {
	if _, err := permit(caller, "merger.read"); err != nil {
		return nil, err
	}
	ids := map[csdn.Subject][]string{}
	for _, m := range mergers {
		ids[m.Subject] = append(ids[m.Subject], m.Keep, m.Absorb)
	}
	all := map[string]string{}
	for subject, some := range ids {
		kind, err := d.of(subject)
		if err != nil {
			return nil, err
		}
		names, err := kind.names(ctx, some)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, names)
	}
	return all, nil
}

// Undo parts the two records again, within 30 days, and begins to move back what still stands where the merger put it; the clock goes on
// with that. A field that somebody changed since stays as it is. Asked again, it goes on too. Conflict while the merger is not done,
// when it is too late, and when one of the two was merged further since.
func (d Mergers) Undo(ctx context.Context, caller csdn.Caller, id csdn.MergerID) (csdn.Merger, error) {
	if _, err := permit(caller, "merger.undone"); err != nil {
		return csdn.Merger{}, err
	}
	m, err := d.Store.Merger(ctx, id)
	if err != nil {
		return m, err
	}
	kind, err := d.of(m.Subject)
	if err != nil {
		return m, err
	}
	if m.Status != csdn.MergerUndoing && m.Status != csdn.MergerUndone {
		others, err := d.Store.Mergers(ctx)
		if err != nil {
			return m, err
		}
		if m, err = m.Undo(others, d.Now()); err != nil {
			return m, err
		}
		if m, err = kind.undo(ctx, caller, m); err != nil {
			return m, overtaken(err)
		}
	}
	return d.goOn(ctx, m, movesAtOnce, d.Now().Add(stint))
}

// GoOn moves some of what is left of a merger that the caller has begun, and returns it as it then is.
func (d Mergers) GoOn(ctx context.Context, caller csdn.Caller, id csdn.MergerID) (csdn.Merger, error) {
	m, err := d.Read(ctx, caller, id)
	if err != nil {
		return m, err
	}
	return d.goOn(ctx, m, movesAtOnce, d.Now().Add(stint))
}

// CarryOn goes on with every merger on which something is left to do, for half a minute, and returns how many there were.
func (d Mergers) CarryOn(ctx context.Context) (int, error) {
	mergers, err := d.Store.Mergers(ctx)
	if err != nil {
		return 0, err
	}
	until, carried := d.Now().Add(stint), 0
	for _, m := range mergers {
		var failed error
		switch {
		case m.Working():
			_, failed = d.goOn(ctx, m, -1, until)
		case m.Lapsed(d.Now()):
			failed = d.lapse(ctx, m)
		default:
			continue
		}
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		carried++
	}
	return carried, err
}

// goOn moves references, at most so many unless that is negative, and no longer than until; each is counted in the transaction that
// moves it. It ends the merger when nothing is left and nobody can be writing a reference who does not know of it. Whatever
// another changes at that moment is left for the next time.
func (d Mergers) goOn(ctx context.Context, m csdn.Merger, most int, until time.Time) (csdn.Merger, error) {
	kind, err := d.of(m.Subject)
	if err != nil {
		return m, err
	}
	for m.Working() {
		settled := m.Settled(d.Now())
		left, err := kind.moves(ctx, m)
		if err != nil {
			return m, err
		}
		if len(left) == 0 {
			if !settled {
				return m, nil
			}
			return d.end(ctx, kind, m)
		}
		moved := 0
		for _, one := range left {
			if most == 0 || !d.Now().Before(until) {
				return m, nil
			}
			next := m.Advance(one.kind)
			switch err := d.Store.WriteMerger(ctx, next, one.write); {
			case errors.Is(err, csdn.Stale):
				present, err := d.Store.Merger(ctx, m.ID)
				if err != nil || present.Version != m.Version { // another goes on with it
					return present, err
				}
			case err != nil:
				return m, err
			default:
				m, most, moved = next, most-1, moved+1
			}
		}
		if moved == 0 {
			return m, nil
		}
	}
	return m, nil
}

// end writes that nothing is left to do.
func (d Mergers) end(ctx context.Context, kind merging, m csdn.Merger) (csdn.Merger, error) {
	finished := m.Finish(d.Now())
	err := d.Store.WriteMerger(ctx, finished, func(ctx context.Context) error { return kind.release(ctx, m) })
	if errors.Is(err, csdn.Stale) { // another was first
		return d.Store.Merger(ctx, m.ID)
	}
	if err != nil {
		return m, err
	}
	return finished, nil
}

package directory

import (
	"context"
	"errors"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// whole returns the erasure of whoever the person is by now, and of all whose records went into that one's. Conflict while a merger is at
// work on it: what it is moving would be missed.
func (d Rights) whole(ctx context.Context, e csdn.Erasure) (csdn.Erasure, csdn.Person, error) {
	asked, named := e.Person, e.Absorbed
	p, err := standingPerson(ctx, d.People, asked)
	if unlessAbsent(err) != nil {
		return e, p, err
	}
	if err := settledPerson(p); err != nil {
		return e, p, err
	}
	if p.ID != "" {
		e.Person = p.ID
	}
	absorbed, err := d.Store.Absorbed(ctx, e.Person)
	e.Absorbed = nil
	for _, id := range once(slices.Concat(absorbed, named, []csdn.PersonID{asked})) {
		if id != e.Person {
			e.Absorbed = append(e.Absorbed, id)
		}
	}
	return e, p, err
}

// asked returns the erasure that somebody asked for who is one of those, or else a new one of the last of them.
func (d Rights) asked(ctx context.Context, people []csdn.PersonID) (e csdn.Erasure, err error) {
	for _, id := range people {
		if e, err = d.Store.ErasureOfPerson(ctx, id); !errors.Is(err, csdn.NotFound) {
			return e, err
		}
	}
	return csdn.Erasure{ID: csdn.ErasureID(d.NewID()), Status: csdn.ErasureRequested, Person: people[len(people)-1]}, nil
}

// erasable returns the person to be erased, and the version of that one's record that answers to what was read: of a record that was
// merged into another, whoever that is.
func (d Rights) erasable(ctx context.Context, id csdn.PersonID, read csdn.Version) (csdn.Person, csdn.Version, error) {
	p, err := standingPerson(ctx, d.People, id)
	if err != nil || p.ID == id {
		return p, read, err
	}
	_, left, err := d.People.MergedInto(ctx, id)
	if err == nil {
		err = matches(read, left)
	}
	return p, p.Version, err
}

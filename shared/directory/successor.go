package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// successor returns whose record somebody's is by now, who may still be the same: the one that it was merged into, however often.
func successor(ctx context.Context, store csdn.PersonStore, id csdn.PersonID) (csdn.PersonID, error) {
	for {
		into, _, err := store.MergedInto(ctx, id)
		if err != nil {
			return id, unlessAbsent(err)
		}
		id = into
	}
}

// standingPerson returns a person, or the one whose record that one's was merged into.
func standingPerson(ctx context.Context, store csdn.PersonStore, id csdn.PersonID) (csdn.Person, error) {
	for {
		p, err := store.Person(ctx, id)
		if !errors.Is(err, csdn.NotFound) {
			return p, err
		}
		into, _, moved := store.MergedInto(ctx, id)
		if moved != nil {
			return p, errors.Join(unlessAbsent(moved), err)
		}
		id = into
	}
}

// located returns the invitation of a person, wherever it is by now: while records are merged it may still be where it was.
func located(ctx context.Context, store csdn.InvitationStore, people csdn.PersonStore, meeting csdn.MeetingID, person csdn.PersonID) (csdn.Invitation, error) {
	for {
		i, err := store.Invitation(ctx, meeting, person)
		if !errors.Is(err, csdn.NotFound) {
			return i, err
		}
		into, _, moved := people.MergedInto(ctx, person)
		if moved != nil {
			return i, errors.Join(unlessAbsent(moved), err)
		}
		person = into
	}
}

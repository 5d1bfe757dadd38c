// The function clock does what is due, as a schedule tells it: it ends unanswered invitations and lets offers lapse, goes on with
// erasures that were broken off, forgets who was invited when the time of keeping that is over, and asks organisations once a year
// whether all is right. It opens the invitations, their meetings, the organisations and, for erasures and the asking, the people.
package main

import (
	"context"
	"errors"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Tick(tick) }

func tick(e *boot.Environment) func(context.Context) (int, error) {
	network, people, store := e.Directory(), e.People(), e.Rights()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	invitations := directory.Invitations{Clerk: clerk, Store: e.Participation(), Meetings: network, Pause: e.Pause}
	rights := directory.Rights{Clerk: clerk, Store: store, Phases: network, Invitations: invitations}
	retention := directory.Retention{Clerk: clerk, Store: store, Phases: network, Meetings: network}
	renewals := directory.Renewals{
		Clerk: clerk, Store: e.Renewals(), Organisations: network, People: people, Accounts: people,
		Roster: &directory.Roster{Feed: people, Now: e.Now},
	}
	return func(ctx context.Context) (int, error) {
		due, err := invitations.DoDue(ctx)
		erased, failed := rights.GoOn(ctx)
		forgotten, kept := retention.Forget(ctx)
		asked, unasked := renewals.Ask(ctx)
		return due + erased + forgotten + asked, errors.Join(err, failed, kept, unasked)
	}
}

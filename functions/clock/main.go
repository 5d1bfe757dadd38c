// The function clock does what is due, as a schedule tells it: it ends unanswered invitations and lets offers lapse, goes on with
// erasures that were broken off, and forgets who was invited when the time of keeping that is over. It opens the invitations, their
// meetings and, for erasures, the people.
package main

import (
	"context"
	"errors"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Tick(tick) }

func tick(e *boot.Environment) func(context.Context) (int, error) {
	network, store := e.Directory(), e.Rights()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	invitations := directory.Invitations{Clerk: clerk, Store: e.Participation(), Meetings: network, Pause: e.Pause}
	rights := directory.Rights{Clerk: clerk, Store: store, Phases: network, Invitations: invitations}
	retention := directory.Retention{Clerk: clerk, Store: store, Phases: network, Meetings: network}
	return func(ctx context.Context) (int, error) {
		due, err := invitations.DoDue(ctx)
		erased, failed := rights.GoOn(ctx)
		forgotten, kept := retention.Forget(ctx)
		return due + erased + forgotten, errors.Join(err, failed, kept)
	}
}

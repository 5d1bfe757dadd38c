// The function clock does what is due, as a schedule tells it: it ends unanswered invitations and lets offers lapse, goes on with
// erasures that were broken off, forgets who was invited when the time of keeping that is over, asks organisations once a year whether
// all is right, and keeps the snapshots that searches begin with. It opens the invitations, their meetings, the organisations and the
// people.
package main

import (
	"context"
	"errors"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
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
		Finder: &directory.Finder{Subject: csdn.People, Feed: people, Snapshots: people, Now: e.Now},
		Zone:   csdn.Zone(e.Text("NETWORK_ZONE")),
	}
	snapshots := directory.Snapshots{
		Clerk: clerk, Feeds: map[csdn.Subject]directory.SnapshotTable{csdn.Organisations: network, csdn.People: people},
	}
	return func(ctx context.Context) (int, error) {
		due, err := invitations.DoDue(ctx)
		erased, failed := rights.GoOn(ctx)
		forgotten, kept := retention.Forget(ctx)
		asked, unasked := renewals.Ask(ctx)
		made, left := snapshots.Renew(ctx)
		return due + erased + forgotten + asked + made, errors.Join(err, failed, kept, unasked, left)
	}
}

package directory

import (
	"context"
	"errors"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

const (
	// SnapshotFrom is how many cards there are at least in a snapshot: fewer are as soon read from the feed.
	SnapshotFrom = 250
	// snapshotEvery is how old a snapshot gets. Whoever starts reads from the feed what was written meanwhile.
	snapshotEvery = time.Hour
)

// Snapshots makes the snapshots that searches begin with.
type Snapshots struct {
	Clerk
	Feeds map[csdn.Subject]SnapshotTable
}

// SnapshotTable tells of the cards of a subject, and keeps their snapshot.
type SnapshotTable interface {
	csdn.Feed
	csdn.SnapshotStore
}

// Renew sweeps away what is left of earlier snapshots and does the next step to those that are due: it says that one will be made, or,
// called again when that was a while ago, makes it. Who was concealed just before the beginning is then out of the feed for certain, and
// whoever is since stops the making. It returns how many were made.
func (d Snapshots) Renew(ctx context.Context) (int, error) {
	var failed error
	made := 0
	for subject, table := range d.Feeds {
		done, err := d.renew(ctx, subject, table)
		if done {
			made++
		}
		if !errors.Is(err, csdn.Conflict) { // it was dropped, or another makes it: the next time
			failed = errors.Join(failed, err)
		}
	}
	return made, failed
}

func (d Snapshots) renew(ctx context.Context, subject csdn.Subject, table SnapshotTable) (made bool, err error) {
	if err := table.SweepSnapshots(ctx, subject); err != nil {
		return false, err
	}
	newest, begun, err := table.SnapshotState(ctx, subject)
	if err != nil {
		return false, err
	}
	now := d.Now()
	next := csdn.Making{ID: csdn.SnapshotID(d.NewID()), Since: begun.Since}
	switch {
	case begun.ID == "" && now.Sub(newest) < snapshotEvery:
		return false, nil
	case begun.ID == "":
		next.Since = now
		return false, table.BeginSnapshot(ctx, subject, next, "")
	case now.Sub(begun.Since) < overlap:
		return false, nil
	}
	// Under an id of its own, so that two who make it at a time do not mix their chunks.
	if err := table.BeginSnapshot(ctx, subject, next, begun.ID); err != nil {
		return false, err
	}
	cards, err := table.Cards(ctx, subject)
	if err != nil {
		return false, err
	}
	index := search.New()
	index.Apply(cards...)
	s := csdn.Snapshot{At: now}
	if index.Len() >= SnapshotFrom {
		s.Base, s.Texts = index.Snapshot()
	}
	return s.Base != nil, table.PutSnapshot(ctx, subject, next.ID, s)
}

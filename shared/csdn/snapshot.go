package csdn

import (
	"context"
	"time"
)

// Snapshot is all cards of a subject as a search holds them, so that a function need not read the whole feed when it starts.
// Only package search can read its parts.
type Snapshot struct {
	At    time.Time // the feed tells what came later
	Base  []byte    // what every search needs
	Texts []byte    // what searches for words need besides
}

// Snapshots gives snapshots to those who search.
type Snapshots interface {
	// Snapshot returns the newest of the subject, without Texts unless they are asked for. NotFound when there is none, or a part of it
	// is missing.
	Snapshot(ctx context.Context, subject Subject, texts bool) (Snapshot, error)
}

// SnapshotID names a snapshot. It is a ULID.
type SnapshotID string

// Making is a snapshot that is to be made, or is being made.
type Making struct {
	ID    SnapshotID
	Since time.Time // nothing was dropped after it
}

// SnapshotStore keeps the newest snapshot of a subject, beside the records that it is made of. A write that takes a person out of what
// others may find drops that of people in the same transaction (PersonStore, ErasureStore): nobody reads it from then on, and one
// that is being made is not finished.
type SnapshotStore interface {
	// SnapshotState returns when the newest was made and what is being made; zero for none.
	SnapshotState(ctx context.Context, subject Subject) (newest time.Time, making Making, err error)
	// BeginSnapshot says that one is to be made, instead of another or, with "", of none. Conflict when another is to be made by now.
	BeginSnapshot(ctx context.Context, subject Subject, m Making, instead SnapshotID) error
	// PutSnapshot makes the one that was begun the newest; an empty one says that none is needed. Conflict when snapshots were
	// dropped or another was begun since: nothing of it stays then.
	PutSnapshot(ctx context.Context, subject Subject, id SnapshotID, s Snapshot) error
	// SweepSnapshots removes what is left of those that were replaced, dropped or never finished.
	SweepSnapshots(ctx context.Context, subject Subject) error
}

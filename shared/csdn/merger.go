package csdn

import (
	"context"
	"maps"
	"slices"
	"time"
)

// Merger is the merging of two records that are of one and the same subject: Keep stays, and what referred to Absorb refers to Keep. It
// holds ids alone.
type Merger struct {
	ID        MergerID
	Subject   Subject
	Keep      string   // the record that stays
	Absorb    string   // the record that went into it
	Taken     []string // the fields in which the record that stays says what the other said
	Joined    []string // the lists in which it says what both said
	Status    MergerStatus
	By        AccountID // in whose name references are moved
	Moved     References
	Returned  References // moved back since
	Left      []string   // the fields that were not put back, as somebody had changed them since
	Holding   bool       // whether addresses are held for the case that it is undone
	StartedAt time.Time
	DoneAt    time.Time
	UndoneAt  time.Time
	Until     time.Time // when it can be undone no longer
	Version   Version
}

// MergerSubjects lists the subjects of which records can be merged.
func MergerSubjects() []Subject { return []Subject{Organisations, People} }

// MergerStatus is where a merger stands: running → done → undoing → undone.
type MergerStatus string

// The statuses of a merger.
const (
	MergerRunning MergerStatus = "running"
	MergerDone    MergerStatus = "done"
	MergerUndoing MergerStatus = "undoing"
	MergerUndone  MergerStatus = "undone"
)

// MergerStatuses lists the statuses of a merger.
func MergerStatuses() []MergerStatus {
	return []MergerStatus{MergerRunning, MergerDone, MergerUndoing, MergerUndone}
}

// Reference is a kind of item that refers to a record.
type Reference string

// The references that a merger moves.
const (
	PersonReference     Reference = "people"
	AccountReference    Reference = "accounts"
	InvitationReference Reference = "invitations"
	GuestReference      Reference = "tallies" // of who was invited how often
	RollReference       Reference = "rolls"   // of who took part in a phase
	TrailReference      Reference = "trails"  // what lies with an invitation, where that is more than one step takes
)

// References counts items that refer to a record, by their kind.
type References map[Reference]int

// plus returns the counts with one more of the kind.
func (r References) plus(kind Reference) References {
	sum := maps.Clone(r)
	if sum == nil {
		sum = References{}
	}
	sum[kind]++
	return sum
}

// mergerKept is for how long a merger can be undone.
const mergerKept = 30 * 24 * time.Hour

// mergerSettles is how long after the start of a merger a reference may still be written by somebody who does not know of it yet: as
// long as the longest of all functions may work on one thing.
const mergerSettles = 2 * time.Minute

// MergerOrder asks for a merger. The versions are those that were compared.
type MergerOrder struct {
	Subject                    Subject
	Keep, Absorb               string
	KeepVersion, AbsorbVersion Version
	Take, Join                 []string // fields; see Merger
}

// NewMerger returns the merger of an order that is begun.
func NewMerger(id MergerID, o MergerOrder, by AccountID, at time.Time) Merger {
	return Merger{
		ID: id, Subject: o.Subject, Keep: o.Keep, Absorb: o.Absorb, Taken: o.Take, Joined: o.Join, Status: MergerRunning, By: by,
		StartedAt: at, Until: at.Add(mergerKept), Version: 1,
	}
}

// Working reports whether something is left to be moved.
func (m Merger) Working() bool { return m.Status == MergerRunning || m.Status == MergerUndoing }

// Settled reports whether all know of the merger who write references. What is undone needs not wait: who does not know of that writes
// what stays where it is.
func (m Merger) Settled(at time.Time) bool {
	return m.Status != MergerRunning || !at.Before(m.StartedAt.Add(mergerSettles))
}

// Lapsed reports whether what was kept to undo the merger is to go.
func (m Merger) Lapsed(at time.Time) bool {
	return m.Holding && m.Status == MergerDone && !at.Before(m.Until)
}

// Names reports whether the merger is about a record.
func (m Merger) Names(id string) bool { return m.Keep == id || m.Absorb == id }

// Advance returns the merger with one more reference moved, or moved back.
func (m Merger) Advance(kind Reference) Merger {
	m.Version++
	if m.Status == MergerUndoing {
		m.Returned = m.Returned.plus(kind)
		return m
	}
	m.Moved = m.Moved.plus(kind)
	return m
}

// Finish returns the merger with nothing left to do.
func (m Merger) Finish(at time.Time) Merger {
	m.Version++
	if m.Status == MergerUndoing {
		m.Status, m.UndoneAt = MergerUndone, at
		return m
	}
	m.Status, m.DoneAt = MergerDone, at
	return m
}

// Undo returns the merger as it begins to be undone. Conflict unless it is done, when the time for that is over, and when one of others,
// which are all there are, has since changed one of its records.
func (m Merger) Undo(others []Merger, at time.Time) (Merger, error) {
	switch {
	case m.Status == MergerRunning:
		return m, Errorf(Conflict, "The merger is not done yet; wait until it is, and undo it then.")
	case m.Status != MergerDone:
		return m, Errorf(Conflict, "The merger is %s already.", m.Status)
	case !at.Before(m.Until):
		return m, Errorf(Conflict, "A merger can be undone for 30 days, and those are over; change the records by hand.")
	}
	for _, o := range others {
		since := o.ID > m.ID && o.Status != MergerUndone
		if since && o.Subject == m.Subject && (o.Names(m.Keep) || o.Names(m.Absorb)) {
			return m, Errorf(Conflict, "One of the two was merged further since; undo merger %s first.", o.ID)
		}
	}
	m.Status, m.Version = MergerUndoing, m.Version+1
	return m, nil
}

// Absorbed returns the records that went into those, be it by others that did, of the mergers that are not undone.
func Absorbed[ID ~string](subject Subject, into []ID, mergers []Merger) []ID {
	var found []ID
	for reached := into; len(reached) > 0; {
		var next []ID
		for _, m := range mergers {
			if m.Subject == subject && (m.Status == MergerRunning || m.Status == MergerDone) && slices.Contains(reached, ID(m.Keep)) {
				next = append(next, ID(m.Absorb))
			}
		}
		found, reached = append(found, next...), next
	}
	return found
}

// Pair is two records side by side, as a merger would make one of them. References are what would be moved.
type Pair struct {
	Keep, Absorb MergerSide
	Fields       []MergerField
	References   References
}

// MergerSide is one of the two records.
type MergerSide struct {
	ID      string
	Name    string
	Version Version
}

// MergerField is a field in which the two differ, with what each says. Joins tells whether it is a list, so that both can be kept.
type MergerField struct {
	Comparison
	Joins bool
}

// MergerStore keeps mergers.
type MergerStore interface {
	// Mergers returns every merger, the newest first, consistently read.
	Mergers(ctx context.Context) ([]Merger, error)
	// Merger returns one, consistently read. NotFound.
	Merger(ctx context.Context, id MergerID) (Merger, error)
	// WriteMerger writes the merger at m.Version together with whatever write writes, through any store, in one transaction. Stale when
	// the stored version is not the one before, Conflict when version 1 exists; and whatever refuses what write writes.
	WriteMerger(ctx context.Context, m Merger, write func(ctx context.Context) error) error
	// PutOrganisationsBefore keeps both organisations as they were before the merger, until it can be undone no longer.
	PutOrganisationsBefore(ctx context.Context, m Merger, keep, absorb Organisation) error
	// OrganisationsBefore returns them. NotFound when they are kept no longer.
	OrganisationsBefore(ctx context.Context, m Merger) (keep, absorb Organisation, err error)
	// ReleaseOrganisations takes back that the merger is at work on its organisations, and leaves their versions as they are: nobody
	// writes them while it is.
	ReleaseOrganisations(ctx context.Context, m Merger) error
	// PutGuest writes of which organisation a guest is counted, and by which mergers it came to be. Stale when it is another than
	// before, or when nobody counts the guest.
	PutGuest(ctx context.Context, before, after Guest) error
	// PutRoll writes a roll at r.Version. Stale when the stored version is not the one before.
	PutRoll(ctx context.Context, r Roll) error
}

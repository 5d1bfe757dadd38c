package csdn

import (
	"context"
	"maps"
	"time"
)

// ErasureStatus is where an erasure stands: requested → begun → done. One that nobody asked for begins at once.
type ErasureStatus string

// The statuses of an erasure.
const (
	ErasureRequested ErasureStatus = "requested"
	ErasureBegun     ErasureStatus = "begun"
	ErasureDone      ErasureStatus = "done"
)

// Trace is a kind of item that tells of a person.
type Trace string

// The traces that an erasure counts.
const (
	ProfileTrace    Trace = "profiles"
	AccountTrace    Trace = "accounts"
	TokenTrace      Trace = "tokens"
	ChangeTrace     Trace = "changes"
	InvitationTrace Trace = "invitations"
	LinkTrace       Trace = "links"
	DeliveryTrace   Trace = "deliveries"
	OtherTrace      Trace = "others" // whatever else lay with the profile or the account
)

// Traces counts items by their kind.
type Traces map[Trace]int

// Plus returns the sum of both.
func (t Traces) Plus(more Traces) Traces {
	sum := maps.Clone(t)
	if sum == nil {
		sum = Traces{}
	}
	for kind, n := range more {
		sum[kind] += n
	}
	return sum
}

// Erasure is a request for erasure (GDPR, Article 17) and, once it is done, the certificate of it. It holds ids alone. That of the
// person stays: it leads to nothing any more, and it tells what to erase anew when a table is restored from a time before.
type Erasure struct {
	ID          ErasureID
	Status      ErasureStatus
	Person      PersonID   // who is erased; "" when the account that asks has no record of a person
	Absorbed    []PersonID // whose records were merged into that of the person, and are erased too
	Account     AccountID  // that asked, and is erased too; "" when none did
	RequestedAt time.Time
	BegunAt     time.Time
	DoneAt      time.Time
	By          AccountID // that decided
	Token       TokenID   // by which it did; "" when a person did who had signed in
	Traces      Traces    // removed so far
	Version     Version
}

// People returns all whose records are erased.
func (e Erasure) People() []PersonID {
	if e.Person == "" {
		return nil
	}
	return append([]PersonID{e.Person}, e.Absorbed...)
}

// Begin returns the erasure begun. Conflict unless it is requested, and for the account of whoever decides: that is for another.
func (e Erasure) Begin(by Caller, at time.Time) (Erasure, error) {
	if e.Status != ErasureRequested {
		return e, Errorf(Conflict, "The erasure is %s already.", e.Status)
	}
	if e.Account == by.Account {
		return e, Errorf(Conflict, "Nobody decides on the own request; another of the secretariat can.")
	}
	e.Status, e.By, e.Token, e.BegunAt, e.Version = ErasureBegun, by.Account, by.Token, at, e.Version+1
	return e, nil
}

// Removed returns the erasure with more traces counted as removed.
func (e Erasure) Removed(more Traces) Erasure {
	e.Traces, e.Version = e.Traces.Plus(more), e.Version+1
	return e
}

// settlingTime is how long after an erasure something may still be written that was decided before it.
const settlingTime = 10 * time.Minute

// Settles reports whether whatever was decided before the erasure has been written, so that it can be looked at for the last time.
func (e Erasure) Settles(at time.Time) bool {
	return e.Status == ErasureDone && !at.Before(e.DoneAt.Add(settlingTime))
}

// Finish returns the erasure done, as nothing is left.
func (e Erasure) Finish(at time.Time) Erasure {
	e.Status, e.DoneAt, e.Version = ErasureDone, at, e.Version+1
	return e
}

// Remainder returns what stays of the invitation of somebody who is erased, so that the meeting, which has begun, counts as
// before: no organisation, no words, no times, and an id that is nobody's. chance is a new ULID, of which the part that tells the
// time is not used. ok is false where nothing counts.
func (i Invitation) Remainder(m Meeting, chance string, at time.Time) (rest Invitation, ok bool) {
	const timeOf = 10 // characters of a ULID
	if _, counts := i.Outcome(); !counts || at.Before(m.StartsAt()) || m.Status == MeetingCancelled {
		return Invitation{}, false
	}
	rest = Invitation{
		Meeting: m.ID, Person: PersonID(string(m.ID)[:timeOf] + chance[timeOf:]), Phase: i.Phase, Category: i.Category,
		Areas: i.Areas, Mode: i.Mode, Status: i.Status, Erased: true, Version: 1,
	}
	if !i.RespondedAt.IsZero() {
		rest.RespondedAt = m.StartsAt()
	}
	return rest, true
}

// ErasureStore keeps erasures and removes what is stored about a person. What removes takes the erasure as it is stored, removes as
// much as one transaction holds and counts it in that same transaction; it returns the erasure as it then is, and whether there is
// more. Each is Stale when another has gone on with the same erasure, Unavailable when it lost against others.
type ErasureStore interface {
	// Erasures returns every request and certificate, the newest first.
	Erasures(ctx context.Context) ([]Erasure, error)
	// Erasure returns one, consistently read. NotFound.
	Erasure(ctx context.Context, id ErasureID) (Erasure, error)
	// ErasureOfPerson returns that of a person which is not done. NotFound.
	ErasureOfPerson(ctx context.Context, id PersonID) (Erasure, error)
	// ErasureByAccount returns the one that an account asked for. NotFound.
	ErasureByAccount(ctx context.Context, id AccountID) (Erasure, error)
	// BegunErasures returns those that are begun and not settled.
	BegunErasures(ctx context.Context) ([]Erasure, error)
	// RequestErasure stores a request. Conflict when its account, or its person, has one.
	RequestErasure(ctx context.Context, e Erasure) error
	// BeginErasure stores the erasure as begun, and empties the records in the same transaction: from then on nobody finds
	// the person, whose card in the feed is forgotten a week later, or the account. An import of people that is running stops,
	// and the files of all such imports are removed, as they may hold the person. A zero record is none. Unavailable when it lost against others. Conflict for an
	// account without a person when the one that decided does not keep accounts at that moment: so two that delete each
	// other leave one.
	BeginErasure(ctx context.Context, e Erasure, p Person, a Account) error
	// EraseRecords removes what lies with the profile and the account: trails, tokens, sessions, receipts of requests, the
	// tally of invitations, and whatever else.
	EraseRecords(ctx context.Context, e Erasure) (Erasure, bool, error)
	// Absorbed returns whose records were merged into that of the person, be it by way of others.
	Absorbed(ctx context.Context, id PersonID) ([]PersonID, error)
	// Invited returns the person's invitations to those of the meetings that have one, consistently read.
	Invited(ctx context.Context, id PersonID, meetings []MeetingID) ([]Invitation, error)
	// EraseInvitation removes what lies with an invitation, and in the end the invitation, in whose place it leaves the
	// remainder; nil for none. The receipts of all requests on the meeting go too, as their answers may name the person.
	EraseInvitation(ctx context.Context, e Erasure, i Invitation, remainder *Invitation) (Erasure, bool, error)
	// FinishErasure stores the certificate.
	FinishErasure(ctx context.Context, e Erasure) error
	// SettleErasure takes one that is done from BegunErasures.
	SettleErasure(ctx context.Context, e Erasure) error
}

package csdn

import (
	"context"
	"time"
)

// ReturnKind is why mail to an address is of no use.
type ReturnKind string

// The kinds: the address does not take mail for good, or its owner calls what came unwanted.
const (
	Bounced    ReturnKind = "bounce"
	Complained ReturnKind = "complaint"
)

// ReturnKinds lists the kinds.
func ReturnKinds() []ReturnKind { return []ReturnKind{Bounced, Complained} }

// MailReturn is what the mail service tells of an address. What passes by itself, such as a full mailbox, is none.
type MailReturn struct {
	Email string
	Kind  ReturnKind
	At    time.Time
}

// Undeliverable says since when, and why, nothing is sent to the address of a person. Zero while mail goes there.
type Undeliverable struct {
	Kind ReturnKind
	At   time.Time
}

// IsZero reports whether mail goes to the address.
func (u Undeliverable) IsZero() bool { return u.Kind == "" }

// Return returns the person with the note that mail to the address came back; the first note stays. Conflict when it is there
// already, or when the address is another by now.
func (p Person) Return(r MailReturn, now time.Time) (Person, error) {
	if cleanEmail(r.Email) != p.Email || !p.Undeliverable.IsZero() {
		return p, Errorf(Conflict, "Nothing is to be noted of this address.")
	}
	p.Undeliverable = Undeliverable{Kind: r.Kind, At: r.At}
	p.UpdatedAt, p.Version = now, p.Version+1
	return p, nil
}

// Readdress returns the person without the note of undeliverable mail when the address is another than before: of a new one nothing
// bad is known.
func (p Person) Readdress(before Person) Person {
	if p.Email != before.Email {
		p.Undeliverable = Undeliverable{}
	}
	return p
}

// Facts returns the person as it stands in the audit trail.
func (p Person) Facts() []Fact {
	return append(p.PersonProfile.Facts(), Fact{"undeliverable", string(p.Undeliverable.Kind)})
}

// AddressBook keeps people, and finds them by their addresses.
type AddressBook interface {
	PersonStore
	// PersonByEmail returns whose an address is, whatever its case, consistently read. NotFound.
	PersonByEmail(ctx context.Context, email string) (Person, error)
}

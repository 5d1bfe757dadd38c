package csdn

import "context"

// Dossier is everything that is held on one person, for that person (GDPR, Article 15).
type Dossier struct {
	Person      Person
	Trail       []Change
	Invitations []DossierInvitation
	Mergers     []PeopleBefore // of other records into that of the person
}

// PeopleBefore is two records as they were before the merger that made one of them, which is kept as long as it can be undone.
type PeopleBefore struct {
	Keep, Absorb Person
	Aside        []Invitation // that made way for others to the same meetings
}

// DossierInvitation is one invitation with what came of it.
type DossierInvitation struct {
	Invitation
	Meeting    Meeting
	Trail      []Change
	Deliveries []Delivery
}

// DossierStore reads what is stored about one person.
type DossierStore interface {
	// PersonOf returns whose a lower-case address is, consistently read. NotFound.
	PersonOf(ctx context.Context, email string) (PersonID, error)
	// TrailOfPerson returns the changes of a person, the first first.
	TrailOfPerson(ctx context.Context, id PersonID) ([]Change, error)
	// SessionsOfAccount returns the sessions of an account that the table has not forgotten yet, without order.
	SessionsOfAccount(ctx context.Context, id AccountID) ([]Session, error)
	// TrailOfAccount returns the changes of an account, the first first.
	TrailOfAccount(ctx context.Context, id AccountID) ([]Change, error)
	// Invited returns the person's invitations to those of the meetings that have one, consistently read.
	Invited(ctx context.Context, id PersonID, meetings []MeetingID) ([]Invitation, error)
	// PeopleBefore returns what is kept of the mergers of other records into that of a person, with those of the invitations to
	// the meetings that made way, consistently read.
	PeopleBefore(ctx context.Context, id PersonID, meetings []MeetingID) ([]PeopleBefore, error)
	// TrailOfInvitation returns the changes of an invitation, the first first, and the deliveries that they caused.
	TrailOfInvitation(ctx context.Context, meeting MeetingID, person PersonID) ([]Change, []Delivery, error)
}

package csdn

import (
	"context"
	"time"
)

// InvitationWrite is what one act changes, all or nothing. Every invitation is at its new Version; Seating too, when set.
// Meeting names the version of the meeting on which the act was decided: another one makes the write Stale.
type InvitationWrite struct {
	Meeting        MeetingID
	MeetingVersion Version
	Invitations    []Invitation
	Seating        *Seating
	Deliveries     []Delivery
	Sent           []Guest // whom it invites, each to be counted once more
	Changes        []InvitationChange
}

// InvitationChange is an entry of the trail of one invitation.
type InvitationChange struct {
	Person PersonID
	Change
}

// InvitationStore keeps invitations, the seats that they hold and the links that answer them.
type InvitationStore interface {
	// Invitation returns one invitation, consistently read. NotFound.
	Invitation(ctx context.Context, meeting MeetingID, person PersonID) (Invitation, error)
	// Invitations returns all invitations of a meeting in the order of people's ids, consistently read.
	Invitations(ctx context.Context, meeting MeetingID) ([]Invitation, error)
	// InvitationsOfOrganisation returns those sent to an organisation's people, the newest meeting first, eventually
	// consistent. phase 0 means every phase.
	InvitationsOfOrganisation(ctx context.Context, id OrganisationID, phase PhaseNumber, page PageRequest) (Page[Invitation], error)
	// Seating returns the seats taken at a meeting, consistently read; the zero Seating when none ever was.
	Seating(ctx context.Context, meeting MeetingID) (Seating, error)
	// DueInvitations returns at most limit invitations whose DueAt is not after the time, the earliest first,
	// eventually consistent.
	DueInvitations(ctx context.Context, until time.Time, limit int) ([]Invitation, error)
	// WriteInvitations applies the write in one transaction. Stale when the meeting, the seating or an invitation is at
	// another version than the write was decided on; Unavailable when it lost against others and may be tried again.
	WriteInvitations(ctx context.Context, w InvitationWrite) error
	// Link returns the invitation that a link answers, by the hash of its token. NotFound.
	Link(ctx context.Context, hash LinkHash) (Link, error)
	// PutLink stores a link of an invitation that is to be sent.
	PutLink(ctx context.Context, link Link) error
}

// ValidateDrafting returns Invalid with every rule that drafting these invitations would break.
func ValidateDrafting(m Meeting, people []PersonID, category Category, mode Mode) error {
	var v violations
	if len(people) == 0 {
		v.add("people", "names nobody")
	}
	v.count("people", len(people), MaximumLimit)
	if category != "" {
		choice(&v, "category", category, Categories())
	}
	if !m.Mode.Allows(mode) {
		v.add("mode", "is not a mode in which this meeting can be attended")
	}
	return v.err("The drafting")
}

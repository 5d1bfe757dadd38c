package csdn

import (
	"context"
	"time"
)

// InvitationStatus is where an invitation stands:
//
//	draft → invited → accepted | declined | tentative | reserve | expired        any active → revoked (planner)
//	reserve → offered → accepted | declined | lapsed → the next in the reserve   accepted → withdrawn (invitee)
//	tentative → accepted | declined | expired                                    accepted → attended | absent (after)
//
// Until the deadline an invitee may also answer anew: a decline can become an acceptance, the room can become online.
type InvitationStatus string

// The statuses of an invitation.
const (
	Draft     InvitationStatus = "draft"
	Invited   InvitationStatus = "invited"
	Accepted  InvitationStatus = "accepted"
	Declined  InvitationStatus = "declined"
	Tentative InvitationStatus = "tentative"
	Reserved  InvitationStatus = "reserve"
	Offered   InvitationStatus = "offered"
	Lapsed    InvitationStatus = "lapsed"
	Withdrawn InvitationStatus = "withdrawn"
	Expired   InvitationStatus = "expired"
	Revoked   InvitationStatus = "revoked"
	Attended  InvitationStatus = "attended"
	Absent    InvitationStatus = "absent"
)

// Invitation asks one person to one meeting. Organisation, Category and Areas are the person's at the time of drafting, so
// that a later change of employer does not rewrite the past. Meeting facts that lists need are kept with it.
type Invitation struct {
	Meeting      MeetingID
	Person       PersonID
	Phase        PhaseNumber
	Organisation OrganisationID
	Category     Category
	Areas        []AreaSlug
	Mode         Mode
	Status       InvitationStatus
	Reason       string    // of the last transition, by whoever caused it
	Note         string    // the invitee's, to the secretariat and the planners
	Round        int       // counts the times that it was drafted; links of an earlier round are dead
	Calendar     string    // the secret UID of the calendar entry
	Sequence     int       // of the calendar entry, counted up whenever it changes
	ReservedAt   time.Time // since when it waits in the reserve
	DueAt        time.Time // when the clock has to look at it; zero for never
	CreatedAt    time.Time
	RespondedAt  time.Time
	UpdatedAt    time.Time
	Version      Version
}

// Seated reports whether the invitation holds a seat.
func (i Invitation) Seated() bool { return i.Status == Accepted || i.Status == Offered }

// Active reports whether the invitation can still come to something.
func (i Invitation) Active() bool {
	switch i.Status {
	case Draft, Invited, Accepted, Tentative, Reserved, Offered:
		return true
	}
	return false
}

// Answerable reports whether the link of the invitation leads anywhere.
func (i Invitation) Answerable() bool {
	switch i.Status {
	case Draft, Revoked, Attended, Absent:
		return false
	}
	return true
}

// moved returns the invitation in its next state.
func (i Invitation) moved(to InvitationStatus, at time.Time, reason string) Invitation {
	i.Status, i.Reason, i.UpdatedAt, i.DueAt, i.Version = to, cleanLine(reason), at, time.Time{}, i.Version+1
	if to != Reserved {
		i.ReservedAt = time.Time{}
	}
	return i
}

func (i Invitation) forbids(what string) error {
	return Errorf(Conflict, "The invitation is %s, so it cannot be %s.", i.Status, what)
}

// Send returns the invitation sent; until is the end of answers, when it expires unanswered. Conflict unless it is a draft.
func (i Invitation) Send(at, until time.Time) (Invitation, error) {
	if i.Status != Draft {
		return i, i.forbids("sent")
	}
	i = i.moved(Invited, at, "")
	i.DueAt = until
	return i, nil
}

// Redraft returns a revoked invitation as a draft again, with new facts of the person. Conflict unless it is revoked.
func (i Invitation) Redraft(fresh Invitation, at time.Time) (Invitation, error) {
	if i.Status != Revoked {
		return i, i.forbids("drafted again")
	}
	drafted := i.moved(Draft, at, "")
	drafted.Organisation, drafted.Category, drafted.Areas, drafted.Mode = fresh.Organisation, fresh.Category, fresh.Areas, fresh.Mode
	drafted.Round, drafted.Note, drafted.RespondedAt = i.Round+1, "", time.Time{}
	drafted.Calendar, drafted.Sequence = fresh.Calendar, 0
	return drafted, nil
}

// Revoke returns the invitation taken back by a planner. Conflict unless it is active.
func (i Invitation) Revoke(at time.Time, reason string) (Invitation, error) {
	if !i.Active() {
		return i, i.forbids("revoked")
	}
	sequence := i.Sequence
	if i.Status != Draft {
		sequence++
	}
	i = i.moved(Revoked, at, reason)
	i.Sequence = sequence
	return i, nil
}

// Expire returns the invitation expired unanswered. Conflict unless it is invited or tentative.
func (i Invitation) Expire(at time.Time) (Invitation, error) {
	if i.Status != Invited && i.Status != Tentative {
		return i, i.forbids("expired")
	}
	return i.moved(Expired, at, "no answer before the deadline"), nil
}

// Offer returns the invitation holding a seat that has become free, until the deadline. Conflict unless it is in the reserve.
func (i Invitation) Offer(at, until time.Time) (Invitation, error) {
	if i.Status != Reserved {
		return i, i.forbids("offered a seat")
	}
	i = i.moved(Offered, at, "")
	i.DueAt = until
	return i, nil
}

// Postpone returns the invitation due at a later time, as when its meeting took a later deadline.
func (i Invitation) Postpone(until time.Time) Invitation {
	i.DueAt, i.Version = until, i.Version+1
	return i
}

// Facts returns the invitation as it stands in the audit trail.
func (i Invitation) Facts() []Fact {
	return []Fact{
		{"status", string(i.Status)}, {"mode", string(i.Mode)}, {"category", string(i.Category)}, {"reason", i.Reason},
		{"note", i.Note},
	}
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

// Lapse returns the invitation with its offer gone. Conflict unless a seat is offered.
func (i Invitation) Lapse(at time.Time) (Invitation, error) {
	if i.Status != Offered {
		return i, i.forbids("lapsed")
	}
	return i.moved(Lapsed, at, "no answer to the offer"), nil
}

// Attend returns the invitation with its outcome, attended or absent, which may be corrected. Conflict unless it was
// accepted.
func (i Invitation) Attend(at time.Time, present bool) (Invitation, error) {
	if i.Status != Accepted && i.Status != Attended && i.Status != Absent {
		return i, i.forbids("marked as attended or absent")
	}
	if present {
		return i.moved(Attended, at, ""), nil
	}
	return i.moved(Absent, at, ""), nil
}

// InvitationWrite is what one act changes, all or nothing. Every invitation is at its new Version; Seating too, when set.
// Meeting names the version of the meeting on which the act was decided: another one makes the write Stale.
type InvitationWrite struct {
	Meeting        MeetingID
	MeetingVersion Version
	Invitations    []Invitation
	Seating        *Seating
	Deliveries     []Delivery
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
	// InvitationsOfOrganisation returns the invitations of an organisation's people, the newest meeting first, eventually
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

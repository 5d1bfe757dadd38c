package csdn

import "time"

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
// that a later change of employer does not rewrite the past; a merger of organisations does. Meeting facts that lists need are kept with it.
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
	Asked        int       // the Calendar of the meeting when its invitee was last asked
	ReservedAt   time.Time // since when it waits in the reserve
	RemindAt     time.Time // when a reminder is to go out that had to wait for the morning; zero for none
	RemindedAt   time.Time // when the last reminder went out
	DueAt        time.Time // when the clock has to look at it; zero for never
	CreatedAt    time.Time
	RespondedAt  time.Time
	UpdatedAt    time.Time
	MovedBy      []MergerID // from one organisation to the next, the last one last
	HandedBy     []MergerID // from one person to the next, the last one last
	Erased       bool       // what remains of one whose person was erased: it counts, and is shown to nobody
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

// WasSent reports whether the invitee was ever sent this round of the invitation. A revoked one that was sent has told calendars so, by a
// SEQUENCE above zero.
func (i Invitation) WasSent() bool {
	return i.Status != Draft && (i.Status != Revoked || i.Sequence > 0)
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
	i.Status, i.Reason, i.UpdatedAt, i.Version = to, cleanLine(reason), at, i.Version+1
	i.DueAt, i.RemindAt = time.Time{}, time.Time{}
	if to != Reserved {
		i.ReservedAt = time.Time{}
	}
	return i
}

func (i Invitation) forbids(what string) error {
	return Errorf(Conflict, "The invitation is %s, so it cannot be %s.", i.Status, what)
}

// Send returns the invitation sent for the meeting; it expires unanswered when answers end. Conflict unless it is a draft.
func (i Invitation) Send(at time.Time, m Meeting) (Invitation, error) {
	if i.Status != Draft {
		return i, i.forbids("sent")
	}
	return i.asked(at, m), nil
}

// AskAgain returns the invitation as if it were just sent, for a meeting on another occasion. What its invitee answered before is
// void. Conflict for one that was never sent, or was taken back, or is asked for that occasion already.
func (i Invitation) AskAgain(at time.Time, m Meeting) (Invitation, error) {
	if !i.Answerable() || i.Asked >= m.Calendar {
		return i, i.forbids("asked again")
	}
	i.RespondedAt, i.RemindedAt = time.Time{}, time.Time{}
	return i.asked(at, m), nil
}

func (i Invitation) asked(at time.Time, m Meeting) Invitation {
	i = i.moved(Invited, at, "")
	i.DueAt, i.Asked = m.AnswersUntil(), m.Calendar
	return i
}

// Redraft returns a revoked invitation as a draft again, with new facts of the person. Conflict unless it is revoked.
func (i Invitation) Redraft(fresh Invitation, at time.Time) (Invitation, error) {
	if i.Status != Revoked {
		return i, i.forbids("drafted again")
	}
	drafted := i.moved(Draft, at, "")
	drafted.Organisation, drafted.Category, drafted.Areas, drafted.Mode = fresh.Organisation, fresh.Category, fresh.Areas, fresh.Mode
	drafted.Round, drafted.Note, drafted.RespondedAt = i.Round+1, "", time.Time{}
	drafted.Calendar, drafted.Sequence, drafted.Asked, drafted.RemindedAt = fresh.Calendar, 0, 0, time.Time{}
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
func (i Invitation) Postpone(at, until time.Time) Invitation {
	i.DueAt, i.UpdatedAt, i.Version = until, at, i.Version+1
	return i
}

// Facts returns the invitation as it stands in the audit trail.
func (i Invitation) Facts() []Fact {
	return []Fact{
		{"status", string(i.Status)}, {"mode", string(i.Mode)}, {"category", string(i.Category)}, {"reason", i.Reason},
		{"note", i.Note},
	}
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

package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Invitation is where one person's invitation to a meeting stands.
type Invitation struct {
	Meeting      string     `json:"meeting" doc:"ULID"`
	Person       string     `json:"person" doc:"ULID"`
	Phase        int        `json:"phase"`
	Organisation string     `json:"organisation" doc:"The person's when it was drafted: ULID"`
	Status       string     `json:"status" enum:"draft,invited,accepted,declined,tentative,reserve,offered,lapsed,withdrawn,expired,revoked,attended,absent"`
	Category     string     `json:"category"`
	Mode         string     `json:"mode"`
	Reason       string     `json:"reason,omitempty" doc:"Of the last change"`
	Note         string     `json:"note,omitempty" doc:"What the invitee wrote"`
	RespondedAt  *time.Time `json:"respondedAt,omitempty"`
	Reserve      *Reserve   `json:"reserve,omitempty" doc:"For one in the reserve, or with an offer"`
	CreatedAt    time.Time  `json:"createdAt"`
	UpdatedAt    time.Time  `json:"updatedAt"`
}

// Reserve is where an invitation waits.
type Reserve struct {
	Since      *time.Time `json:"since,omitempty" doc:"Since when it waits"`
	OfferUntil *time.Time `json:"offerUntil,omitempty" doc:"Until when a seat is kept for it"`
}

// DraftedInvitation is an invitation after drafting.
type DraftedInvitation struct {
	Invitation
	Already bool `json:"already" doc:"Whether it was there before and was left as it is"`
}

// DraftOrder names the people to draft invitations for.
type DraftOrder struct {
	People   []string       `json:"people" minItems:"1" maxItems:"100" doc:"ULIDs"`
	Category category       `json:"category" required:"false" doc:"The person's own unless set"`
	Mode     attendanceMode `json:"mode,omitempty" doc:"in-person unless the meeting is online or this is set"`
}

// SendOrder names the people whose drafts are to be sent.
type SendOrder struct {
	People []string `json:"people" required:"false" maxItems:"100" doc:"ULIDs; all drafts unless set"`
}

// SendReport says what came of sending.
type SendReport struct {
	Sent   int          `json:"sent" doc:"How many went out now"`
	Before int          `json:"before" doc:"How many of those asked for had gone out before"`
	Items  []Invitation `json:"items" doc:"Those that went out now"`
}

// RemindOrder names the people to remind.
type RemindOrder struct {
	People []string `json:"people" required:"false" maxItems:"100" doc:"ULIDs; all who have not answered unless set"`
}

// RemindReport says what came of reminding.
type RemindReport struct {
	Sent   int          `json:"sent" doc:"How many reminders went out now"`
	Later  int          `json:"later" doc:"How many wait for the morning of their recipient"`
	Before int          `json:"before" doc:"How many of those asked for have answered, or were reminded within a day"`
	Items  []Invitation `json:"items" doc:"Those reminded, now or later"`
}

// Occasion is when a meeting is to be instead.
type Occasion struct {
	Start            string `json:"start" doc:"Local time" example:"2027-02-08T09:15"`
	End              string `json:"end" doc:"Local time" example:"2027-02-08T11:30"`
	Zone             string `json:"zone,omitempty" doc:"IANA zone; as before unless set"`
	ResponseDeadline string `json:"responseDeadline,omitempty" doc:"An instant, or a local time in the zone; moves with the start unless set"`
}

// Reason says why.
type Reason struct {
	Reason string `json:"reason" required:"false" maxLength:"500" doc:"Kept with the invitation, for planners"`
}

// AttendanceOrder says whether somebody was there.
type AttendanceOrder struct {
	Status string `json:"status" enum:"attended,absent"`
}

// Composition is who sits at the table, as counts of those who accepted or attended.
type Composition struct {
	Total      int            `json:"total"`
	ByCategory map[string]int `json:"byCategory"`
	ByMode     map[string]int `json:"byMode"`
	ByArea     map[string]int `json:"byArea" doc:"A participant counts once for each area"`
	ByStatus   map[string]int `json:"byStatus,omitempty" doc:"Every invitation; for planners alone"`
	Bands      Bands          `json:"bands"`
	Rest       *Band          `json:"rest,omitempty" doc:"The band of all who are not of civil society, where it follows from those of the total and of civil society"`
	Seats      Seats          `json:"seats"`
	Uncovered  []Uncovered    `json:"uncoveredQuestions" doc:"Questions of the agenda that name areas which no participant covers; for planners alone"`
	Warnings   []string       `json:"warnings" doc:"Where the counts are outside the bands; for planners alone"`
}

// Uncovered is a question that no participant covers.
type Uncovered struct {
	Item     int      `json:"item" doc:"Which item of the agenda asks it, from 1"`
	Question string   `json:"question"`
	Areas    []string `json:"areas" doc:"Slugs of the areas that it calls for"`
}

func invitation(i csdn.Invitation) Invitation {
	body := Invitation{
		Meeting: string(i.Meeting), Person: string(i.Person), Phase: int(i.Phase), Organisation: string(i.Organisation),
		Status: string(i.Status), Category: string(i.Category), Mode: string(i.Mode), Reason: i.Reason, Note: i.Note,
		RespondedAt: instant(i.RespondedAt), CreatedAt: i.CreatedAt.UTC(), UpdatedAt: i.UpdatedAt.UTC(),
	}
	switch i.Status {
	case csdn.Reserved:
		body.Reserve = &Reserve{Since: instant(i.ReservedAt)}
	case csdn.Offered:
		body.Reserve = &Reserve{OfferUntil: instant(i.DueAt)}
	}
	return body
}

func composition(m csdn.Meeting, c csdn.Composition) Composition {
	body := Composition{
		Total: c.Total, ByCategory: counts(c.ByCategory), ByMode: counts(c.ByMode), ByArea: counts(c.ByArea),
		ByStatus: counts(c.ByStatus), Bands: bands(m.Bands), Seats: Seats(m.Seats), Warnings: as[string](c.Warnings),
		Uncovered: each(c.Uncovered, func(u csdn.UncoveredQuestion) Uncovered {
			return Uncovered{Item: u.Item, Question: u.Question, Areas: as[string](u.Areas)}
		}),
	}
	if rest, ok := m.Bands.Rest(); ok {
		body.Rest = (*Band)(&rest)
	}
	return body
}

func counts[K ~string](m map[K]int) map[string]int {
	body := make(map[string]int, len(m))
	for name, n := range m {
		body[string(name)] = n
	}
	return body
}

// Invitations serves invitations, to planners, organisations and the bearers of links.
type Invitations struct {
	Directory directory.Invitations
	Calendars csdn.Calendars
	PageURL   string // of the pages for people, without a slash at the end
}

// InvitationPath is the invitation in a path.
type InvitationPath struct {
	MeetingPath
	Person string `path:"person" doc:"ULID of the person"`
}

func (p InvitationPath) person() csdn.PersonID { return csdn.PersonID(p.Person) }

func (n Invitations) register(a *API) {
	n.registerPlanning(a)
	n.registerReminders(a)
	n.registerOutcomes(a)
	n.registerRecording(a)
	n.registerRsvp(a)
}

func (n Invitations) registerPlanning(a *API) {
	type drafting struct {
		MeetingPath
		Body DraftOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/invitations", id: "draft-invitations", act: "invitation.drafted",
		summary: "Draft invitations", description: "To an open meeting. One that is already there is left as it is.", status: http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *drafting) (*drafts, error) {
		list, err := n.Directory.Draft(ctx, caller, in.id(), as[csdn.PersonID](in.Body.People), csdn.Category(in.Body.Category), csdn.Mode(in.Body.Mode))
		return &drafts{Location: "/v1/meetings/" + in.ID + "/invitations", Body: List[DraftedInvitation]{Items: each(list, draftedInvitation)}}, err
	})

	type listing struct {
		MeetingPath
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/invitations", id: "list-invitations", act: "invitation.read",
		summary: "List the invitations of a meeting", description: "In the order of people's ids.",
	}, func(ctx context.Context, caller csdn.Caller, in *listing) (*listed[Invitation], error) {
		page, err := n.Directory.List(ctx, caller, in.id(), in.page())
		return pageOf(page, invitation), err
	})

	type sending struct {
		MeetingPath
		Body *SendOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/invitations/send", id: "send-invitations", act: "invitation.sent",
		summary: "Send drafts", description: "All of them, or those of the people named. A repeat sends nothing twice.",
	}, func(ctx context.Context, caller csdn.Caller, in *sending) (*struct{ Body SendReport }, error) {
		var people []csdn.PersonID
		if in.Body != nil {
			people = as[csdn.PersonID](in.Body.People)
		}
		sent, err := n.Directory.Send(ctx, caller, in.id(), people)
		return &struct{ Body SendReport }{SendReport{Sent: len(sent.Invitations), Before: sent.Before, Items: each(sent.Invitations, invitation)}}, err
	})

	type reading struct {
		InvitationPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/invitations/{person}", id: "read-invitation", act: "invitation.read",
		summary: "Read an invitation",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Invitation], error) {
		i, err := n.Directory.Read(ctx, caller, in.id(), in.person())
		return read(in.IfNoneMatch, i.Version, invitation(i)), err
	})

	type revoking struct {
		InvitationPath
		Body *Reason
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/invitations/{person}/revoke", id: "revoke-invitation", act: "invitation.revoked",
		summary: "Revoke an invitation", description: "A seat that it held is offered to the next in the reserve.",
	}, func(ctx context.Context, caller csdn.Caller, in *revoking) (*single[Invitation], error) {
		i, err := n.Directory.Revoke(ctx, caller, in.id(), in.person(), in.Body.text())
		return written(i.Version, invitation(i)), err
	})
}

// drafts is the answer with drafted invitations.
type drafts struct {
	Location string `header:"Location" doc:"The invitations of the meeting"`
	Body     List[DraftedInvitation]
}

func (r *Reason) text() string {
	if r == nil {
		return ""
	}
	return r.Reason
}

// edit puts a meeting on the occasion. Invalid, by its place, for a time that does not exist.
func (o Occasion) edit(m csdn.MeetingProfile) (csdn.MeetingProfile, error) {
	var read timeReader
	m.Start, m.End = read.local("start", o.Start), read.local("end", o.End)
	if o.Zone != "" {
		m.Zone = csdn.Zone(o.Zone)
	}
	if o.ResponseDeadline != "" {
		m.ResponseDeadline = read.deadline("responseDeadline", o.ResponseDeadline, m.Zone)
	}
	return m, read.err()
}

func (n Invitations) registerReminders(a *API) {
	type reminding struct {
		MeetingPath
		Body *RemindOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/invitations/remind", id: "remind-invitations", act: "invitation.reminded",
		summary:     "Remind those who have not answered",
		description: "All of them, or those of the people named; nobody twice within a day, and nobody at night: such a reminder waits for the recipient's morning.",
	}, func(ctx context.Context, caller csdn.Caller, in *reminding) (*struct{ Body RemindReport }, error) {
		var people []csdn.PersonID
		if in.Body != nil {
			people = as[csdn.PersonID](in.Body.People)
		}
		r, err := n.Directory.Remind(ctx, caller, in.id(), people)
		return &struct{ Body RemindReport }{RemindReport{
			Sent: len(r.Sent), Later: len(r.Later), Before: r.Before, Items: each(append(r.Sent, r.Later...), invitation),
		}}, err
	})
}

func (n Invitations) registerOutcomes(a *API) {
	type attendance struct {
		InvitationPath
		Body AttendanceOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/invitations/{person}/attendance", id: "record-attendance", act: "invitation.attendance",
		summary: "Record who was there", description: "Once the meeting has begun, for those who accepted. It can be corrected.",
	}, func(ctx context.Context, caller csdn.Caller, in *attendance) (*single[Invitation], error) {
		i, err := n.Directory.Attendance(ctx, caller, in.id(), in.person(), in.Body.Status == "attended")
		return written(i.Version, invitation(i)), err
	})

	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/composition", id: "read-composition", act: "composition.read",
		summary:     "Read what a meeting is composed of",
		description: "Counts against bands and seats. Officials get the counts that can be published: none under three, and those of areas once the meeting is closed.",
	}, func(ctx context.Context, caller csdn.Caller, in *MeetingPath) (*struct{ Body Composition }, error) {
		m, c, err := n.Directory.Composition(ctx, caller, in.id())
		return &struct{ Body Composition }{composition(m, c)}, err
	})

	type cancelling struct {
		MeetingPath
		IfMatch
		Body *Reason
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/cancel", id: "cancel-meeting", act: "meeting.cancelled",
		summary: "Cancel an open meeting", description: "Every invitation is revoked, and invitees are told.",
	}, func(ctx context.Context, caller csdn.Caller, in *cancelling) (*single[Meeting], error) {
		version, err := in.versionIfGiven()
		if err != nil {
			return nil, err
		}
		m, err := n.Directory.Cancel(ctx, caller, in.id(), version, in.Body.text())
		return written(m.Version, meeting(m)), err
	})

	type rescheduling struct {
		MeetingPath
		IfMatch
		Body Occasion
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/reschedule", id: "reschedule-meeting", act: "meeting.rescheduled",
		summary: "Move an open meeting to another time", description: "Everybody who had been sent an invitation is asked again: seats are freed, answers are void.",
	}, func(ctx context.Context, caller csdn.Caller, in *rescheduling) (*single[Meeting], error) {
		version, err := in.versionIfGiven()
		if err != nil {
			return nil, err
		}
		m, err := n.Directory.Reschedule(ctx, caller, in.id(), version, in.Body.edit)
		return written(m.Version, meeting(m)), err
	})

	type ofOrganisation struct {
		OrganisationPath
		Phase int `query:"phase" minimum:"1" maximum:"999" doc:"Number of a phase; every phase unless set"`
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/organisations/{id}/invitations", id: "list-organisation-invitations", act: "organisation.invitations.read",
		summary: "List the invitations of an organisation's people", description: "Across phases, the newest meeting first.",
	}, func(ctx context.Context, caller csdn.Caller, in *ofOrganisation) (*listed[Invitation], error) {
		page, err := n.Directory.OfOrganisation(ctx, caller, in.id(), csdn.PhaseNumber(in.Phase), in.page())
		return pageOf(page, invitation), err
	})
}

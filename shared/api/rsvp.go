package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Rsvp is what the bearer of an invitation's link sees.
type Rsvp struct {
	Meeting  RsvpMeeting `json:"meeting"`
	Own      OwnTimes    `json:"own" doc:"The invitee's own times"`
	Status   string      `json:"status" doc:"Where the invitation stands" example:"invited"`
	Mode     string      `json:"mode" doc:"In which the invitee attends, or is invited to"`
	Choices  []string    `json:"choices" doc:"The answers that can be given now"`
	Modes    []string    `json:"modes" doc:"In which the meeting can be attended"`
	Deadline time.Time   `json:"deadline" doc:"Until when answers are taken"`
	Offer    *time.Time  `json:"offerUntil,omitempty" doc:"Until when an offered seat is kept"`
	Note     string      `json:"note,omitempty" doc:"What the invitee wrote"`
}

// RsvpMeeting is the meeting that a link is about. It names no participant.
type RsvpMeeting struct {
	Title     string `json:"title"`
	Type      string `json:"type"`
	Start     string `json:"start" doc:"Local time"`
	End       string `json:"end" doc:"Local time"`
	Zone      string `json:"zone"`
	Mode      string `json:"mode"`
	Venue     Venue  `json:"venue"`
	OnlineURL string `json:"onlineUrl,omitempty" doc:"Once accepted"`
	Language  string `json:"language"`
	Rule      string `json:"rule"`
}

// OwnTimes are the hours of the meeting on the invitee's own clock.
type OwnTimes struct {
	Start string `json:"start" doc:"Local time"`
	End   string `json:"end" doc:"Local time"`
	Zone  string `json:"zone"`
}

// RsvpAnswer is what an invitee answers.
type RsvpAnswer struct {
	Answer answer         `json:"answer"`
	Mode   attendanceMode `json:"mode,omitempty" doc:"The mode invited to unless set"`
	Note   string         `json:"note,omitempty" maxLength:"2000" doc:"To the secretariat and the planners"`
}

func rsvp(r directory.Rsvp) Rsvp {
	m, i := r.Meeting, r.Invitation
	body := Rsvp{
		Meeting: RsvpMeeting{
			Title: m.Title, Type: string(m.Type), Start: m.Start.String(), End: m.End.String(), Zone: string(m.Zone),
			Mode: string(m.Mode), Venue: Venue(m.Venue), OnlineURL: m.OnlineURL, Language: string(m.Language), Rule: string(m.Rule),
		},
		Own: OwnTimes{
			Start: m.StartsAt().In(r.Person.Zone.Location()).Format(csdn.LocalTimeLayout),
			End:   m.EndsAt().In(r.Person.Zone.Location()).Format(csdn.LocalTimeLayout),
			Zone:  string(r.Person.Zone),
		},
		Status: string(i.Status), Mode: string(i.Mode), Choices: as[string](r.Choices), Modes: []string{},
		Deadline: m.AnswersUntil().UTC(), Note: i.Note,
	}
	for _, mode := range []csdn.Mode{csdn.InPerson, csdn.Online} {
		if m.Mode.Allows(mode) {
			body.Modes = append(body.Modes, string(mode))
		}
	}
	if i.Status == csdn.Offered {
		body.Offer = instant(i.DueAt)
	}
	return body
}

// RsvpPath is the token of a link in a path.
type RsvpPath struct {
	Token string `path:"token" maxLength:"100" doc:"From the invitation's mail"`
}

func (n Invitations) registerRsvp(a *API) {
	type reading struct {
		RsvpPath
		Accept string `header:"Accept" hidden:"true"`
	}
	type answered struct {
		Status   int
		Location string `header:"Location" hidden:"true"`
		Body     *Rsvp
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/rsvp/{token}", id: "read-rsvp", act: "rsvp.read", summary: "Read an invitation by its link",
		description: "Changes nothing. A browser is sent on to the page for people.",
		beside:      []int{http.StatusSeeOther},
	}, func(ctx context.Context, _ csdn.Caller, in *reading) (*answered, error) {
		if strings.Contains(in.Accept, "text/html") {
			return &answered{Status: http.StatusSeeOther, Location: n.PageURL + "/rsvp/" + url.PathEscape(in.Token)}, nil
		}
		r, err := n.Directory.ReadRsvp(ctx, in.Token)
		body := rsvp(r)
		return &answered{Status: http.StatusOK, Body: &body}, err
	})

	type answering struct {
		RsvpPath
		Body RsvpAnswer
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/rsvp/{token}", id: "answer-rsvp", act: "rsvp.answered", summary: "Answer an invitation by its link",
		description: "An acceptance takes a seat, or a place in the reserve when there is none. The same answer again changes nothing.",
	}, func(ctx context.Context, _ csdn.Caller, in *answering) (*struct{ Body Rsvp }, error) {
		r, err := n.Directory.Respond(ctx, in.Token, csdn.Response{Answer: csdn.Answer(in.Body.Answer), Mode: csdn.Mode(in.Body.Mode), Note: in.Body.Note})
		return &struct{ Body Rsvp }{rsvp(r)}, err
	})

	register(a, operation{
		method: http.MethodGet, path: "/v1/rsvp/{token}/calendar.ics", id: "read-rsvp-calendar", act: "rsvp.read",
		summary: "Read the calendar entry of an invitation", media: []string{calendarType}, description: "iCalendar (RFC 5545) with one attendee, the invitee.",
	}, func(ctx context.Context, _ csdn.Caller, in *RsvpPath) (*file, error) {
		r, err := n.Directory.ReadRsvp(ctx, in.Token)
		if err != nil {
			return nil, err
		}
		text, err := n.Calendars.Entry(csdn.Letter{
			Delivery: csdn.Delivery{Message: csdn.ChangeMessage, CreatedAt: r.Invitation.UpdatedAt},
			Meeting:  r.Meeting, Invitation: r.Invitation, Person: r.Person, Token: in.Token,
		})
		return saved(calendarType+"; method=REQUEST", "meeting.ics", text), err
	})
}

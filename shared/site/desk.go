package site

import (
	"net/http"
	"strconv"

	"csdn.example/directory/shared/csdn"
)

// desk is what a member sees first: what needs the member now.
type desk struct {
	Meetings []deskMeeting // that the member plans, or may read
	Own      *deskOrganisation
	Requests int // for erasure, to be decided by the member
	Nothing  bool
}

type deskMeeting struct {
	meetingLine
	State string // what there is to do, "" for nothing
}

type deskOrganisation struct {
	Name, To, Confirmed string
	Stale               bool
	People              int
	Waiting             []sentInvitation // that nobody answered yet
	More                int              // that are not listed
	Invitations         []string         // how many stand where
}

// The desk shows so many meetings, and so many invitations that wait for an answer.
const (
	mostMeetings = 10
	mostWaiting  = 10
)

func (s *site) desk(w http.ResponseWriter, r *http.Request, v visit) error {
	var view desk
	if v.may("meeting.read", true) {
		filter := csdn.MeetingFilter{Statuses: []csdn.MeetingStatus{csdn.MeetingDraft, csdn.MeetingOpen, csdn.MeetingHeld}}
		found, err := s.Meetings.List(r.Context(), v.Caller, filter, csdn.PageRequest{Limit: mostMeetings})
		if err != nil {
			return err
		}
		for _, m := range found.Items {
			line := deskMeeting{meetingLine: v.meetingLine(m)}
			if line.Board != "" {
				if line.State, err = s.state(r, v, m); err != nil {
					return err
				}
			}
			view.Meetings = append(view.Meetings, line)
		}
	}
	if v.Organisation != "" {
		own, err := s.ownOrganisation(r, v)
		if err != nil {
			return err
		}
		view.Own = &own
	}
	if v.may("erasure.granted", false) {
		requests, err := s.Rights.List(r.Context(), v.Caller, csdn.PageRequest{Limit: csdn.MaximumLimit})
		if err != nil {
			return err
		}
		for _, e := range requests.Items {
			if e.Status != csdn.ErasureDone {
				view.Requests++
			}
		}
	}
	view.Nothing = len(view.Meetings) == 0 && view.Own == nil && view.Requests == 0
	return s.display(w, r, v, http.StatusOK, "desk", view)
}

// state says what a meeting that the member plans needs.
func (s *site) state(r *http.Request, v visit, m csdn.Meeting) (string, error) {
	if m.Status == csdn.MeetingDraft {
		return "A draft: open it when it is ready.", nil
	}
	_, c, err := s.Invitations.Composition(r.Context(), v.Caller, m.ID)
	if err != nil {
		return "", err
	}
	if n := c.ByStatus[csdn.Accepted]; m.Status == csdn.MeetingHeld && n == 0 {
		return "Who was there is recorded: close it.", nil
	}
	if m.Status == csdn.MeetingHeld {
		return counted(c.ByStatus[csdn.Accepted], "participant has", "participants have") + " no attendance recorded yet; then close it.", nil
	}
	text := strconv.Itoa(c.Total) + " accepted"
	if aim := (bar{Min: m.Bands.Total.Min, Max: m.Bands.Total.Max}).Aim(); aim != "" {
		text += " of " + aim
	}
	if n := c.ByStatus[csdn.Invited]; n > 0 {
		text += ", " + strconv.Itoa(n) + " not answered"
	}
	if n := c.ByStatus[csdn.Draft]; n > 0 {
		text += ", " + counted(n, "draft", "drafts") + " to send"
	}
	return text + ".", nil
}

// ownOrganisation is how the member's organisation stands in the directory.
func (s *site) ownOrganisation(r *http.Request, v visit) (deskOrganisation, error) {
	o, err := s.Organisations.Read(r.Context(), v.Caller, v.Organisation)
	if err != nil {
		return deskOrganisation{}, err
	}
	people, err := s.People.Search(r.Context(), v.Caller, readFilter(nil), csdn.PageRequest{Limit: 1})
	if err != nil {
		return deskOrganisation{}, err
	}
	own := deskOrganisation{
		Name: o.Name, To: "/organisations/" + string(o.ID), Confirmed: day(o.ConfirmedAt), People: people.Total,
		Stale: s.Invitations.Now().AddDate(-1, 0, 0).After(o.ConfirmedAt),
	}
	invited, err := s.Invitations.OfOrganisation(r.Context(), v.Caller, o.ID, 0, csdn.PageRequest{Limit: csdn.MaximumLimit})
	if err != nil {
		return own, err
	}
	byStatus := map[csdn.InvitationStatus]int{}
	var waiting []csdn.Invitation
	for _, i := range invited.Items {
		if byStatus[i.Status]++; i.Status == csdn.Invited || i.Status == csdn.Offered {
			waiting = append(waiting, i)
		}
	}
	own.More = max(len(waiting)-mostWaiting, 0)
	if own.Waiting, err = s.sent(r, v, waiting[:len(waiting)-own.More]); err != nil {
		return own, err
	}
	for _, place := range groupTitles {
		if n := byStatus[place.status]; n > 0 {
			own.Invitations = append(own.Invitations, place.title+": "+strconv.Itoa(n))
		}
	}
	return own, nil
}

// confirmOrganisation says that a profile is still right.
func (s *site) confirmOrganisation(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.OrganisationID(r.PathValue("id"))
	if _, err := s.Organisations.Confirm(r.Context(), v.Caller, id, anyVersion, nil); err != nil {
		return err
	}
	http.Redirect(w, r, "/organisations/"+string(id), http.StatusSeeOther)
	return nil
}

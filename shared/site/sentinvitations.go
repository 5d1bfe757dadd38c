package site

import (
	"net/http"

	"csdn.example/directory/shared/csdn"
)

// sentInvitations is the invitations that were sent to people of one organisation, the newest meeting first.
type sentInvitations struct {
	Name  string
	Back  string
	Items []sentInvitation
	First string
	Next  string
}

// sentInvitation is an invitation as the organisation of the invitee reads it: of notes and reasons nothing.
type sentInvitation struct {
	Meeting, Note, When string
	Name, To            string
	Stands, Since       string
}

// sentAtOnce is how many invitations a page lists.
const sentAtOnce = 20

func (s *site) organisationInvitations(w http.ResponseWriter, r *http.Request, v visit) error {
	id, page := csdn.OrganisationID(r.PathValue("id")), pageOf(r.URL.Query())
	page.Limit = sentAtOnce
	invited, err := s.Invitations.OfOrganisation(r.Context(), v.Caller, id, 0, page)
	if err != nil {
		return err
	}
	o, err := s.Organisations.Read(r.Context(), v.Caller, id)
	if err != nil {
		return err
	}
	view := sentInvitations{Name: o.Name, Back: "/organisations/" + string(id)}
	if view.Items, err = s.sent(r, v, invited.Items); err != nil {
		return err
	}
	here := view.Back + "/invitations"
	if invited.Next != "" {
		view.Next = "?" + with(r.URL.Query(), "cursor", string(invited.Next)).Encode()
	}
	if page.Cursor != "" {
		view.First = here
	}
	return s.display(w, r, v, http.StatusOK, "sentinvitations", view)
}

// sent tells to what and whom the invitations went. A meeting that was deleted has no title, and a person who is of the organisation no
// more no name.
func (s *site) sent(r *http.Request, v visit, invitations []csdn.Invitation) ([]sentInvitation, error) {
	var people []csdn.PersonID
	var meetings []csdn.MeetingID
	for _, i := range invitations {
		people, meetings = append(people, i.Person), append(meetings, i.Meeting)
	}
	seen, err := s.People.Seen(r.Context(), v.Caller, people)
	if err != nil {
		return nil, err
	}
	announced, err := s.Meetings.Announced(r.Context(), v.Caller, meetings)
	if err != nil {
		return nil, err
	}
	named := map[csdn.PersonID]string{}
	for _, p := range seen {
		named[p.ID] = p.Name
	}
	places := map[csdn.InvitationStatus]string{}
	for _, place := range groupTitles {
		places[place.status] = place.title
	}
	var list []sentInvitation
	for _, i := range invitations {
		line := sentInvitation{Name: named[i.Person], Stands: places[i.Status], Since: day(i.UpdatedAt)}
		if line.Name != "" {
			line.To = "/people/" + string(i.Person)
		}
		if m, is := announced[i.Meeting]; is {
			zone := m.Zone.Location()
			line.Meeting, line.When = m.Title, csdn.SpanInWords(m.StartsAt().In(zone), m.EndsAt().In(zone), "en")
			line.Note = "/v1/meetings/" + string(m.ID) + "/concept-note?format=html"
		}
		list = append(list, line)
	}
	return list, nil
}

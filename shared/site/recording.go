package site

import (
	"net/http"

	"csdn.example/directory/shared/csdn"
)

// recordPage finds people, to record how it ended with them at a meeting that has begun.
type recordPage struct {
	meetingLine
	Text  string
	Items []recordLine
	Total int
	Form  []control
}

type recordLine struct {
	To, ID, Name, Position, Organisation string
}

// mostRecorded is how many people the page lists at once.
const mostRecorded = 50

func (s *site) record(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.Meetings.Read(r.Context(), v.Caller, csdn.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if !v.mayOn("invitation.recorded", m) {
		return csdn.Errorf(csdn.NotFound, "There is nothing here.")
	}
	if err := m.TakesRecords(s.Invitations.Now()); err != nil {
		return err
	}
	view := recordPage{meetingLine: v.meetingLine(m), Text: r.URL.Query().Get("q")}
	found, err := s.People.Search(r.Context(), v.Caller, readFilter(r.URL.Query()), csdn.PageRequest{Limit: mostRecorded})
	if err != nil {
		return err
	}
	names, err := s.organisationNames(r, v, found.Items, nil, nil)
	if err != nil {
		return err
	}
	view.Total = found.Total
	for _, p := range found.Items {
		view.Items = append(view.Items, recordLine{
			To: "/people/" + string(p.ID), ID: string(p.ID), Name: p.Name, Position: p.Position, Organisation: names[p.Organisation],
		})
	}
	modes := []csdn.Mode{}
	for _, mode := range []csdn.Mode{csdn.InPerson, csdn.Online} {
		if m.Mode.Allows(mode) {
			modes = append(modes, mode)
		}
	}
	view.Form = []control{
		{Name: "status", Label: "How it ended", Kind: "choice", Options: choices(csdn.Recordings(), csdn.Attended, spell)},
		{Name: "mode", Label: "Took part", Kind: "choice", Options: choices(modes, m.Mode.Default(), spell)},
	}
	return s.display(w, r, v, http.StatusOK, "record", view)
}

package site

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/document/prose"
)

// meetingList is the meetings of the network, the newest first.
type meetingList struct {
	Phases   []link // each leads to the list of it alone; the first to all
	Statuses []link
	Items    []meetingLine
	Create   bool
	Types    bool // the member keeps the list of types
	Next     string
}

type meetingLine struct {
	To, Title, Type, When, Phase string
	Status                       csdn.MeetingStatus
	Board                        string // for who plans it
}

func (s *site) meetings(w http.ResponseWriter, r *http.Request, v visit) error {
	query := r.URL.Query()
	filter := csdn.MeetingFilter{From: query.Get("from"), To: query.Get("to")}
	if n, err := strconv.Atoi(query.Get("phase")); err == nil {
		filter.Phases = []csdn.PhaseNumber{csdn.PhaseNumber(n)}
	}
	if status := query.Get("status"); status != "" {
		filter.Statuses = []csdn.MeetingStatus{csdn.MeetingStatus(status)}
	}
	found, err := s.Meetings.List(r.Context(), v.Caller, filter, pageOf(query))
	if err != nil {
		return err
	}
	phases, err := s.Phases.List(r.Context(), v.Caller, csdn.PageRequest{Limit: csdn.MaximumLimit})
	if err != nil {
		return err
	}
	named, err := s.typeNames(r, v)
	if err != nil {
		return err
	}
	view := meetingList{Create: v.may("meeting.created", false), Types: v.may("meeting-type.written", false)}
	for _, m := range found.Items {
		line := v.meetingLine(m)
		line.Type = cmp.Or(named[m.Type], line.Type)
		view.Items = append(view.Items, line)
	}
	view.Phases = append(view.Phases, narrowed(query, "phase", "", "All phases"))
	for _, p := range phases.Items {
		view.Phases = append(view.Phases, narrowed(query, "phase", strconv.Itoa(int(p.Number)), "Phase "+strconv.Itoa(int(p.Number))))
	}
	view.Statuses = append(view.Statuses, narrowed(query, "status", "", "All states"))
	for _, status := range csdn.MeetingStatuses() {
		view.Statuses = append(view.Statuses, narrowed(query, "status", string(status), spell(status)))
	}
	if found.Next != "" {
		view.Next = "?" + with(query, "cursor", string(found.Next)).Encode()
	}
	return s.display(w, r, v, http.StatusOK, "meetings", view)
}

func (v visit) meetingLine(m csdn.Meeting) meetingLine {
	zone := m.Zone.Location()
	line := meetingLine{
		To: "/meetings/" + string(m.ID), Title: m.Title, Type: spell(m.Type), Status: m.Status,
		When: csdn.SpanInWords(m.StartsAt().In(zone), m.EndsAt().In(zone), "en"), Phase: "Phase " + strconv.Itoa(int(m.Phase)),
	}
	if v.mayOn("invitation.read", m) {
		line.Board = line.To + "/board"
	}
	return line
}

// narrowed is the link to the list with the one value of a filter; Current when that is on.
func narrowed(query url.Values, name, value, text string) link {
	changed := with(query, name, value)
	changed.Del("cursor")
	return link{Text: text, To: "?" + changed.Encode(), Current: query.Get(name) == value}
}

// with returns the query with one value changed, or taken out where the value is empty.
func with(query url.Values, name, value string) url.Values {
	changed := url.Values{}
	for n, values := range query {
		changed[n] = values
	}
	if value == "" {
		changed.Del(name)
		return changed
	}
	changed.Set(name, value)
	return changed
}

// meetingPage is one meeting, as the member may see it.
type meetingPage struct {
	meetingLine
	Mode, Venue, Address, OnlineURL, Language string
	Chatham                                   bool
	Deadline                                  string
	Areas                                     []string
	Agenda                                    []slot
	Texts                                     []passage
	Warnings                                  []string
	Notes                                     []link // the concept note in its formats
	Summary                                   string // where what was said is, "" while there is none
	Versions                                  string // where its versions are, for who plans it
	Edit, Calendar                            string
	Moves                                     []move
}

// slot is an item of the agenda, with what its questions call for.
type slot struct {
	csdn.AgendaItem
	Asked []askedQuestion
}

func (l labels) slots(agenda []csdn.AgendaItem) []slot {
	slots := make([]slot, len(agenda))
	for n, item := range agenda {
		slots[n].AgendaItem = item
		for q, question := range item.Questions {
			slots[n].Asked = append(slots[n].Asked, askedQuestion{Text: question, Areas: l.list(item.AreasOf(q))})
		}
	}
	return slots
}

// passage is a text of a meeting under its heading.
type passage struct {
	Heading string
	Text    template.HTML
}

// move is a change of state that is open now: a button, and what to know before it is pressed.
type move struct {
	To, Text, Hint string
	Ends           bool // the meeting, for good
}

func (s *site) meeting(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.Meetings.Read(r.Context(), v.Caller, csdn.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	named, err := s.typeNames(r, v)
	if err != nil {
		return err
	}
	zone := m.Zone.Location()
	view := meetingPage{
		meetingLine: v.meetingLine(m), Mode: spell(m.Mode), Venue: m.Venue.Name, Address: m.Venue.Address, OnlineURL: m.OnlineURL,
		Language: m.Language.Name("en"), Chatham: m.Rule == csdn.ChathamHouse, Agenda: known.slots(m.Agenda),
		Deadline: csdn.MomentInWords(m.AnswersUntil().In(zone), "en"),
	}
	view.Type = cmp.Or(named[m.Type], view.Type)
	for _, area := range m.Areas {
		view.Areas = append(view.Areas, known.area(area))
	}
	for _, p := range []labelled{{"Background", m.Background}, {"Objectives", m.Objectives}, {"Format", m.Format}, {"Participants", m.Participants}} {
		text, err := prose.HTML(p.Text, 2)
		if err != nil {
			return err
		}
		if text != "" {
			view.Texts = append(view.Texts, passage{p.Label, text})
		}
	}
	view.Calendar = "/v1" + view.To + "/calendar.ics"
	if v.mayOn("meeting.changed", m) {
		view.Warnings = m.Warnings()
		view.Moves = moves(m, s.Meetings.Now().Before(m.StartsAt()))
		if m.Status != csdn.MeetingClosed && m.Status != csdn.MeetingCancelled {
			view.Edit = view.To + "/edit"
		}
	}
	if view.Summary, err = s.summaryOf(r, v, m); err != nil {
		return err
	}
	if v.mayOn("concept-note.versions.read", m) {
		view.Versions = view.To + "/concept-note"
	}
	if v.mayOn("concept-note.read", m) {
		for _, format := range []string{"html", "pdf", "docx"} {
			view.Notes = append(view.Notes, link{Text: map[string]string{"html": "Read it", "pdf": "PDF", "docx": "Word"}[format], To: "/v1" + view.To + "/concept-note?format=" + format})
		}
	}
	return s.display(w, r, v, http.StatusOK, "meeting", view)
}

// moves lists the changes of state that a meeting is open to.
func moves(m csdn.Meeting, toCome bool) []move {
	here := "/meetings/" + string(m.ID)
	switch {
	case m.Status == csdn.MeetingDraft:
		return []move{{here + "/open", "Open the meeting", "Its concept note can be read from then on, and experts be invited.", false}}
	case m.Status == csdn.MeetingOpen && !toCome:
		return []move{{here + "/hold", "It was held", "Then record who was there on the board, which people who were never invited can be put on, and close it.", false}}
	case m.Status == csdn.MeetingOpen:
		return []move{{here + "/cancel", "Cancel the meeting", "Everybody who was sent an invitation is told. This cannot be undone.", true}}
	case m.Status == csdn.MeetingHeld:
		return []move{{here + "/close", "Close the meeting", "Its numbers go into the report of the phase and stand. Record first who was there.", false}}
	}
	return nil
}

// moveMeeting does a change of state and leads back to the meeting.
func (s *site) moveMeeting(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.MeetingID(r.PathValue("id"))
	var err error
	switch r.PathValue("move") {
	case "open":
		_, err = s.Meetings.Open(r.Context(), v.Caller, id, anyVersion)
	case "hold":
		_, err = s.Meetings.Hold(r.Context(), v.Caller, id, anyVersion)
	case "close":
		_, err = s.Closings.Close(r.Context(), v.Caller, id, anyVersion)
	case "cancel":
		_, err = s.Invitations.Cancel(r.Context(), v.Caller, id, anyVersion, "")
	default:
		err = csdn.Errorf(csdn.NotFound, "There is no such page.")
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/meetings/"+string(id), http.StatusSeeOther)
	return nil
}

package site

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

const anyVersion = directory.AnyVersion

// board is where the planners of one meeting compose it.
type board struct {
	meetingLine
	Invites  bool // people can be invited still
	Records  bool // attendance can be recorded
	Bars     []bar
	Seats    []bar
	Areas    []bar
	Open     []askedQuestion // that nobody covers
	Warnings []string
	Groups   []invitationGroup
	Drafts   int
	Waiting  int // sent and not answered
	Done     string
}

// askedQuestion is a question of the agenda, with the areas that it calls for.
type askedQuestion struct{ Text, Areas string }

// bar shows a count against what is aimed for.
type bar struct {
	Text     string
	Now      int
	Min, Max int // Max 0 for none
	full     int // the count at which the bar is full, of a breakdown
}

// scale is the count at which the bar is full. Where only a least is aimed for, there is room beyond it.
func (b bar) scale() int {
	if b.Max == 0 {
		return max(b.full, b.Min+b.Min/4, b.Now, 1)
	}
	return max(b.full, b.Max, b.Min, b.Now)
}

// Share is how far a count lies along the bar, in per cent.
func (b bar) Share(n int) int { return 100 * n / b.scale() }

// AimShare is how much of the bar lies between the least and the most that are aimed for, in per cent.
func (b bar) AimShare() int {
	if b.Max == 0 {
		return 100 - b.Share(b.Min)
	}
	return max(b.Share(b.Max)-b.Share(b.Min), 1)
}

// Aim tells what is aimed for, in words.
func (b bar) Aim() string {
	switch {
	case b.Max > 0 && b.Min > 0 && b.Min != b.Max:
		return strconv.Itoa(b.Min) + " to " + strconv.Itoa(b.Max)
	case b.Max > 0:
		return "at most " + strconv.Itoa(b.Max)
	case b.Min > 0:
		return "at least " + strconv.Itoa(b.Min)
	}
	return ""
}

// invitationGroup is the invitations that stand at one place.
type invitationGroup struct {
	Title string
	Items []invitationLine
}

type invitationLine struct {
	To, Person, Name, Organisation, Category, Mode, Since, Note string
	Revocable, Seatable, Remindable                             bool
	Instead                                                     string // where others for a place that was given up are suggested
	Undeliverable                                               string // why no mail goes to the person
	Status                                                      csdn.InvitationStatus
}

// groupTitles are the places at which invitations stand, in the order in which a planner reads them.
var groupTitles = []struct {
	status csdn.InvitationStatus
	title  string
}{
	{csdn.Accepted, "Accepted"}, {csdn.Offered, "Offered a seat"}, {csdn.Reserved, "In the reserve"}, {csdn.Tentative, "Perhaps"},
	{csdn.Invited, "Not answered yet"}, {csdn.Draft, "Drafts"}, {csdn.Attended, "Were there"}, {csdn.Absent, "Were not there"},
	{csdn.Declined, "Declined"}, {csdn.Withdrawn, "Withdrew"}, {csdn.Lapsed, "Let an offer lapse"}, {csdn.Expired, "Did not answer"},
	{csdn.Revoked, "Taken back"},
}

func (s *site) board(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.MeetingID(r.PathValue("id"))
	invitations, err := s.allInvitations(r, v, id)
	if err != nil {
		return err
	}
	m, composition, err := s.Invitations.Composition(r.Context(), v.Caller, id)
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	toCome := s.Invitations.Now().Before(m.StartsAt())
	invites := m.Status == csdn.MeetingOpen && toCome
	groups, err := s.groups(r, v, invitations, invites)
	if err != nil {
		return err
	}
	var open []askedQuestion
	for _, u := range composition.Uncovered {
		open = append(open, askedQuestion{Text: u.Question, Areas: known.list(u.Areas)})
	}
	view := board{
		meetingLine: v.meetingLine(m), Warnings: composition.Warnings, Groups: groups, Areas: known.coverage(m, composition), Open: open,
		Invites: invites, Records: (m.Status == csdn.MeetingOpen || m.Status == csdn.MeetingHeld) && !toCome,
		Drafts: composition.ByStatus[csdn.Draft], Waiting: composition.ByStatus[csdn.Invited], Done: told(r.URL.Query()),
		Bars: []bar{{Text: "All participants", Now: composition.Total, Min: m.Bands.Total.Min, Max: m.Bands.Total.Max}},
	}
	for _, c := range csdn.Categories() {
		if band := m.Bands.Categories[c]; band != (csdn.Band{}) || composition.ByCategory[c] > 0 {
			view.Bars = append(view.Bars, bar{Text: spell(c), Now: composition.ByCategory[c], Min: band.Min, Max: band.Max})
		}
	}
	if rest, ok := m.Bands.Rest(); ok {
		view.Bars = append(view.Bars, bar{Text: "All but civil society", Now: composition.Total - composition.ByCategory[csdn.CivilSociety], Min: rest.Min, Max: rest.Max})
	}
	for _, mode := range []csdn.Mode{csdn.InPerson, csdn.Online} {
		if limit := m.Seats.Limit(mode); limit != nil && m.Mode.Allows(mode) {
			view.Seats = append(view.Seats, bar{Text: spell(mode), Now: composition.ByMode[mode], Max: *limit})
		}
	}
	return s.displayLive(w, r, v, "board", view)
}

// coverage counts who is coming for each area of the meeting.
func (l labels) coverage(m csdn.Meeting, c csdn.Composition) []bar {
	var bars []bar
	for _, area := range m.Areas {
		covered := bar{Text: l.area(area), full: 1}
		for _, narrower := range l.areas.Narrower(area) {
			covered.Now += c.ByArea[narrower]
		}
		bars = append(bars, covered)
	}
	return bars
}

func (s *site) allInvitations(r *http.Request, v visit, id csdn.MeetingID) ([]csdn.Invitation, error) {
	var all []csdn.Invitation
	for page := (csdn.PageRequest{Limit: csdn.MaximumLimit}); ; {
		some, err := s.Invitations.List(r.Context(), v.Caller, id, page)
		if err != nil {
			return nil, err
		}
		all = append(all, some.Items...)
		if page.Cursor = some.Next; some.Next == "" {
			return all, nil
		}
	}
}

// groups sorts the invitations by where they stand, with the names by which the member sees people, and what can be done with them
// while people can be invited.
func (s *site) groups(r *http.Request, v visit, invitations []csdn.Invitation, invites bool) ([]invitationGroup, error) {
	people, organisations := map[csdn.PersonID]csdn.Person{}, map[csdn.OrganisationID]string{}
	for some := range slices.Chunk(invitations, csdn.MaximumLimit) {
		var persons []csdn.PersonID
		var employers []csdn.OrganisationID
		for _, i := range some {
			persons, employers = append(persons, i.Person), append(employers, i.Organisation)
		}
		seen, err := s.People.Seen(r.Context(), v.Caller, persons)
		if err != nil {
			return nil, err
		}
		for _, p := range seen {
			people[p.ID] = p
		}
		names, err := s.Organisations.Names(r.Context(), v.Caller, employers)
		if err != nil {
			return nil, err
		}
		for id, name := range names {
			organisations[id] = name
		}
	}
	var groups []invitationGroup
	for _, place := range groupTitles {
		group := invitationGroup{Title: place.title}
		for _, i := range invitations {
			if i.Status != place.status {
				continue
			}
			line := invitationLine{
				To: "/people/" + string(i.Person), Person: string(i.Person), Name: people[i.Person].Name, Organisation: organisations[i.Organisation],
				Category: spell(i.Category), Mode: spell(i.Mode), Since: day(i.UpdatedAt), Note: i.Note, Status: i.Status,
				Revocable: i.Active(), Seatable: i.Status == csdn.Accepted || i.Status == csdn.Attended || i.Status == csdn.Absent,
				Undeliverable: undelivered(people[i.Person]), Remindable: invites && i.Status == csdn.Invited,
			}
			if invites && !i.Active() {
				line.Instead = "/meetings/" + string(i.Meeting) + "/board/shortlist?instead=" + string(i.Person)
			}
			group.Items = append(group.Items, line)
		}
		slices.SortFunc(group.Items, func(a, b invitationLine) int { return cmp.Compare(a.Name, b.Name) })
		if len(group.Items) > 0 {
			groups = append(groups, group)
		}
	}
	return groups, nil
}

// invite does what the buttons of the board say and leads back to it, with what was done.
func (s *site) invite(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	id, person, act := csdn.MeetingID(r.PathValue("id")), csdn.PersonID(values.Get("person")), values.Get("act")
	n, later := 1, 0
	switch act {
	case "draft":
		var drafted []directory.Drafted
		drafted, err = s.Invitations.Draft(r.Context(), v.Caller, id, identities(values["people"]), "", "")
		n = len(drafted)
	case "record":
		var recorded []directory.Drafted
		recorded, err = s.Invitations.Record(r.Context(), v.Caller, id, identities(values["people"]), csdn.InvitationStatus(values.Get("status")), "", csdn.Mode(values.Get("mode")))
		n = len(slices.DeleteFunc(recorded, func(d directory.Drafted) bool { return d.Already }))
	case "send":
		var sent directory.Sent
		sent, err = s.Invitations.Send(r.Context(), v.Caller, id, nil)
		n = len(sent.Invitations)
	case "remind":
		var reminded directory.Reminders
		reminded, err = s.Invitations.Remind(r.Context(), v.Caller, id, identities(values["person"])) // none for all
		n, later = len(reminded.Sent), len(reminded.Later)
	case "revoke":
		_, err = s.Invitations.Revoke(r.Context(), v.Caller, id, person, "")
	case "attended", "absent":
		_, err = s.Invitations.Attendance(r.Context(), v.Caller, id, person, act == "attended")
	default:
		err = csdn.Errorf(csdn.Malformed, "The form cannot be read.")
	}
	if err != nil {
		return err
	}
	done := url.Values{"done": {act}, "n": {strconv.Itoa(n)}, "later": {strconv.Itoa(later)}}
	http.Redirect(w, r, "/meetings/"+string(id)+"/board?"+done.Encode(), http.StatusSeeOther)
	return nil
}

// told says what was done, of an address that invite leads to; "" of any other.
func told(query url.Values) string {
	n, _ := strconv.Atoi(query.Get("n"))
	switch query.Get("done") {
	case "draft":
		return counted(n, "invitation was drafted", "invitations were drafted")
	case "record":
		return counted(n, "participant was recorded", "participants were recorded")
	case "send":
		return counted(n, "invitation was sent", "invitations were sent")
	case "remind":
		later, _ := strconv.Atoi(query.Get("later"))
		return counted(n, "reminder was sent", "reminders were sent") + ", " + strconv.Itoa(later) + " will follow in their recipients’ morning"
	case "revoke":
		return "The invitation was taken back"
	case "attended", "absent":
		return "Attendance was recorded"
	}
	return ""
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

func identities(texts []string) []csdn.PersonID {
	ids := make([]csdn.PersonID, len(texts))
	for n, text := range texts {
		ids[n] = csdn.PersonID(text)
	}
	return ids
}

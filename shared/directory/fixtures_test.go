package directory_test

import (
	"fmt"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Those who call. The meetings of fixtures name planner; representative keeps organisation 1.
var (
	secretariat    = csdn.Caller{Account: id[csdn.AccountID](901), Role: csdn.SecretariatRole}
	planner        = csdn.Caller{Account: id[csdn.AccountID](902), Role: csdn.PlannerRole}
	otherPlanner   = csdn.Caller{Account: id[csdn.AccountID](903), Role: csdn.PlannerRole}
	representative = csdn.Caller{Account: id[csdn.AccountID](904), Role: csdn.OrganisationRole, Organisation: organisationID(1)}
	official       = csdn.Caller{Account: id[csdn.AccountID](905), Role: csdn.OfficialRole}
	anonymous      = csdn.Caller{Role: csdn.AnonymousRole}
)

func organisationID(n int) csdn.OrganisationID { return id[csdn.OrganisationID](n) }
func personID(n int) csdn.PersonID             { return id[csdn.PersonID](n) }
func meetingID(n int) csdn.MeetingID           { return id[csdn.MeetingID](n) }

// change is an entry of a trail for a fixture.
func (h *house) change() csdn.Change {
	return csdn.Change{ID: csdn.ChangeID(h.clerk.NewID()), At: h.clock.now(), By: secretariat.Account, Act: "fixture"}
}

// area stores an area of the vocabulary.
func (h *house) area(t *testing.T, slug csdn.AreaSlug, broader ...csdn.AreaSlug) {
	t.Helper()
	a := csdn.Area{Slug: slug, AreaProfile: csdn.AreaProfile{LabelEN: string(slug), LabelFR: string(slug), Broader: broader}, UpdatedAt: noon, Version: 1}
	must(t, h.network.PutArea(t.Context(), a, h.change()))
}

// phase stores a phase of the network.
func (h *house) phase(t *testing.T, n csdn.PhaseNumber) {
	t.Helper()
	p := csdn.Phase{Number: n, PhaseProfile: csdn.PhaseProfile{Label: fmt.Sprint("Phase ", n), From: 2020, To: 2027}, UpdatedAt: noon, Version: 1}
	must(t, h.network.PutPhase(t.Context(), p, h.change()))
}

// organisation stores a Malian organisation of the number.
func (h *house) organisation(t *testing.T, n int, edits ...func(*csdn.OrganisationProfile)) csdn.Organisation {
	t.Helper()
	p := csdn.OrganisationProfile{Name: fmt.Sprintf("Organisation %03d", n), Type: "ngo", Country: "ML"}
	for _, edit := range edits {
		edit(&p)
	}
	o := csdn.Organisation{
		ID: organisationID(n), OrganisationProfile: p.Clean(), ConfirmedAt: noon, CreatedAt: noon, UpdatedAt: h.clock.now(), Version: 1,
	}
	must(t, h.network.PutOrganisation(t.Context(), o, h.change()))
	return o
}

// profile is what a person of the number says, of organisation 1 unless edited.
func profile(n int, edits ...func(*csdn.PersonProfile)) csdn.PersonProfile {
	p := csdn.PersonProfile{
		Name: fmt.Sprintf("Person %03d", n), Email: fmt.Sprintf("p%d@people.example", n), Organisation: organisationID(1),
		Position: "Director", Biography: "Works in Gao.", Gender: "woman",
		Consent: csdn.Consent{Basis: "consent", GivenAt: noon, Source: "form"},
	}
	for _, edit := range edits {
		edit(&p)
	}
	return p.Clean()
}

// person stores a person of the number.
func (h *house) person(t *testing.T, n int, edits ...func(*csdn.PersonProfile)) csdn.Person {
	t.Helper()
	p := csdn.Person{
		ID: personID(n), PersonProfile: profile(n, edits...), Derived: csdn.CivilSociety,
		CreatedAt: noon, UpdatedAt: h.clock.now(), Version: 1,
	}
	must(t, h.persons.PutPerson(t.Context(), csdn.Person{}, p, h.change()))
	return p
}

// agenda is what a meeting of the number is about: it is hybrid and starts at 08:15 UTC on 1 February 2027.
func agenda(t *testing.T, n int, edits ...func(*csdn.MeetingProfile)) csdn.MeetingProfile {
	t.Helper()
	p := csdn.MeetingProfile{
		Phase: 4, Type: "policy-meeting", Title: fmt.Sprintf("Meeting %03d", n), Start: local(t, "2027-02-01T09:15"),
		End: local(t, "2027-02-01T11:30"), Mode: csdn.Hybrid, OnlineURL: "https://meet.example/room",
		Planners: []csdn.AccountID{planner.Account},
	}
	for _, edit := range edits {
		edit(&p)
	}
	return p.Clean()
}

// meeting stores a meeting of the number, in the status.
func (h *house) meeting(t *testing.T, n int, status csdn.MeetingStatus, edits ...func(*csdn.MeetingProfile)) csdn.Meeting {
	t.Helper()
	p := agenda(t, n, edits...)
	m := csdn.Meeting{ID: meetingID(n), MeetingProfile: p, TypeProfile: p.Type.Profile(), Status: status, CreatedAt: noon, UpdatedAt: noon, Version: 1}
	must(t, h.network.PutMeeting(t.Context(), csdn.Meeting{}, m, h.change()))
	return m
}

func local(t *testing.T, text string) csdn.LocalTime {
	t.Helper()
	parsed, err := csdn.ParseLocalTime(text)
	must(t, err)
	return parsed
}

// seats limits the seats of a meeting.
func seats(inPerson, online int) func(*csdn.MeetingProfile) {
	return func(p *csdn.MeetingProfile) { p.Seats = csdn.Seats{InPerson: &inPerson, Online: &online} }
}

// deadline ends answers so long after noon.
func deadline(after time.Duration) func(*csdn.MeetingProfile) {
	return func(p *csdn.MeetingProfile) { p.ResponseDeadline = noon.Add(after) }
}

func member(n int) func(*csdn.PersonProfile) {
	return func(p *csdn.PersonProfile) { p.Organisation = organisationID(n) }
}

func safety(s csdn.Safety) func(*csdn.PersonProfile) {
	return func(p *csdn.PersonProfile) { p.Safety, p.Alias = s, "Somebody" }
}

// convened stores an open meeting, numbered 1, to which people numbered 1 to n are invited, each with the link of token.
func convened(t *testing.T, n int, edits ...func(*csdn.MeetingProfile)) *house {
	t.Helper()
	h := open(t)
	h.phase(t, 4)
	h.organisation(t, 1)
	h.meeting(t, 1, csdn.MeetingOpen, edits...)
	var people []csdn.PersonID
	for i := 1; i <= n; i++ {
		h.person(t, i)
		people = append(people, personID(i))
	}
	if n > 0 {
		h.invite(t, people...)
	}
	return h
}

// invite drafts and sends invitations to meeting 1, and stores a link for each.
func (h *house) invite(t *testing.T, people ...csdn.PersonID) {
	t.Helper()
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people, "", "")
	must(t, err)
	_, err = h.invitations.Send(t.Context(), planner, meetingID(1), people)
	must(t, err)
	for _, p := range people {
		i := h.invitation(t, p)
		must(t, h.participation.PutLink(t.Context(), csdn.Link{
			Hash: directory.HashToken(tokenOf(p, i.Round)), Meeting: i.Meeting, Person: p, Round: i.Round,
		}))
	}
}

func tokenOf(p csdn.PersonID, round int) string {
	return fmt.Sprintf("token of %s in round %d", p, round)
}

// invitation returns an invitation to meeting 1.
func (h *house) invitation(t *testing.T, p csdn.PersonID) csdn.Invitation {
	t.Helper()
	i, err := h.participation.Invitation(t.Context(), meetingID(1), p)
	must(t, err)
	return i
}

// answer answers the invitation of a person of the number by the link of its first round.
func (h *house) answer(t *testing.T, n int, a csdn.Answer, mode csdn.Mode) (directory.Rsvp, error) {
	t.Helper()
	return h.invitations.Respond(t.Context(), tokenOf(personID(n), 1), csdn.Response{Answer: a, Mode: mode})
}

// answers is answer for one that must succeed, and a minute later for the next.
func (h *house) answers(t *testing.T, n int, a csdn.Answer, mode csdn.Mode) {
	t.Helper()
	_, err := h.answer(t, n, a, mode)
	must(t, err)
	h.clock.pass(time.Minute)
}

// stand checks where the invitations of people 1, 2, … to meeting 1 stand, and that the seats taken are those held.
func (h *house) stand(t *testing.T, want ...csdn.InvitationStatus) {
	t.Helper()
	list, err := h.participation.Invitations(t.Context(), meetingID(1))
	must(t, err)
	var got []csdn.InvitationStatus
	held := csdn.Seating{}
	for _, i := range list {
		got = append(got, i.Status)
		if !i.Seated() {
			continue
		}
		if i.Mode == csdn.Online {
			held.Online++
			continue
		}
		held.InPerson++
	}
	same(t, want, got)
	taken, err := h.participation.Seating(t.Context(), meetingID(1))
	must(t, err)
	held.Version = taken.Version
	same(t, held, taken)
}

package demo

import (
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"

	"github.com/google/go-cmp/cmp"
)

// The facts are those of the network's concept note of 1 February 2023.
func TestPolicyMeetingIsThatOfTheConceptNote(t *testing.T) {
	m := PolicyMeeting(2023)
	facts := map[string]string{
		"phase": "4",
		"type":  "policy-meeting",
		"title": "The EU Human Rights Due Diligence Policy for Security Sector Support: Gathering Civil Society Input",
		"start": "2023-02-01T09:15", "end": "2023-02-01T11:30", "zone": "Europe/Brussels",
		"mode":       "hybrid",
		"venue.name": "Scotland House Conference Centre", "venue.address": "Rond-Point Robert Schuman 6, 1040 Brussels",
		"language": "en", "rule": "chatham-house",
		"bands": "total 25–30, civil-society 10–15",
		"seats": "", "responseDeadline": "",
	}
	for _, f := range (csdn.Meeting{MeetingProfile: m}).Facts() {
		if want, asked := facts[f.Field]; asked && f.Value != want {
			t.Errorf("%s is %q, want %q", f.Field, f.Value, want)
		}
	}
	if got := m.StartsAt().Format("Monday 2 January 2006 15.04 MST"); got != "Wednesday 1 February 2023 09.15 CET" {
		t.Errorf("it starts on %s", got)
	}
	agenda := []string{
		"09:15–09:30 registration: Registration and welcome breakfast",
		"09:30–09:40 opening: Opening remarks (European External Action Service, EPLO)",
		"09:40–10:00 presentation: Presentation of the draft HRDDP",
		"10:00–11:20 discussion: Interactive exchange with civil society on the draft HRDDP",
		"11:20–11:30 closing: Closing remarks (European External Action Service, EPLO)",
		"11:30–11:45 social: Coffee and tea",
	}
	if diff := cmp.Diff(agenda, slots(m)); diff != "" {
		t.Errorf("agenda (-want +got):\n%s", diff)
	}
	if n := len(m.Agenda[3].Questions); n != 5 {
		t.Errorf("the exchange has %d questions, want 5", n)
	}
	warnings := []string{"Agenda item 6 (11:30–11:45) is outside the hours of the meeting."}
	if diff := cmp.Diff(warnings, m.Warnings()); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

func slots(m csdn.MeetingProfile) []string {
	var lines []string
	for _, i := range m.Agenda {
		line := i.Start.String() + "–" + i.End.String() + " " + string(i.Kind) + ": " + i.Title
		if len(i.By) > 0 {
			line += " (" + strings.Join(i.By, ", ") + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestPolicyMeetingOfAnotherYear(t *testing.T) {
	m := PolicyMeeting(2027)
	if m.Start.String() != "2027-02-01T09:15" || m.Phase != 5 {
		t.Errorf("starts at %s in phase %d", m.Start, m.Phase)
	}
	if err := m.Clean().Validate(); err != nil {
		t.Error(err)
	}
}

func TestMeetings(t *testing.T) {
	n := network(t)
	invited := map[csdn.MeetingID]bool{}
	for _, a := range n.Attendance {
		invited[a.Meeting.ID] = true
	}
	tests := map[csdn.MeetingID]struct {
		status  csdn.MeetingStatus
		coming  bool
		invited bool
	}{
		PolicyMeeting2023: {csdn.MeetingHeld, false, true},
		SudanMeeting:      {csdn.MeetingHeld, false, true},
		AnalysisSeminar:   {csdn.MeetingOpen, true, false},
		FundingMeeting:    {csdn.MeetingDraft, true, false},
	}
	if len(n.Meetings) != len(tests) {
		t.Errorf("%d meetings, want %d", len(n.Meetings), len(tests))
	}
	for _, m := range n.Meetings {
		want := tests[m.ID]
		if m.Status != want.status || m.StartsAt().After(now) != want.coming || invited[m.ID] != want.invited {
			t.Errorf("%s: %s, starts at %s, invited %t", m.ID, m.Status, m.Start, invited[m.ID])
		}
		if !m.PlannedBy(Planner) {
			t.Errorf("%s does not name the demo's planner", m.ID)
		}
	}
}

func TestAttendanceOfThePolicyMeeting(t *testing.T) {
	n := network(t)
	table := n.Attendance[0]
	if table.Meeting.ID != PolicyMeeting2023 || len(table.Invitations) != 32 {
		t.Fatalf("%d invitations to %s", len(table.Invitations), table.Meeting.ID)
	}
	got := csdn.Compose(table.Meeting, table.Invitations, nil)
	got.ByArea = nil
	want := csdn.Composition{
		Total:      27,
		ByCategory: map[csdn.Category]int{csdn.CivilSociety: 13, "eu-institution": 14},
		ByMode:     map[csdn.Mode]int{csdn.InPerson: 15, csdn.Online: 12},
		ByStatus:   map[csdn.InvitationStatus]int{csdn.Attended: 27, csdn.Declined: 2, csdn.Absent: 2, csdn.Withdrawn: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("composition (-want +got):\n%s", diff)
	}
	// Those who attended and those who were absent had seats.
	if diff := cmp.Diff(csdn.Seating{InPerson: 16, Online: 13, Version: 1}, table.Seating); diff != "" {
		t.Errorf("seating (-want +got):\n%s", diff)
	}
}

func TestInvitationsAreThoseOfTheirPeople(t *testing.T) {
	n := network(t)
	people, organisations := map[csdn.PersonID]csdn.Person{}, map[csdn.OrganisationID]csdn.Organisation{}
	for _, p := range n.People {
		people[p.ID] = p
	}
	for _, o := range n.Organisations {
		organisations[o.ID] = o
	}
	for _, table := range n.Attendance {
		seen := map[csdn.PersonID]bool{}
		for _, i := range table.Invitations {
			p := people[i.Person]
			if seen[i.Person] || p.Safety == csdn.Hidden || p.Organisation != i.Organisation || p.Side() != i.Category {
				t.Errorf("%s is not fit for %s", i.Person, i.Meeting)
			}
			seen[i.Person] = true
			if !tallyOf(organisations[i.Organisation].Phases)[i.Phase] {
				t.Errorf("%s was not in phase %d", i.Organisation, i.Phase)
			}
			if !i.DueAt.IsZero() || i.Version != 1 || i.Calendar == "" || !table.Meeting.Mode.Allows(i.Mode) || i.Phase != table.Meeting.Phase {
				t.Errorf("%s: %+v is not a finished invitation", i.Meeting, i)
			}
		}
	}
}

func tallyOf(phases []csdn.PhaseNumber) map[csdn.PhaseNumber]bool {
	joined := map[csdn.PhaseNumber]bool{}
	for _, p := range phases {
		joined[p] = true
	}
	return joined
}

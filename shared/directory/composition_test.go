package directory_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

// seated stores an invitation to meeting 1 that is as it is, with no seating beside.
func (h *house) seated(t *testing.T, n int, status csdn.InvitationStatus, category csdn.Category, mode csdn.Mode, areas ...csdn.AreaSlug) {
	t.Helper()
	i := csdn.Invitation{
		Meeting: meetingID(1), Person: personID(n), Phase: 4, Organisation: organisationID(1), Category: category, Areas: areas,
		Mode: mode, Status: status, Round: 1, CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{Meeting: i.Meeting, MeetingVersion: 1, Invitations: []csdn.Invitation{i}}))
}

func TestCompositionForPlannersAndForOfficials(t *testing.T) {
	h := convened(t, 0, func(p *csdn.MeetingProfile) {
		p.Bands = csdn.Bands{Total: csdn.Band{Min: 25, Max: 30}, Categories: map[csdn.Category]csdn.Band{"civil-society": {Min: 1, Max: 5}}}
	})
	n := 0
	add := func(count int, status csdn.InvitationStatus, category csdn.Category, mode csdn.Mode, areas ...csdn.AreaSlug) {
		for range count {
			n++
			h.seated(t, n, status, category, mode, areas...)
		}
	}
	add(5, csdn.Accepted, "civil-society", csdn.InPerson, "mediation", "gender")
	add(1, csdn.Attended, "civil-society", csdn.Online, "mediation")
	add(4, csdn.Accepted, "eu-institution", csdn.InPerson)
	add(1, csdn.Accepted, "academic", csdn.Online, "gender")
	add(3, csdn.Reserved, "academic", csdn.Online, "gender")
	add(2, csdn.Offered, "member-state", csdn.InPerson)
	add(1, csdn.Draft, "other", csdn.InPerson)
	whole := csdn.Composition{
		Total:      11,
		ByCategory: map[csdn.Category]int{"civil-society": 6, "eu-institution": 4, "academic": 1},
		ByMode:     map[csdn.Mode]int{csdn.InPerson: 9, csdn.Online: 2},
		ByArea:     map[csdn.AreaSlug]int{"mediation": 6, "gender": 6},
		ByStatus:   map[csdn.InvitationStatus]int{csdn.Accepted: 10, csdn.Attended: 1, csdn.Reserved: 3, csdn.Offered: 2, csdn.Draft: 1},
		Warnings: []string{"11 participants are fewer than the 25 aimed for.", "6 civil-society participants are more than the 5 aimed for.",
			"5 other participants than of civil society are fewer than the 20 aimed for."},
	}
	// What an official sees adds up to nothing that tells of the one academic or the two online, and has no areas while answers come in.
	published := csdn.Composition{
		Total:      11,
		ByCategory: map[csdn.Category]int{"civil-society": 6},
		ByMode:     map[csdn.Mode]int{},
		ByArea:     map[csdn.AreaSlug]int{},
	}
	for name, c := range map[string]struct {
		caller csdn.Caller
		want   csdn.Composition
	}{"secretariat": {secretariat, whole}, "planner": {planner, whole}, "official": {official, published}} {
		t.Run(name, func(t *testing.T) {
			m, got, err := h.invitations.Composition(t.Context(), c.caller, meetingID(1))
			must(t, err)
			same(t, c.want, got)
			if m.ID != meetingID(1) || m.Bands.Total.Min != 25 {
				t.Errorf("of meeting %+v", m)
			}
		})
	}
}

func TestCompositionOfADraftIsForItsPlanners(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.meeting(t, 1, csdn.MeetingDraft)
	_, _, err := h.invitations.Composition(t.Context(), planner, meetingID(1))
	must(t, err)
	for _, caller := range []csdn.Caller{otherPlanner, official} {
		_, _, err := h.invitations.Composition(t.Context(), caller, meetingID(1))
		missing(t, err)
	}
}

func TestInvitationsOfAnOrganisation(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.phase(t, 5)
	h.person(t, 1)
	h.person(t, 2)
	h.person(t, 3, member(2))
	for n, phase := range []csdn.PhaseNumber{4, 4, 5} {
		m := h.meeting(t, n+1, csdn.MeetingOpen, func(p *csdn.MeetingProfile) { p.Phase = phase })
		_, err := h.invitations.Draft(t.Context(), planner, m.ID, people(1, 2, 3), "", "")
		must(t, err)
		_, err = h.invitations.Send(t.Context(), planner, m.ID, people(1, 3))
		must(t, err)
	}
	for phase, want := range map[csdn.PhaseNumber][]csdn.MeetingID{0: meetingIDs(3, 2, 1), 4: meetingIDs(2, 1), 5: meetingIDs(3), 6: nil} {
		page, err := h.invitations.OfOrganisation(t.Context(), representative, organisationID(1), phase, first)
		must(t, err)
		var got []csdn.MeetingID
		for _, i := range page.Items {
			got = append(got, i.Meeting)
			if i.Person != personID(1) || i.Status != csdn.Invited {
				t.Errorf("phase %d tells of %+v", phase, i)
			}
		}
		same(t, want, got)
	}
}

package directory_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func people(numbers ...int) []csdn.PersonID {
	var ids []csdn.PersonID
	for _, n := range numbers {
		ids = append(ids, personID(n))
	}
	return ids
}

// messages are the kinds of the deliveries to a person, sorted.
func (h *house) messages(t *testing.T, p csdn.PersonID) []string {
	t.Helper()
	var list []string
	h.items(t, func(table, _, _ string, item map[string]types.AttributeValue) {
		if table == "OutboxTable" && textOf(item["person"]) == string(p) {
			list = append(list, textOf(item["message"]))
		}
	})
	slices.Sort(list)
	return list
}

// trail is the acts on an invitation to meeting 1 by whom, the earliest first.
func (h *house) trail(t *testing.T, p csdn.PersonID) []string {
	t.Helper()
	at := map[string]string{}
	var keys []string
	h.items(t, func(table, pk, sk string, item map[string]types.AttributeValue) {
		prefix := "CHANGE#" + string(p)
		if table != "ParticipationTable" || pk != "MEETING#"+string(meetingID(1)) || len(sk) < len(prefix) || sk[:len(prefix)] != prefix {
			return
		}
		keys = append(keys, sk)
		at[sk] = textOf(item["act"]) + " by " + textOf(item["by"])
	})
	slices.Sort(keys)
	var list []string
	for _, key := range keys {
		list = append(list, at[key])
	}
	return list
}

func TestDrafting(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.meeting(t, 1, csdn.MeetingOpen)
	h.person(t, 1, func(p *csdn.PersonProfile) { p.Areas = []csdn.Expertise{{Area: "mediation"}, {Area: "gender"}} })
	h.person(t, 2, member(2), func(p *csdn.PersonProfile) { p.Category = "academic" })
	drafted, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(2, 1, 2), "", "")
	must(t, err)
	if len(drafted) != 2 || drafted[0].Person != personID(2) || drafted[1].Person != personID(1) || drafted[0].Already || drafted[1].Already {
		t.Fatalf("drafted are %+v", drafted)
	}
	one := drafted[1].Invitation
	if len(one.Calendar) < 32 || one.Calendar == drafted[0].Calendar {
		t.Errorf("the entry's secret name is %q", one.Calendar)
	}
	same(t, csdn.Invitation{
		Meeting: meetingID(1), Person: personID(1), Phase: 4, Organisation: organisationID(1), Category: csdn.CivilSociety,
		Areas: []csdn.AreaSlug{"mediation", "gender"}, Mode: csdn.InPerson, Status: csdn.Draft, Round: 1, Calendar: one.Calendar,
		CreatedAt: noon, UpdatedAt: noon, Version: 1,
	}, one)
	same(t, one, h.invitation(t, personID(1)))
	if side := h.invitation(t, personID(2)).Category; side != "academic" {
		t.Errorf("the professor is %s", side)
	}
	same(t, []string{}, h.messages(t, personID(1)))

	t.Run("who is there already is left, but for one who is new", func(t *testing.T) {
		h.person(t, 3)
		again, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1, 3), "other", csdn.Online)
		must(t, err)
		same(t, directory.Drafted{Invitation: one, Already: true}, again[0])
		if again[1].Already || again[1].Category != "other" || again[1].Mode != csdn.Online {
			t.Errorf("drafted is %+v", again[1])
		}
		h.silent(t, func() error {
			_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1, 3), "", "")
			return err
		})
	})
}

func TestDraftsThatAreRefused(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	inPerson := func(p *csdn.MeetingProfile) { p.Mode = csdn.InPerson }
	for n, status := range csdn.MeetingStatuses() { // the second is open
		h.meeting(t, n+1, status, inPerson)
	}
	h.meeting(t, 6, csdn.MeetingOpen, func(p *csdn.MeetingProfile) {
		p.Start, p.End, p.Zone = local(t, "2027-01-10T12:00"), local(t, "2027-01-10T13:00"), "UTC"
	})
	h.person(t, 1)
	h.person(t, 2, safety(csdn.Hidden))
	for name, c := range map[string]struct {
		meeting  int
		people   []csdn.PersonID
		category csdn.Category
		mode     csdn.Mode
		want     csdn.Kind
		where    []string
	}{
		"a draft":                        {1, people(1), "", "", csdn.Conflict, nil},
		"held":                           {3, people(1), "", "", csdn.Conflict, nil},
		"closed":                         {4, people(1), "", "", csdn.Conflict, nil},
		"cancelled":                      {5, people(1), "", "", csdn.Conflict, nil},
		"just begun":                     {6, people(1), "", "", csdn.Conflict, nil},
		"nobody":                         {2, nil, "", "", csdn.Invalid, []string{"people"}},
		"unknown and hidden people":      {2, people(1, 9, 2), "", "", csdn.Invalid, []string{"people[1]", "people[2]"}},
		"an unknown category":            {2, people(1), "friends", "", csdn.Invalid, []string{"category"}},
		"online, of a meeting in a room": {2, people(1), "", csdn.Online, csdn.Invalid, []string{"mode"}},
		"hybrid is no mode of anybody":   {2, people(1), "", csdn.Hybrid, csdn.Invalid, []string{"mode"}},
		"more than a hundred":            {2, make101(), "", "", csdn.Invalid, []string{"people"}},
	} {
		t.Run(name, func(t *testing.T) {
			h.refuses(t, c.want, func() error {
				_, err := h.invitations.Draft(t.Context(), planner, meetingID(c.meeting), c.people, c.category, c.mode)
				same(t, c.where, locations(err))
				return err
			})
		})
	}
	t.Run("a hidden person looks like an unknown one", func(t *testing.T) {
		_, err := h.invitations.Draft(t.Context(), planner, meetingID(2), people(9, 2), "", "")
		var broken *csdn.Error
		if !errors.As(err, &broken) || broken.Fields[0].Message != broken.Fields[1].Message {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the secretariat invites a hidden person", func(t *testing.T) {
		_, err := h.invitations.Draft(t.Context(), secretariat, meetingID(2), people(2), "", "")
		must(t, err)
	})
}

func make101() []csdn.PersonID {
	var list []csdn.PersonID
	for n := range 101 {
		list = append(list, personID(n+1))
	}
	return list
}

func TestSending(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.meeting(t, 1, csdn.MeetingOpen, deadline(48*time.Hour))
	for n := 1; n <= 4; n++ {
		h.person(t, n)
	}
	_, err := h.invitations.Draft(t.Context(), planner, meetingID(1), people(1, 2, 3), "", "")
	must(t, err)
	send := func(numbers ...int) (went, before int) {
		sent, err := h.invitations.Send(t.Context(), planner, meetingID(1), people(numbers...))
		must(t, err)
		return len(sent.Invitations), sent.Before
	}
	h.refuses(t, csdn.Invalid, func() error {
		_, err := h.invitations.Send(t.Context(), planner, meetingID(1), people(1, 4, 77))
		same(t, []string{"people[1]", "people[2]"}, locations(err))
		return err
	})
	h.clock.pass(time.Hour)
	if went, before := send(2); went != 1 || before != 0 {
		t.Errorf("%d went, %d before", went, before)
	}
	sent := h.invitation(t, personID(2))
	if sent.Status != csdn.Invited || !sent.DueAt.Equal(noon.Add(48*time.Hour)) || !sent.UpdatedAt.Equal(h.clock.now()) {
		t.Errorf("sent is %+v", sent)
	}
	h.silent(t, func() error { // a repeat sends nothing twice
		went, before := send(2)
		if went != 0 || before != 1 {
			t.Errorf("%d went, %d before", went, before)
		}
		return nil
	})
	if went, before := send(1, 2, 1); went != 1 || before != 1 {
		t.Errorf("%d went, %d before", went, before)
	}
	if went, before := send(); went != 1 || before != 0 {
		t.Errorf("of the rest %d went, %d before", went, before)
	}
	h.silent(t, func() error {
		went, _ := send()
		if went != 0 {
			t.Errorf("%d went when there was no draft", went)
		}
		return nil
	})
	h.stand(t, csdn.Invited, csdn.Invited, csdn.Invited)
	for n := 1; n <= 3; n++ {
		same(t, []string{"invitation"}, h.messages(t, personID(n)))
		by := " by " + string(planner.Account)
		same(t, []string{"invitation.drafted" + by, "invitation.sent" + by}, h.trail(t, personID(n)))
	}
	h.clock.time = agenda(t, 1).StartsAt()
	h.refuses(t, csdn.Conflict, func() error {
		_, err := h.invitations.Send(t.Context(), planner, meetingID(1), nil)
		return err
	})
}

// TestAHundredPeople drafts, sends and cancels more than one transaction takes.
func TestAHundredPeople(t *testing.T) {
	h := open(t)
	h.phase(t, 4)
	h.meeting(t, 1, csdn.MeetingOpen)
	everybody := make101()[:100]
	for n := range everybody {
		h.person(t, n+1)
	}
	drafted, err := h.invitations.Draft(t.Context(), planner, meetingID(1), everybody, "", "")
	must(t, err)
	var order []csdn.PersonID
	for _, d := range drafted {
		order = append(order, d.Person)
	}
	same(t, everybody, order)
	sent, err := h.invitations.Send(t.Context(), planner, meetingID(1), nil)
	must(t, err)
	if len(sent.Invitations) != 100 || sent.Before != 0 {
		t.Errorf("%d went, %d before", len(sent.Invitations), sent.Before)
	}
	h.stand(t, slices.Repeat([]csdn.InvitationStatus{csdn.Invited}, 100)...)

	var seen []csdn.PersonID
	for page := (csdn.PageRequest{Limit: 40}); ; {
		list, err := h.invitations.List(t.Context(), planner, meetingID(1), page)
		must(t, err)
		for _, i := range list.Items {
			seen = append(seen, i.Person)
		}
		if page.Cursor = list.Next; list.Next == "" {
			break
		}
	}
	same(t, everybody, seen)

	_, err = h.invitations.Cancel(t.Context(), planner, meetingID(1), 1, "floods")
	must(t, err)
	h.stand(t, slices.Repeat([]csdn.InvitationStatus{csdn.Revoked}, 100)...)
	told := map[string]int{}
	h.items(t, func(table, _, _ string, item map[string]types.AttributeValue) {
		if table == "OutboxTable" {
			told[textOf(item["person"])+" "+textOf(item["message"])]++
		}
	})
	want := map[string]int{}
	for _, p := range everybody {
		want[string(p)+" invitation"], want[string(p)+" cancellation"] = 1, 1
	}
	same(t, want, told)
}

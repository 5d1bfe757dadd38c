package dynamo_test

import (
	"reflect"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

func invitation(meeting, person int) csdn.Invitation {
	return csdn.Invitation{
		Meeting: id[csdn.MeetingID](meeting), Person: id[csdn.PersonID](person), Phase: 4,
		Organisation: id[csdn.OrganisationID](1), Category: csdn.CivilSociety, Areas: []csdn.AreaSlug{"mediation"},
		Mode: csdn.InPerson, Status: csdn.Offered, Reason: "a seat became free", Note: "I come by train.", Round: 1,
		Calendar: "uid-1", Sequence: 2, ReservedAt: noon.Add(-time.Hour), Asked: 2, MovedBy: []csdn.MergerID{id[csdn.MergerID](7)}, HandedBy: []csdn.MergerID{id[csdn.MergerID](8)}, RemindAt: noon.Add(-time.Hour), RemindedAt: noon.Add(-time.Hour), DueAt: noon.Add(48 * time.Hour),
		CreatedAt: noon.Add(-3 * time.Hour), RespondedAt: noon.Add(-2 * time.Hour), UpdatedAt: noon, Erased: true, Version: 1,
	}
}

func delivery(n int) csdn.Delivery {
	return csdn.Delivery{
		ID: id[csdn.DeliveryID](n), Message: csdn.OfferMessage, Meeting: id[csdn.MeetingID](1), Person: id[csdn.PersonID](n),
		Round: 2, Organisation: id[csdn.OrganisationID](1), Account: id[csdn.AccountID](1), CreatedAt: noon,
	}
}

// convened stores a meeting, numbered 1 at version 1.
func convened(t *testing.T) house {
	t.Helper()
	h := open(t)
	must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, meeting(t, 1), change(1, 1)))
	return h
}

// act returns a write that has something for every table.
func act(version csdn.Version, seating csdn.Seating, invitations ...csdn.Invitation) csdn.InvitationWrite {
	w := csdn.InvitationWrite{Meeting: id[csdn.MeetingID](1), MeetingVersion: version, Seating: &seating, Invitations: invitations}
	for n, i := range invitations {
		w.Deliveries = append(w.Deliveries, delivery(100*int(i.Version)+n))
		w.Changes = append(w.Changes, csdn.InvitationChange{Person: i.Person, Change: change(100*int(i.Version)+n, i.Version)})
	}
	return w
}

func TestInvitationComesBackWhole(t *testing.T) {
	h := convened(t)
	whole := invitation(1, 2)
	full(t, "invitation", reflect.ValueOf(whole))
	bare := csdn.Invitation{Meeting: id[csdn.MeetingID](1), Person: id[csdn.PersonID](1), Version: 1}
	seats := csdn.Seating{InPerson: 1, Online: 2, Version: 1}
	full(t, "seating", reflect.ValueOf(seats))
	must(t, h.participation.WriteInvitations(t.Context(), act(1, seats, whole, bare)))

	got, err := h.participation.Invitation(t.Context(), whole.Meeting, whole.Person)
	must(t, err)
	same(t, whole, got)
	all, err := h.participation.Invitations(t.Context(), whole.Meeting)
	must(t, err)
	same(t, []csdn.Invitation{bare, whole}, all)
	taken, err := h.participation.Seating(t.Context(), whole.Meeting)
	must(t, err)
	same(t, seats, taken)
	sent, err := h.outbox.Delivery(t.Context(), delivery(100).ID)
	must(t, err)
	same(t, delivery(100), sent)
	if trail := h.trail(t, "ParticipationTable MEETING#"+string(whole.Meeting)+" CHANGE#"+string(whole.Person)); len(trail) != 1 {
		t.Errorf("the trail is %v", trail)
	}
}

func TestWhatNobodyWasInvitedTo(t *testing.T) {
	h := open(t)
	_, err := h.participation.Invitation(t.Context(), id[csdn.MeetingID](1), id[csdn.PersonID](1))
	refused(t, csdn.NotFound, err)
	all, err := h.participation.Invitations(t.Context(), id[csdn.MeetingID](1))
	must(t, err)
	same(t, []csdn.Invitation{}, all)
	taken, err := h.participation.Seating(t.Context(), id[csdn.MeetingID](1))
	must(t, err)
	same(t, csdn.Seating{}, taken)
}

func TestInvitationsAreWrittenTogetherOrNotAtAll(t *testing.T) {
	h := convened(t)
	must(t, h.participation.WriteInvitations(t.Context(), act(1, csdn.Seating{InPerson: 1, Version: 1}, invitation(1, 1), invitation(1, 2))))
	second := func(n int) csdn.Invitation {
		i := invitation(1, n)
		i.Status, i.Version = csdn.Accepted, 2
		return i
	}
	sound := func() csdn.InvitationWrite {
		return act(1, csdn.Seating{InPerson: 2, Version: 2}, second(1), second(2))
	}
	for _, c := range []struct {
		name  string
		want  csdn.Kind
		spoil func(*csdn.InvitationWrite)
	}{
		{"the meeting was changed", csdn.Stale, func(w *csdn.InvitationWrite) { w.MeetingVersion = 2 }},
		{"there is no such meeting", csdn.Stale, func(w *csdn.InvitationWrite) { w.Meeting = id[csdn.MeetingID](2) }},
		{"a seat was taken", csdn.Stale, func(w *csdn.InvitationWrite) { w.Seating.Version = 1 }},
		{"the last invitation was changed", csdn.Stale, func(w *csdn.InvitationWrite) { w.Invitations[1].Version = 3 }},
		{"an invitation is drafted twice", csdn.Stale, func(w *csdn.InvitationWrite) { w.Invitations[0].Version = 1 }},
		{"a delivery exists", csdn.Conflict, func(w *csdn.InvitationWrite) { w.Deliveries[1].ID = delivery(100).ID }},
		{"a change is recorded", csdn.Conflict, func(w *csdn.InvitationWrite) { w.Changes[1].ID = change(101, 1).ID }},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := sound()
			c.spoil(&w)
			h.unchanged(t, c.want, func() error { return h.participation.WriteInvitations(t.Context(), w) })
		})
	}
	must(t, h.participation.WriteInvitations(t.Context(), sound()))
	got, err := h.participation.Invitation(t.Context(), id[csdn.MeetingID](1), id[csdn.PersonID](2))
	must(t, err)
	same(t, second(2), got)
}

func TestOneOfManyTakesTheSeat(t *testing.T) {
	h := convened(t)
	const guests = 20
	errs := make(chan error)
	for n := range guests {
		go func() {
			errs <- h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{
				Meeting: id[csdn.MeetingID](1), MeetingVersion: 1, Seating: &csdn.Seating{InPerson: 1, Version: 1},
				Invitations: []csdn.Invitation{invitation(1, n)},
			})
		}()
	}
	seated := 0
	for range guests {
		if err := <-errs; err == nil {
			seated++
		} else {
			refused(t, csdn.Stale, err)
		}
	}
	all, err := h.participation.Invitations(t.Context(), id[csdn.MeetingID](1))
	must(t, err)
	if seated != 1 || len(all) != 1 {
		t.Errorf("%d guests were told that they have the seat, and %d are written", seated, len(all))
	}
}

func TestAnActOfMoreThanAHundredPartsIsRefused(t *testing.T) {
	h := convened(t)
	w := csdn.InvitationWrite{Meeting: id[csdn.MeetingID](1), MeetingVersion: 1}
	for n := range 99 {
		w.Invitations = append(w.Invitations, csdn.Invitation{Meeting: w.Meeting, Person: id[csdn.PersonID](n), Version: 1})
	}
	larger := w
	larger.Deliveries = []csdn.Delivery{delivery(1)}
	before := h.stored(t)
	if err := h.participation.WriteInvitations(t.Context(), larger); err == nil || csdn.KindOf(err) != "" {
		t.Errorf("error is %v", err)
	}
	same(t, before, h.stored(t))
	must(t, h.participation.WriteInvitations(t.Context(), w))
}

func TestInvitationsOfOrganisation(t *testing.T) {
	h := open(t)
	var newestFirst []csdn.Invitation
	for n, phase := range []csdn.PhaseNumber{5, 4, 4, 3} {
		m := meeting(t, 9-n)
		m.Phase = phase
		must(t, h.directory.PutMeeting(t.Context(), csdn.Meeting{}, m, change(n, 1)))
		for _, guest := range []int{3, 1} {
			i := invitation(9-n, guest)
			i.Phase = phase
			newestFirst = append(newestFirst, i)
		}
		other := invitation(9-n, 2)
		other.Organisation = id[csdn.OrganisationID](2)
		must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{
			Meeting: m.ID, MeetingVersion: 1, Invitations: append(newestFirst[2*n:2*n+2:2*n+2], other),
		}))
	}
	read := func(phase csdn.PhaseNumber, limit int) []csdn.Invitation {
		var got []csdn.Invitation
		page := csdn.PageRequest{Limit: limit}
		for {
			p, err := h.participation.InvitationsOfOrganisation(t.Context(), id[csdn.OrganisationID](1), phase, page)
			must(t, err)
			if got = append(got, p.Items...); p.Next == "" {
				return got
			}
			if len(p.Items) != limit {
				t.Errorf("a page that is not the last has %d invitations, want %d", len(p.Items), limit)
			}
			page.Cursor = p.Next
		}
	}
	for _, limit := range []int{1, 3, 8, 100} {
		same(t, newestFirst, read(0, limit))
		same(t, newestFirst[2:6], read(4, limit))
	}
	same(t, []csdn.Invitation{}, read(6, 10))

	first, err := h.participation.InvitationsOfOrganisation(t.Context(), id[csdn.OrganisationID](1), 0, csdn.PageRequest{Limit: 1})
	must(t, err)
	_, err = h.participation.InvitationsOfOrganisation(t.Context(), id[csdn.OrganisationID](1), 5, csdn.PageRequest{Limit: 1, Cursor: first.Next})
	refused(t, csdn.Malformed, err)
	_, err = h.participation.InvitationsOfOrganisation(t.Context(), id[csdn.OrganisationID](2), 0, csdn.PageRequest{Limit: 1, Cursor: first.Next})
	refused(t, csdn.Malformed, err)
	outside := csdn.SealCursor("invitations of organisation "+string(id[csdn.OrganisationID](1))+" in phase 4",
		"0005#"+string(id[csdn.MeetingID](9))+"#"+string(id[csdn.PersonID](3)))
	_, err = h.participation.InvitationsOfOrganisation(t.Context(), id[csdn.OrganisationID](1), 4, csdn.PageRequest{Limit: 1, Cursor: outside})
	refused(t, csdn.Malformed, err)
}

func TestDueInvitationsTheEarliestFirst(t *testing.T) {
	h := convened(t)
	dues := []time.Duration{2 * time.Hour, 0, time.Hour, time.Hour + 1}
	var all []csdn.Invitation
	for n, due := range dues {
		i := invitation(1, n)
		i.DueAt = noon.Add(due)
		all = append(all, i)
	}
	never := invitation(1, 8)
	never.DueAt = time.Time{}
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{
		Meeting: id[csdn.MeetingID](1), MeetingVersion: 1, Invitations: append(all[:4:4], never),
	}))
	due := func(until time.Time, limit int) []csdn.Invitation {
		found, err := h.participation.DueInvitations(t.Context(), until, limit)
		must(t, err)
		return found
	}
	same(t, []csdn.Invitation{}, due(noon.Add(-1), 10))
	same(t, []csdn.Invitation{all[1]}, due(noon, 10))
	same(t, []csdn.Invitation{all[1], all[2]}, due(noon.Add(time.Hour), 10))
	same(t, []csdn.Invitation{all[1], all[2], all[3]}, due(noon.Add(9*time.Hour), 3))

	answered := all[1]
	answered.Status, answered.DueAt, answered.Version = csdn.Accepted, time.Time{}, 2
	must(t, h.participation.WriteInvitations(t.Context(), csdn.InvitationWrite{
		Meeting: id[csdn.MeetingID](1), MeetingVersion: 1, Invitations: []csdn.Invitation{answered},
	}))
	same(t, []csdn.Invitation{all[2], all[3], all[0]}, due(noon.Add(9*time.Hour), 10))
}

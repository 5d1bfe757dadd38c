package e2e

import (
	"fmt"
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"

	"csdn.example/directory/infra/seed/demo"
)

// TestAMeetingThatChanges follows two invitees of a meeting with one seat in the room: reserve, offer, another date,
// reminder, and the end of it all.
func TestAMeetingThatChanges(t *testing.T) {
	h := start(t)
	meeting, path := openSmallMeeting(t, h)
	people := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")[:2]
	h.planner.post(t, path+"/invitations", map[string]any{"people": []string{people[0].ID, people[1].ID}}).is(t, 201)
	h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	first, second := h.inbox(t, people[0].Email, 1)[0], h.inbox(t, people[1].Email, 1)[0]

	say(t, h, first.link(t), "accepted", "accepted")
	say(t, h, second.link(t), "accepted", "reserve")
	if reserve := h.inbox(t, people[1].Email, 2)[1]; reserve.ICS != "" {
		t.Error("a place in the reserve is put into calendars")
	}
	say(t, h, first.link(t), "withdrawn", "withdrawn")
	offer := h.inbox(t, people[1].Email, 3)[2]
	var offered struct {
		Status  string
		Reserve struct{ OfferUntil string }
	}
	if h.planner.get(t, path+"/invitations/"+people[1].ID).is(t, 200).into(t, &offered); offered.Status != "offered" || offered.Reserve.OfferUntil == "" {
		t.Errorf("the freed seat: %+v", offered)
	}
	say(t, h, offer.link(t), "accepted", "accepted")
	sequence(t, h.inbox(t, people[1].Email, 4)[3], 2, "REQUEST")

	year := nextFirstOfFebruary()
	moved := map[string]string{"start": fmt.Sprintf("%d-02-08T10:00", year), "end": fmt.Sprintf("%d-02-08T12:00", year)}
	h.planner.post(t, path+"/reschedule", map[string]string{"start": "2020-02-08T10:00", "end": "2020-02-08T12:00"}).is(t, 409)
	h.planner.post(t, path+"/reschedule", moved).is(t, 200)
	h.planner.post(t, path+"/reschedule", moved).is(t, 200)
	change := h.inbox(t, people[1].Email, 5)[4]
	sequence(t, change, 3, "REQUEST")
	if !strings.Contains(change.ICS, fmt.Sprintf("%d0208T100000", year)) {
		t.Errorf("the changed entry is %s", change.ICS)
	}
	var c composition
	if h.planner.get(t, path+"/composition").is(t, 200).into(t, &c); c.Total != 0 || c.ByStatus["invited"] != 2 {
		t.Errorf("asked again: %+v", c)
	}
	say(t, h, second.link(t), "accepted", "accepted")
	h.inbox(t, people[1].Email, 6)

	var reminded struct{ Sent, Later, Before int }
	h.planner.post(t, path+"/invitations/remind", nil).is(t, 200).into(t, &reminded)
	if reminded.Sent+reminded.Later != 1 || reminded.Before != 0 {
		t.Errorf("reminding: %+v", reminded)
	}
	h.planner.post(t, path+"/invitations/remind", map[string]any{"people": []string{people[0].ID, people[1].ID}}).is(t, 200).into(t, &reminded)
	if reminded.Sent+reminded.Later != 0 || reminded.Before != 2 {
		t.Errorf("reminding again: %+v", reminded)
	}

	h.planner.post(t, path+"/cancel", map[string]string{"reason": "The room is flooded."}).is(t, 200)
	h.planner.post(t, path+"/cancel", nil).is(t, 409)
	sequence(t, h.inbox(t, people[1].Email, 7)[6], 6, "CANCEL")
	h.anonymous.get(t, "/v1/rsvp/"+second.link(t)).is(t, 404)
	if seating := h.tables(t)["ParticipationTable MEETING#"+meeting+" SEATING"]; !strings.Contains(seating, "inPerson=0") {
		t.Errorf("after all that the seats are %s", seating)
	}
}

func openSmallMeeting(t *testing.T, h house) (id, path string) {
	t.Helper()
	year := nextFirstOfFebruary()
	var m struct{ ID string }
	h.planner.post(t, "/v1/meetings", map[string]any{
		"phase": 5, "type": "policy-meeting", "title": "A small table", "mode": "in-person", "seats": map[string]int{"inPerson": 1},
		"start": fmt.Sprintf("%d-02-01T09:15", year), "end": fmt.Sprintf("%d-02-01T11:30", year), "offerHours": 24,
	}).is(t, 201).into(t, &m)
	h.planner.post(t, "/v1/meetings/"+m.ID+"/open", nil).is(t, 200)
	return m.ID, "/v1/meetings/" + m.ID
}

// say answers by a link and checks where the invitation then stands.
func say(t *testing.T, h house, token, word, want string) {
	t.Helper()
	var rsvp struct{ Status string }
	h.anonymous.post(t, "/v1/rsvp/"+token, map[string]string{"answer": word}).is(t, 200).into(t, &rsvp)
	if rsvp.Status != want {
		t.Fatalf("%s comes to %s, want %s", word, rsvp.Status, want)
	}
}

// sequence checks the method of a mail's calendar part and that its SEQUENCE is the one wanted at least.
func sequence(t *testing.T, m mail, least int, method string) {
	t.Helper()
	calendar, err := ical.ParseCalendar(strings.NewReader(m.ICS))
	if err != nil {
		t.Fatal(err)
	}
	got := calendar.Events()[0].GetProperty(ical.ComponentPropertySequence)
	var n int
	if _, err := fmt.Sscan(got.Value, &n); err != nil || n < least {
		t.Errorf("SEQUENCE %s, want at least %d", got.Value, least)
	}
	if !strings.Contains(m.ICS, "METHOD:"+method) {
		t.Errorf("not a %s: %s", method, m.ICS)
	}
}

// TestGuessingLinksIsLimited guesses until the address is refused, right link or not.
func TestGuessingLinksIsLimited(t *testing.T) {
	h := start(t)
	for n := range 40 {
		got := h.anonymous.get(t, fmt.Sprintf("/v1/rsvp/GUESS%021d", n))
		if got.status == 429 {
			if got.header.Get("Retry-After") == "" || n < 20 {
				t.Errorf("guess %d is refused with %v", n, got.header)
			}
			return
		}
		got.is(t, 404)
	}
	t.Error("forty guesses were answered")
}

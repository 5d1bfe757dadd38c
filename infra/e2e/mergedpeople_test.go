package e2e

import (
	"net/url"
	"strings"
	"testing"
)

// TestAPersonWhoIsListedTwiceIsMerged by the pages, answers by the link that the record that went was sent, and is parted again.
func TestAPersonWhoIsListedTwiceIsMerged(t *testing.T) {
	h := start(t)
	secretariat := h.visitor(t, "secretariat@demo.example")
	keep := addPerson(t, h, "Listedonce", map[string]any{"position": "Director"})
	absorb := addPerson(t, h, "Listedtwice", map[string]any{"position": "Adviser", "safety": "careful", "alias": "Somebody"})
	meeting, path := openSmallMeeting(t, h)
	invite(t, h, meeting, absorb)
	sent := h.inbox(t, "listedtwice@demo.example", 1)[0]
	say(t, h, sent.link(t), "accepted", "accepted")
	h.inbox(t, "listedtwice@demo.example", 2)

	var past struct{ ID string }
	h.planner.post(t, "/v1/meetings", map[string]any{
		"phase": 5, "type": "training-seminar", "title": "A seminar of the past", "mode": "hybrid", "start": "2024-03-05T09:00", "end": "2024-03-05T12:00",
	}).is(t, 201).into(t, &past)
	seminar := "/v1/meetings/" + past.ID
	h.planner.post(t, seminar+"/open", nil).is(t, 200)
	for status, who := range map[string]string{"attended": keep, "declined": absorb} {
		h.planner.post(t, seminar+"/invitations/record", map[string]any{"people": []string{who}, "status": status}).is(t, 201)
	}

	page := h.anonymous.get(t, "/mergers/new?subject=person&keep="+keep+"&absorb="+absorb, "Cookie", secretariat).is(t, 200)
	if body := string(page.body); !strings.Contains(body, "2 invitations") || !strings.Contains(body, "the stricter counts") || strings.Contains(body, `name="field.safety"`) {
		t.Errorf("the form is %s", body)
	}
	form := url.Values{"subject": {"person"}, "keep": {keep}, "absorb": {absorb}, "field.position": {"absorb"}, "field.name": {"keep"}}
	for _, name := range []string{"keepVersion", "absorbVersion"} {
		form.Set(name, hidden(t, page, name))
	}
	at := h.submits(t, secretariat, "/mergers", form)
	settle(t, h, at)
	var m struct {
		Status string
		Moved  map[string]int
	}
	reaches := func(status string) {
		t.Helper()
		eventually(t, "the merger is "+status, func() bool {
			h.works(t, "MergersFunction")
			h.secretariat.get(t, "/v1"+at).is(t, 200).into(t, &m)
			return m.Status == status
		})
	}
	reaches("done")
	if m.Moved["invitations"] != 2 || m.Moved["tallies"] != 1 {
		t.Errorf("moved were %v", m.Moved)
	}
	var kept struct{ Position, Safety string }
	h.secretariat.get(t, "/v1/people/"+keep).is(t, 200).into(t, &kept)
	if kept.Position != "Adviser" || kept.Safety != "careful" {
		t.Errorf("the one who stays is %+v", kept)
	}
	h.planner.get(t, path+"/invitations/"+absorb).is(t, 404)
	h.planner.get(t, path+"/invitations/"+keep).is(t, 200)
	h.planner.get(t, seminar+"/invitations/"+absorb).is(t, 404)
	if told := string(h.planner.get(t, "/v1/people/"+absorb).is(t, 404).body); strings.Contains(told, keep) {
		t.Errorf("a planner is told %s", told)
	}
	if told := string(h.secretariat.get(t, "/v1/people/"+absorb).is(t, 404).body); !strings.Contains(told, keep) {
		t.Errorf("the secretariat is told %s", told)
	}
	h.secretariat.patch(t, "/v1/people/"+absorb, `"2"`, map[string]string{"position": "None"}).is(t, 409)
	if to := h.anonymous.get(t, "/people/"+absorb, "Cookie", secretariat).is(t, 303).header.Get("Location"); to != "/people/"+keep {
		t.Errorf("the page leads to %s", to)
	}
	say(t, h, sent.link(t), "withdrawn", "withdrawn")
	h.inbox(t, "listedonce@demo.example", 1)
	h.anonymous.get(t, at, "Cookie", secretariat).is(t, 200)

	h.submits(t, secretariat, at, nil)
	reaches("undone")
	h.planner.get(t, path+"/invitations/"+absorb).is(t, 200)
	h.secretariat.get(t, "/v1/people/"+keep).is(t, 200).into(t, &kept)
	if kept.Position != "Director" || kept.Safety != "open" {
		t.Errorf("the one who stayed is %+v", kept)
	}
	h.anonymous.get(t, "/v1/rsvp/"+sent.link(t)).is(t, 200)
	h.planner.get(t, seminar+"/invitations/"+absorb).is(t, 200)
}

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"csdn.example/directory/infra/local/mailbox"
	"csdn.example/directory/infra/seed/demo"
)

// TestMailThatComesBackIsNoted invites people whose addresses fail in each way.
func TestMailThatComesBackIsNoted(t *testing.T) {
	h := start(t)
	_, path := openSmallMeeting(t, h)
	type returned struct {
		person
		Undeliverable struct{ Kind, At string }
	}
	read := func(id string) (p returned) {
		h.planner.get(t, "/v1/people/"+id).is(t, 200).into(t, &p)
		return p
	}
	readdress := func(id, email string) {
		tag := h.secretariat.get(t, "/v1/people/"+id).is(t, 200).etag()
		h.secretariat.patch(t, "/v1/people/"+id, tag, map[string]string{"email": email}).is(t, 200)
	}
	people := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")[:3]
	kinds := []string{"bounce", "complaint", "busy"}
	var invited []string
	for n, kind := range kinds {
		readdress(people[n].ID, kind+"+seven@"+mailbox.Simulator)
		invited = append(invited, people[n].ID)
	}
	h.planner.post(t, path+"/invitations", map[string]any{"people": invited}).is(t, 201)
	h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	for n, kind := range kinds[:2] {
		eventually(t, "the return was noted", func() bool { return read(invited[n]).Undeliverable.Kind == kind })
	}
	h.inbox(t, "busy+seven@"+mailbox.Simulator, 1)
	if p := read(invited[2]); p.Undeliverable.Kind != "" {
		t.Errorf("a full mailbox is noted: %+v", p)
	}

	// The one who took no mail is not written to again, before there is another address.
	h.planner.post(t, path+"/invitations/"+invited[0]+"/revoke", nil).is(t, 200)
	h.planner.post(t, path+"/invitations/"+invited[2]+"/revoke", nil).is(t, 200)
	h.inbox(t, "busy+seven@"+mailbox.Simulator, 2) // which was sent after the other
	h.inbox(t, "bounce+seven@"+mailbox.Simulator, 1)
	readdress(invited[0], "nouvelle@passerelles.example")
	if p := read(invited[0]); p.Undeliverable.Kind != "" {
		t.Errorf("a new address is noted as the old one was: %+v", p)
	}
	h.planner.post(t, path+"/invitations", map[string]any{"people": invited[:1]}).is(t, 201)
	h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	h.inbox(t, "nouvelle@passerelles.example", 1)

	log, err := os.ReadFile(filepath.Join(h.data, "logs", "feedback.log"))
	if err != nil || strings.Count(string(log), `"noted":true`) != 2 || strings.Contains(string(log), "@") {
		t.Errorf("the log holds addresses, or not what was noted: %v: %s", err, log)
	}
}

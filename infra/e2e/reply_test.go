package e2e

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"

	"csdn.example/directory/infra/seed/demo"
)

// TestAnInviteeAnswersFromACalendar sends back what calendar programs do, for one invitee and by others.
func TestAnInviteeAnswersFromACalendar(t *testing.T) {
	h := start(t)
	_, path := openSmallMeeting(t, h)
	people := all[person](t, h.secretariat, "/v1/people?organisation="+string(demo.Passerelles), "10")[:2]
	p, other := people[0], people[1]
	h.planner.post(t, path+"/invitations", map[string]any{"people": []string{p.ID, other.ID}}).is(t, 201)
	h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	invited, others := h.inbox(t, p.Email, 1)[0], h.inbox(t, other.Email, 1)[0]
	stands := func() answer { return h.planner.get(t, path+"/invitations/"+p.ID).is(t, 200) }

	h.receive(t, reply(t, invited, p.Email, p.Email, "ACCEPTED"))
	is(t, stands(), "accepted")
	sequence(t, h.inbox(t, p.Email, 2)[1], 1, "REQUEST")

	before := stands()
	for what, raw := range map[string]string{
		"from another address":       reply(t, invited, other.Email, p.Email, "DECLINED"),
		"for another attendee":       reply(t, invited, p.Email, other.Email, "DECLINED"),
		"to another's invitation":    reply(t, others, p.Email, p.Email, "DECLINED"),
		"to another UID":             strings.Replace(reply(t, invited, p.Email, p.Email, "DECLINED"), "\r\nUID:", "\r\nUID:X", 1),
		"to a UID cut short":         cut(reply(t, invited, p.Email, p.Email, "DECLINED")),
		"a proposal of another time": strings.ReplaceAll(reply(t, invited, p.Email, p.Email, "DECLINED"), "REPLY", "COUNTER"),
		"in words":                   "From: " + p.Email + "\r\nSubject: Re: A small table\r\n\r\nI cannot come.\r\n",
		"no mail at all":             "\x00\x01\x02",
	} {
		h.receive(t, raw)
		if after := stands(); string(after.body) != string(before.body) || after.etag() != before.etag() {
			t.Errorf("a reply %s changes the invitation to %s", what, after.body)
		}
	}
	is(t, h.planner.get(t, path+"/invitations/"+other.ID).is(t, 200), "invited")

	h.receive(t, reply(t, invited, strings.ToUpper(p.Email), p.Email, "DECLINED"))
	is(t, stands(), "declined")
	sequence(t, h.inbox(t, p.Email, 3)[2], 2, "CANCEL")
	h.receive(t, reply(t, invited, p.Email, p.Email, "TENTATIVE"))
	is(t, stands(), "tentative")

	h.planner.post(t, path+"/invitations/"+p.ID+"/revoke", nil).is(t, 200)
	h.receive(t, reply(t, invited, p.Email, p.Email, "ACCEPTED"))
	is(t, stands(), "revoked")
	h.planner.post(t, path+"/invitations", map[string]any{"people": []string{p.ID}}).is(t, 201)
	h.planner.post(t, path+"/invitations/send", nil).is(t, 200)
	again := h.inbox(t, p.Email, 5)[4]
	h.receive(t, reply(t, invited, p.Email, p.Email, "ACCEPTED"))
	is(t, stands(), "invited")
	h.receive(t, reply(t, again, p.Email, p.Email, "ACCEPTED"))
	is(t, stands(), "accepted")

	log, err := os.ReadFile(filepath.Join(h.data, "logs", "replies.log"))
	if err != nil || !strings.Contains(string(log), `"reason":"not found"`) || strings.Contains(string(log), "@") {
		t.Errorf("the log holds addresses, or is none: %v: %s", err, log)
	}
}

// receive puts a mail into the inbox and waits until it is taken.
func (h house) receive(t *testing.T, raw string) {
	t.Helper()
	file := filepath.Join(h.data, "inbox", "a mail.eml")
	if err := os.WriteFile(file, []byte(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the mail was taken", func() bool {
		_, err := os.Stat(file)
		return errors.Is(err, fs.ErrNotExist)
	})
}

// reply is what a calendar program makes of a mail that it received.
func reply(t *testing.T, received mail, from, attendee, says string) string {
	t.Helper()
	calendar, err := ical.ParseCalendar(strings.NewReader(received.ICS))
	if err != nil {
		t.Fatal(err)
	}
	event := calendar.Events()[0]
	value := func(p ical.ComponentProperty) string { return event.GetProperty(p).Value }
	return strings.ReplaceAll(fmt.Sprintf(`From: %s
To: %s
Subject: A small table
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Answered.
--b
Content-Type: text/calendar; method=REPLY; charset=UTF-8
Content-Transfer-Encoding: 8bit

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//A calendar//EN
METHOD:REPLY
BEGIN:VEVENT
UID:%s
DTSTAMP:20260105T100000Z
SEQUENCE:%s
ORGANIZER:%s
ATTENDEE;PARTSTAT=%s:mailto:%s
END:VEVENT
END:VCALENDAR
--b--
`, from, strings.TrimPrefix(value(ical.ComponentPropertyOrganizer), "mailto:"), value(ical.ComponentPropertyUniqueId),
		value(ical.ComponentPropertySequence), value(ical.ComponentPropertyOrganizer), says, attendee), "\n", "\r\n")
}

// cut returns a reply without the last letter of its UID.
func cut(reply string) string {
	before, rest, _ := strings.Cut(reply, "\r\nUID:")
	uid, after, _ := strings.Cut(rest, "\r\n")
	return before + "\r\nUID:" + uid[:len(uid)-1] + "\r\n" + after
}

// is checks where an invitation stands.
func is(t *testing.T, a answer, want string) {
	t.Helper()
	var i invitation
	if a.into(t, &i); i.Status != want {
		t.Fatalf("the invitation is %s, want %s", i.Status, want)
	}
}

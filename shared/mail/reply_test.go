package mail

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/shared/csdn"
)

const answeredUID = "01GQ0000000000000000000MEE-01GQ0000000000000000000PER-ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// incoming returns a mail of testdata/replies, with the line ends of mails.
func incoming(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "replies", name+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(raw), "\n", "\r\n")
}

// TestRepliesOfCalendarPrograms reads replies that are made as the usual programs make theirs.
func TestRepliesOfCalendarPrograms(t *testing.T) {
	tests := []struct {
		name   string
		answer csdn.Answer
	}{
		{"outlook", csdn.Accept}, {"google", csdn.Decline}, {"apple", csdn.Maybe}, {"thunderbird", csdn.Accept},
		{"attached", csdn.Accept}, {"bare", csdn.Decline},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := csdn.Reply{
				UID: answeredUID, Attendee: "amina@peace.example", From: "amina@peace.example", Answer: test.answer, Sequence: 3,
			}
			if test.name == "attached" {
				want.Sequence = 0 // it tells none
			}
			raw := incoming(t, test.name)
			for ends, raw := range map[string]string{
				"CRLF": raw, "LF": strings.ReplaceAll(raw, "\r\n", "\n"),
				"CRLF, with a byte order mark": strings.ReplaceAll(raw, "\r\nBEGIN:VCALENDAR", "\r\n\ufeffBEGIN:VCALENDAR"),
			} {
				got, err := ParseReply([]byte(raw))
				if err != nil {
					t.Fatalf("%s: %v", ends, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: the reply (-want +got):\n%s", ends, diff)
				}
			}
		})
	}
}

// TestTheDirectorysOwnEntryIsAnswered reads the reply that is made of an entry of ours, to see that both ends speak of the same.
func TestTheDirectorysOwnEntryIsAnswered(t *testing.T) {
	letter := hybrid(t, csdn.InvitationMessage, csdn.Invited, "en")
	entry, err := mailer().Entry(letter)
	if err != nil {
		t.Fatal(err)
	}
	answered := strings.NewReplacer("METHOD:REQUEST", "METHOD:REPLY", "NEEDS-ACTION", "TENTATIVE").Replace(string(entry))
	got, err := ParseReply([]byte("From: amina@peace.example\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n" + answered))
	if err != nil {
		t.Fatal(err)
	}
	want := csdn.Reply{
		UID: letter.Invitation.Calendar, Attendee: letter.Person.Email, From: letter.Person.Email, Answer: csdn.Maybe, Sequence: sequence(letter),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the reply (-want +got):\n%s", diff)
	}
}

// TestWhatIsNoReply changes one thing of a reply at a time.
func TestWhatIsNoReply(t *testing.T) {
	const attendee = "ATTENDEE;PARTSTAT=accepted:MAILTO:AMINA@PEACE.EXAMPLE\r\n"
	tests := []struct{ name, old, new string }{
		{"a counter-proposal", "METHOD:Reply", "METHOD:COUNTER"},
		{"an invitation", "METHOD:Reply", "METHOD:REQUEST"},
		{"a cancellation", "METHOD:Reply", "METHOD:CANCEL"},
		{"no method", "METHOD:Reply\r\n", ""},
		{"two methods", "METHOD:Reply\r\n", "METHOD:REPLY\r\nMETHOD:REQUEST\r\n"},
		{"no answer yet", "accepted", "NEEDS-ACTION"},
		{"an answer by another", "accepted", "DELEGATED"},
		{"an answer that is none", "accepted", "X-PERHAPS"},
		{"two answers", "PARTSTAT=accepted", "PARTSTAT=ACCEPTED,DECLINED"},
		{"two answers by two parameters", "PARTSTAT=accepted", "PARTSTAT=ACCEPTED;PARTSTAT=DECLINED"},
		{"no answer", ";PARTSTAT=accepted", ""},
		{"no attendee", attendee, ""},
		{"two attendees", attendee, attendee + attendee},
		{"an attendee without a mailbox", "MAILTO:AMINA@PEACE.EXAMPLE", "urn:uuid:7"},
		{"an attendee that is nothing", "MAILTO:AMINA@PEACE.EXAMPLE", "mailto:"},
		{"no UID", "UID:" + answeredUID + "\r\n", ""},
		{"an empty UID", "UID:" + answeredUID, "UID:"},
		{"two UIDs", "UID:" + answeredUID, "UID:" + answeredUID + "\r\nUID:" + answeredUID},
		{"two events", "END:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT"},
		{"a task", "VEVENT", "VTODO"},
		{"no end", "END:VEVENT\r\nEND:VCALENDAR\r\n", ""},
		{"ends crossed", "END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR\r\nEND:VEVENT"},
		{"a sequence in words", "UID:", "SEQUENCE:three\r\nUID:"},
		{"a sequence below nothing", "UID:", "SEQUENCE:-1\r\nUID:"},
		{"a sequence without end", "UID:", "SEQUENCE:99999999999999999999\r\nUID:"},
		{"no calendar", "APPLICATION/ICS", "text/plain"},
		{"a calendar within another mail", "APPLICATION/ICS; name=reply.ics", "message/rfc822"},
		{"no sender", "From: amina@peace.example\r\n", ""},
		{"a sender that is none", "From: amina@peace.example", "From: Amina"},
		{"two senders", "From: amina@peace.example", "From: amina@peace.example, bakary@peace.example"},
		{"two headers of a sender", "From: amina@peace.example", "From: amina@peace.example\r\nFrom: bakary@peace.example"},
		{"a calendar that is long", "UID:", "COMMENT:" + strings.Repeat("x", maximumEntry) + "\r\nUID:"},
		{"a mail that is long", "Accepted.\r\n", strings.Repeat("x", MaximumReply) + "\r\n"},
		{"letters that break lines", "UID:", "U\x00ID:"},
	}
	whole := incoming(t, "attached")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			raw := strings.ReplaceAll(whole, test.old, test.new)
			if raw == whole {
				t.Fatalf("the mail has no %q", test.old)
			}
			got, err := ParseReply([]byte(raw))
			if csdn.KindOf(err) != csdn.Malformed || got != (csdn.Reply{}) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	for name, raw := range map[string]string{"nothing": "", "an end of line": "\r\n", "noise": "\xff\x00\xfe"} {
		if _, err := ParseReply([]byte(raw)); csdn.KindOf(err) != csdn.Malformed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHostileMailsAreReadSoon gives mails that would keep a careless reader busy. What they come to is of no concern here but
// that it is no reply.
func TestHostileMailsAreReadSoon(t *testing.T) {
	head := "From: a@b.example\r\nMIME-Version: 1.0\r\n"
	const nest, part = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", "--b\r\n\r\n"
	entry := head + "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n"
	for name, raw := range map[string]string{
		"very many parts":              head + nest + strings.Repeat(part, MaximumReply/len(part)-20),
		"very many parts within parts": head + strings.Repeat(nest, MaximumReply/len(nest)-1),
		"many long parts":              head + nest + strings.Repeat(part+strings.Repeat("x", 2000)+"\r\n", maximumDashes-1),
		"many parts within parts":      head + strings.Repeat(nest, maximumDashes-1) + strings.Repeat("x", MaximumReply-30_000),
		"many headers":                 head + strings.Repeat("X: y\r\n", MaximumReply/7) + "\r\n",
		"components within components": entry + strings.Repeat("BEGIN:VEVENT\r\n", maximumEntry/15),
		"many parameters":              entry + "X" + strings.Repeat(";A=B", maximumEntry/5) + ":\r\n",
		"one quoted parameter":         entry + "X;A=\"" + strings.Repeat("x", maximumEntry-100),
		"many folds":                   entry + strings.Repeat("X\r\n ", maximumEntry/5),
	} {
		t.Run(name, func(t *testing.T) {
			if len(raw) > MaximumReply {
				t.Fatalf("it is not read at all, at %d bytes", len(raw))
			}
			if got, err := ParseReply([]byte(raw)); csdn.KindOf(err) != csdn.Malformed {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// FuzzParseReply: no mail is fatal, and what is taken for a reply has all that one needs.
func FuzzParseReply(f *testing.F) {
	for _, name := range []string{"outlook", "google", "apple", "thunderbird", "attached", "bare"} {
		f.Add([]byte(incoming(f, name)))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		reply, err := ParseReply(raw)
		if err != nil {
			if csdn.KindOf(err) != csdn.Malformed {
				t.Errorf("the error is %v", err)
			}
			return
		}
		if reply.UID == "" || reply.Attendee == "" || reply.From == "" || reply.Answer == "" || reply.Sequence < 0 {
			t.Errorf("half a reply: %+v", reply)
		}
	})
}

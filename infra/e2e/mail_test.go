package e2e

import (
	"regexp"
	"testing"
)

// mail is one message of the local mailbox.
type mail struct {
	To, Subject, Text, HTML, ICS, SentAt string
}

var linkPattern = regexp.MustCompile(`/v1/rsvp/([A-Za-z0-9_-]{20,})`)

// link returns the token of the message's link.
func (m mail) link(t *testing.T) string {
	t.Helper()
	found := linkPattern.FindStringSubmatch(m.Text)
	if found == nil {
		t.Fatalf("no link in %q", m.Text)
	}
	return found[1]
}

// mails returns what the mailbox holds, by recipient in the order of sending.
func (h house) mails(t *testing.T) map[string][]mail {
	t.Helper()
	var sent []mail
	h.anonymous.get(t, "/local/mailbox.json").is(t, 200).into(t, &sent)
	byRecipient := map[string][]mail{}
	for _, m := range sent {
		byRecipient[m.To] = append(byRecipient[m.To], m)
	}
	return byRecipient
}

// inbox waits until the recipient has n mails and returns them.
func (h house) inbox(t *testing.T, recipient string, n int) []mail {
	t.Helper()
	var got []mail
	eventually(t, "the mails came", func() bool {
		got = h.mails(t)[recipient]
		return len(got) >= n
	})
	if len(got) != n {
		t.Fatalf("%d mails, want %d: %+v", len(got), n, got)
	}
	return got
}

package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// presses presses keys, one after the other, wherever the focus is.
func (b browser) presses(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		b.do(t, chromedp.KeyEvent(key))
	}
}

// tabsTo moves the focus by the Tab key alone until it is on what the selector names.
func (b browser) tabsTo(t *testing.T, selector string) {
	t.Helper()
	for range 150 {
		b.presses(t, kb.Tab)
		var isThere bool
		if b.do(t, chromedp.Evaluate(`document.activeElement.matches(`+"`"+selector+"`"+`)`, &isThere)); isThere {
			return
		}
	}
	t.Fatalf("the Tab key does not lead to %s", selector)
}

// becomes waits for the page to say all of it.
func (b browser) becomes(t *testing.T, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		eventually(t, "the page says "+want, func() bool { return strings.Contains(b.reads(t), want) })
	}
}

// TestTheKeyboardAloneIsEnough searches, edits, invites and answers by keys alone.
func TestTheKeyboardAloneIsEnough(t *testing.T) {
	h := start(t)
	member := browse(t, h.URL)
	member.signsIn(t, "organisation@demo.example")
	member.opens(t, "/organisations")
	member.presses(t, kb.Tab, kb.Enter) // past the masthead
	member.tabsTo(t, "#q")
	member.presses(t, "peace", kb.Enter)
	member.becomes(t, "in the name")
	member.tabsTo(t, `.results a`)
	member.presses(t, kb.Enter)
	member.becomes(t, "Profile confirmed")

	member.opens(t, "/")
	member.tabsTo(t, `main a[href$="/edit"]`)
	member.presses(t, kb.Enter)
	member.becomes(t, "Save the profile")
	member.tabsTo(t, "#mission")
	member.presses(t, " By keys alone.")
	member.tabsTo(t, "#website")
	member.presses(t, kb.Enter) // sends the form from any of its lines
	member.becomes(t, "By keys alone.", "Edit the profile")

	planner := browse(t, h.URL)
	planner.signsIn(t, "planner@demo.example")
	planner.opens(t, "/meetings?status=open")
	planner.tabsTo(t, `main a[href$="/board"]`)
	planner.presses(t, kb.Enter)
	planner.becomes(t, "Who is coming")
	planner.tabsTo(t, `a[href$="/shortlist"]`)
	planner.presses(t, kb.Enter)
	planner.becomes(t, "The list")
	planner.tabsTo(t, `input[name="people"]`)
	planner.presses(t, " ") // not the first
	planner.tabsTo(t, `button[value="draft"]`)
	planner.presses(t, kb.Enter)
	planner.becomes(t, "invitations were drafted")
	planner.tabsTo(t, `button[value="send"]`)
	planner.presses(t, kb.Enter)
	planner.becomes(t, "invitations were sent", "Not answered yet")

	guest := browse(t, h.URL)
	guest.opens(t, h.invited(t))
	guest.tabsTo(t, `input[value="accepted"]`)
	guest.presses(t, " ")
	guest.tabsTo(t, `main form button`)
	guest.presses(t, kb.Enter)
	guest.becomes(t, "You have accepted")
	planner.becomes(t, "1 of") // the board is kept as things are now
}

// invited returns the path of a link in a mail that has come.
func (h house) invited(t *testing.T) string {
	t.Helper()
	link := regexp.MustCompile(`/rsvp/[A-Z0-9]+`)
	var path string
	eventually(t, "a mail with a link comes", func() bool {
		var mails []struct{ Text string }
		h.anonymous.get(t, "/local/mailbox.json").is(t, 200).into(t, &mails)
		for _, mail := range mails {
			if !strings.Contains(mail.Text, "réunion") { // to somebody who is written to in English
				path = link.FindString(mail.Text)
			}
		}
		return path != ""
	})
	return path
}

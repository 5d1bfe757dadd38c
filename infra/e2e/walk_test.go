package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// clicks clicks the first thing of the selector and waits for the page that follows to say all of it.
func (b browser) clicks(t *testing.T, selector string, wanted ...string) {
	t.Helper()
	b.do(t, chromedp.WaitReady(selector, chromedp.ByQuery))
	if _, err := chromedp.RunResponse(b.Context, chromedp.Click(selector, chromedp.ByQuery)); err != nil {
		t.Fatalf("%s: %v", selector, err)
	}
	b.says(t, wanted...)
}

// TestTheWalkOfAMeetingByClicking finds people for a meeting, drafts and sends invitations, answers one by its mail's link, and sees the
// answer on the board: all by clicking, in browsers that run no scripts.
func TestTheWalkOfAMeetingByClicking(t *testing.T) {
	h := start(t)
	planner := browse(t, h.URL)
	planner.signsIn(t, "planner@demo.example")
	planner.do(t, emulation.SetScriptExecutionDisabled(true))
	planner.opens(t, "/meetings?status=open")
	planner.clicks(t, `main a[href$="/board"]`, "Who is coming")
	planner.clicks(t, `a[href$="/shortlist"]`, "Whom to invite", "First invitation")
	planner.clicks(t, `button[value="draft"]`, "invitations were drafted", "Drafts")
	planner.clicks(t, `button[value="send"]`, "invitations were sent", "Not answered yet")

	guest := browse(t, h.URL)
	guest.do(t, emulation.SetScriptExecutionDisabled(true), chromedp.EmulateViewport(320, 640))
	guest.opens(t, h.invited(t))
	guest.do(t, chromedp.Click(`input[value="accepted"]`, chromedp.ByQuery))
	guest.clicks(t, `main form button`)
	planner.do(t, chromedp.Reload())
	planner.says(t, "Accepted", "1 of")
}

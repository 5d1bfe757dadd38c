package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestSigningInByBrowser signs in by the issuer's page and out again.
func TestSigningInByBrowser(t *testing.T) {
	h := start(t)
	b := browse(t, h.URL)
	b.signsIn(t, "planner@demo.example")
	b.says(t, "planner@demo.example", "Meetings", "People")
	b.do(t, chromedp.Click(`form[action="/sign-out"] button`, chromedp.ByQuery), chromedp.WaitVisible(`main a[href="/sign-in"]`, chromedp.ByQuery))
}

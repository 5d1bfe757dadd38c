package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The faults that a page can have, as an expression that lists them.
const (
	// clipped are elements that hide a part of what they hold; what is for ears alone is meant to.
	clipped = `[...document.querySelectorAll("main, main *")].filter(e => getComputedStyle(e).overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1 &&
		!e.matches(".hide, .hide *, .stack thead")).map(e => e.outerHTML.slice(0, 80))`
	// moving are elements that move by themselves or when something changes.
	moving = `[...document.querySelectorAll("*")].filter(e => { const s = getComputedStyle(e);
		return s.animationName !== "none" || s.transitionDuration.split(", ").some(d => d !== "0s") }).map(e => e.outerHTML.slice(0, 80))`
	// bare are controls and bars of which only a ground told where they are.
	bare = `[...document.querySelectorAll("button, a.button, input:not([type=hidden]), select, textarea, .tag, .notice, .empty")].filter(e => { const s = getComputedStyle(e);
		return !e.matches("[type=checkbox], [type=radio]") && (s.borderTopStyle === "none" || s.borderTopWidth === "0px") }).map(e => e.outerHTML.slice(0, 80))
		.concat([...document.querySelectorAll(".gauge .track")].filter(e => getComputedStyle(e).stroke === getComputedStyle(e).fill).map(e => e.outerHTML))`
	// unseen is the focused element if nothing shows that it is.
	unseen = `[document.activeElement].filter(e => { const s = getComputedStyle(e); return s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2 }).map(e => e.outerHTML.slice(0, 80))`
)

// TestPagesAsPeopleSetThem opens pages enlarged to 200 %, in colours of the reader's own, and for those whom movement makes unwell.
func TestPagesAsPeopleSetThem(t *testing.T) {
	h := start(t)
	b := browse(t, h.URL)
	b.signsIn(t, "secretariat@demo.example")
	check := func(path, setting, faults string) {
		t.Helper()
		var found []string
		if b.do(t, chromedp.Evaluate(faults, &found)); len(found) > 0 {
			t.Errorf("%s, %s: %s", path, setting, strings.Join(found, "\n"))
		}
	}
	set := func(name, value string) chromedp.Action {
		return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: name, Value: value}})
	}
	for _, path := range pagesOf(t, h, "secretariat") {
		b.do(t, chromedp.EmulateViewport(640, 450, chromedp.EmulateScale(2)), set("prefers-reduced-motion", "reduce"))
		b.opens(t, path)
		var width int
		if b.do(t, chromedp.Evaluate(`document.documentElement.scrollWidth`, &width)); width > 640 {
			t.Errorf("%s is %d pixels wide, enlarged on a screen of 640", path, width)
		}
		check(path, "enlarged", clipped)
		check(path, "without movement", moving)
		b.do(t, set("forced-colors", "active"))
		check(path, "in forced colours", bare)
		b.do(t, chromedp.KeyEvent("\t"))
		check(path, "with the focus, in forced colours", unseen)
	}
	b.do(t, chromedp.Evaluate(`document.querySelector("main").style.overflowX = "hidden"; document.querySelector("h1").style.width = "2000px"; document.body.style.transition = "all 1s"; 0`, nil))
	for _, faults := range []string{clipped, moving} {
		var found []string
		if b.do(t, chromedp.Evaluate(faults, &found)); len(found) == 0 {
			t.Error("a fault that was put in is not found")
		}
	}
}

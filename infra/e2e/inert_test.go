package e2e

import (
	"strings"
	"testing"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"csdn.example/directory/infra/seed/demo"
)

// charms are texts that would act in a page which took them for more than text: as elements, out of attributes, as addresses, in
// Markdown, and as what templates and style sheets read.
var charms = []string{
	`<script>document.title="struck"</script>`,
	`"><img src=https://elsewhere.example/a onerror=alert(1)>`,
	`' autofocus onfocus=alert(1) x='`,
	`<svg onload=alert(1)><a xlink:href=javascript:alert(1)>a</a>`,
	`[a](javascript:alert(1)) ![b](https://elsewhere.example/b)`,
	`</textarea></title><iframe srcdoc="<script>alert(1)</script>">`,
	`{{.}}{{template "layout"}}<base href=https://elsewhere.example>`,
	`</style><style>*{background:url(https://elsewhere.example/c)}`,
}

// struck counts what only a charm could have put into a page.
const struck = `[...document.querySelectorAll("*")].filter(e =>
	e.matches("img, iframe, object, embed, base, style, math, [srcdoc], [autofocus], script:not([src='/live.js'])") ||
	[...e.attributes].some(a => a.name.startsWith("on") || /^\s*javascript:/i.test(a.value) && a.name !== "value")).length`

// TestEveryFieldIsInert puts each charm into the fields of everything that pages show, and opens the pages in a real browser: nothing acts,
// nothing is asked of other hosts, and no policy has to stop anything.
func TestEveryFieldIsInert(t *testing.T) {
	h := start(t)
	person := addPerson(t, h, "charmed", map[string]any{"areas": []string{"mediation"}})
	meeting := openMeeting(t, h, string(demo.Planner))
	invite(t, h, meeting, person)
	link := "/rsvp/" + h.inbox(t, "charmed@demo.example", 1)[0].link(t)
	b := browse(t, h.URL)
	noticed := func(what string) {
		b.lock.Lock()
		defer b.lock.Unlock()
		t.Errorf("the browser tells of %s", what)
	}
	chromedp.ListenTarget(b.Context, func(event any) {
		switch told := event.(type) {
		case *page.EventJavascriptDialogOpening:
			noticed("a dialog")
			go func() { _ = chromedp.Run(b.Context, page.HandleJavaScriptDialog(true)) }()
		case *cdplog.EventEntryAdded:
			if strings.Contains(told.Entry.Text, "Content Security Policy") {
				noticed(told.Entry.Text)
			}
		}
	})
	b.do(t, cdplog.Enable())
	b.signsIn(t, "secretariat@demo.example")
	for turn := range len(charms) {
		charm := func(n int) string { return charms[(turn+n)%len(charms)] }
		bewitch(t, h, person, meeting, charm)
		for _, path := range []string{
			"/", "/organisations?q=script", "/organisations/" + string(demo.Passerelles), "/organisations/" + string(demo.Passerelles) + "/edit",
			"/organisations/" + string(demo.Passerelles) + "/history", "/people/" + person, "/people/" + person + "/edit", "/meetings", "/meetings/" + meeting,
			"/meetings/" + meeting + "/edit", "/meetings/" + meeting + "/board", "/meetings/" + meeting + "/concept-note", "/areas", "/phases/5", "/account", link,
		} {
			b.opens(t, path)
			var count int
			var title string
			b.do(t, chromedp.Evaluate(struck, &count), chromedp.Title(&title))
			if count > 0 || title == "struck" {
				t.Errorf("%s holds what a text became, in turn %d", path, turn)
			}
		}
		b.opens(t, "/meetings/"+meeting)
		b.says(t, charm(0))
	}
	var count int
	b.do(t, chromedp.Evaluate(`document.body.insertAdjacentHTML("beforeend", "<math></math>")`, nil), chromedp.Evaluate(struck, &count))
	if count != 1 {
		t.Errorf("what is put into a page counts %d", count)
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, asked := range *b.asked {
		if strings.Contains(asked, "elsewhere.example") {
			t.Errorf("the browser asked for %s", asked)
		}
	}
}

// bewitch writes charms into every field of text that there is.
func bewitch(t *testing.T, h house, person, meeting string, charm func(int) string) {
	t.Helper()
	h.secretariat.patch(t, "/v1/organisations/"+string(demo.Passerelles), "*", map[string]string{
		"name": charm(0), "shortName": charm(1)[:20], "mission": charm(2),
	}).is(t, 200)
	h.secretariat.patch(t, "/v1/people/"+person, "*", map[string]any{
		"name": charm(0), "position": charm(1), "biography": charm(2), "alias": charm(3), "gender": charm(4)[:20], "consent": map[string]string{"source": charm(5)},
	}).is(t, 200)
	h.secretariat.patch(t, "/v1/meetings/"+meeting, "*", map[string]any{
		"title": charm(0), "background": charm(1), "objectives": charm(2), "format": charm(3), "participants": charm(4),
		"venue":  map[string]string{"name": charm(5), "address": charm(6)},
		"agenda": []map[string]any{{"start": "09:15", "end": "09:30", "kind": "discussion", "title": charm(7), "by": []string{charm(0)}, "points": []string{charm(1)}, "questions": []string{charm(2)}}},
	}).is(t, 200)
	h.secretariat.ask(t, "PUT", "/v1/areas/mediation", map[string]any{
		"label": map[string]string{"en": charm(3), "fr": charm(4)}, "altLabels": []string{charm(5)}, "definition": charm(6),
	}, "If-Match", "*").is(t, 200)
	h.secretariat.patch(t, "/v1/phases/5", "*", map[string]string{"label": charm(7), "instrument": charm(0)}).is(t, 200)
	h.secretariat.post(t, "/v1/tokens", map[string]string{"name": charm(1)}).is(t, 201)
}

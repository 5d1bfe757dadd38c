package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"csdn.example/directory/infra/seed/demo"
)

// follows clicks the first link of the page's own that has the text, and waits for the page that follows to say all of it.
func (b browser) follows(t *testing.T, text string, wanted ...string) {
	t.Helper()
	link := `//main//a[contains(., "` + text + `")]`
	b.do(t, chromedp.WaitReady(link, chromedp.BySearch))
	if _, err := chromedp.RunResponse(b.Context, chromedp.Click(link, chromedp.BySearch)); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	b.says(t, wanted...)
}

// fills types into fields, by their names, what is not there yet.
func (b browser) fills(t *testing.T, fields map[string]string) {
	t.Helper()
	for name, value := range fields {
		field := `main [name="` + name + `"]`
		b.do(t, chromedp.WaitVisible(field, chromedp.ByQuery), chromedp.SetValue(field, value, chromedp.ByQuery))
	}
}

// TestTheWalkToTheReportByClicking plans a meeting of the past, records who was there, closes it, and publishes what was said; an official
// answers that, the organisation sees what was recorded of its people, and the others read the report of the phase: all by clicking, where
// scripts run and where they do not.
func TestTheWalkToTheReportByClicking(t *testing.T) {
	h := start(t)
	guest := all[person](t, h.organisation, "/v1/people?organisation="+string(demo.Passerelles), "10")[0]
	for n, title := range []string{"What scripts were for", "What went without scripts"} {
		t.Run(title, func(t *testing.T) {
			visits := func(role string) browser {
				b := browse(t, h.URL)
				b.signsIn(t, role+"@demo.example")
				b.do(t, emulation.SetScriptExecutionDisabled(n > 0))
				return b
			}
			planner := visits("planner")
			planner.clicks(t, `nav a[href="/meetings"]`, "Meetings")
			planner.clicks(t, `main a[href="/meetings/new"]`, "Plan a meeting")
			planner.fills(t, map[string]string{"title": title, "start": "2025-03-04T09:15", "end": "2025-03-04T11:30", "venue.name": "The house"})
			planner.clicks(t, `main form[action="/meetings/new"] button`, title, "draft", "4 March 2025")
			planner.clicks(t, `form[action$="/open"] button`, "It was held")
			planner.follows(t, "Board", "Nobody is invited yet")
			planner.follows(t, "Record who took part", "Nobody is written to")
			planner.fills(t, map[string]string{"q": guest.Name})
			planner.clicks(t, `form[role="search"] button`, guest.Name)
			planner.do(t, chromedp.Click(`input[value="`+guest.ID+`"]`, chromedp.ByQuery))
			planner.clicks(t, `button[value="record"]`, "1 participant was recorded", "Were there", guest.Name)
			planner.clicks(t, `button[value="absent"]`, "Attendance was recorded", "Were not there")
			planner.clicks(t, `button[value="attended"]`, "Attendance was recorded", "Were there")
			planner.follows(t, title, "What comes next")
			planner.clicks(t, `form[action$="/hold"] button`, "held")
			planner.clicks(t, `form[action$="/close"] button`, "closed")
			planner.follows(t, "Summary and recommendations", "No summary is written yet")
			planner.follows(t, "Write the summary", "Recommendation 1")
			planner.fills(t, map[string]string{"text": "Much was said, and *all* of it heard.", "recommendations[0].text": "Listen first."})
			planner.clicks(t, `main form[action$="/edit"] button`, "Only the planners of the meeting and the secretariat see this")
			planner.clicks(t, `form[action$="/publish"] button`, "It is published as it is", "Edition 1")

			official := visits("official")
			official.clicks(t, `nav a[href="/meetings"]`, title)
			official.follows(t, title, "Summary and recommendations")
			official.follows(t, "Summary and recommendations", "Much was said, and all of it heard.", "No institution has answered yet")
			official.do(t, chromedp.Click(`main details summary`, chromedp.ByQuery))
			official.fills(t, map[string]string{"institution": "eeas", "status": "accepted", "text": "In two of three countries."})
			official.clicks(t, `main details form button`, "Accepted", "In two of three countries.")

			organisation := visits("organisation")
			organisation.follows(t, "All invitations of your people", title, guest.Name, "Were there")

			for _, role := range []string{"official", "planner", "secretariat"} {
				b := map[string]browser{"official": official, "planner": planner}[role]
				if b.asked == nil {
					b = visits(role)
				}
				b.clicks(t, `nav a[href="/phases"]`, "Phases")
				b.clicks(t, `main a[href="/phases/5"]`, "meetings closed", fmt.Sprintf("%d of %d recommendations of its meetings have been answered", n+1, n+1))
			}
		})
	}
}

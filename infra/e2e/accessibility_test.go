package e2e

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/seed/demo"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// pageWeight is the most that a page may weigh on the way, with all that it loads: 60 KB, for a line from Bamako.
const pageWeight = 60 << 10

// pagesOf lists the pages that a role opens, with subjects of the demo in their places.
func pagesOf(t *testing.T, h house, role string) []string {
	t.Helper()
	first := func(path string) string {
		var found list[struct{ ID string }]
		h.secretariat.get(t, path).is(t, 200).into(t, &found)
		return found.Items[0].ID
	}
	organisation := first("/v1/organisations?limit=1")
	person := first("/v1/people?limit=1")
	meeting := first("/v1/meetings?status=open&limit=1")
	var own struct{ Organisation string }
	h.organisation.get(t, "/v1/me").is(t, 200).into(t, &own)
	everybody := []string{
		"/", "/organisations", "/organisations?area=mediation&q=peace", "/organisations?q=zzzz", "/organisations/" + organisation,
		"/areas", "/phases", "/phases/4", "/account", "/privacy", "/accessibility", "/no-such-page",
	}
	switch role {
	case "secretariat":
		return append(everybody, "/organisations/"+organisation+"/edit", "/organisations/"+organisation+"/history", "/organisations/"+organisation+"/invitations", "/people", "/people/"+person,
			"/people/"+person+"/edit", "/accounts", "/imports", triedSheet(t, h), "/requests", "/duplicates/organisations", "/duplicates/people",
			"/mergers", "/mergers/"+mergeOrganisations(t, h), "/mergers/new?subject=organisation&keep="+organisation+"&absorb="+string(demo.Passerelles),
			"/meetings", "/meeting-types", "/meeting-types/policy-meeting",
			"/meetings/"+string(demo.PolicyMeeting2023)+"/board/record",
			"/meetings/"+meeting, "/meetings/"+meeting+"/edit", "/meetings/"+meeting+"/board", approvedAndChanged(t, h, meeting),
			"/meetings/"+string(demo.SudanMeeting)+"/summary/edit", summaryPage(t, h, string(demo.SudanMeeting)))
	case "planner":
		return append(everybody, "/people?country=ML", "/people/"+person, "/meetings/new", "/meetings/"+meeting, "/meetings/"+meeting+"/board/shortlist")
	case "organisation":
		return append(everybody, "/organisations/"+own.Organisation+"/edit", "/organisations/"+own.Organisation+"/invitations", "/people", "/people/new?organisation="+own.Organisation)
	}
	return append(everybody, "/meetings", "/meetings/"+meeting, "/meetings/"+string(demo.SudanMeeting)+"/summary")
}

// summaryPage returns the page of a summary that is published and has been changed since.
func summaryPage(t *testing.T, h house, meeting string) string {
	t.Helper()
	publishSummary(t, h, meeting, "Listen first.")
	path := "/v1/meetings/" + meeting + "/summary"
	body := map[string]any{"text": "Listen **first**.", "recommendations": []any{map[string]any{"text": "Fund mediators.", "areas": []string{"mediation"}}}}
	h.secretariat.ask(t, "PUT", path, body, "If-Match", "*").is(t, 200)
	return "/meetings/" + meeting + "/summary"
}

// triedSheet returns the page of a trial of a sheet with errors and a possible duplicate.
func triedSheet(t *testing.T, h house) string {
	t.Helper()
	var o struct{ Name string }
	h.secretariat.get(t, "/v1/organisations/"+string(demo.Passerelles)).is(t, 200).into(t, &o)
	sheet := "name;type;country;remarks\n" + o.Name + ";ngo;NE;\nNowhere;ngo;Atlantis;x\n"
	tried := h.secretariat.ask(t, "POST", "/v1/imports/organisations?dryRun=true", sheet, "Content-Type", "text/csv").is(t, 200)
	return strings.TrimPrefix(tried.header.Get("Location"), "/v1")
}

// approvedAndChanged returns the page of a concept note that differs from its approved version.
func approvedAndChanged(t *testing.T, h house, meeting string) string {
	t.Helper()
	path := "/v1/meetings/" + meeting
	h.secretariat.ask(t, "POST", path+"/concept-note/versions", nil, "If-Match", h.secretariat.get(t, path).etag()).is(t, 201)
	h.secretariat.patch(t, path, "*", map[string]string{"objectives": "To listen, and then to decide."}).is(t, 200)
	return "/meetings/" + meeting + "/concept-note"
}

// TestPagesAreAccessible opens the pages of each role in a real browser, light and dark, at the width of a phone: no violation of WCAG
// 2.2 AA is found, nothing scrolls sideways, nothing is asked of other hosts, and no page is heavy.
func TestPagesAreAccessible(t *testing.T) {
	h := start(t)
	axe, err := os.ReadFile(filepath.Join(enginetest.Root(t), ".build/axe/node_modules/axe-core/axe.min.js"))
	if err != nil {
		t.Fatalf("%v (make axe installs it)", err)
	}
	for _, role := range []string{"secretariat", "planner", "organisation", "official"} {
		b := browse(t, h.URL)
		b.signsIn(t, role+"@demo.example")
		b.do(t, chromedp.EmulateViewport(320, 800))
		for _, path := range pagesOf(t, h, role) {
			b.opens(t, path)
			b.do(t, chromedp.Evaluate(string(axe), nil))
			for _, scheme := range []string{"light", "dark"} {
				for _, violation := range b.violations(t, scheme) {
					t.Errorf("%s of %s, %s: %s", path, role, scheme, violation)
				}
			}
			var width, weight int
			b.do(t, chromedp.Evaluate(`document.documentElement.scrollWidth`, &width),
				chromedp.Evaluate(`performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation")).reduce((sum, e) => sum + e.encodedBodySize, 0)`, &weight))
			if width > 320 {
				t.Errorf("%s of %s is %d pixels wide on a screen of 320", path, role, width)
			}
			if weight > pageWeight {
				t.Errorf("%s of %s weighs %d bytes", path, role, weight)
			}
		}
		b.do(t, chromedp.Evaluate(`document.documentElement.removeAttribute("lang")`, nil))
		if len(b.violations(t, "light")) == 0 {
			t.Error("the checker finds nothing wrong with a page without a language")
		}
		b.lock.Lock()
		for _, asked := range *b.asked {
			if to, err := url.Parse(asked); err != nil || !strings.HasPrefix(asked, h.URL) && to.Scheme != "data" && to.Scheme != "about" {
				t.Errorf("the browser asked for %s", asked)
			}
		}
		b.lock.Unlock()
	}
}

// violations runs the checker, which the page must have loaded, in a colour scheme, and returns what it finds with the first place of
// each.
func (b browser) violations(t *testing.T, scheme string) []string {
	t.Helper()
	var found string
	b.do(t, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
		chromedp.Evaluate(`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(r => JSON.stringify(r.violations))`, &found, awaited))
	var list []struct {
		ID    string
		Nodes []struct{ HTML string }
	}
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, v := range list {
		texts = append(texts, v.ID+" at "+v.Nodes[0].HTML)
	}
	return texts
}

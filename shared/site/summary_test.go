package site

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/shared/csdn"
)

// TestASummaryByForms writes a summary, is refused for a name in it, publishes it by an override, mends it, and has an official answer.
func TestASummaryByForms(t *testing.T) {
	h, _ := furnished(t)
	planner := h.enterAs(t, "secretariat", "/")
	const meeting = "/meetings/01J00000000000000000000801"
	h.taken(t, second, "accepted", "in-person", "")
	if got := ask(h, "GET", meeting+"/summary", "", "Cookie", planner); got.Code != 404 {
		t.Errorf("before it was held, the summary is %d", got.Code)
	}
	h.now = time.Date(2027, 2, 2, 9, 0, 0, 0, time.UTC)
	planner = h.enterAs(t, "secretariat", "/")
	official := h.enterAs(t, "official", "/")
	_, err := h.pages.Meetings.Hold(t.Context(), secretariat, "01J00000000000000000000801", anyVersion)
	must(t, err)
	read := func(session, path string) string {
		t.Helper()
		got := ask(h, "GET", path, "", "Cookie", session)
		if got.Code != 200 {
			t.Fatalf("%s is %d: %s", path, got.Code, text(t, got.Body.String()))
		}
		return got.Body.String()
	}
	says(t, read(planner, meeting), "Summary and recommendations")
	hides(t, read(official, meeting), meeting+"/summary")
	says(t, read(planner, meeting+"/summary"), "No summary is written yet.")
	if got := ask(h, "GET", meeting+"/summary", "", "Cookie", official); got.Code != 404 {
		t.Errorf("an official reads what is not there: %d", got.Code)
	}

	form := url.Values{
		"version": {"0"}, "text": {"Opening.\r\n\r\nAs Berg said: **listen**."}, "recommendations[0].text": {"Fund mediators."},
		"recommendations[0].areas": {"mediation"}, "recommendations[1].text": {""}, "recommendations[2].text": {hostile},
	}
	if status, to, body := h.send(planner, meeting+"/summary/edit", form); status != 303 || to != meeting+"/summary" {
		t.Fatalf("writing is %d to %q: %s", status, to, text(t, body))
	}
	status, _, body := h.send(planner, meeting+"/summary/edit", url.Values{"version": {"1"}, "text": {" "}, "recommendations[0].text": {strings.Repeat("x", 1001)}})
	says(t, body, "Nothing was saved yet", "is longer than 1000 characters")
	if status != 422 {
		t.Errorf("writing nothing is %d", status)
	}
	late := url.Values{"version": {"0"}, "text": {"Otherwise."}}
	if status, _, body = h.send(planner, meeting+"/summary/edit", late); status != 412 || !strings.Contains(body, "Somebody else saved changes") {
		t.Errorf("writing over another's is %d", status)
	}

	status, _, body = h.send(planner, meeting+"/summary/publish", url.Values{"version": {"1"}})
	says(t, body, "The summary: line 3, word 2, names a participant. As Berg said: **listen**.", "I have read every place above")
	hides(t, body, "<script>", "<img")
	if status != 409 {
		t.Errorf("publishing a name is %d", status)
	}
	status, _, body = h.send(planner, meeting+"/summary/publish", url.Values{"version": {"1"}, "override": {"yes"}})
	if status != 422 || !strings.Contains(body, `aria-invalid="true"`) {
		t.Errorf("an override without a reason is %d: %s", status, text(t, body))
	}
	if status, _, _ = h.send(planner, meeting+"/summary/publish", url.Values{"version": {"7"}, "override": {"yes"}, "reason": {"They agreed."}}); status != 412 {
		t.Errorf("publishing what was not seen is %d", status)
	}
	if status, _, body = h.send(planner, meeting+"/summary/publish", url.Values{"version": {"1"}, "override": {"yes"}, "reason": {"They agreed."}}); status != 303 {
		t.Fatalf("an override is %d: %s", status, text(t, body))
	}
	page := read(official, meeting+"/summary")
	says(t, page, "Edition 1, Tuesday 2 February 2027", "Fund mediators.", "No institution has answered yet.", "Mediation")
	hides(t, page, "<script>", "<img", "They agreed", "summary/edit", "Override")
	says(t, read(official, meeting), "Summary and recommendations")

	published, err := h.network.PublishedSummary(t.Context(), "01J00000000000000000000801")
	must(t, err)
	answer := url.Values{"version": {"1"}, "recommendation": {string(published.Recommendations[0].ID)}, "institution": {"eeas"}, "status": {"partly-accepted"}, "text": {hostile}}
	if status, to, body := h.send(official, meeting+"/summary/feedback", answer); status != 303 || !strings.HasPrefix(to, meeting+"/summary#recommendation-") {
		t.Fatalf("answering is %d to %q: %s", status, to, text(t, body))
	}
	if status, _, _ := h.send(official, meeting+"/summary/feedback", answer); status != 412 {
		t.Errorf("answering what was not seen is %d", status)
	}
	answer.Set("version", "2")
	answer.Set("status", "liked")
	if status, _, _ := h.send(official, meeting+"/summary/feedback", answer); status != 422 {
		t.Errorf("an answer that is none is %d", status)
	}
	page = read(official, meeting+"/summary")
	says(t, page, "European External Action Service : Partly accepted, Tuesday 2 February 2027")
	hides(t, page, "<script>", "<img", "official@eplo.example:", string(csdn.OfficialRole)+" :")
	says(t, read(official, "/phases/4"), "1 of 2 recommendations of its meetings have been answered by an institution.")

	for role, want := range map[string]int{"organisation": 403, "planner": 200} {
		if got := ask(h, "GET", meeting+"/summary", "", "Cookie", h.enterAs(t, role, "/")); got.Code != want {
			t.Errorf("%s: %d", role, got.Code)
		}
	}
	if status, _, _ := h.send(h.enterAs(t, "planner", "/"), meeting+"/summary/feedback", answer); status != 403 {
		t.Errorf("a planner answers: %d", status)
	}
}

package site

import (
	"net/url"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestVersionsOfAConceptNoteByForms approves a note, changes the meeting, sees what differs and approves again.
func TestVersionsOfAConceptNoteByForms(t *testing.T) {
	h, _ := furnished(t)
	session := h.enterAs(t, "secretariat", "/")
	const meeting = "/meetings/01J00000000000000000000801"
	page := func() string {
		t.Helper()
		got := ask(h, "GET", meeting+"/concept-note", "", "Cookie", session)
		if got.Code != 200 {
			t.Fatalf("the page is %d: %s", got.Code, text(t, got.Body.String()))
		}
		return got.Body.String()
	}
	change := func(background string) {
		t.Helper()
		_, err := h.pages.Meetings.Change(t.Context(), secretariat, "01J00000000000000000000801", anyVersion, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
			p.Background = background
			return p, nil
		})
		must(t, err)
	}
	says(t, page(), "No version is approved yet.", "Approve the concept note")
	hides(t, page(), "Approved versions")
	if status, _, _ := h.send(session, meeting+"/concept-note", url.Values{"version": {"2"}}); status != 412 {
		t.Errorf("approving what was not seen is %d", status)
	}
	if status, to, body := h.send(session, meeting+"/concept-note", url.Values{"version": {"1"}}); status != 303 || to != meeting+"/concept-note" {
		t.Fatalf("approving is %d to %q: %s", status, to, text(t, body))
	}
	says(t, page(), "Others read version 1. The meeting as it is now says the same.", "Version 1", "version 1 and the draft say the same.")
	hides(t, page(), "Approve the concept note")
	if status, _, body := h.send(session, meeting+"/concept-note", url.Values{"version": {"1"}}); status != 409 || !strings.Contains(body, `role="alert"`) {
		t.Errorf("approving the same again is %d", status)
	}

	change(hostile)
	says(t, page(), "The meeting has been changed since; that is a draft until you approve it.", "Background", "[added: ")
	hides(t, page(), "<script>", "<img")
	change("One more word")
	got := page()
	if !strings.Contains(got, `<ins><span class="hide">[added: </span>One more word<span class="hide">]</span></ins>`) {
		t.Errorf("the difference is not marked: %s", got)
	}
	if status, _, _ := h.send(session, meeting+"/concept-note", url.Values{"version": {"3"}}); status != 303 {
		t.Errorf("approving again is %d", status)
	}
	back := ask(h, "GET", meeting+"/concept-note?from=2&with=1", "", "Cookie", session).Body.String()
	says(t, back, "From version 2 to version 1", "[taken out: One more word ]")
	if got := ask(h, "GET", meeting+"/concept-note?from=7", "", "Cookie", session); got.Code != 404 {
		t.Errorf("a version that is none is %d", got.Code)
	}
	for role, status := range map[string]int{"official": 403, "organisation": 403, "planner": 404} {
		if got := ask(h, "GET", meeting+"/concept-note", "", "Cookie", h.enterAs(t, role, "/")); got.Code != status {
			t.Errorf("%s: %d", role, got.Code)
		}
	}
}

package site

import (
	"net/url"
	"testing"
)

// TestTypesOfMeetingsAreKeptByForms adds a type, renames it, uses it for a meeting, fails to remove it, and retires it.
func TestTypesOfMeetingsAreKeptByForms(t *testing.T) {
	h, _ := furnished(t)
	session := h.enterAs(t, "secretariat", "/")
	page := func(path string) string { return text(t, ask(h, "GET", path, "", "Cookie", session).Body.String()) }
	send := func(path string, want int, form url.Values) string {
		status, to, body := h.send(session, path, form)
		if status != want {
			t.Fatalf("%s is %d: %s", path, status, text(t, body))
		}
		return to + text(t, body)
	}
	retreat := url.Values{"slug": {"retreat"}, "label.en": {"Retreat"}, "label.fr": {"Retraite"}}
	send("/meeting-types", 303, retreat)
	says(t, page("/meeting-types"), "Retreat", "Retraite", "in use")
	says(t, send("/meeting-types", 422, retreat), "names a type that is there already")
	says(t, send("/meeting-types", 422, url.Values{"slug": {"A b"}, "label.en": {"X"}}), "is required", "lower-case letters")
	says(t, send("/meeting-types/retreat", 412, url.Values{"version": {"7"}, "label.en": {"Retreat"}, "label.fr": {"Retrait"}}), "Somebody else saved")
	send("/meeting-types/retreat", 303, url.Values{"version": {"1"}, "label.en": {"Annual Retreat"}, "label.fr": {"Retraite"}})
	says(t, page("/meetings/new"), "Annual Retreat")
	meeting := send("/meetings/new", 303, url.Values{
		"title": {"Away"}, "type": {"retreat"}, "phase": {"4"}, "start": {"2027-02-08T09:15"}, "end": {"2027-02-08T11:30"},
		"zone": {"Europe/Brussels"}, "mode": {"online"}, "rule": {"open"},
	})
	says(t, page(meeting), "Annual Retreat, Phase 4")
	says(t, page("/meetings"), "Annual Retreat · Phase 4", "Types of meetings")
	says(t, send("/meeting-types/retreat", 422, url.Values{"version": {"2"}, "remove": {"yes"}}), "retire it instead")
	send("/meeting-types/retreat", 303, url.Values{"version": {"2"}, "label.en": {"Annual Retreat"}, "label.fr": {"Retraite"}, "retired": {"yes"}})
	says(t, page(meeting+"/edit"), "Annual Retreat")
	if got := send("/meetings/new", 422, url.Values{"title": {"Away"}, "type": {"retreat"}}); got == "" {
		t.Error("a retired type is taken")
	}
	send("/meeting-types/other", 303, url.Values{"version": {"1"}, "remove": {"yes"}})
	if got := ask(h, "GET", "/meeting-types/other", "", "Cookie", session).Code; got != 404 {
		t.Errorf("a removed type is %d", got)
	}
}

package e2e

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

var (
	confirmPattern = regexp.MustCompile(`/confirm/[A-Z0-9]{20,}`)
	seenPattern    = regexp.MustCompile(`name="seen" value="([^"]+)"`)
)

// TestTheYearlyReminder follows the reminder of an organisation that has confirmed nothing for two years, from the clock to the trail.
func TestTheYearlyReminder(t *testing.T) {
	h := startWith(t, map[string]string{"NetworkZone": zoneOfNoon(time.Now())})
	const recipient = "contact@vigie.example"
	var found list[struct{ ID, ConfirmedAt string }]
	h.secretariat.get(t, "/v1/organisations?q=vigie").is(t, 200).into(t, &found)
	path := "/v1/organisations/" + found.Items[0].ID
	h.ticks(t)
	m := h.inbox(t, recipient, 1)[0]
	link := confirmPattern.FindString(m.Text)
	if link == "" || m.Subject != "Un message du Civil Society Dialogue Network" || strings.Contains(m.Subject+m.To, "Vigie des") || m.ICS != "" {
		t.Fatalf("the mail is %+v", m)
	}
	before := h.secretariat.get(t, path).is(t, 200)
	page := h.anonymous.get(t, link).is(t, 200)
	if again := h.secretariat.get(t, path); again.etag() != before.etag() {
		t.Error("to look at the page changes the organisation")
	}
	if page.header.Get("Cache-Control") != "private, no-store" || !strings.Contains(string(page.body), "La Vigie des conflits") {
		t.Errorf("the page: %v %s", page.header, page.body)
	}
	post := func(link, seen, site string) answer {
		t.Helper()
		return h.anonymous.post(t, link, url.Values{"seen": {seen}}.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", site)
	}
	seen := string(seenPattern.FindSubmatch(page.body)[1])
	post(link, seen, "cross-site").is(t, 403)
	post("/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAA", seen, "same-origin").is(t, 404)
	post(link, seen, "same-origin").is(t, 303)

	thanks := string(h.anonymous.get(t, link).is(t, 200).body)
	if !strings.Contains(thanks, "Tout a été confirmé") || strings.Contains(thanks, "<form") {
		t.Errorf("afterwards the page says %s", thanks)
	}
	h.isConfirmed(t, path, found.Items[0].ID)
	after := h.secretariat.get(t, path)
	post(link, seen, "same-origin").is(t, 303)
	if again := h.secretariat.get(t, path); again.etag() != after.etag() {
		t.Error("the link confirms a second time")
	}
	h.ticks(t)
	if sent := h.mails(t)[recipient]; len(sent) != 1 {
		t.Errorf("%d mails are sent", len(sent))
	}
}

// ticks lets the clock do what is due, as its schedule does every minute: twice, as it looks at some of the organisations at a time.
func (h house) ticks(t *testing.T) {
	t.Helper()
	for range 2 {
		h.works(t, "ClockFunction")
	}
}

// zoneOfNoon returns a zone in which it is between twelve and one.
func zoneOfNoon(at time.Time) string {
	return fmt.Sprintf("Etc/GMT%+d", at.UTC().Hour()-12) // east is less
}

// isConfirmed checks that the profile and every claim were confirmed just now, and that the trail says how.
func (h house) isConfirmed(t *testing.T, path, id string) {
	t.Helper()
	today := time.Now().UTC().Add(-time.Hour).Format(time.RFC3339)
	type subject struct {
		Name, ConfirmedAt string
		Areas             []struct{ Area, ConfirmedAt string }
	}
	var o subject
	h.secretariat.get(t, path).is(t, 200).into(t, &o)
	if o.ConfirmedAt < today {
		t.Errorf("the profile was confirmed at %s", o.ConfirmedAt)
	}
	subjects := append(all[subject](t, h.secretariat, "/v1/people?organisation="+id, "10"), o)
	if len(subjects) < 2 {
		t.Error("the organisation has nobody")
	}
	for _, s := range subjects {
		for _, a := range s.Areas {
			if a.ConfirmedAt < today {
				t.Errorf("%s of %s was confirmed at %q", a.Area, s.Name, a.ConfirmedAt)
			}
		}
	}
	var trail list[struct{ Act, By string }]
	h.secretariat.get(t, path+"/changes").is(t, 200).into(t, &trail)
	if len(trail.Items) < 2 || trail.Items[0].Act != "organisation.confirmed" || trail.Items[0].By != "organisation-link" || trail.Items[1].Act != "organisation.reminded" || trail.Items[1].By != "clock" {
		t.Errorf("the trail is %+v", trail.Items)
	}
}

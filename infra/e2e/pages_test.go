package e2e

import (
	"net/url"
	"strings"
	"testing"
)

// visitor returns the cookie of a session on the site: it signs in as a browser does, without one.
func (h house) visitor(t *testing.T, email string) string {
	t.Helper()
	begun := h.anonymous.get(t, "/sign-in").is(t, 303)
	issuer, err := url.Parse(begun.header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	form := issuer.Query()
	form.Set("email", email)
	chosen := h.anonymous.post(t, issuer.Path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded").is(t, 303)
	back := strings.TrimPrefix(chosen.header.Get("Location"), h.URL)
	session := cookie(h.anonymous.get(t, back, "Cookie", cookie(begun)).is(t, 303))
	if home := h.anonymous.get(t, "/", "Cookie", session).is(t, 200); !strings.Contains(string(home.body), email) {
		t.Fatalf("the home page does not know %s: %s", email, home.body)
	}
	return session
}

// cookie returns the cookie that an answer sets.
func cookie(a answer) string {
	value, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	return value
}

// crawlPages opens the pages that say nothing of what the directory holds, signed in and not.
func crawlPages(t *testing.T, c client, session string) crawled {
	t.Helper()
	heard := crawled{}
	for _, page := range []string{"/", "/docs", "/style.css", "/rsvp/" + absentID, "/nothing", "/v1/nothing"} {
		heard[request{"page", page}] = c.get(t, page, "Cookie", session)
	}
	return heard
}

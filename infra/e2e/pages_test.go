package e2e

import (
	"net/url"
	"regexp"
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

// crawlPages opens the pages that the visitor can find, from the home page by links and the searches of the words, and some
// besides.
func crawlPages(t *testing.T, c client, session string, words []string) crawled {
	t.Helper()
	heard := crawled{}
	ahead := []string{"/", "/docs", "/style.css", "/rsvp/" + absentID, "/nothing", "/v1/nothing"}
	for _, word := range words {
		ahead = append(ahead, "/people?q="+url.QueryEscape(word), "/organisations?q="+url.QueryEscape(word))
	}
	known := map[string]bool{}
	for len(ahead) > 0 && len(known) < 300 {
		page := ahead[0]
		if ahead = ahead[1:]; known[page] {
			continue
		}
		known[page] = true
		got := c.get(t, page, "Cookie", session)
		heard[request{"page " + subjectless(page), page}] = got
		for _, found := range linked.FindAllSubmatch(got.body, -1) {
			if link := strings.ReplaceAll(string(found[1]), "&amp;", "&"); !strings.HasPrefix(link, "/sign") {
				ahead = append(ahead, link)
			}
		}
	}
	return heard
}

var linked = regexp.MustCompile(`href="(/[^"#]*)`)

// subjectless is the path of a page, with {id} for the ids in it.
func subjectless(page string) string {
	path, _, _ := strings.Cut(page, "?")
	return identity.ReplaceAllString(path, "{id}")
}

var identity = regexp.MustCompile(`[0-9A-HJKMNP-TV-Z]{26}`)

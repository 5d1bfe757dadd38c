package e2e

import (
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
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

// crawlPages opens the pages of the subjects and of searches for the words, and follows every link from there, signed in or not.
func crawlPages(t *testing.T, c client, session string, p place) crawled {
	t.Helper()
	heard, seen := crawled{}, map[string]bool{}
	open := []string{"/", "/docs", "/style.css", "/rsvp/" + absentID, "/nothing", "/v1/nothing", "/accounts", "/people", "/meetings"}
	for _, kind := range []string{"organisations", "people", "meetings", "phases"} {
		for _, id := range p.ids[kind] {
			open = append(open, "/"+kind+"/"+id)
		}
	}
	for _, id := range p.ids["organisations"] {
		open = append(open, "/organisations/"+id+"/history", "/organisations/"+id+"/invitations", "/people?organisation="+id)
	}
	for _, id := range p.ids["meetings"] {
		open = append(open, "/meetings/"+id+"/board", "/meetings/"+id+"/board/shortlist")
	}
	for _, word := range p.words {
		open = append(open, "/people?q="+url.QueryEscape(word), "/organisations?q="+url.QueryEscape(word))
	}
	for len(open) > 0 {
		page := open[0]
		open = open[1:]
		if seen[page] {
			continue
		}
		seen[page] = true
		got := c.get(t, page, "Cookie", session)
		heard[request{pageOf(page), page}] = got
		for _, found := range linkTo.FindAllStringSubmatch(string(got.body), -1) {
			if to := html.UnescapeString(found[1]); p.follows(page, to) {
				open = append(open, resolve(page, to))
			}
		}
	}
	if len(heard) > 2000 {
		t.Errorf("the pages are %d", len(heard))
	}
	return heard
}

var linkTo = regexp.MustCompile(`href="([/?][^"#]*)`)

func resolve(page, to string) string {
	if strings.HasPrefix(to, "?") {
		page, _, _ = strings.Cut(page, "?")
		return page + to
	}
	return to
}

var identity = regexp.MustCompile(`[0-7][0-9A-HJKMNP-TV-Z]{25}`)

// follows reports whether a link is worth following: not into the pages of subjects that are nobody's, nor from one filter to two, nor to
// operations, all of which are asked anyway.
func (p place) follows(from, to string) bool {
	path, query, _ := strings.Cut(resolve(from, to), "?")
	for _, id := range identity.FindAllString(path, -1) {
		if !slices.Contains(slices.Concat(slices.Collect(maps.Values(p.ids))...), id) {
			return false
		}
	}
	return strings.Count(query, "&") == 0 && !strings.HasPrefix(path, "/v1/") && path != "/sign-in" && path != "/signed-in"
}

// pageOf names a page as the operations of the API are named.
func pageOf(address string) string {
	path, _, _ := strings.Cut(address, "?")
	return "page " + identity.ReplaceAllString(path, "{id}")
}

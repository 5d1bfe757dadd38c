package e2e

import (
	"cmp"
	"encoding/base64"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// crawled is everything that one caller hears, by the request: "operation" and what was asked.
type crawled map[request]answer

type request struct{ operation, asked string }

// place is what a crawl fills paths and searches with: values by the names of path parameters, and words to search for.
type place struct {
	ids      map[string][]string // by kind of subject
	words    []string
	sessions map[string]string // the cookies of those who are signed in to the site, by role
}

// sessions signs the callers in to the site.
func sessions(t *testing.T, h house) map[string]string {
	t.Helper()
	cookies := map[string]string{}
	for _, role := range []string{"planner", "organisation", "official"} {
		cookies[role] = h.visitor(t, role+"@demo.example")
	}
	return cookies
}

// crawl asks every operation of the specification on every subject, in every format that it has, walks its lists, searches for the
// words, provokes its errors with the smallest requests, and follows the pages of the site.
func crawl(t *testing.T, operations []operation, c caller, p place) crawled {
	t.Helper()
	heard := crawlPages(t, c.client, p.sessions[c.name], p)
	for _, op := range operations {
		if strings.Contains(op.path, "{token}") {
			continue // the bearers of links are no callers
		}
		for _, ids := range p.fillings(op) {
			if op.method != "GET" {
				heard[request{op.id, op.method + " " + op.at(ids)}] = op.try(t, c.client, ids)
				continue
			}
			for _, accept := range op.accepts() {
				walk(t, heard, op, c.client, op.at(ids), accept)
			}
			for _, asked := range op.questions(p.words) {
				walk(t, heard, op, c.client, op.at(ids)+asked, "application/json")
			}
		}
	}
	return heard
}

// walk asks a question and follows its pages to the end.
func walk(t *testing.T, heard crawled, op operation, c client, asked, accept string) {
	t.Helper()
	next := asked
	for range 400 {
		got := c.get(t, next, "Accept", accept)
		heard[request{op.id, next + " " + accept}] = got
		found := nextPattern.FindSubmatch(got.body)
		if found == nil || !strings.Contains(asked, "limit=") {
			return
		}
		next = asked + "&cursor=" + string(found[1])
	}
	t.Fatalf("%s does not end", asked)
}

var nextPattern = regexp.MustCompile(`"next":"([^"]+)"`)

// fillings returns the combinations of ids for the path of an operation.
func (p place) fillings(op operation) []map[string]string {
	filled := []map[string]string{{}}
	for name, kind := range map[string]string{"{id}": cmp.Or(map[string]string{"invitation": "meetings", "summaries": "meetings"}[op.kind()], op.kind()), "{person}": "people", "{slug}": "areas", "{number}": "phases"} {
		if !strings.Contains(op.path, name) {
			continue
		}
		var more []map[string]string
		for _, before := range filled {
			for _, id := range p.ids[kind] {
				with := maps.Clone(before)
				with[strings.Trim(name, "{}")] = id
				more = append(more, with)
			}
		}
		filled = more
	}
	return filled
}

// questions are the queries to ask: each format, and of a list a page of one item at a time, and a search for each of the words.
func (o operation) questions(words []string) []string {
	var list []string
	for _, format := range o.parameters["format"] {
		list = append(list, "?format="+format.(string))
	}
	if _, paged := o.parameters["limit"]; !paged {
		return list
	}
	list = append(list, "?limit=100")
	_, searched := o.parameters["q"]
	if !searched {
		return append(list, "?limit=1")
	}
	for _, word := range words {
		list = append(list, "?limit=1&facets=true&q="+url.QueryEscape(word))
	}
	return append(list, "?limit=100&facets=true")
}

// accepts are the formats to ask for: those that the operation says it has, and some that it may have.
func (o operation) accepts() []string {
	list := append(slices.Clone(o.answers), "application/json", "text/html", "text/csv")
	slices.Sort(list)
	return slices.Compact(list)
}

// echo is where a page repeats what was asked for: in the search box, in the links that narrow the search, and in the way back from a
// sign-in.
var echo = regexp.MustCompile(`name="q"[^>]*>|[?&]q=[^"&]*|/sign-in\?to=[^"\]]*`)

// said is all that an answer says, in lower case: its headers, its body, and what its cursor holds. What whoever asks has said is left
// out.
func said(a answer) string {
	text := echo.ReplaceAllString(alike(a), "")
	if found := nextPattern.FindStringSubmatch(string(a.body)); found != nil {
		raw, _ := base64.RawURLEncoding.DecodeString(found[1])
		text += string(raw)
	}
	return strings.ToLower(text)
}

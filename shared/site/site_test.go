package site

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

const policyOfPages = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestPages(t *testing.T) {
	h := New(quiet(), Pages{})
	for _, c := range []struct {
		name, method, path, language string
		status                       int
		says                         string
	}{
		{"home", "GET", "/", "", 200, "Please answer by the link in the message that invited you."},
		{"home in French", "GET", "/", "fr-ML, fr;q=0.9", 200, "Merci de répondre par le lien du message d’invitation."},
		{"documentation", "GET", "/docs", "fr", 200, "Documentation of the API"},
		{"nothing", "GET", "/wp-admin.php", "", 404, "There is no such page"},
		{"nothing in French", "GET", "/docs/x", "fr", 404, "Cette page n’existe pas"},
		{"another method", "PUT", "/docs", "", 404, "There is no such page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := ask(h, c.method, c.path, "", "Accept-Language", c.language)
			if w.Code != c.status || w.Header().Get("Content-Type") != "text/html; charset=utf-8" || w.Header().Get("Content-Security-Policy") != policyOfPages {
				t.Errorf("the answer is a %d with %v", w.Code, w.Header())
			}
			says(t, w.Body.String(), c.says)
		})
	}
}

// TestPagesAreBuiltForEverybody checks what holds for every page: landmarks, a way past the masthead, one first heading, levels that are not
// skipped, names for controls, and nothing that the policy would refuse.
func TestPagesAreBuiltForEverybody(t *testing.T) {
	spec, err := readOpenAPI(specification)
	must(t, err)
	pages := map[string]string{"docs": render(t, "docs", "en", newDocumentation(spec))}
	for _, in := range []csdn.Language{"en", "fr"} {
		view := sample()
		view.Language = in
		pages["invitation "+string(in)] = render(t, "invitation", in, view)
		pages["home "+string(in)] = render(t, "home", in, nil)
		pages["failure "+string(in)] = render(t, "failure", in, failure{Status: 404, Link: true})
	}
	for name, page := range pages {
		count := map[string]int{}
		labels := map[string]bool{}
		level := 0
		for _, e := range parsed(t, page) {
			count[e.Data]++
			if e.Data == "label" {
				labels[attribute(e, "for")] = true
			}
		}
		for _, e := range parsed(t, page) {
			switch {
			case len(e.Data) == 2 && e.Data[0] == 'h' && e.Data != "hr":
				if now := int(e.Data[1] - '0'); level > 0 && now > level+1 {
					t.Errorf("%s: the heading after level %d is of level %d", name, level, now)
				} else {
					level = now
				}
			case e.Data == "textarea" && !labels[attribute(e, "id")], e.Data == "input" && e.Parent.Data != "label":
				t.Errorf("%s: a %s has no label", name, e.Data)
			case e.Data == "script" || e.Data == "style" || e.Data == "img" || e.Data == "iframe":
				t.Errorf("%s: there is a %s", name, e.Data)
			case e.Data == "link" && attribute(e, "href") != "/style.css":
				t.Errorf("%s: it loads %s", name, attribute(e, "href"))
			}
			for _, a := range e.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: a %s has the attribute %s", name, e.Data, a.Key)
				}
			}
			if within, ok := strings.CutPrefix(attribute(e, "href"), "#"); ok && !strings.Contains(page, `id="`+within+`"`) {
				t.Errorf("%s: a link leads to #%s, which is not there", name, within)
			}
		}
		for _, element := range []string{"main", "header", "footer", "h1", "title"} {
			if count[element] != 1 {
				t.Errorf("%s: there are %d of %s", name, count[element], element)
			}
		}
		if !strings.Contains(page, `class="skip" href="#main"`) {
			t.Errorf("%s: there is no way past the masthead", name)
		}
	}
}

func TestFailurePages(t *testing.T) {
	said := map[string]int{}
	views := []failure{{Status: 403, Foreign: true}}
	for _, status := range []int{400, 401, 403, 404, 405, 409, 412, 413, 422, 429, 500, 503} {
		views = append(views, failure{Status: status})
	}
	for _, view := range views {
		for _, in := range []csdn.Language{"en", "fr"} {
			said[text(t, render(t, "failure", in, view))]++
		}
	}
	if len(said) != 2*len(views) {
		t.Errorf("the failures have %d pages, want %d", len(said), 2*len(views))
	}
}

func TestAssetsAreKept(t *testing.T) {
	h := New(quiet(), Pages{})
	for path, contentType := range map[string]string{
		"/style.css": "text/css; charset=utf-8", "/openapi.json": "application/json", "/docs": "text/html; charset=utf-8",
	} {
		w := ask(h, "GET", path, "")
		tag := w.Header().Get("ETag")
		if w.Code != 200 || w.Body.Len() == 0 || w.Header().Get("Content-Type") != contentType || len(tag) < 10 || w.Header().Get("Cache-Control") != "public, max-age=300" {
			t.Errorf("%s is a %d with %v", path, w.Code, w.Header())
		}
		again := ask(h, "GET", path, "", "If-None-Match", tag)
		if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%s known is a %d of %d bytes", path, again.Code, again.Body.Len())
		}
	}
}

func TestHealth(t *testing.T) {
	asked := 0
	var answer error
	h := New(quiet(), Pages{Ready: func(context.Context) error { asked++; return answer }})
	if w := ask(h, "GET", "/healthz", ""); w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"status":"ok"}` || asked != 0 {
		t.Errorf("health is a %d, %s, and asked the store %d times", w.Code, w.Body, asked)
	}
	if w := ask(h, "GET", "/readyz", ""); w.Code != 200 || w.Header().Get("Content-Type") != "application/json" || asked != 1 {
		t.Errorf("ready is a %d, %s", w.Code, w.Body)
	}
	answer = errors.New("no route to the table of secrets")
	w := ask(h, "GET", "/readyz", "")
	var p web.Problem
	must(t, json.Unmarshal(w.Body.Bytes(), &p))
	if w.Code != 503 || w.Header().Get("Retry-After") == "" || w.Header().Get("Content-Type") != web.ProblemType || p.Status != 503 || strings.Contains(w.Body.String(), "secrets") {
		t.Errorf("unready is a %d, %v, %s", w.Code, w.Header(), w.Body)
	}
}

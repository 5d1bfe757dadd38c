package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"csdn.example/directory/infra/seed/demo"
)

// pageRounds is how often each page is asked for.
const pageRounds = 60

// sitePage is a page of the site, as somebody opens it.
type sitePage struct {
	name, path, cookie string
	times              []time.Duration
	weight             map[string]int // on the way: of the page itself under "", of what it loads under the path of that
}

// sitePages measures the pages: what each weighs on the way, and how long the house takes for it in turns with the read of one record.
func (b *bench) sitePages(ctx context.Context) ([]table, error) {
	web := &http.Client{
		Transport: transport(1), Timeout: 10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	pages, err := b.mainPages(ctx, web)
	if err != nil {
		return nil, err
	}
	var record []time.Duration
	for round := range pageRounds + 1 {
		took, err := b.timed(func() error {
			_, err := b.get(ctx, web, "/v1/organisations/"+string(demo.Passerelles))
			return err
		})
		if err != nil {
			return nil, err
		}
		if round > 0 { // the first is to get warm
			record = append(record, took)
		}
		for n := range pages {
			p := &pages[n]
			took, err := b.timed(func() error { return b.weigh(ctx, web, p) })
			if err != nil {
				return nil, err
			}
			if round > 0 {
				p.times = append(p.times, took)
			}
		}
	}
	t := table{
		title: "Pages",
		about: fmt.Sprintf("Pages of the demo data as the house sends them, and all that a browser loads with each the first time, in bytes on the way "+
			"without headers; 60,000 are the most that one may weigh. The time is that of the page alone, through gateway and function, in turns with "+
			"`GET /v1/organisations/{id}`: medians of %d rounds.", pageRounds),
		columns: []string{"Page", "Page, bytes", "Style sheet", "Script", "All", "Median, ms", "By one record"},
	}
	for _, p := range pages {
		if err := b.load(ctx, web, &p); err != nil {
			return nil, err
		}
		style, script := p.weight["/style.css"], p.weight["/live.js"]
		t.add(p.name, count(p.weight[""]), count(style), count(script), count(p.weight[""]+style+script), milliseconds(median(p.times)), ratio(median(p.times), median(record)))
	}
	return []table{t}, nil
}

// mainPages are the pages that people open most, each as somebody to whom it is open.
func (b *bench) mainPages(ctx context.Context, web *http.Client) ([]sitePage, error) {
	cookies := map[string]string{}
	for _, role := range []string{"secretariat", "planner", "organisation"} {
		var err error
		if cookies[role], err = b.visitor(ctx, web, role+"@demo.example"); err != nil {
			return nil, fmt.Errorf("sign in to the site: %w", err)
		}
	}
	invitation, err := b.invitation(ctx, web)
	if err != nil {
		return nil, fmt.Errorf("invite somebody: %w", err)
	}
	meeting, organisation := "/meetings/"+string(demo.AnalysisSeminar), "/organisations/"+string(demo.Passerelles)
	return []sitePage{
		{name: "Home, of nobody", path: "/"},
		{name: "Answer to an invitation", path: invitation},
		{name: "Home, of a planner", path: "/", cookie: cookies["planner"]},
		{name: "Home, of an organisation", path: "/", cookie: cookies["organisation"]},
		{name: "Organisations", path: "/organisations", cookie: cookies["planner"]},
		{name: "Organisations, searched", path: "/organisations?area=" + area + "&language=en", cookie: cookies["planner"]},
		{name: "One organisation", path: organisation, cookie: cookies["planner"]},
		{name: "Its form", path: organisation + "/edit", cookie: cookies["organisation"]},
		{name: "People", path: "/people", cookie: cookies["planner"]},
		{name: "One person", path: "/people/" + guest, cookie: cookies["planner"]},
		{name: "Areas", path: "/areas", cookie: cookies["planner"]},
		{name: "Meetings", path: "/meetings", cookie: cookies["planner"]},
		{name: "One meeting", path: meeting, cookie: cookies["secretariat"]},
		{name: "Its form", path: meeting + "/edit", cookie: cookies["secretariat"]},
		{name: "Its board", path: meeting + "/board", cookie: cookies["secretariat"]},
		{name: "Its shortlist", path: meeting + "/board/shortlist", cookie: cookies["secretariat"]},
		{name: "Report of a phase", path: "/phases/4", cookie: cookies["planner"]},
		{name: "One's account", path: "/account", cookie: cookies["planner"]},
	}, nil
}

// weigh asks for a page.
func (b *bench) weigh(ctx context.Context, web *http.Client, p *sitePage) error {
	_, body, err := b.browse(ctx, web, "GET", p.path, nil, "Cookie", p.cookie, "Accept-Encoding", "gzip")
	p.weight = map[string]int{"": len(body)}
	return err
}

// loaded is what a page names of what a browser loads with it.
var loaded = regexp.MustCompile(`<(?:link rel="stylesheet" href|script [^>]*src)="(/[^"]+)"`)

// load weighs what a browser loads with a page.
func (b *bench) load(ctx context.Context, web *http.Client, p *sitePage) error {
	_, body, err := b.browse(ctx, web, "GET", p.path, nil, "Cookie", p.cookie)
	if err != nil {
		return err
	}
	for _, found := range loaded.FindAllSubmatch(body, -1) {
		path := string(found[1])
		_, part, err := b.browse(ctx, web, "GET", path, nil, "Accept-Encoding", "gzip")
		if err != nil {
			return err
		}
		p.weight[path] = len(part)
	}
	return nil
}

// browse asks as a browser does, and returns the headers and the body of an answer that is good, or leads on.
func (b *bench) browse(ctx context.Context, web *http.Client, method, path string, form url.Values, headers ...string) (http.Header, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, b.machine.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := web.Do(request)
	if err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK && response.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("the answer is %s", response.Status)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	return response.Header, body, nil
}

// visitor signs a demo account in to the site, and returns the cookie of its session.
func (b *bench) visitor(ctx context.Context, web *http.Client, email string) (string, error) {
	begun, _, err := b.browse(ctx, web, "GET", "/sign-in", nil)
	if err != nil {
		return "", err
	}
	issuer, err := url.Parse(begun.Get("Location"))
	if err != nil {
		return "", err
	}
	form := issuer.Query()
	form.Set("email", email)
	chosen, _, err := b.browse(ctx, web, "POST", issuer.Path, form)
	if err != nil {
		return "", err
	}
	back := strings.TrimPrefix(chosen.Get("Location"), b.machine.URL)
	entered, _, err := b.browse(ctx, web, "GET", back, nil, "Cookie", cookieOf(begun))
	return cookieOf(entered), err
}

func cookieOf(header http.Header) string {
	cookie, _, _ := strings.Cut(header.Get("Set-Cookie"), ";")
	return cookie
}

// linkInMail is where a mail leads its invitee.
var linkInMail = regexp.MustCompile(`/rsvp/[A-Z0-9]+`)

// invitation invites somebody, and returns the path of the link in the mail.
func (b *bench) invitation(ctx context.Context, web *http.Client) (string, error) {
	to := "/v1/meetings/" + string(demo.AnalysisSeminar) + "/invitations"
	for _, step := range []struct{ path, body string }{{to, `{"people":["` + guest + `"]}`}, {to + "/send", `{}`}} {
		request, err := http.NewRequestWithContext(ctx, "POST", b.machine.URL+step.path, bytes.NewBufferString(step.body))
		if err != nil {
			return "", err
		}
		request.Header.Set("Authorization", "Bearer "+b.token)
		request.Header.Set("Content-Type", "application/json")
		response, err := web.Do(request)
		if err != nil {
			return "", err
		}
		response.Body.Close()
		if response.StatusCode >= http.StatusBadRequest {
			return "", fmt.Errorf("%s: the answer is %s", step.path, response.Status)
		}
	}
	for range 100 {
		text, err := b.get(ctx, web, "/local/mailbox.json")
		if err != nil {
			return "", err
		}
		var mails []struct{ Text string }
		if err := json.Unmarshal(text, &mails); err != nil {
			return "", err
		}
		for _, mail := range mails {
			if link := linkInMail.FindString(mail.Text); link != "" {
				return link, nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "", fmt.Errorf("no mail came")
}

package site

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// Pages is what the pages open. Ready returns why the store cannot be read, nil when it can.
type Pages struct {
	SignIn          SignIn
	Sessions        directory.Sessions
	Areas           directory.Areas
	Organisations   directory.Organisations
	People          directory.People
	Phases          directory.Phases
	Reports         directory.Reports
	Meetings        directory.Meetings
	Types           directory.MeetingTypes
	Duplicates      directory.Duplicates
	Invitations     directory.Invitations
	Closings        directory.Closings
	Shortlists      directory.Shortlists
	Accounts        directory.Accounts
	Tokens          directory.Tokens
	Rights          directory.Rights
	Renewals        directory.RenewalLinks
	Ready           func(context.Context) error
	Summaries       directory.Summaries
	Recommendations directory.Recommendations
}

type site struct {
	Pages
	log    *slog.Logger
	sheets sheets
	origin *http.CrossOriginProtection
}

// New returns the pages as one handler. Whatever is no page of theirs is a 404 page.
func New(log *slog.Logger, pages Pages) http.Handler {
	s := newSite(log, pages)
	return newFace(s, s.routes())
}

func newSite(log *slog.Logger, pages Pages) *site {
	return &site{Pages: pages, log: log, sheets: newSheets(), origin: http.NewCrossOriginProtection()}
}

// Routes lists the methods and paths of the pages, as the template routes them.
func Routes() []string { return routesOf(newSite(nil, Pages{}).routes()) }

func routesOf(pages map[string]http.Handler) []string { return slices.Sorted(maps.Keys(pages)) }

// face is pages, and beside them the operations of the API of the same function. What is refused before either is asked is said as that
// one says it.
type face struct {
	*http.ServeMux
	site *site
}

func newFace(s *site, pages map[string]http.Handler) face {
	f := face{http.NewServeMux(), s}
	for route, page := range pages {
		f.Handle(pattern(route), page)
	}
	return f
}

// Refuse implements web.Refuser.
func (f face) Refuse(w http.ResponseWriter, r *http.Request, p *web.Problem) {
	if strings.HasPrefix(r.URL.Path, "/v1/") {
		web.WriteProblem(w, p)
		return
	}
	f.site.fail(w, r, p, page{Language: web.PreferredLanguage(r.Header.Get("Accept-Language"))})
}

func (s *site) routes() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /":                                s.handler(s.home),
		"GET /sign-in":                         s.handler(s.signIn),
		"GET /signed-in":                       s.handler(s.signedIn),
		"POST /sign-out":                       s.form(s.signOut),
		"GET /organisations":                   s.member("organisation.read", s.organisations),
		"GET /organisations/new":               s.member("organisation.created", s.newOrganisation),
		"POST /organisations/new":              s.member("organisation.created", s.createOrganisation),
		"GET /organisations/{id}":              s.member("organisation.read", s.organisation),
		"GET /organisations/{id}/edit":         s.member("organisation.changed", s.editOrganisation),
		"POST /organisations/{id}/edit":        s.member("organisation.changed", s.changeOrganisation),
		"GET /organisations/{id}/history":      s.member("organisation.trail.read", s.organisationHistory),
		"GET /organisations/{id}/invitations":  s.member("organisation.invitations.read", s.organisationInvitations),
		"GET /people":                          s.member("person.read", s.people),
		"GET /people/new":                      s.member("person.created", s.newPerson),
		"POST /people/new":                     s.member("person.created", s.createPerson),
		"GET /people/{id}":                     s.member("person.read", s.person),
		"GET /people/{id}/edit":                s.member("person.changed", s.editPerson),
		"POST /people/{id}/edit":               s.member("person.changed", s.changePerson),
		"GET /meetings":                        s.member("meeting.read", s.meetings),
		"GET /duplicates/organisations":        s.member("organisation.duplicates.read", s.likelyOrganisations),
		"GET /duplicates/people":               s.member("person.duplicates.read", s.likelyPeople),
		"GET /meeting-types":                   s.member("meeting-type.written", s.meetingTypes),
		"POST /meeting-types":                  s.member("meeting-type.written", s.addMeetingType),
		"GET /meeting-types/{slug}":            s.member("meeting-type.written", s.meetingType),
		"POST /meeting-types/{slug}":           s.member("meeting-type.written", s.changeMeetingType),
		"GET /meetings/new":                    s.member("meeting.created", s.newMeeting),
		"POST /meetings/new":                   s.member("meeting.created", s.createMeeting),
		"GET /meetings/{id}":                   s.member("meeting.read", s.meeting),
		"GET /meetings/{id}/edit":              s.member("meeting.changed", s.editMeeting),
		"POST /meetings/{id}/edit":             s.member("meeting.changed", s.changeMeeting),
		"GET /meetings/{id}/board":             s.member("invitation.read", s.board),
		"POST /meetings/{id}/board":            s.member("invitation.drafted", s.invite),
		"GET /meetings/{id}/concept-note":      s.member("concept-note.versions.read", s.conceptNote),
		"POST /meetings/{id}/concept-note":     s.member("concept-note.approved", s.approveNote),
		"POST /meetings/{id}/{move}":           s.member("meeting.changed", s.moveMeeting),
		"POST /organisations/{id}/confirm":     s.member("organisation.confirmed", s.confirmOrganisation),
		"GET /meetings/{id}/board/shortlist":   s.member("shortlist.made", s.shortlist),
		"GET /meetings/{id}/board/record":      s.member("invitation.recorded", s.record),
		"GET /areas":                           s.member("area.read", s.areas),
		"GET /phases":                          s.member("phase.read", s.phases),
		"GET /phases/{number}":                 s.member("phase.read", s.phase),
		"GET /account":                         s.member("me.read", s.account),
		"POST /account/tokens":                 s.member("token.created", s.makeToken),
		"POST /account/tokens/revoke":          s.member("token.deleted", s.revokeToken),
		"POST /account/erasure":                s.member("erasure.requested", s.askForErasure),
		"GET /accounts":                        s.member("account.read", s.accounts),
		"POST /accounts":                       s.member("account.created", s.changeAccounts),
		"GET /privacy":                         s.static("privacy"),
		"GET /accessibility":                   s.static("accessibility"),
		"GET /rsvp/{token}":                    s.handler(s.invitation),
		"POST /rsvp/{token}":                   s.form(s.respond),
		"GET /confirm/{token}":                 s.handler(s.confirmation),
		"POST /confirm/{token}":                s.form(s.confirm),
		"GET /docs":                            s.handler(s.documentation()),
		"GET /style.css":                       asset("text/css; charset=utf-8", styleSheet),
		"GET /live.js":                         asset("text/javascript; charset=utf-8", liveScript),
		"GET /openapi.json":                    asset("application/json", specification),
		"GET /healthz":                         http.HandlerFunc(healthy),
		"GET /readyz":                          s.handler(s.ready),
		"ANY /{rest+}":                         s.handler(nothing),
		"GET /meetings/{id}/summary":           s.member("summary.read", s.summary),
		"GET /meetings/{id}/summary/edit":      s.member("summary.written", s.editSummary),
		"POST /meetings/{id}/summary/edit":     s.member("summary.written", s.writeSummary),
		"POST /meetings/{id}/summary/publish":  s.member("summary.published", s.publishSummary),
		"POST /meetings/{id}/summary/feedback": s.member("recommendation.answered", s.answerRecommendation),
	}
}

// pattern is the route as a pattern of net/http, which writes the end of a path, any rest of it and any method otherwise.
func pattern(route string) string {
	if strings.HasSuffix(route, "/") {
		return route + "{$}"
	}
	return strings.TrimPrefix(strings.Replace(route, "+}", "...}", 1), "ANY ")
}

// handler renders in one place the errors that pages return. A page that returns one has written nothing.
func (s *site) handler(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r); err != nil {
			s.fail(w, r, err, page{Language: web.PreferredLanguage(r.Header.Get("Accept-Language"))})
		}
	})
}

// form is handler for what forms of our own pages send; what another site sends is not done. Who is signed in sends from a browser
// that says where a form comes from; without a session that may stay unsaid, as the link that such a form is sent to is known to no
// other site.
func (s *site) form(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	return s.handler(func(w http.ResponseWriter, r *http.Request) error {
		unsaid := r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == ""
		if s.origin.Check(r) != nil || r.Method == http.MethodPost && unsaid && secret(r) != "" { // Check lets through what only reads
			return errForeignForm
		}
		return serve(w, r)
	})
}

// fail answers with the page that says what went wrong, within the frame. What is nobody's fault but ours is logged, without the
// path, which may hold the token of a link.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error, frame page) {
	var problem *web.Problem
	if !errors.As(err, &problem) {
		problem = web.ProblemOf(err, "")
	}
	if problem.Status >= http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "a page failed", "route", r.Pattern, "kind", string(csdn.KindOf(err)), "cause", err.Error())
	}
	for name, values := range problem.GetHeaders() {
		w.Header()[name] = values
	}
	frame.View = newFailure(r, problem)
	if err := s.show(w, problem.Status, "failure", frame); err != nil {
		s.log.ErrorContext(r.Context(), "the page of a failure failed", "route", r.Pattern, "cause", err.Error())
		http.Error(w, http.StatusText(problem.Status), problem.Status)
	}
}

// show renders a page and answers with it.
func (s *site) show(w http.ResponseWriter, status int, name string, p page) error {
	text, err := s.sheets.render(name, p)
	if err != nil {
		return err
	}
	dress(w.Header(), p.Live)
	w.WriteHeader(status)
	if _, err := bytes.NewReader(text).WriteTo(w); err != nil {
		s.log.Warn("a page was not written", "page", name, "cause", err.Error())
	}
	return nil
}

// dress sets the headers of a page. The referrer is sent to ourselves alone, not withheld: without it a browser gives the
// origin of a form as null (Fetch Standard, "append a request Origin header"), and one too old for Sec-Fetch-Site could
// not answer an invitation. A live page may run the one script, and ask for itself.
func dress(h http.Header, live bool) {
	policy := "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
	if live {
		policy += "; script-src 'self'; connect-src 'self'"
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "same-origin")
}

// nothing answers what is nowhere: with a page, and with a problem document where a client of the API lost its way.
func nothing(w http.ResponseWriter, r *http.Request) error {
	if strings.HasPrefix(r.URL.Path, "/v1/") {
		web.WriteProblem(w, web.NewProblem(http.StatusNotFound, "There is nothing here."))
		return nil
	}
	return csdn.Errorf(csdn.NotFound, "There is no such page.")
}

package site

import (
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// RequestPages is what the pages of requests for erasure open. The function of rights serves them, as it alone may remove who was
// invited.
type RequestPages struct {
	Sessions directory.Sessions
	Rights   directory.Rights
	Accounts directory.Accounts
	People   directory.People
}

// decider serves the pages of requests.
type decider struct {
	*site
	directory.Rights
}

// NewRequests returns the pages of requests, beside the operations of rights.
func NewRequests(log *slog.Logger, pages RequestPages, api http.Handler) http.Handler {
	d := decider{newSite(log, Pages{Sessions: pages.Sessions, Accounts: pages.Accounts, People: pages.People}), pages.Rights}
	f := newFace(d.site, d.routes())
	f.Handle("/v1/", api)
	return f
}

// RequestRoutes lists the methods and paths of the pages of requests, as the template routes them.
func RequestRoutes() []string { return routesOf(decider{site: newSite(nil, Pages{})}.routes()) }

func (d decider) routes() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /requests":  d.member("erasure.read", d.list),
		"POST /requests": d.member("erasure.granted", d.grant),
	}
}

// requestList is what is to be decided, and what was.
type requestList struct {
	Open, Done []request
	First      string
	Next       string
}

// request is a request for erasure, or its certificate.
type request struct {
	ID, Asked, Account, Role string
	Person                   *link
	IsOwn, Begun             bool
	DoneAt, Removed          string
}

func (d decider) list(w http.ResponseWriter, r *http.Request, v visit) error {
	page := pageOf(r.URL.Query())
	found, err := d.List(r.Context(), v.Caller, page)
	if err != nil {
		return err
	}
	view := requestList{}
	for _, e := range found.Items {
		one := request{
			ID: string(e.ID), Asked: day(e.RequestedAt), IsOwn: e.Account == v.Account, Begun: e.Status == csdn.ErasureBegun,
			DoneAt: day(e.DoneAt), Removed: removedInWords(e.Traces),
		}
		if e.Status == csdn.ErasureDone {
			view.Done = append(view.Done, one)
			continue
		}
		if err := d.name(r, v, e, &one); err != nil {
			return err
		}
		view.Open = append(view.Open, one)
	}
	if found.Next != "" {
		view.Next = "?" + with(r.URL.Query(), "cursor", string(found.Next)).Encode()
	}
	if page.Cursor != "" {
		view.First = "/requests"
	}
	return d.display(w, r, v, http.StatusOK, "requests", view)
}

// name says whose request it is. What is erased already has no name.
func (d decider) name(r *http.Request, v visit, e csdn.Erasure, to *request) error {
	if e.Account != "" {
		account, err := d.site.Accounts.Read(r.Context(), v.Caller, e.Account)
		if err != nil && csdn.KindOf(err) != csdn.NotFound {
			return err
		}
		to.Account, to.Role = account.Email, spell(account.Role)
	}
	if e.Person == "" {
		return nil
	}
	people, err := d.site.People.Seen(r.Context(), v.Caller, []csdn.PersonID{e.Person})
	if err != nil {
		return err
	}
	for _, p := range people {
		to.Person = &link{Text: p.Name, To: "/people/" + string(p.ID)}
	}
	return nil
}

// removedInWords counts what was removed, by kind.
func removedInWords(traces csdn.Traces) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(traces)) {
		parts = append(parts, string(kind)+": "+strconv.Itoa(traces[kind]))
	}
	return strings.Join(parts, ", ")
}

// grant does what a request asks for.
func (d decider) grant(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	if _, err := d.Grant(r.Context(), v.Caller, csdn.ErasureID(values.Get("id"))); err != nil {
		return err
	}
	http.Redirect(w, r, "/requests", http.StatusSeeOther)
	return nil
}

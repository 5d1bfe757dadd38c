package site

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// MergerPages is what the pages of mergers open. The function of mergers serves them, as it alone has what that takes.
type MergerPages struct {
	Sessions directory.Sessions
	Mergers  directory.Mergers
}

// merger serves the pages of mergers.
type merger struct {
	*site
	directory.Mergers
}

// NewMergers returns the pages of mergers, beside the operations of mergers.
func NewMergers(log *slog.Logger, pages MergerPages, api http.Handler) http.Handler {
	m := merger{newSite(log, Pages{Sessions: pages.Sessions}), pages.Mergers}
	f := newFace(m.site, m.routes())
	f.Handle("/v1/", api)
	return f
}

// MergerRoutes lists the methods and paths of the pages of mergers, as the template routes them.
func MergerRoutes() []string { return routesOf(merger{site: newSite(nil, Pages{})}.routes()) }

func (m merger) routes() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /mergers":       m.member("merger.read", m.recent),
		"POST /mergers":      m.member("merger.read", m.start),
		"GET /mergers/new":   m.member("merger.read", m.compare),
		"GET /mergers/{id}":  m.member("merger.read", m.progress),
		"POST /mergers/{id}": m.member("merger.undone", m.undo),
	}
}

// mergerForm is two records side by side.
type mergerForm struct {
	Subject      csdn.Subject
	Keep, Absorb mergerSide
	Swap         string // where they stand the other way round
	Fields       []mergerChoice
	Moves        []string
	Stale        bool // one of them was changed while the form was open
}

// mergerSide is one of the two.
type mergerSide struct {
	link
	ID      string
	Version csdn.Version
}

// mergerChoice is a field in which the two differ. Chosen is keep, absorb or both.
type mergerChoice struct {
	Name, Keep, Absorb string
	Joins              bool
	Chosen             string
}

// subjectSections are where the pages of the records are.
var subjectSections = map[csdn.Subject]string{csdn.Organisations: "/organisations/", csdn.People: "/people/"}

func (m merger) compare(w http.ResponseWriter, r *http.Request, v visit) error {
	return m.showPair(w, r, v, http.StatusOK, r.URL.Query())
}

// showPair shows the two records that the values name, with what was chosen of their fields.
func (m merger) showPair(w http.ResponseWriter, r *http.Request, v visit, status int, values url.Values) error {
	subject, keep, absorb := csdn.Subject(values.Get("subject")), values.Get("keep"), values.Get("absorb")
	pair, err := m.Compare(r.Context(), v.Caller, subject, keep, absorb)
	if err != nil {
		return err
	}
	side := func(s csdn.MergerSide) mergerSide {
		return mergerSide{link{Text: s.Name, To: subjectSections[subject] + s.ID}, s.ID, s.Version}
	}
	view := mergerForm{
		Subject: subject, Keep: side(pair.Keep), Absorb: side(pair.Absorb), Stale: status == http.StatusPreconditionFailed,
		Moves: referencesInWords(pair.References), Swap: mergerAddress(subject, absorb, keep),
	}
	for _, f := range pair.Fields {
		view.Fields = append(view.Fields, mergerChoice{
			Name: f.Field, Keep: f.First, Absorb: f.Second, Joins: f.Joins && f.First != "" && f.Second != "", Chosen: chosen(values, f),
		})
	}
	return m.display(w, r, v, status, "merger", view)
}

// mergerAddress is where two records are put side by side.
func mergerAddress(subject csdn.Subject, keep, absorb string) string {
	return "/mergers/new?" + url.Values{"subject": {string(subject)}, "keep": {keep}, "absorb": {absorb}}.Encode()
}

// chosen is what was chosen of a field, or else what says the most.
func chosen(values url.Values, f csdn.MergerField) string {
	switch was := values.Get("field." + f.Field); {
	case was != "":
		return was
	case f.First == "":
		return "absorb"
	case f.Joins && f.Second != "":
		return "both"
	}
	return "keep"
}

// referencesInWords counts what is moved, in the order of interest.
func referencesInWords(r csdn.References) []string {
	var list []string
	for _, kind := range []struct {
		csdn.Reference
		one, many string
	}{
		{csdn.PersonReference, "person", "people"}, {csdn.AccountReference, "account", "accounts"},
		{csdn.InvitationReference, "invitation", "invitations"}, {csdn.GuestReference, "count of invitations", "counts of invitations"},
		{csdn.TrailReference, "part of a long trail", "parts of long trails"},
		{csdn.RollReference, "list of who took part in a phase", "lists of who took part in a phase"},
	} {
		if n := r[kind.Reference]; n > 0 {
			list = append(list, counted(n, kind.one, kind.many))
		}
	}
	return list
}

// start merges what a form says, and leads to how far it is.
func (m merger) start(w http.ResponseWriter, r *http.Request, v visit) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	version := func(name string) csdn.Version {
		n, _ := strconv.ParseInt(values.Get(name), 10, 64) // 0, which is never present, for what is none
		return csdn.Version(n)
	}
	o := csdn.MergerOrder{
		Subject: csdn.Subject(values.Get("subject")), Keep: values.Get("keep"), Absorb: values.Get("absorb"),
		KeepVersion: version("keepVersion"), AbsorbVersion: version("absorbVersion"),
	}
	for name := range values {
		field, ok := strings.CutPrefix(name, "field.")
		switch choice := values.Get(name); {
		case ok && choice == "absorb":
			o.Take = append(o.Take, field)
		case ok && choice == "both":
			o.Join = append(o.Join, field)
		}
	}
	slices.Sort(o.Take)
	slices.Sort(o.Join)
	begun, err := m.Start(r.Context(), v.Caller, o)
	if csdn.KindOf(err) == csdn.Stale {
		return m.showPair(w, r, v, http.StatusPreconditionFailed, values)
	}
	if err != nil {
		return err
	}
	if _, err := m.GoOn(r.Context(), v.Caller, begun.ID); err != nil && csdn.KindOf(err) != csdn.Unavailable { // which the clock waits for
		return err
	}
	http.Redirect(w, r, "/mergers/"+string(begun.ID), http.StatusSeeOther)
	return nil
}

// undo parts two records again.
func (m merger) undo(w http.ResponseWriter, r *http.Request, v visit) error {
	id := csdn.MergerID(r.PathValue("id"))
	if _, err := m.Undo(r.Context(), v.Caller, id); err != nil && csdn.KindOf(err) != csdn.Unavailable {
		return err
	}
	http.Redirect(w, r, "/mergers/"+url.PathEscape(string(id)), http.StatusSeeOther)
	return nil
}

package site

import (
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/prose"
)

// confirmation is what the page of a renewal's link shows: what would be confirmed, or once that is done what was. Of people it
// knows the public names and the claims alone.
type confirmation struct {
	Language csdn.Language
	Name     string
	Used     string // when it was confirmed, "" while it can be
	Done     csdn.Confirmed
	Changed  bool // since the form was shown
	Facts    []labelled
	Mission  template.HTML
	Areas    []claim
	People   []claimant
	Last     string // when the profile was last confirmed, "" for never
	Seen     string // names what is shown
	Edit     string // where it can be corrected, by those who sign in
}

// labelled is a fact under its label, or the name of the phrase that is it.
type labelled struct{ Label, Text string }

// claimant is a person with claims.
type claimant struct {
	Name  string
	Areas []claim
}

// confirmation shows what a link leads to, and changes nothing.
func (s *site) confirmation(w http.ResponseWriter, r *http.Request) error {
	return s.showConfirmation(w, r, http.StatusOK)
}

func (s *site) showConfirmation(w http.ResponseWriter, r *http.Request, status int) error {
	read, err := s.Renewals.Read(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	view, err := s.newConfirmation(r.Context(), read)
	if err != nil {
		return err
	}
	view.Changed = status == http.StatusPreconditionFailed
	return s.show(w, status, "confirmation", page{Language: view.Language, View: view})
}

// confirm confirms what the form showed and sends the browser back to the page, which says what was confirmed: loading that again
// repeats nothing. What was changed meanwhile is shown anew, to be looked at.
func (s *site) confirm(w http.ResponseWriter, r *http.Request) error {
	values, err := filled(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	err = s.Renewals.Confirm(r.Context(), token, values.Get("seen"))
	if errors.Is(err, csdn.Stale) {
		return s.showConfirmation(w, r, http.StatusPreconditionFailed)
	}
	if err != nil && !errors.Is(err, csdn.Conflict) { // it was confirmed by the same link meanwhile, as the page says
		return err
	}
	http.Redirect(w, r, "/confirm/"+url.PathEscape(token), http.StatusSeeOther)
	return nil
}

// newConfirmation returns the view of what a link leads to.
func (s *site) newConfirmation(ctx context.Context, c directory.Confirmation) (confirmation, error) {
	o, in := c.Organisation, c.Organisation.Tongue()
	on := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return csdn.DayInWords(t, in)
	}
	view := confirmation{Language: in, Name: o.Name, Used: on(c.Link.UsedAt), Done: c.Link.Confirmed}
	if view.Used != "" {
		return view, nil
	}
	known, err := s.labels(ctx, visit{})
	if err != nil {
		return view, err
	}
	claims := func(list []csdn.Expertise) []claim {
		told := make([]claim, len(list))
		for n, e := range list {
			told[n] = claim{Text: known.areaIn(e.Area, in), Level: string(e.Level), Evidence: e.Evidence, Confirmed: on(e.ConfirmedAt)}
		}
		slices.SortFunc(told, func(a, b claim) int { return strings.Compare(a.Text, b.Text) })
		return told
	}
	if view.Mission, err = prose.HTML(o.Mission, 2); err != nil {
		return view, err
	}
	view.Areas, view.Last = claims(o.Areas), on(o.ConfirmedAt)
	view.Seen, view.Edit = c.Seen, "/organisations/"+string(o.ID)+"/edit"
	for _, f := range []labelled{
		{"country", o.Country.Name(in)}, {"works in", namesIn(o.Countries, in)}, {"regions", namesIn(o.Regions, in)},
		{"languages", namesIn(o.Languages, in)}, {"website", o.Website}, {"email", o.Email},
	} {
		if f.Text != "" {
			view.Facts = append(view.Facts, f)
		}
	}
	for _, p := range c.People {
		view.People = append(view.People, claimant{Name: p.Name, Areas: claims(p.Areas)})
	}
	return view, nil
}

// areaIn returns the label of an area in French or English.
func (l labels) areaIn(slug csdn.AreaSlug, in csdn.Language) string {
	if a, known := l.areas[slug]; known && in == "fr" {
		return a.LabelFR
	}
	return l.area(slug)
}

// namesIn joins the names of a list in a language.
func namesIn[T interface {
	~string
	Name(csdn.Language) string
}](list []T, in csdn.Language) string {
	names := make([]string, len(list))
	for n, one := range list {
		names[n] = one.Name(in)
	}
	return strings.Join(names, ", ")
}

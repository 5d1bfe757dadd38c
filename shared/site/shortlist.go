package site

import (
	"net/http"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/web"
)

// shortlisting is whom to invite to a meeting, with reasons, and the form that asks for it.
type shortlisting struct {
	meetingLine
	Form     []control
	Instead  csdn.PersonID // whose place is to be filled
	Of       string        // the name of that person
	Items    []shortlisted
	Coverage []bar
	Lacking  []string
	Trouble  string // why there is no list
}

type shortlisted struct {
	To, ID, Name, Position, Organisation, Country string
	Safety                                        csdn.Safety
	Reasons                                       []string
}

// usualSize is how many people a shortlist begins with: the civil society side of the network's usual table.
const usualSize = 15

func (s *site) shortlist(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.Meetings.Read(r.Context(), v.Caller, csdn.MeetingID(r.PathValue("id")))
	if err != nil {
		return err
	}
	known, err := s.labels(r.Context(), v)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	wish := csdn.Wish{
		Size: number(query.Get("size")), Category: csdn.Category(query.Get("category")), PerOrganisation: number(query.Get("maxPerOrganisation")),
		Country: readCountry(query.Get("country")), Instead: csdn.PersonID(query.Get("instead")),
	}
	if spoken := readLanguages(query.Get("language")); len(spoken) > 0 {
		wish.Language = spoken[0]
	}
	if wish.Size == 0 && wish.Instead == "" {
		wish.Size = usualSize
	}
	view := shortlisting{meetingLine: v.meetingLine(m), Form: wishControls(wish)}
	if wish.Instead != "" {
		if _, err := s.Invitations.Read(r.Context(), v.Caller, m.ID, wish.Instead); err != nil { // a planner sees whom the meeting invites
			return err
		}
		given, err := s.People.Seen(r.Context(), v.Caller, []csdn.PersonID{wish.Instead})
		if err != nil {
			return err
		}
		for _, p := range given {
			view.Instead, view.Of = p.ID, p.Name
		}
	}
	list, err := s.Shortlists.Make(r.Context(), v.Caller, m.ID, wish, "en")
	switch kind := csdn.KindOf(err); {
	case kind == csdn.Conflict || kind == csdn.Invalid:
		view.Trouble = explained(err)
		return s.display(w, r, v, http.StatusOK, "shortlist", view)
	case err != nil:
		return err
	}
	names, err := s.organisationNames(r, v, list.People, nil, nil)
	if err != nil {
		return err
	}
	for n, p := range list.People {
		view.Items = append(view.Items, shortlisted{
			To: "/people/" + string(p.ID), ID: string(p.ID), Name: p.Name, Position: p.Position, Organisation: names[p.Organisation],
			Country: p.Country.Name("en"), Safety: p.Safety, Reasons: list.Reasons[n],
		})
	}
	for _, a := range list.Coverage {
		view.Coverage = append(view.Coverage, bar{Text: known.area(a.Area), Now: a.Chosen + a.There, full: 1})
		if a.Chosen+a.There == 0 {
			view.Lacking = append(view.Lacking, known.area(a.Area))
		}
	}
	return s.display(w, r, v, http.StatusOK, "shortlist", view)
}

func wishControls(w csdn.Wish) []control {
	return []control{
		{Name: "size", Label: "How many", Kind: "number", Value: countText(w.Size)},
		{Name: "category", Label: "Side of the table", Kind: "choice", Options: choices(csdn.Categories(), w.Category, spell)},
		{Name: "maxPerOrganisation", Label: "Most of one organisation", Kind: "number", Value: countText(w.PerOrganisation)},
		{Name: "country", Label: "Country", Kind: "line", Value: w.Country.Name("en")},
		{Name: "language", Label: "Language", Kind: "line", Value: namesOf(slices.DeleteFunc([]csdn.Language{w.Language}, func(l csdn.Language) bool { return l == "" }))},
	}
}

// explained tells what an error says to people: its message and its broken rules.
func explained(err error) string {
	problem := web.ProblemOf(err, "query")
	text := problem.Detail
	for _, f := range problem.Errors {
		_, field, _ := strings.Cut(f.Location, ".")
		text += " " + field + " " + f.Message + "."
	}
	return text
}

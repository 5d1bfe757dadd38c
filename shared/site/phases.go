package site

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"csdn.example/directory/shared/csdn"
)

// phaseList is the phases of the network.
type phaseList struct{ Items []phaseLine }

type phaseLine struct {
	To, Meetings, Label, Years, Instrument string
}

func (s *site) phases(w http.ResponseWriter, r *http.Request, v visit) error {
	found, err := s.Phases.List(r.Context(), v.Caller, csdn.PageRequest{Limit: csdn.MaximumLimit})
	if err != nil {
		return err
	}
	var view phaseList
	for _, p := range slices.Backward(found.Items) {
		view.Items = append(view.Items, newPhaseLine(v, p))
	}
	return s.display(w, r, v, http.StatusOK, "phases", view)
}

func newPhaseLine(v visit, p csdn.Phase) phaseLine {
	number := strconv.Itoa(int(p.Number))
	line := phaseLine{To: "/phases/" + number, Label: p.Label, Years: strconv.Itoa(p.From) + "–" + strconv.Itoa(p.To), Instrument: p.Instrument}
	if v.may("meeting.read", true) {
		line.Meetings = "/meetings?phase=" + number
	}
	return line
}

// phasePage is what a phase came to.
type phasePage struct {
	phaseLine
	Reported bool // the member may read the report
	Meetings int
	Rate     string
	Figures  []figure
	Charts   []chart
	Exports  []link
	Needed   int // the least that a number grows by

	Recommended, Answered int
}

type figure struct {
	Text   string
	Number int
}

// chart is a breakdown, the largest first.
type chart struct {
	Title string
	Bars  []bar
}

func (s *site) phase(w http.ResponseWriter, r *http.Request, v visit) error {
	p, err := s.Phases.Read(r.Context(), v.Caller, csdn.PhaseNumber(number(r.PathValue("number"))))
	if err != nil {
		return err
	}
	view := phasePage{phaseLine: newPhaseLine(v, p), Reported: v.may("report.read", false), Needed: csdn.SmallCell}
	if !view.Reported {
		return s.display(w, r, v, http.StatusOK, "phase", view)
	}
	report, err := s.Reports.Read(r.Context(), v.Caller, p.Number)
	if err != nil {
		return err
	}
	names, err := s.Reports.Names(r.Context(), v.Caller)
	if err != nil {
		return err
	}
	for _, n := range report.Meetings {
		view.Meetings += n
	}
	if report.ResponseRate != nil {
		view.Rate = strconv.Itoa(int(*report.ResponseRate*100+0.5)) + " %"
	}
	view.Figures = []figure{
		{"invited", report.Invited.Total}, {"accepted", report.Accepted.Total}, {"attended", report.Attended.Total},
		{"organisations", report.Organisations}, {"countries", len(report.Countries)},
	}
	view.Recommended, view.Answered = report.Recommendations.Published, report.Recommendations.Answered
	view.Charts = []chart{
		breakdown("Meetings by type", report.Meetings, func(t csdn.MeetingType) string { return cmp.Or(names.Types[t], spell(t)) }),
		breakdown("Attended, by category", report.Attended.ByCategory, spell),
		breakdown("Participants by country", report.Countries, func(c csdn.Country) string { return c.Name("en") }),
		breakdown("Participants by expertise", report.Areas, func(a csdn.AreaSlug) string { return cmp.Or(names.Areas[a], string(a)) }),
	}
	for _, format := range []string{"html", "csv", "xlsx"} {
		view.Exports = append(view.Exports, link{
			Text: map[string]string{"html": "For print", "csv": "CSV", "xlsx": "Excel"}[format], To: "/v1" + view.To + "/report?format=" + format,
		})
	}
	return s.display(w, r, v, http.StatusOK, "phase", view)
}

// breakdown makes bars of counts.
func breakdown[K ~string](title string, counts map[K]int, text func(K) string) chart {
	c := chart{Title: title}
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		c.Bars = append(c.Bars, bar{Text: text(name), Now: counts[name], full: most})
	}
	slices.SortStableFunc(c.Bars, func(a, b bar) int { return cmp.Compare(b.Now, a.Now) })
	return c
}

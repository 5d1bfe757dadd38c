package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Report is what a phase came to, in numbers that can be published.
type Report struct {
	Phase         Phase          `json:"phase"`
	AsOf          *time.Time     `json:"asOf,omitempty" doc:"When the last meeting was closed; absent while none is"`
	Meetings      MeetingTally   `json:"meetings" doc:"Those that are closed"`
	Invited       Tally          `json:"invited" doc:"Who was sent an invitation that was not taken back"`
	Accepted      Tally          `json:"accepted" doc:"Who accepted and kept to it"`
	Attended      Tally          `json:"attended" doc:"Who was there, where that was recorded"`
	ResponseRate  *float64       `json:"responseRate,omitempty" doc:"Who answered, of those invited: 0 to 1, to two places"`
	Organisations int            `json:"organisations" doc:"How many took part, each counted once"`
	Countries     map[string]int `json:"countries" doc:"Participants by the country in which they live"`
	Areas         map[string]int `json:"areas" doc:"Participants by area of expertise; one counts once for each"`

	Recommendations RecommendationTally `json:"recommendations" doc:"Of the published summaries of its meetings, closed or not"`
}

// RecommendationTally is a number of recommendations.
type RecommendationTally struct {
	Published int `json:"published" example:"12"`
	Answered  int `json:"answered" doc:"Those that an institution answered as they are worded now" example:"7"`
}

// MeetingTally is a number of meetings.
type MeetingTally struct {
	Total  int            `json:"total"`
	ByType map[string]int `json:"byType"`
}

// Tally is a number of people, and how many of each category can be published.
type Tally struct {
	Total      int            `json:"total"`
	ByCategory map[string]int `json:"byCategory"`
}

func tally(t csdn.Tally) Tally { return Tally{Total: t.Total, ByCategory: counts(t.ByCategory)} }

func report(r csdn.Report) Report {
	body := Report{
		Phase: phase(r.Phase), AsOf: instant(r.AsOf), Meetings: MeetingTally{ByType: counts(r.Meetings)},
		Invited: tally(r.Invited), Accepted: tally(r.Accepted), Attended: tally(r.Attended), ResponseRate: r.ResponseRate,
		Organisations: r.Organisations, Countries: counts(r.Countries), Areas: counts(r.Areas),
		Recommendations: RecommendationTally(r.Recommendations),
	}
	for _, n := range r.Meetings {
		body.Meetings.Total += n
	}
	return body
}

// ReportForms writes the report of a phase. Style is the source by which a content security policy
// permits the style of the HTML.
type ReportForms struct {
	HTML, CSV, XLSX func(csdn.Report, csdn.ReportNames) ([]byte, error)
	Style           string
}

// Reports serves the reports of phases.
type Reports struct {
	Directory directory.Reports
	Forms     ReportForms
}

func (n Reports) register(a *API) {
	type reading struct {
		PhasePath
		Accept string `header:"Accept" doc:"application/json unless another of the media types is preferred"`
		Format string `query:"format" enum:"json,html,csv,xlsx" doc:"Instead of Accept"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/phases/{number}/report", id: "read-report", act: "report.read",
		summary: "Read what a phase came to",
		description: "Over its closed meetings. No number grows by one or two people at once, as that could tell who they are: " +
			"they are counted when more have come.",
		media: []string{jsonType, "text/html", "text/csv", mediaXLSX}, body: reflect.TypeFor[Report](),
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*document, error) {
		r, err := n.Directory.Read(ctx, caller, csdn.PhaseNumber(in.Number))
		if err != nil {
			return nil, err
		}
		written := func(write func(csdn.Report, csdn.ReportNames) ([]byte, error)) func() ([]byte, error) {
			return func() ([]byte, error) {
				names, err := n.Directory.Names(ctx, caller)
				if err != nil {
					return nil, err
				}
				return write(r, names)
			}
		}
		name := fmt.Sprintf("phase-%d-report", r.Phase.Number)
		return handOut(name, in.Format, in.Accept, []form{
			{format: "json", media: jsonType, write: func() ([]byte, error) { return json.Marshal(report(r)) }},
			{format: "html", media: mediaHTML, policy: stylePolicy(n.Forms.Style), write: written(n.Forms.HTML)},
			{format: "csv", media: mediaCSV, attached: true, write: written(n.Forms.CSV)},
			{format: "xlsx", media: mediaXLSX, attached: true, write: written(n.Forms.XLSX)},
		})
	})
}

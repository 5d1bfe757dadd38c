package api

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// SummaryProfile is what was said at a meeting, unattributed: there is no field for who said it.
type SummaryProfile struct {
	Text            string           `json:"text" doc:"Markdown"`
	Recommendations []Recommendation `json:"recommendations" required:"false"`
}

// Recommendation is what a meeting recommends.
type Recommendation struct {
	ID    string   `json:"id,omitempty" doc:"ULID; left out for a new one"`
	Text  string   `json:"text" doc:"Markdown"`
	Areas []string `json:"areas" required:"false" doc:"Areas of expertise that it is about"`
}

// Summary is the summary of a meeting: to its planners the one that they work on, to others the one that is published.
type Summary struct {
	Text            string                   `json:"text" doc:"Markdown"`
	Recommendations []AnsweredRecommendation `json:"recommendations"`
	Edition         int                      `json:"edition" doc:"How many times it was published so far" example:"1"`
	PublishedAt     *time.Time               `json:"publishedAt,omitempty" doc:"When it was last published; absent from the one that planners work on"`
	UpdatedAt       *time.Time               `json:"updatedAt,omitempty" doc:"When it was last changed; absent from the published one"`
}

// AnsweredRecommendation is a recommendation, and what institutions answer to it where it is published.
type AnsweredRecommendation struct {
	Recommendation
	Feedback []Feedback `json:"feedback" doc:"One for each institution that answered"`
}

// FeedbackOrder is what an institution answers to a recommendation.
type FeedbackOrder struct {
	Institution institution    `json:"institution" doc:"Whose answer it is: never an official's own"`
	Status      feedbackStatus `json:"status"`
	Text        string         `json:"text" required:"false" doc:"Why, or what was done"`
}

// Feedback is an answer as it was recorded.
type Feedback struct {
	FeedbackOrder
	At      time.Time `json:"at"`
	Current bool      `json:"current" doc:"false when the recommendation was worded otherwise then; such an answer is not counted"`
}

// PublicationOrder publishes a summary.
type PublicationOrder struct {
	Override bool   `json:"override,omitempty" doc:"Publish it although it names somebody; this is recorded"`
	Reason   string `json:"reason,omitempty" maxLength:"500" doc:"Required for an override"`
}

type (
	institution    string
	feedbackStatus string
)

func (institution) Schema(huma.Registry) *huma.Schema    { return enum(csdn.Institutions()) }
func (feedbackStatus) Schema(huma.Registry) *huma.Schema { return enum(csdn.FeedbackStatuses()) }

func (p SummaryProfile) domain() csdn.SummaryProfile {
	return csdn.SummaryProfile{Text: p.Text, Recommendations: each(p.Recommendations, func(r Recommendation) csdn.Recommendation {
		return csdn.Recommendation{ID: csdn.RecommendationID(r.ID), Text: r.Text, Areas: as[csdn.AreaSlug](r.Areas)}
	})}
}

func recommendation(r csdn.Recommendation) Recommendation {
	return Recommendation{ID: string(r.ID), Text: r.Text, Areas: as[string](r.Areas)}
}

func summary(s csdn.Summary) Summary {
	return Summary{
		Text: s.Text, Edition: s.Edition, UpdatedAt: instant(s.UpdatedAt),
		Recommendations: each(s.Recommendations, func(r csdn.Recommendation) AnsweredRecommendation {
			return AnsweredRecommendation{Recommendation: recommendation(r), Feedback: []Feedback{}}
		}),
	}
}

func publishedSummary(p csdn.PublishedSummary) Summary {
	return Summary{
		Text: p.Text, Edition: p.Edition, PublishedAt: instant(p.PublishedAt),
		Recommendations: each(p.Recommendations, func(r csdn.PublishedRecommendation) AnsweredRecommendation {
			return AnsweredRecommendation{Recommendation: recommendation(r.Recommendation), Feedback: each(r.Feedback, func(f csdn.Feedback) Feedback {
				return Feedback{
					FeedbackOrder: FeedbackOrder{Institution: institution(f.Institution), Status: feedbackStatus(f.Status), Text: f.Text},
					At:            f.At.UTC(), Current: r.Answers(f),
				}
			})}
		}),
	}
}

// Summaries serves the summaries of meetings.
type Summaries struct{ Directory directory.Summaries }

func (n Summaries) register(a *API) {
	type reading struct {
		MeetingPath
		IfNoneMatch
		Published bool `query:"published" doc:"For planners: the published one, whose ETag feedback takes, instead of the one that they work on"`
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/summary", id: "read-summary", act: "summary.read",
		summary:     "Read the summary of a meeting",
		description: "The published one, with the feedback on its recommendations; to its planners and the secretariat the one that they work on.",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Summary], error) {
		draft, p, err := n.Directory.Read(ctx, caller, in.id())
		switch {
		case err != nil:
			return nil, err
		case draft.Version > 0 && !in.Published:
			return read(in.IfNoneMatch, draft.Version, summary(draft)), nil
		case p.Version == 0:
			return nil, csdn.Errorf(csdn.NotFound, "There is nothing here.")
		}
		return read(in.IfNoneMatch, p.Version, publishedSummary(p)), nil
	})

	type writing struct {
		MeetingPath
		IfMatch
		Absent string `header:"If-None-Match" enum:"*" doc:"* for the first; then without If-Match"`
		Body   SummaryProfile
	}
	register(a, operation{
		method: http.MethodPut, path: "/v1/meetings/{id}/summary", id: "write-summary", act: "summary.written",
		summary: "Write the summary of a meeting that was held",
		description: "With If-Match for one that exists, with If-None-Match: * for the first. Nobody but the planners reads it until it is published. " +
			"A recommendation keeps its id, and with that the feedback on it; without an id it is a new one.",
	}, func(ctx context.Context, caller csdn.Caller, in *writing) (*single[Summary], error) {
		version, err := in.version()
		if in.Absent == "*" && strings.TrimSpace(in.Tag) == "" {
			version, err = 0, nil
		}
		if err != nil {
			return nil, err
		}
		s, err := n.Directory.Write(ctx, caller, in.id(), version, in.Body.domain())
		answer := written(s.Version, summary(s))
		if s.Version == 1 {
			answer.Status = http.StatusCreated
		}
		return answer, err
	})

	type publishing struct {
		MeetingPath
		IfMatch
		Body *PublicationOrder
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/summary/publish", id: "publish-summary", act: "summary.published",
		beside:  []int{http.StatusPreconditionRequired},
		summary: "Publish the summary of a meeting",
		description: "For whoever may read the meeting. If-Match names the version that was read. Of a meeting under the Chatham House Rule it is refused " +
			"with 409 while it names a participant or the organisation of one: errors tells the places, in the summary as it was written. An override with " +
			"a reason publishes it all the same, and is recorded.",
	}, func(ctx context.Context, caller csdn.Caller, in *publishing) (*single[Summary], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		var o csdn.Override
		if in.Body != nil {
			o = csdn.Override{Given: in.Body.Override, Reason: in.Body.Reason}
		}
		p, err := n.Directory.Publish(ctx, caller, in.id(), version, o)
		return written(p.Version, publishedSummary(p)), err
	})
}

// Recommendations serves what institutions answer to recommendations.
type Recommendations struct{ Directory directory.Recommendations }

// RecommendationPath is the recommendation in a path.
type RecommendationPath struct {
	MeetingPath
	Recommendation string `path:"recommendation" doc:"ULID of the recommendation"`
}

func (n Recommendations) register(a *API) {
	type answering struct {
		RecommendationPath
		IfMatch
		Body FeedbackOrder
	}
	register(a, operation{
		method: http.MethodPut, path: "/v1/meetings/{id}/recommendations/{recommendation}/feedback", id: "answer-recommendation", act: "recommendation.answered",
		summary: "Record what an institution answers to a recommendation",
		description: "In place of what it answered before. If-Match names the version of the published summary that was read. Who recorded it is told to nobody " +
			"but the secretariat, in the trail.",
	}, func(ctx context.Context, caller csdn.Caller, in *answering) (*single[Summary], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		p, err := n.Directory.Answer(ctx, caller, in.id(), csdn.RecommendationID(in.Recommendation), version, csdn.Feedback{
			Institution: csdn.Institution(in.Body.Institution), Status: csdn.FeedbackStatus(in.Body.Status), Text: in.Body.Text,
		})
		return written(p.Version, publishedSummary(p)), err
	})
}

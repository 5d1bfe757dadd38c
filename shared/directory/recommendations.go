package directory

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Recommendations records what institutions answer to what meetings recommend.
type Recommendations struct {
	Clerk
	Meetings  csdn.MeetingStore
	Published csdn.SummaryStore
}

// Answer records what an institution answers to a recommendation of the summary that the caller read at the version, in place of what it
// answered before.
func (d Recommendations) Answer(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, recommendation csdn.RecommendationID, read csdn.Version, f csdn.Feedback) (csdn.PublishedSummary, error) {
	const act = "recommendation.answered"
	if _, err := planned(ctx, d.Meetings, caller, act, id); err != nil {
		return csdn.PublishedSummary{}, err
	}
	before, err := d.Published.PublishedSummary(ctx, id)
	if err != nil {
		return before, err
	}
	if err := matches(read, before.Version); err != nil {
		return before, err
	}
	after, err := before.Answer(recommendation, f, d.Now())
	if err != nil {
		return before, err
	}
	fields := csdn.Differences(feedbackFacts(before, recommendation, f.Institution), feedbackFacts(after, recommendation, f.Institution))
	return after, d.Published.PutFeedback(ctx, after, d.change(caller, act, d.Now(), after.Version, fields))
}

// feedbackFacts returns what an institution answers, as it stands in the trail.
func feedbackFacts(p csdn.PublishedSummary, recommendation csdn.RecommendationID, by csdn.Institution) []csdn.Fact {
	field := "recommendations." + string(recommendation) + "." + string(by)
	fact := csdn.Fact{Field: field}
	for _, r := range p.Recommendations {
		for _, f := range r.Feedback {
			if r.ID == recommendation && f.Institution == by {
				fact.Value = fmt.Sprintf("%s (edition %d, %s): %s", f.Status, f.Edition, f.At.UTC().Format(time.RFC3339), f.Text)
			}
		}
	}
	return []csdn.Fact{fact}
}

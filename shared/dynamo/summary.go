package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

var (
	_ csdn.DraftSummaryStore = Participation{}
	_ csdn.SummaryStore      = Directory{}
)

type summaryItem struct {
	Meeting         csdn.MeetingID       `dynamodbav:"meeting"`
	Text            string               `dynamodbav:"text"`
	Recommendations []recommendationItem `dynamodbav:"recommendations,omitempty"`
	Edition         int                  `dynamodbav:"edition"`
	UpdatedAt       instant              `dynamodbav:"updatedAt,omitempty"`
	Version         csdn.Version         `dynamodbav:"version"`
}

type recommendationItem struct {
	ID    csdn.RecommendationID `dynamodbav:"id"`
	Text  string                `dynamodbav:"text"`
	Areas []csdn.AreaSlug       `dynamodbav:"areas,omitempty"`
}

func newSummaryItem(s csdn.Summary) summaryItem {
	return summaryItem{
		Meeting: s.Meeting, Text: s.Text, Edition: s.Edition, UpdatedAt: instant{s.UpdatedAt}, Version: s.Version,
		Recommendations: mapped(s.Recommendations, func(r csdn.Recommendation) recommendationItem { return recommendationItem(r) }),
	}
}

func (i summaryItem) summary() csdn.Summary {
	return csdn.Summary{
		Meeting: i.Meeting, Edition: i.Edition, UpdatedAt: i.UpdatedAt.Time, Version: i.Version,
		SummaryProfile: csdn.SummaryProfile{
			Text: i.Text, Recommendations: mapped(i.Recommendations, func(r recommendationItem) csdn.Recommendation { return csdn.Recommendation(r) }),
		},
	}
}

// Summary implements csdn.DraftSummaryStore.
func (d Participation) Summary(ctx context.Context, meeting csdn.MeetingID) (csdn.Summary, error) {
	item, err := get[summaryItem](ctx, d.table(), summaryKey(meeting))
	if err != nil {
		return csdn.Summary{}, fmt.Errorf("read the summary of meeting %s: %w", meeting, err)
	}
	return item.summary(), nil
}

// PutSummary implements csdn.DraftSummaryStore.
func (d Participation) PutSummary(ctx context.Context, s csdn.Summary, change csdn.Change) error {
	var w transaction
	w.put(d.Table, summaryKey(s.Meeting), newSummaryItem(s), next(s.Version), stale())
	w.record(d.Table, changeKey(meetingKey(s.Meeting), change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write the summary of meeting %s: %w", s.Meeting, err)
	}
	return nil
}

// PublishSummary implements csdn.DraftSummaryStore.
func (d Participation) PublishSummary(ctx context.Context, s csdn.Summary, p csdn.PublishedSummary, seating csdn.Version, change csdn.Change) error {
	var w transaction
	w.put(d.Table, summaryKey(s.Meeting), newSummaryItem(s), next(s.Version), stale())
	w.publish(d.DirectoryTable, p, change)
	w.seated(d.Table, s.Meeting, seating)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("publish the summary of meeting %s: %w", s.Meeting, err)
	}
	return nil
}

// seated checks that the seating of a meeting is at the version, which is 0 for one that never was.
func (w *transaction) seated(table string, meeting csdn.MeetingID, v csdn.Version) {
	counted := missing()
	if v > 0 {
		counted = present(v)
	}
	w.check(table, seatingKey(meeting), counted, stale())
}

type publishedItem struct {
	Meeting         csdn.MeetingID   `dynamodbav:"meeting"`
	Phase           csdn.PhaseNumber `dynamodbav:"phase"`
	Text            string           `dynamodbav:"text"`
	Recommendations []answeredItem   `dynamodbav:"recommendations,omitempty"`
	Edition         int              `dynamodbav:"edition"`
	PublishedAt     instant          `dynamodbav:"publishedAt,omitempty"`
	Version         csdn.Version     `dynamodbav:"version"`
}

type answeredItem struct {
	recommendationItem
	Since    int            `dynamodbav:"since"`
	Feedback []feedbackItem `dynamodbav:"feedback,omitempty"`
}

type feedbackItem struct {
	Institution csdn.Institution    `dynamodbav:"institution"`
	Status      csdn.FeedbackStatus `dynamodbav:"status"`
	Text        string              `dynamodbav:"text,omitempty"`
	At          instant             `dynamodbav:"at,omitempty"`
	Edition     int                 `dynamodbav:"edition"`
}

func newPublishedItem(p csdn.PublishedSummary) publishedItem {
	return publishedItem{
		Meeting: p.Meeting, Phase: p.Phase, Text: p.Text, Edition: p.Edition, PublishedAt: instant{p.PublishedAt}, Version: p.Version,
		Recommendations: mapped(p.Recommendations, func(r csdn.PublishedRecommendation) answeredItem {
			return answeredItem{recommendationItem(r.Recommendation), r.Since, mapped(r.Feedback, func(f csdn.Feedback) feedbackItem {
				return feedbackItem{f.Institution, f.Status, f.Text, instant{f.At}, f.Edition}
			})}
		}),
	}
}

func (i publishedItem) published() csdn.PublishedSummary {
	return csdn.PublishedSummary{
		Meeting: i.Meeting, Phase: i.Phase, Text: i.Text, Edition: i.Edition, PublishedAt: i.PublishedAt.Time, Version: i.Version,
		Recommendations: mapped(i.Recommendations, func(r answeredItem) csdn.PublishedRecommendation {
			return csdn.PublishedRecommendation{
				Recommendation: csdn.Recommendation(r.recommendationItem), Since: r.Since,
				Feedback: mapped(r.Feedback, func(f feedbackItem) csdn.Feedback {
					return csdn.Feedback{Institution: f.Institution, Status: f.Status, Text: f.Text, At: f.At.Time, Edition: f.Edition}
				}),
			}
		}),
	}
}

// tallyItem is how many recommendations a meeting adds to its phase.
type tallyItem struct {
	Meeting   csdn.MeetingID `dynamodbav:"meeting"`
	Published int            `dynamodbav:"published"`
	Answered  int            `dynamodbav:"answered"`
	Version   csdn.Version   `dynamodbav:"version"` // that of the summary
}

// publish writes a published summary, and its numbers beside those of the other meetings of its phase.
func (w *transaction) publish(table string, p csdn.PublishedSummary, change csdn.Change) {
	tally := p.Tally()
	w.put(table, summaryKey(p.Meeting), newPublishedItem(p), next(p.Version), stale())
	w.put(table, tallyKey(p.Phase, p.Meeting), tallyItem{p.Meeting, tally.Published, tally.Answered, p.Version}, next(p.Version), stale())
	w.record(table, changeKey(meetingKey(p.Meeting), change.ID), change)
}

// PublishedSummary implements csdn.SummaryStore.
func (d Directory) PublishedSummary(ctx context.Context, meeting csdn.MeetingID) (csdn.PublishedSummary, error) {
	item, err := get[publishedItem](ctx, d.table(), summaryKey(meeting))
	if err != nil {
		return csdn.PublishedSummary{}, fmt.Errorf("read the published summary of meeting %s: %w", meeting, err)
	}
	return item.published(), nil
}

// PutFeedback implements csdn.SummaryStore.
func (d Directory) PutFeedback(ctx context.Context, p csdn.PublishedSummary, change csdn.Change) error {
	var w transaction
	w.publish(d.Table, p, change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write feedback on the summary of meeting %s: %w", p.Meeting, err)
	}
	return nil
}

// Recommendations implements csdn.SummaryStore.
func (d Directory) Recommendations(ctx context.Context, phase csdn.PhaseNumber) (csdn.RecommendationTally, error) {
	var sum csdn.RecommendationTally
	found, err := list[tallyItem](ctx, d.table(), beginning(phasePartition(phase), tallyPrefix))
	if err != nil {
		return sum, fmt.Errorf("read the recommendations of phase %d: %w", phase, err)
	}
	for _, t := range found {
		sum.Published, sum.Answered = sum.Published+t.Published, sum.Answered+t.Answered
	}
	return sum, nil
}

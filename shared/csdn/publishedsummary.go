package csdn

import (
	"context"
	"slices"
	"time"
)

// Institution is one whose officials answer recommendations. An answer is the institution's, never an official's own.
type Institution string

// Institutions lists the institutions.
func Institutions() []Institution {
	return []Institution{"eeas", "european-commission", "european-parliament", "council", "member-state", "other"}
}

// FeedbackStatus is how an institution takes a recommendation.
type FeedbackStatus string

// FeedbackStatuses lists the ways in which an institution takes a recommendation.
func FeedbackStatuses() []FeedbackStatus {
	return []FeedbackStatus{"accepted", "partly-accepted", "noted", "not-accepted"}
}

// maximumFeedback is how many characters a piece of feedback has at most.
const maximumFeedback = 1000

// Feedback is what an institution answers to a recommendation. Edition is the edition of the summary that it read.
type Feedback struct {
	Institution Institution
	Status      FeedbackStatus
	Text        string
	At          time.Time
	Edition     int
}

// Validate returns Invalid with every broken rule.
func (f Feedback) Validate() error {
	var v violations
	choice(&v, "institution", f.Institution, Institutions())
	choice(&v, "status", f.Status, FeedbackStatuses())
	v.line("text", f.Text, 0, maximumFeedback)
	return v.err("The feedback")
}

// PublishedRecommendation is a recommendation that others read, and what institutions answer to it.
type PublishedRecommendation struct {
	Recommendation
	Since    int // the edition that first had it in these words
	Feedback []Feedback
}

// Answers reports whether the feedback was given on the recommendation as it is worded now.
func (r PublishedRecommendation) Answers(f Feedback) bool { return f.Edition >= r.Since }

// PublishedSummary is the summary of a meeting as others than its planners read it.
type PublishedSummary struct {
	Meeting         MeetingID
	Phase           PhaseNumber
	Text            string
	Recommendations []PublishedRecommendation
	Edition         int // counts the publications, from 1
	PublishedAt     time.Time
	Version         Version
}

// Profile returns what the summary says.
func (p PublishedSummary) Profile() SummaryProfile {
	profile := SummaryProfile{Text: p.Text}
	for _, r := range p.Recommendations {
		profile.Recommendations = append(profile.Recommendations, r.Recommendation)
	}
	return profile
}

// Publish returns the summary as the next edition after before, which is zero for none. Feedback stays with the recommendation that it was
// given on. Conflict when it says what is published already.
func (s Summary) Publish(before PublishedSummary, phase PhaseNumber, at time.Time) (Summary, PublishedSummary, error) {
	if before.Edition > 0 && len(Differences(before.Profile().Facts(), s.Facts())) == 0 {
		return s, before, Errorf(Conflict, "The summary is published as it is.")
	}
	p := PublishedSummary{Meeting: s.Meeting, Phase: phase, Text: s.Text, Edition: before.Edition + 1, PublishedAt: at, Version: before.Version + 1}
	for _, r := range s.Recommendations {
		published := PublishedRecommendation{Recommendation: r, Since: p.Edition}
		for _, was := range before.Recommendations {
			if was.ID != r.ID {
				continue
			}
			published.Feedback = was.Feedback
			if was.Text == r.Text {
				published.Since = was.Since
			}
		}
		p.Recommendations = append(p.Recommendations, published)
	}
	s.Edition, s.UpdatedAt, s.Version = p.Edition, at, s.Version+1
	return s, p, nil
}

// Answer returns the summary with the feedback of an institution on a recommendation, in place of what it answered before. NotFound for no
// recommendation of it.
func (p PublishedSummary) Answer(id RecommendationID, f Feedback, at time.Time) (PublishedSummary, error) {
	at, f.Text = at.UTC(), cleanProse(f.Text)
	if err := f.Validate(); err != nil {
		return p, err
	}
	n := slices.IndexFunc(p.Recommendations, func(r PublishedRecommendation) bool { return r.ID == id })
	if n < 0 {
		return p, Errorf(NotFound, "There is nothing here.")
	}
	f.At, f.Edition = at, p.Edition
	p.Recommendations = slices.Clone(p.Recommendations)
	others := slices.DeleteFunc(slices.Clone(p.Recommendations[n].Feedback), func(was Feedback) bool { return was.Institution == f.Institution })
	p.Recommendations[n].Feedback = append(others, f)
	p.Version++
	return p, nil
}

// Tally counts the recommendations, and those that an institution answered as they are worded now.
func (p PublishedSummary) Tally() RecommendationTally {
	t := RecommendationTally{Published: len(p.Recommendations)}
	for _, r := range p.Recommendations {
		if slices.ContainsFunc(r.Feedback, r.Answers) {
			t.Answered++
		}
	}
	return t
}

// RecommendationTally is how many recommendations were published, and how many of them were answered. It is about no person.
type RecommendationTally struct{ Published, Answered int }

// DraftSummaryStore keeps the summaries that planners work on, and publishes them.
type DraftSummaryStore interface {
	// Summary returns that of a meeting, consistently read. NotFound.
	Summary(ctx context.Context, meeting MeetingID) (Summary, error)
	// PutSummary writes the summary at s.Version and appends the change. Stale when the stored version is not the one before.
	PutSummary(ctx context.Context, s Summary, change Change) error
	// PublishSummary writes the summary and what is published of it, each at its new version, with its numbers in the phase and the change,
	// in one transaction. seating is the version of the seating on which it was checked whom the summary may not name: attendance
	// recorded since makes the write Stale, as does another write of the summary.
	PublishSummary(ctx context.Context, s Summary, p PublishedSummary, seating Version, change Change) error
}

// SummaryStore keeps published summaries.
type SummaryStore interface {
	// PublishedSummary returns that of a meeting, consistently read. NotFound.
	PublishedSummary(ctx context.Context, meeting MeetingID) (PublishedSummary, error)
	// PutFeedback writes the summary at p.Version with its numbers in the phase, and appends the change, in one transaction. Stale when the
	// stored version is not the one before.
	PutFeedback(ctx context.Context, p PublishedSummary, change Change) error
	// Recommendations sums up those of the meetings of a phase, consistently read.
	Recommendations(ctx context.Context, phase PhaseNumber) (RecommendationTally, error)
}

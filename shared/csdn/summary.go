package csdn

import (
	"strconv"
	"strings"
	"time"
)

// RecommendationID names a recommendation of a summary. It is a ULID.
type RecommendationID string

// Recommendation is what a meeting recommends, unattributed as the whole summary is.
type Recommendation struct {
	ID    RecommendationID
	Text  string // Markdown
	Areas []AreaSlug
}

// SummaryProfile is what was said at a meeting. It has no field for who said it, and none for who was there.
type SummaryProfile struct {
	Text            string // Markdown
	Recommendations []Recommendation
}

// Summary is the summary of a meeting that its planners work on. It is as private as the invitations, as it may name somebody until it
// is published.
type Summary struct {
	Meeting MeetingID
	SummaryProfile
	Edition   int // the last that was published of it, 0 for none
	UpdatedAt time.Time
	Version   Version
}

// The greatest sizes of a summary: with all feedback it has to fit one item of the store.
const (
	maximumRecommendations = 20
	maximumRecommendation  = 1000
)

// Clean returns the profile with its texts fit to be stored.
func (p SummaryProfile) Clean() SummaryProfile {
	p.Text = cleanProse(p.Text)
	cleaned := make([]Recommendation, len(p.Recommendations))
	for n, r := range p.Recommendations {
		cleaned[n] = Recommendation{ID: r.ID, Text: cleanProse(r.Text), Areas: cleanEach(r.Areas, cleanLine)}
	}
	p.Recommendations = cleaned
	return p
}

// Validate returns Invalid with every broken rule of a clean profile.
func (p SummaryProfile) Validate() error {
	var v violations
	v.line("text", p.Text, 1, maximumProse)
	v.count("recommendations", len(p.Recommendations), maximumRecommendations)
	seen := map[RecommendationID]bool{}
	for n, r := range p.Recommendations {
		location := "recommendations[" + strconv.Itoa(n) + "]"
		v.line(location+".text", r.Text, 1, maximumRecommendation)
		v.count(location+".areas", len(r.Areas), 10)
		if seen[r.ID] {
			v.add(location+".id", "is the id of another one")
		}
		seen[r.ID] = true
	}
	return v.err("The summary")
}

// Keeps returns Invalid when a recommendation bears an id that none of before has: ids of new ones are given, not chosen.
func (p SummaryProfile) Keeps(before []Recommendation) error {
	var v violations
	known := map[RecommendationID]bool{"": true}
	for _, r := range before {
		known[r.ID] = true
	}
	for n, r := range p.Recommendations {
		if !known[r.ID] {
			v.add("recommendations["+strconv.Itoa(n)+"].id", "is not a recommendation of this summary; leave the id of a new one out")
		}
	}
	return v.err("The summary")
}

// Facts returns the profile as it stands in the audit trail.
func (p SummaryProfile) Facts() []Fact {
	texts := make([]string, len(p.Recommendations))
	for n, r := range p.Recommendations {
		texts[n] = r.Text + " [" + joined(r.Areas) + "]"
	}
	return []Fact{{"summary.text", p.Text}, {"summary.recommendations", strings.Join(texts, "\n\n")}}
}

// Summarised returns Conflict unless the meeting was held, so that there is something to sum up.
func (m Meeting) Summarised() error {
	if m.Status != MeetingHeld && m.Status != MeetingClosed {
		return Errorf(Conflict, "The meeting is %s; its summary is written once it was held.", m.Status)
	}
	return nil
}

// SummaryPart is a text of a summary and where it is, as the API names it.
type SummaryPart struct{ Location, Text string }

// Parts returns the texts of a summary.
func (p SummaryProfile) Parts() []SummaryPart {
	list := []SummaryPart{{"text", p.Text}}
	for n, r := range p.Recommendations {
		list = append(list, SummaryPart{"recommendations[" + strconv.Itoa(n) + "].text", r.Text})
	}
	return list
}

// Override is the decision of a person to publish a summary although it names somebody.
type Override struct {
	Given  bool
	Reason string
}

// Clean returns the override with its reason fit to be stored.
func (o Override) Clean() Override {
	o.Reason = cleanLine(o.Reason)
	return o
}

// Validate returns Invalid for an override that is given without a reason.
func (o Override) Validate() error {
	var v violations
	least := 0
	if o.Given {
		least = 3
	}
	v.line("reason", o.Reason, least, maximumLine)
	return v.err("The publication")
}

package csdn

import (
	"math"
	"time"
)

// Report is what a phase came to, in numbers that can be published: no cell grew by less than SmallCell at once, and none can be
// had from the others, nor from the report before.
type Report struct {
	Phase         Phase
	AsOf          time.Time // when the last meeting was closed; zero for none
	Meetings      map[MeetingType]int
	Invited       Tally
	Accepted      Tally
	Attended      Tally
	ResponseRate  *float64 // answered of invited, to two places; nil while nobody is counted
	Organisations int
	Countries     map[Country]int
	Areas         map[AreaSlug]int

	Recommendations RecommendationTally // of every meeting so far, closed or not; they are about nobody, and none is held back
}

// ReportNames are what a report calls, in English, the types of meetings and the areas that it counts by. One that is not listed any
// more has no name.
type ReportNames struct {
	Types map[MeetingType]string
	Areas map[AreaSlug]string
}

// Tally is a number of people, and how many of each category are published.
type Tally struct {
	Total      int
	ByCategory map[Category]int
}

// NewReport reports the closed meetings of a phase, given in the order in which they were closed.
//
// Readers may have seen the report as it was before each closing. So a cell that grew by one or two waits until more come: what
// is published of it grows by SmallCell at least. Outcomes are counted apart, each invitation in one, and every other
// number is a sum of published ones, so that no subtraction tells more.
func NewReport(phase Phase, closed []Indicators) Report {
	r := Report{Phase: phase, Meetings: map[MeetingType]int{}}
	totals := newSeries[Outcome](false)
	categories := map[Outcome]series[Category]{}
	for _, o := range []Outcome{WasThere, WasAwaited, OtherReply, NoReply} {
		categories[o] = newSeries[Category](true)
	}
	countries, areas, organisations := newSeries[Country](true), newSeries[AreaSlug](false), newSeries[string](false)
	for _, meeting := range closed {
		r.Meetings[meeting.Type]++
		r.AsOf = meeting.ClosedAt
		sums := map[Outcome]int{}
		for o, cells := range meeting.Outcomes {
			categories[o].grow(cells)
			for _, n := range cells {
				sums[o] += n
			}
		}
		totals.grow(sums)
		countries.grow(meeting.Countries)
		areas.grow(meeting.Areas)
		organisations.grow(map[string]int{"": meeting.Organisations})
	}
	tally := func(outcomes ...Outcome) Tally {
		t := Tally{ByCategory: map[Category]int{}}
		for _, o := range outcomes {
			t.Total += totals.published[o]
			for c, n := range categories[o].published {
				t.ByCategory[c] += n
			}
		}
		return t
	}
	r.Attended = tally(WasThere)
	r.Accepted = tally(WasThere, WasAwaited)
	r.Invited = tally(WasThere, WasAwaited, OtherReply, NoReply)
	r.Countries, r.Areas, r.Organisations = countries.published, areas.published, organisations.published[""]
	if r.Invited.Total > 0 {
		rate := 1 - float64(totals.published[NoReply])/float64(r.Invited.Total)
		rate = math.Round(rate*100) / 100
		r.ResponseRate = &rate
	}
	return r
}

// series is a breakdown that is published again and again while it grows.
type series[K ~string] struct {
	published map[K]int
	waiting   map[K]int
	addsUp    bool // its sum is published too, so that a lone cell that waits could be had by subtraction
}

func newSeries[K ~string](addsUp bool) series[K] {
	return series[K]{published: map[K]int{}, waiting: map[K]int{}, addsUp: addsUp}
}

func (s series[K]) grow(cells map[K]int) {
	for name, n := range cells {
		s.waiting[name] += n
	}
	for name, n := range suppress(s.waiting, s.addsUp) {
		s.published[name] += n
		delete(s.waiting, name)
	}
}

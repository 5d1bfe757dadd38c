package csdn

import (
	"container/heap"
	"math"
	"slices"
	"time"
)

// A shortlist covers the areas of a meeting with few people. What a group is worth is a sum over what its members bring: areas of
// the meeting first, then organisations, countries and languages. Of each, the second person adds less than the first, the third
// less than the second; so a group's worth is monotone and submodular, and the limit of people per organisation is a matroid. For
// that, choosing the best next person again and again is worth at least half of the best group there is, and without the
// limit 1 - 1/e of it (Nemhauser, Wolsey and Fisher 1978). Gender and other personal traits have no part in it.

// Shortlisting is what a shortlist is chosen from.
type Shortlisting struct {
	Areas           []AreaSlug // of the meeting
	Vocabulary      Vocabulary
	At              time.Time
	Size            int
	PerOrganisation int // the most people of one organisation, with those who are there
	There           []Candidate
	Candidates      []Candidate // none of whom is there
}

// Cover is an area of the meeting that a person covers, through the claim of that area or a narrower one that weighs most.
type Cover struct {
	Area    AreaSlug
	Through AreaSlug
	Merit
}

// Choice is a person of a shortlist.
type Choice struct {
	Candidate
	Covers []Cover // in the order of the meeting's areas
}

// implied reports whether the person covers the area by a claim that is of another area of the meeting, and counts there.
func (s Shortlisting) implied(c Cover) bool {
	return c.Through != c.Area && slices.Contains(s.Areas, c.Through)
}

// impliedPart is how much such a claim counts for the broader area: one claim is not as good as several.
const impliedPart = 0.5

// part is how much of the area the person covers.
func (s Shortlisting) part(c Cover) float64 {
	if s.implied(c) {
		return impliedPart * c.weight(s.At)
	}
	return c.weight(s.At)
}

// What one more of its kind is worth at first.
const (
	areaWorth         = 1.0
	organisationWorth = 0.1
	countryWorth      = 0.1
	languageWorth     = 0.05
	restWorth         = 0.06
	membersRestWorth  = 0.04
)

// share is how much a person brings of something that groups are worth more for.
type share struct {
	thing int // its place in choosing.held
	part  float64
	worth float64
}

// pick is a candidate while a shortlist is chosen. gain is what the person added to the group as it was at the size; later that
// can only be less.
type pick struct {
	*Candidate
	covers []Cover
	shares []share
	gain   int64 // in millionths, so that rounding makes nobody better
	size   int
}

// choosing is a shortlist in the making, and a heap of picks with the most promising on top.
type choosing struct {
	Shortlisting
	meets map[AreaSlug][]int // by claimed area, the places of the meeting's areas that it covers
	held  []float64          // of each thing, what the group has
	named map[name]int       // the places in held of organisations, countries and languages
	seats map[OrganisationID]int
	picks []*pick
	size  int
}

func newChoosing(s Shortlisting) *choosing {
	c := &choosing{
		Shortlisting: s, meets: map[AreaSlug][]int{}, held: make([]float64, len(s.Areas)), named: map[name]int{},
		seats: map[OrganisationID]int{},
	}
	for n, area := range s.Areas {
		for _, narrower := range s.Vocabulary.Narrower(area) {
			c.meets[narrower] = append(c.meets[narrower], n)
		}
	}
	for n := range s.There {
		c.seat(c.pick(&s.There[n]))
	}
	for n := range s.Candidates {
		p := c.pick(&s.Candidates[n])
		if len(p.covers) > 0 && c.seats[p.Organisation] < s.PerOrganisation {
			c.picks = append(c.picks, p)
		}
	}
	return c
}

// Choose returns the shortlist, the best next person first. Equals are in the order of how seldom they were invited, then of ids:
// the same input always gives the same list.
func (s Shortlisting) Choose() []Choice {
	c := newChoosing(s)
	for _, p := range c.picks {
		p.gain = c.gain(p)
	}
	heap.Init(c)
	var chosen []Choice
	for len(chosen) < s.Size && len(c.picks) > 0 {
		top := c.picks[0]
		switch {
		case c.seats[top.Organisation] >= s.PerOrganisation:
			heap.Pop(c)
		case top.size < c.size:
			top.gain, top.size = c.gain(top), c.size
			heap.Fix(c, 0)
		default:
			heap.Pop(c)
			c.seat(top)
			c.size++
			chosen = append(chosen, Choice{Candidate: *top.Candidate, Covers: top.covers})
		}
	}
	return chosen
}

// pick returns the candidate with everything of which it brings a share. Whoever knows many countries or languages brings a part
// of each, as nobody is at home in all of them.
func (c *choosing) pick(who *Candidate) *pick {
	p := &pick{Candidate: who, covers: c.covers(who), shares: make([]share, 0, 8)}
	place := 0
	for _, cover := range p.covers {
		for c.Areas[place] != cover.Area {
			place++
		}
		p.shares = append(p.shares, share{place, c.part(cover), areaWorth})
	}
	p.shares = append(p.shares, share{c.thing('o', string(who.Organisation)), 1, organisationWorth})
	for _, country := range who.Countries {
		p.shares = append(p.shares, share{c.thing('c', string(country)), 1 / float64(len(who.Countries)), countryWorth})
	}
	for _, language := range who.Languages {
		p.shares = append(p.shares, share{c.thing('l', string(language.Base())), 1 / float64(len(who.Languages)), languageWorth})
	}
	return p
}

// covers returns what the person covers of the meeting's areas, in their order.
func (c *choosing) covers(who *Candidate) []Cover {
	best := make([]Cover, len(c.Areas))
	found := 0
	for claim, area := range who.Areas {
		for _, n := range c.meets[area] {
			cover := Cover{Area: c.Areas[n], Through: area, Merit: who.merit(claim)}
			if best[n].Area == "" {
				found++
				best[n] = cover
			} else if c.part(cover) > c.part(best[n]) {
				best[n] = cover
			}
		}
	}
	covers := make([]Cover, 0, found)
	for _, cover := range best {
		if cover.Area != "" {
			covers = append(covers, cover)
		}
	}
	return covers
}

// merit returns the merit of a claim; none is known of cards that an earlier function wrote.
func (c *Candidate) merit(claim int) Merit {
	if claim < len(c.Merits) {
		return c.Merits[claim]
	}
	return Merit{}
}

// name is what an organisation, a country or a language is called; the kind tells them apart.
type name struct {
	kind  byte
	value string
}

func (c *choosing) thing(kind byte, value string) int {
	called := name{kind, value}
	place, known := c.named[called]
	if !known {
		place = len(c.held)
		c.named[called] = place
		c.held = append(c.held, 0)
	}
	return place
}

func (c *choosing) seat(p *pick) {
	c.seats[p.Organisation]++
	for _, s := range p.shares {
		c.held[s.thing] += s.part
	}
}

// gain returns what the person adds to the group. Each thing is worth the binary logarithm of one more than what the group has of
// it: 1 for the first whole share, 0.58 more for the second, 0.42 for the third.
func (c *choosing) gain(p *pick) int64 {
	sum := (restWorth*float64(p.Rest) + membersRestWorth*float64(p.MembersRest)) / float64(Never)
	for _, s := range p.shares {
		sum += s.worth * math.Log2(1+s.part/(1+c.held[s.thing]))
	}
	return int64(math.Round(sum * 1e6))
}

// Len implements heap.Interface.
func (c *choosing) Len() int { return len(c.picks) }

// Less implements heap.Interface: the most promising pick is the least.
func (c *choosing) Less(a, b int) bool {
	p, q := c.picks[a], c.picks[b]
	if p.gain != q.gain {
		return p.gain > q.gain
	}
	if p.Invited != q.Invited {
		return p.Invited < q.Invited
	}
	return p.Person < q.Person
}

// Swap implements heap.Interface.
func (c *choosing) Swap(a, b int) { c.picks[a], c.picks[b] = c.picks[b], c.picks[a] }

// Push implements heap.Interface.
func (c *choosing) Push(p any) { c.picks = append(c.picks, p.(*pick)) }

// Pop implements heap.Interface.
func (c *choosing) Pop() any {
	last := len(c.picks) - 1
	p := c.picks[last]
	c.picks[last], c.picks = nil, c.picks[:last]
	return p
}

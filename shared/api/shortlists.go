package api

import (
	"context"
	"math"
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

// ShortlistOrder says how many people to look for, and which.
type ShortlistOrder struct {
	Size               int      `json:"size" required:"false" minimum:"1" maximum:"50" doc:"How many people; needed unless instead is given, which looks for 5"`
	Category           category `json:"category" required:"false" doc:"The side of the table: civil-society unless set, or that of the person to replace"`
	MaxPerOrganisation int      `json:"maxPerOrganisation" required:"false" minimum:"1" maximum:"50" doc:"The most people of one organisation, with those invited already; 2 unless set"`
	Country            string   `json:"country" required:"false" doc:"Where they live or work: ISO 3166-1 alpha-2"`
	Region             string   `json:"region" required:"false" doc:"In which that lies: UN M49"`
	Language           string   `json:"language" required:"false" doc:"That they speak: BCP 47"`
	Exclude            []string `json:"exclude" required:"false" maxItems:"1000" doc:"ULIDs of people who are not to be on it"`
	Instead            string   `json:"instead" required:"false" doc:"ULID of a person who declined or withdrew: who could fill that place"`
}

func (o ShortlistOrder) domain() csdn.Wish {
	return csdn.Wish{
		Size: o.Size, Category: csdn.Category(o.Category), PerOrganisation: o.MaxPerOrganisation, Country: csdn.Country(o.Country),
		Region: csdn.Region(o.Region), Language: csdn.Language(o.Language), Exclude: as[csdn.PersonID](o.Exclude), Instead: csdn.PersonID(o.Instead),
	}
}

// Shortlist is whom to invite, the most useful first, and what that comes to.
type Shortlist struct {
	Items    []Shortlisted `json:"items"`
	Coverage Coverage      `json:"coverage" doc:"Of the meeting's areas, by these people and those invited already"`
	Balance  Balance       `json:"balance" doc:"Of these people; none of it was a reason to choose them"`
}

// Shortlisted is one person of a shortlist.
type Shortlisted struct {
	Person  Person      `json:"person"`
	Reasons []string    `json:"reasons" doc:"Why, in words: in French if Accept-Language prefers it, else in English"`
	Areas   []CoveredBy `json:"areas" doc:"What the person covers of the meeting's areas"`
}

// CoveredBy is an area of the meeting that a person covers.
type CoveredBy struct {
	Area    string         `json:"area" doc:"Slug of the meeting's area"`
	Through string         `json:"through" doc:"Slug of what the person claims: the same area or a narrower one"`
	Level   expertiseLevel `json:"level"`
}

// Coverage says who covers the areas of a meeting.
type Coverage struct {
	Reached   float64    `json:"reached" doc:"The part of the areas that somebody covers: 0 to 1, to two places"`
	ByArea    []AreaSeat `json:"byArea"`
	Uncovered []string   `json:"uncovered" doc:"Slugs of the areas that nobody covers"`
}

// AreaSeat counts who covers one area.
type AreaSeat struct {
	Area        string `json:"area"`
	Shortlisted int    `json:"shortlisted"`
	Invited     int    `json:"invited" doc:"Whose invitation is drafted, out or accepted"`
	Experts     int    `json:"experts" doc:"Of both, who claim to be experts"`
}

// Balance counts people in aggregate.
type Balance struct {
	ByCategory map[string]int `json:"byCategory"`
	ByCountry  map[string]int `json:"byCountry" doc:"Where they live or work; somebody counts once for each"`
	ByLanguage map[string]int `json:"byLanguage" doc:"Somebody counts once for each"`
	ByGender   map[string]int `json:"byGender" doc:"As people say of themselves; rounded down to multiples of three, small cells left out"`
}

func shortlist(s directory.Shortlist) Shortlist {
	body := Shortlist{Items: make([]Shortlisted, len(s.People)), Coverage: coverage(s.Coverage), Balance: Balance{
		ByCategory: counts(s.Balance.ByCategory), ByCountry: counts(s.Balance.ByCountry),
		ByLanguage: counts(s.Balance.ByLanguage), ByGender: counts(s.Balance.ByGender),
	}}
	for n, p := range s.People {
		body.Items[n] = Shortlisted{Person: person(p), Reasons: s.Reasons[n], Areas: each(s.Covers[n], func(c csdn.Cover) CoveredBy {
			return CoveredBy{Area: string(c.Area), Through: string(c.Through), Level: expertiseLevel(c.Level())}
		})}
	}
	return body
}

func coverage(areas []csdn.AreaCoverage) Coverage {
	body := Coverage{ByArea: make([]AreaSeat, len(areas)), Uncovered: []string{}}
	for n, a := range areas {
		body.ByArea[n] = AreaSeat{Area: string(a.Area), Shortlisted: a.Chosen, Invited: a.There, Experts: a.Expert}
		if a.Chosen+a.There == 0 {
			body.Uncovered = append(body.Uncovered, string(a.Area))
		}
	}
	if len(areas) > 0 {
		body.Reached = math.Round(100*float64(len(areas)-len(body.Uncovered))/float64(len(areas))) / 100
	}
	return body
}

// Shortlists serves shortlists for meetings.
type Shortlists struct{ Directory directory.Shortlists }

func (n Shortlists) register(a *API) {
	type making struct {
		MeetingPath
		AcceptLanguage string `header:"Accept-Language" doc:"Of the reasons: en or fr"`
		Body           ShortlistOrder
	}
	type answer struct {
		ContentLanguage string `header:"Content-Language"`
		Body            Shortlist
	}
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/shortlist", id: "make-shortlist", act: "shortlist.made",
		summary: "Make a shortlist for a meeting",
		description: "Whom to invite, so that few people cover the meeting's areas: experts and claims with something to show and a " +
			"recent confirmation weigh more, the second on an area less than the first. Other organisations, countries and languages, " +
			"and people and organisations who were seldom or long not invited, go before among equals. Whoever was asked to the meeting is not on it. " +
			"Nothing is stored; draft the invitations of those whom you want.",
	}, func(ctx context.Context, caller csdn.Caller, in *making) (*answer, error) {
		language := web.PreferredLanguage(in.AcceptLanguage)
		list, err := n.Directory.Make(ctx, caller, in.id(), in.Body.domain(), language)
		return &answer{ContentLanguage: string(language), Body: shortlist(list)}, err
	})
}

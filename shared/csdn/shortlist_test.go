package csdn

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var today = time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)

// fresh and old are claims confirmed within 18 months and before.
var (
	fresh = Merit{Expert: true, Evident: true, ConfirmedAt: today.AddDate(0, -17, 0)}
	old   = Merit{Expert: true, Evident: true, ConfirmedAt: today.AddDate(0, -19, 0)}
)

func expert(id string, organisation OrganisationID, merit Merit, areas ...AreaSlug) Candidate {
	return Candidate{
		Person: PersonID(id), Organisation: organisation, Areas: areas, Merits: slices.Repeat([]Merit{merit}, len(areas)),
		Countries: []Country{"ML"}, Languages: []Language{"fr"},
	}
}

func vocabulary(areas ...AreaSlug) Vocabulary {
	v := Vocabulary{}
	for _, a := range areas {
		v[a] = Area{Slug: a, AreaProfile: AreaProfile{LabelEN: string(a), LabelFR: string(a)}}
	}
	return v
}

func listing(size, per int, candidates ...Candidate) Shortlisting {
	v := vocabulary("ssr", "ihl", "gender")
	v["police"] = Area{Slug: "police", AreaProfile: AreaProfile{Broader: []AreaSlug{"ssr"}, LabelEN: "Police reform", LabelFR: "Réforme de la police"}}
	return Shortlisting{Areas: []AreaSlug{"ssr", "ihl"}, Vocabulary: v, At: today, Size: size, PerOrganisation: per, Candidates: candidates}
}

func names(chosen []Choice) string {
	text := ""
	for _, c := range chosen {
		text += string(c.Person)
	}
	return text
}

func TestShortlistOrder(t *testing.T) {
	works := Merit{Evident: true, ConfirmedAt: fresh.ConfirmedAt}
	alone := Merit{Expert: true, ConfirmedAt: fresh.ConfirmedAt}
	with := func(c Candidate, edit func(*Candidate)) Candidate { edit(&c); return c }
	for name, c := range map[string]struct {
		Shortlisting
		want string
	}{
		"nobody":                  {listing(3, 1), ""},
		"who covers none is out":  {listing(3, 1, expert("a", "1", fresh, "gender"), expert("b", "2", fresh, "ssr")), "b"},
		"a narrower claim covers": {listing(3, 1, expert("a", "1", fresh, "police")), "a"},
		"a claim counts half for a broader area of the meeting": {func() Shortlisting {
			s := listing(1, 1, expert("a", "1", fresh, "police"), expert("b", "2", fresh, "ssr", "ihl"))
			s.Areas = []AreaSlug{"ssr", "police", "ihl"}
			return s
		}(), "b"},
		"equals by id":                        {listing(2, 1, expert("b", "2", fresh, "ssr"), expert("a", "1", fresh, "ssr")), "ab"},
		"two areas before one":                {listing(1, 1, expert("a", "1", fresh, "ssr"), expert("b", "2", fresh, "ssr", "ihl")), "b"},
		"the other area before another on it": {listing(2, 1, expert("a", "1", fresh, "ssr"), expert("b", "2", fresh, "ssr"), expert("c", "3", fresh, "ihl")), "ac"},
		"an expert first":                     {listing(1, 1, expert("a", "1", works, "ssr"), expert("b", "2", fresh, "ssr")), "b"},
		"something to show first":             {listing(1, 1, expert("a", "1", alone, "ssr"), expert("b", "2", fresh, "ssr")), "b"},
		"a stale claim later":                 {listing(1, 1, expert("a", "1", old, "ssr"), expert("b", "2", fresh, "ssr")), "b"},
		"a claim never confirmed is stale":    {listing(1, 1, expert("a", "1", Merit{Expert: true, Evident: true}, "ssr"), expert("b", "2", fresh, "ssr")), "b"},
		"one of an organisation":              {listing(3, 1, expert("a", "1", fresh, "ssr", "ihl"), expert("b", "1", fresh, "ssr"), expert("c", "2", old, "ssr")), "ac"},
		"two of an organisation":              {listing(3, 2, expert("a", "1", fresh, "ssr", "ihl"), expert("b", "1", fresh, "ssr"), expert("c", "1", fresh, "ssr")), "ab"},
		"another organisation first":          {listing(2, 2, expert("a", "1", fresh, "ssr"), expert("b", "1", fresh, "ssr"), expert("c", "2", fresh, "ssr")), "ac"},
		"another country first": {listing(2, 2, expert("a", "1", fresh, "ssr"), expert("b", "2", fresh, "ssr"),
			with(expert("c", "3", fresh, "ssr"), func(c *Candidate) { c.Countries = []Country{"NE"} })), "ac"},
		"another language first": {listing(2, 2, expert("a", "1", fresh, "ssr"), expert("b", "2", fresh, "ssr"),
			with(expert("c", "3", fresh, "ssr"), func(c *Candidate) { c.Languages = []Language{"ha"} })), "ac"},
		"who was never invited first": {listing(1, 2, expert("a", "1", fresh, "ssr"),
			with(expert("b", "2", fresh, "ssr"), func(c *Candidate) { c.Rest = Never })), "b"},
		"whose organisation was never invited first": {listing(1, 2, expert("a", "1", fresh, "ssr"),
			with(expert("b", "2", fresh, "ssr"), func(c *Candidate) { c.MembersRest = Never })), "b"},
		"of equals, who was invited less": {listing(1, 2, with(expert("a", "1", fresh, "ssr"), func(c *Candidate) { c.Invited = 2 }),
			with(expert("b", "2", fresh, "ssr"), func(c *Candidate) { c.Invited = 1 })), "b"},
		"an expert before whose turn it is": {listing(1, 2, expert("a", "1", fresh, "ssr"),
			with(expert("b", "2", works, "ssr"), func(c *Candidate) { c.Rest, c.MembersRest = Never, Never })), "a"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := names(c.Choose()); got != c.want {
				t.Errorf("chose %q, want %q", got, c.want)
			}
		})
	}
}

func TestShortlistCountsThoseWhoAreThere(t *testing.T) {
	s := listing(1, 1, expert("a", "1", fresh, "ssr"), expert("b", "2", fresh, "ihl"))
	if got := names(s.Choose()); got != "a" {
		t.Errorf("chose %q", got)
	}
	s.There = []Candidate{expert("t", "9", fresh, "ssr")}
	if got := names(s.Choose()); got != "b" {
		t.Errorf("beside an expert on ssr: chose %q", got)
	}
	s.There = []Candidate{expert("t", "2", old, "ssr")}
	if got := names(s.Choose()); got != "a" {
		t.Errorf("beside a colleague of b: chose %q", got)
	}
}

// A claim of an area itself goes before one that implies it, in whichever order they are claimed.
func TestTheClaimThatWeighsMostCovers(t *testing.T) {
	for _, areas := range [][]AreaSlug{{"police", "ssr"}, {"ssr", "police"}} {
		s := listing(1, 1, expert("a", "1", fresh, areas...))
		s.Areas = []AreaSlug{"ssr", "police"}
		want := []Cover{{Area: "ssr", Through: "ssr", Merit: fresh}, {Area: "police", Through: "police", Merit: fresh}}
		if diff := cmp.Diff(want, s.Choose()[0].Covers); diff != "" {
			t.Errorf("%v (-want +got):\n%s", areas, diff)
		}
	}
}

func TestReasonsAndCoverage(t *testing.T) {
	a := expert("a", "1", fresh, "police", "ihl")
	a.Countries, a.Languages, a.Rest, a.MembersRest = []Country{"ML", "NE"}, []Language{"fr", "ff"}, Never, Never
	b := expert("b", "2", old, "ihl")
	b.Rest = TwoYears
	s := listing(2, 1, a, b)
	s.Areas = append(s.Areas, "gender")
	s.There = []Candidate{expert("t", "9", Merit{}, "ihl")}
	chosen := s.Choose()
	for in, want := range map[Language][][]string{
		"en": {
			{"The only one here on ssr", "Expert on police reform (ssr) and ihl", "Shows work on police reform (ssr) and ihl", "The only one here who speaks Fula",
				"Lives or works in: Mali and Niger", "First invitation, and the first of the organisation"},
			{"Expert on ihl", "Shows work on ihl", "None of it confirmed within 18 months", "Lives or works in: Mali", "Not invited for two years"},
		},
		"fr": {
			{"Seule personne ici sur ssr", "Expertise approfondie : réforme de la police (ssr) et ihl", "Travaux à l’appui : réforme de la police (ssr) et ihl",
				"Seule personne ici à parler peul", "Vit ou travaille dans : Mali et Niger", "Première invitation, et la première de l’organisation"},
			{"Expertise approfondie : ihl", "Travaux à l’appui : ihl", "Rien de cela confirmé depuis 18 mois", "Vit ou travaille dans : Mali",
				"Sans invitation depuis deux ans"},
		},
	} {
		if diff := cmp.Diff(want, s.Reasons(chosen, in)); diff != "" {
			t.Errorf("reasons in %s (-want +got):\n%s", in, diff)
		}
	}
	want := []AreaCoverage{{Area: "ssr", Chosen: 1, Expert: 1}, {Area: "ihl", Chosen: 2, There: 1, Expert: 2}, {Area: "gender"}}
	if diff := cmp.Diff(want, s.Coverage(chosen)); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
}

func TestBalance(t *testing.T) {
	var people []Person
	say := func(n int, gender string, safety Safety) {
		for range n {
			people = append(people, Person{Derived: CivilSociety, PersonProfile: PersonProfile{Gender: gender, Safety: safety, Country: "ML", Countries: []Country{"ML", "NE"}, Languages: []Language{"fr", "fr-CA"}}})
		}
	}
	say(5, "Woman", Open)
	say(3, "man", Open)
	say(1, "non-binary", Open)
	say(1, "woman", Careful)
	say(1, "", Open)
	got := BalanceOf(people)
	want := Balance{
		ByCategory: map[Category]int{CivilSociety: 11}, ByCountry: map[Country]int{"ML": 11, "NE": 11}, ByLanguage: map[Language]int{"fr": 11},
		ByGender: map[string]int{"man": 3, "woman": 3},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

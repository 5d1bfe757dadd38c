package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// title is what the report is called.
func title(r csdn.Report) string {
	return fmt.Sprintf("Civil Society Dialogue Network, phase %d (%d–%d): what it came to", r.Phase.Number, r.Phase.From, r.Phase.To)
}

// Suppression says what the numbers do not tell, as every form of the report does.
const Suppression = "No number grows by one or two people at once, as that could tell who they are. One or two who are new to a count are " +
	"held back until more have come, and where what is held back could be found by subtraction, another count waits with it. " +
	"So a count can be lower than what was, counts need not add up to a total, and – stands for none or too few to be told."

// figure is one number of the whole phase.
type figure struct {
	Name, Value string
	count       float64
}

// summary returns the numbers of the whole phase.
func summary(r csdn.Report) []figure {
	meetings := 0
	for _, n := range r.Meetings {
		meetings += n
	}
	list := []figure{
		{Name: "Meetings held and closed", count: float64(meetings)},
		{Name: "Invitations sent", count: float64(r.Invited.Total)},
		{Name: "Accepted", count: float64(r.Accepted.Total)},
		{Name: "Attended", count: float64(r.Attended.Total)},
		{Name: "Organisations taking part", count: float64(r.Organisations)},
	}
	list = append(list, figure{Name: "Recommendations published", count: float64(r.Recommendations.Published)},
		figure{Name: "Recommendations answered", count: float64(r.Recommendations.Answered)})
	for n := range list {
		list[n].Value = fmt.Sprint(list[n].count)
	}
	if r.ResponseRate != nil {
		list = append(list, figure{Name: "Invitations answered", Value: fmt.Sprintf("%.0f%%", *r.ResponseRate*100), count: *r.ResponseRate})
	}
	return list
}

// breakdown is counts of one thing by another.
type breakdown struct {
	ID       string // of the contract
	Title    string
	By       string // what the rows are
	About    string
	Measures []string
	Rows     []row
}

// row is the counts of one value, in the order of the measures. 0 is none, or too few to be told.
type row struct {
	Code   string // of the contract
	Name   string
	Counts []int
}

// breakdowns returns the counts of the report. What has no name is called by its slug.
func breakdowns(r csdn.Report, names csdn.ReportNames) []breakdown {
	meetings := breakdown{
		ID: "meetings", Title: "Meetings by type", By: "Type", About: "Meetings that were held and closed.", Measures: []string{"Meetings"},
	}
	for _, t := range slices.Sorted(maps.Keys(r.Meetings)) {
		if n := r.Meetings[t]; n > 0 {
			meetings.Rows = append(meetings.Rows, row{string(t), cmp.Or(names.Types[t], spoken(string(t))), []int{n}})
		}
	}
	people := breakdown{
		ID: "participation", Title: "Participation by category", By: "Category",
		About:    "Who was sent an invitation that was not taken back, who accepted and kept to it, and who was there, where that was recorded.",
		Measures: []string{"Invited", "Accepted", "Attended"},
	}
	for _, c := range csdn.Categories() {
		counts := []int{r.Invited.ByCategory[c], r.Accepted.ByCategory[c], r.Attended.ByCategory[c]}
		if slices.Max(counts) > 0 {
			people.Rows = append(people.Rows, row{string(c), spoken(string(c)), counts})
		}
	}
	countries := breakdown{
		ID: "countries", Title: "Participants by country", By: "Country", About: "The country in which a participant lives.",
		Measures: []string{"Participants"}, Rows: falling(r.Countries, func(c csdn.Country) string { return c.Name("en") }),
	}
	expertise := breakdown{
		ID: "areas", Title: "Participants by area of expertise", By: "Area", About: "A participant counts once for each area.",
		Measures: []string{"Participants"}, Rows: falling(r.Areas, func(a csdn.AreaSlug) string { return cmp.Or(names.Areas[a], string(a)) }),
	}
	return []breakdown{meetings, people, countries, expertise}
}

// falling returns the counts, the greatest first.
func falling[K ~string](counts map[K]int, name func(K) string) []row {
	var rows []row
	for code, n := range counts {
		if n > 0 {
			rows = append(rows, row{string(code), name(code), []int{n}})
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(b.Counts[0]-a.Counts[0], strings.Compare(a.Name, b.Name), strings.Compare(a.Code, b.Code))
	})
	return rows
}

// spoken writes a code of the contract as words: "eu-institution" as "EU institution".
func spoken(code string) string {
	words := strings.ReplaceAll(code, "-", " ")
	if rest, found := strings.CutPrefix(words, "eu "); found {
		return "EU " + rest
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

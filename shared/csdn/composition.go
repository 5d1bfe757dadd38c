package csdn

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Band is a range of numbers of participants that a planner aims for, both ends included. Bands are soft: shown and warned about, never
// blocking. A Max of zero is no upper end.
type Band struct {
	Min int
	Max int
}

// Bands are the ranges for all participants and for each category.
type Bands struct {
	Total      Band
	Categories map[Category]Band
}

// Rest returns the band of all who are not of civil society, officials foremost, as it follows from those of the total and of civil
// society when no other is set. ok is false when it does not.
func (b Bands) Rest() (rest Band, ok bool) {
	civil := b.Categories[CivilSociety]
	for category, band := range b.Categories {
		if category != CivilSociety && band != (Band{}) {
			return rest, false
		}
	}
	if civil == (Band{}) || b.Total == (Band{}) {
		return rest, false
	}
	if civil.Max > 0 {
		rest.Min = max(0, b.Total.Min-civil.Max)
	}
	if b.Total.Max > 0 {
		rest.Max = max(0, b.Total.Max-civil.Min)
	}
	return rest, rest != (Band{})
}

// planned tells what does not fit of the bands alone.
func (b Bands) planned() []string {
	var warnings []string
	if b.Categories[CivilSociety] == (Band{}) {
		warnings = append(warnings, "No band says how many participants of civil society are aimed for.")
	}
	least := 0
	for _, band := range b.Categories {
		least += band.Min
	}
	if b.Total.Max > 0 && least > b.Total.Max {
		warnings = append(warnings, fmt.Sprintf("The categories need %d participants at least, more than the %d aimed for in all.", least, b.Total.Max))
	}
	return warnings
}

func (v *violations) bands(b Bands) {
	v.band("bands.total", b.Total)
	for _, c := range sortedCategories(b.Categories) {
		location := "bands.categories." + string(c)
		if !oneOf(c, Categories()) {
			v.add("bands.categories", "has a name that is not one of %s", listed(Categories()))
			continue
		}
		v.band(location, b.Categories[c])
	}
}

func (v *violations) band(location string, b Band) {
	if b.Min < 0 || b.Max < 0 || b.Max > 10_000 {
		v.add(location, "is not a range of numbers from 0 to 10000")
	}
	if b.Max != 0 && b.Max < b.Min {
		v.add(location+".max", "is less than min")
	}
}

func (b Bands) text() string {
	lines := []string{fmt.Sprintf("total %d–%d", b.Total.Min, b.Total.Max)}
	for _, c := range sortedCategories(b.Categories) {
		lines = append(lines, fmt.Sprintf("%s %d–%d", c, b.Categories[c].Min, b.Categories[c].Max))
	}
	return strings.Join(lines, ", ")
}

func sortedCategories[T any](m map[Category]T) []Category {
	var names []Category
	for c := range m {
		names = append(names, c)
	}
	slices.Sort(names)
	return names
}

// Composition counts the participants of a meeting, who are those that accepted or attended, against its bands and seats.
type Composition struct {
	Total      int
	ByCategory map[Category]int
	ByMode     map[Mode]int
	ByArea     map[AreaSlug]int
	ByStatus   map[InvitationStatus]int // every invitation, for planners alone
	Uncovered  []UncoveredQuestion      // for planners alone
	Warnings   []string
}

// UncoveredQuestion is a guiding question that names areas of which no participant knows one. Item counts the items of the agenda from 1.
type UncoveredQuestion struct {
	Item     int
	Question string
	Areas    []AreaSlug
}

// Compose counts the invitations of a meeting. The vocabulary says what is narrower than the areas of its questions.
func Compose(m Meeting, invitations []Invitation, v Vocabulary) Composition {
	c := Composition{
		ByCategory: map[Category]int{}, ByMode: map[Mode]int{}, ByArea: map[AreaSlug]int{},
		ByStatus: map[InvitationStatus]int{},
	}
	for _, i := range invitations {
		c.ByStatus[i.Status]++
		if !i.Participates() {
			continue
		}
		c.Total++
		c.ByCategory[i.Category]++
		c.ByMode[i.Mode]++
		for _, area := range i.Areas {
			c.ByArea[area]++
		}
	}
	c.Warnings = m.Bands.warnings(c)
	c.Uncovered = c.uncovered(m, v)
	return c
}

// uncovered returns the questions that name areas and that nobody covers: an area is covered by who knows it, or one below it.
func (c Composition) uncovered(m Meeting, v Vocabulary) []UncoveredQuestion {
	var list []UncoveredQuestion
	for n, item := range m.Agenda {
		for q, question := range item.Questions {
			areas := item.AreasOf(q)
			covered := slices.ContainsFunc(areas, func(area AreaSlug) bool {
				return slices.ContainsFunc(v.Narrower(area), func(narrower AreaSlug) bool { return c.ByArea[narrower] > 0 })
			})
			if len(areas) > 0 && !covered {
				list = append(list, UncoveredQuestion{Item: n + 1, Question: question, Areas: areas})
			}
		}
	}
	return list
}

func (b Bands) warnings(c Composition) []string {
	warnings := b.Total.warnings("participants", c.Total)
	for _, category := range sortedCategories(b.Categories) {
		warnings = append(warnings, b.Categories[category].warnings(string(category)+" participants", c.ByCategory[category])...)
	}
	if rest, ok := b.Rest(); ok {
		warnings = append(warnings, rest.warnings("other participants than of civil society", c.Total-c.ByCategory[CivilSociety])...)
	}
	return warnings
}

func (b Band) warnings(what string, n int) []string {
	if n < b.Min {
		return []string{fmt.Sprintf("%d %s are fewer than the %d aimed for.", n, what, b.Min)}
	}
	if b.Max != 0 && n > b.Max {
		return []string{fmt.Sprintf("%d %s are more than the %d aimed for.", n, what, b.Max)}
	}
	return nil
}

// SmallCell is the least count that may be published: a smaller one could name a person.
const SmallCell = 3

// Published returns the composition fit for those who may not know who is invited: without statuses, questions, warnings and every count
// under SmallCell. In a breakdown that adds up to the total the suppressed cells could be had by subtraction, so there the
// next smallest goes with them until they are at least two and SmallCell together. Areas are told once the meeting is closed: until
// then, who reads before and after one answer would have all areas of one participant, and the directory says which
// organisation works on just those.
func (c Composition) Published(closed bool) Composition {
	published := Composition{
		Total:      publishedCount(c.Total),
		ByCategory: suppress(c.ByCategory, true),
		ByMode:     suppress(c.ByMode, true),
		ByArea:     map[AreaSlug]int{},
	}
	if closed {
		published.ByArea = suppress(c.ByArea, false)
	}
	return published
}

func publishedCount(n int) int {
	if n < SmallCell {
		return 0
	}
	return n
}

func suppress[K ~string](cells map[K]int, addsUp bool) map[K]int {
	type cell struct {
		name  K
		count int
	}
	var rising []cell
	for name, count := range cells {
		if count > 0 {
			rising = append(rising, cell{name, count})
		}
	}
	sort.Slice(rising, func(i, j int) bool {
		return rising[i].count < rising[j].count || rising[i].count == rising[j].count && rising[i].name < rising[j].name
	})
	hidden, sum := 0, 0
	for hidden < len(rising) {
		small := rising[hidden].count < SmallCell
		telling := addsUp && hidden > 0 && (hidden == 1 || sum < SmallCell)
		if !small && !telling {
			break
		}
		sum += rising[hidden].count
		hidden++
	}
	kept := map[K]int{}
	for _, c := range rising[hidden:] {
		kept[c.name] = c.count
	}
	return kept
}

package csdn

import "strings"

// Balance counts the people of a shortlist, for the planner to see; nothing of it was a reason to choose them. Gender is what people
// say of themselves, of which nobody's may be told: see BalanceOf.
type Balance struct {
	ByCategory map[Category]int
	ByCountry  map[Country]int
	ByLanguage map[Language]int
	ByGender   map[string]int
}

// BalanceOf counts people. Of genders, cells of one or two are suppressed, with the next smallest so that they cannot be had by
// subtraction, and the others are rounded down to a multiple of three, so that one list and the next tell of nobody who is on
// one alone. Those who say nothing, and those who are not open, count as unstated.
func BalanceOf(people []Person) Balance {
	b := Balance{ByCategory: map[Category]int{}, ByCountry: map[Country]int{}, ByLanguage: map[Language]int{}}
	genders := map[string]int{}
	for _, p := range people {
		b.ByCategory[p.Side()]++
		for _, country := range places(p.Country, p.Countries) {
			b.ByCountry[country]++
		}
		for _, language := range bases(p.Languages) {
			b.ByLanguage[language]++
		}
		gender := strings.ToLower(p.Gender)
		if gender == "" || p.Safety != Open {
			gender = "unstated"
		}
		genders[gender]++
	}
	b.ByGender = suppress(genders, true)
	for gender, n := range b.ByGender {
		b.ByGender[gender] = n - n%SmallCell
	}
	return b
}

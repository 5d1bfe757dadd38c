package csdn

import (
	"slices"
	"strconv"
	"time"
)

// Confirm returns the list with the claims of the areas, or all when none is named, confirmed at the time. Invalid for an area that is not
// claimed.
func Confirm(list []Expertise, areas []AreaSlug, at time.Time) ([]Expertise, error) {
	var v violations
	for n, area := range areas {
		if !slices.ContainsFunc(list, func(e Expertise) bool { return e.Area == area }) {
			v.add("areas["+strconv.Itoa(n)+"]", "is not claimed there; add it to the profile first")
		}
	}
	confirmed := slices.Clone(list)
	for n, e := range confirmed {
		if len(areas) == 0 || slices.Contains(areas, e.Area) {
			confirmed[n].ConfirmedAt = at
		}
	}
	return confirmed, v.err("The confirmation")
}

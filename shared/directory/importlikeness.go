package directory

import (
	"slices"
	"strings"

	"csdn.example/directory/shared/csdn"
)

// mostDuplicates is how many subjects are told that a new one may be the same as.
const mostDuplicates = 10

// duplicates returns whom the likenesses lead to that still has them, each once with the reasons.
func duplicates[S any](known map[string][]*entry[S], likenesses []string, of func(S) []string, id func(S) string) []csdn.Duplicate {
	var found []*entry[S]
	var all []csdn.Duplicate
	for _, likeness := range likenesses {
		reason, _, _ := strings.Cut(likeness, " ")
		for _, e := range known[likeness] {
			if !slices.Contains(of(e.subject), likeness) {
				continue
			}
			at := slices.Index(found, e)
			if at < 0 && len(found) == mostDuplicates {
				break
			}
			if at < 0 {
				at = len(found)
				found, all = append(found, e), append(all, csdn.Duplicate{ID: id(e.subject)})
			}
			all[at].Reasons = append(all[at].Reasons, reason)
			if e.isNew {
				all[at].ID, all[at].Row = "", e.row
			}
		}
	}
	return all
}

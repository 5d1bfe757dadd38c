package csdn

import (
	"context"
	"slices"
	"time"
)

// Merge is the merging of one area into another. The area is retired at once and counts as its successor from then on; the
// claims of it are rewritten one by one, and DoneAt is set when none is left.
type Merge struct {
	Area      AreaSlug
	Into      AreaSlug
	By        AccountID // in whose name claims are rewritten
	StartedAt time.Time
	DoneAt    time.Time
	Version   Version
}

// mergeSettles is how long after the start of a merge a claim of its area may still be written by somebody who does not know
// of it yet, or be unknown to the index by which claims are found: twice the half minute for which vocabularies are kept.
const mergeSettles = time.Minute

// Settled reports whether all who write claims know of the merge.
func (m Merge) Settled(at time.Time) bool { return !at.Before(m.StartedAt.Add(mergeSettles)) }

// Remaining counts what still claims a merged area, and which areas are still below it.
type Remaining struct {
	Areas         int
	Organisations int
	People        int
	Meetings      int
}

// Merging returns the area as it is once it is merged into the other. Conflict when the other is the same, retired, or below the
// area: it would come to stand below itself.
func (v Vocabulary) Merging(slug, into AreaSlug) (Area, error) {
	area := v[slug]
	switch other, known := v[into]; {
	case !known:
		return area, &Error{Kind: Invalid, Message: "The merge breaks a rule; errors says which.",
			Fields: []Field{{Location: "into", Message: "is not an area of the vocabulary; GET /v1/areas lists them"}}}
	case into == slug:
		return area, Errorf(Conflict, "An area cannot be merged into itself.")
	case other.Retired:
		return area, Errorf(Conflict, "The area to merge into is retired; merge into one that is not.")
	case v.isBelow(into, slug):
		return area, Errorf(Conflict, "The area to merge into is below this one; move it up first.")
	}
	area.Retired, area.ReplacedBy = true, into
	return area, nil
}

// Reclaim returns the list with a claim of the one area as a claim of the other. Who claims both keeps one: at the higher
// level, with the evidence of the other unless only the first has some, and the later confirmation.
func Reclaim(list []Expertise, area, into AreaSlug) []Expertise {
	var kept []Expertise
	for _, e := range list {
		first := e.Area != area
		if !first {
			e.Area = into
		}
		at := slices.IndexFunc(kept, func(k Expertise) bool { return k.Area == e.Area })
		if at < 0 {
			kept = append(kept, e)
			continue
		}
		if first { // e was a claim of the other area all along
			kept[at], e = e, kept[at]
		}
		kept[at] = kept[at].with(e)
	}
	return kept
}

// with returns the claim strengthened by another of the same area.
func (e Expertise) with(other Expertise) Expertise {
	levels := ExpertiseLevels()
	if slices.Index(levels, other.Level) > slices.Index(levels, e.Level) {
		e.Level = other.Level
	}
	if e.Evidence == "" {
		e.Evidence = other.Evidence
	}
	if other.ConfirmedAt.After(e.ConfirmedAt) {
		e.ConfirmedAt = other.ConfirmedAt
	}
	return e
}

// MergeStore keeps merges of areas.
type MergeStore interface {
	AreaStore
	// Merges returns every merge, in the order of the areas that were merged.
	Merges(ctx context.Context) ([]Merge, error)
	// StartMerge writes the merged area at a.Version and the merge at m.Version, and appends the change to the trail of the
	// area, in one transaction. Stale when a stored version is not the one before, or that of the area merged into is not
	// into.Version.
	StartMerge(ctx context.Context, a, into Area, m Merge, change Change) error
	// EndMerge writes the merge at m.Version. Stale when the stored version is not the one before.
	EndMerge(ctx context.Context, m Merge) error
}

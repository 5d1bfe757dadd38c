package directory

import (
	"context"
	"errors"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Claims keeps what organisations, people and meetings claim of areas in step with the vocabulary. It reads and rewrites their
// claims alone.
type Claims struct {
	Clerk
	Areas         csdn.MergeStore
	Organisations csdn.OrganisationStore
	People        csdn.PersonStore
	Meetings      csdn.MeetingStore
	Phases        csdn.PhaseStore
	Claimed       map[csdn.Subject]csdn.Feed // by whom areas are claimed
}

// slice is how many claims are rewritten before those that are left are looked for anew: some seconds' work.
const slice = 50

// stint is for how long the clock carries merges on.
const stint = 30 * time.Second

// Delete removes an area. Conflict while anything would lose its place by that: areas that are narrower or were replaced by it, and
// whatever claims it. A retired area that records of the past still name stays.
func (d Claims) Delete(ctx context.Context, caller csdn.Caller, slug csdn.AreaSlug, read csdn.Version) error {
	if _, err := permit(caller, "area.deleted"); err != nil {
		return err
	}
	area, err := d.Areas.Area(ctx, slug)
	if err != nil {
		return err
	}
	if err := matches(read, area.Version); err != nil {
		return err
	}
	m, err := d.merge(ctx, slug)
	if err != nil {
		return err
	}
	if running(m) {
		return csdn.Errorf(csdn.Conflict, "The area is being merged into another; wait until that is done.")
	}
	areas, err := d.Areas.Areas(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(areas, func(a csdn.Area) bool { return a.ReplacedBy == slug }) {
		return csdn.Errorf(csdn.Conflict, "Other areas are replaced by this one; delete those first, or retire this one instead.")
	}
	found, err := d.claimants(ctx, slug, areas)
	if err != nil {
		return err
	}
	if len(found.areas) > 0 {
		return csdn.Errorf(csdn.Conflict, "Other areas are narrower than this one; move or delete those first.")
	}
	if n := found.count(); n != (csdn.Remaining{}) {
		return csdn.Errorf(csdn.Conflict, "The area is claimed by %d organisations, %d people and %d meetings; merge it into another, or retire it.",
			n.Organisations, n.People, n.Meetings)
	}
	return d.Areas.DeleteArea(ctx, area, d.change(caller, "area.deleted", d.Now(), area.Version, nil))
}

// Merge merges an area into another: it is retired at once, and counts as the other in every search. Then it begins to rewrite what
// claims it, which the clock carries on, as does asking again. It returns what is left.
func (d Claims) Merge(ctx context.Context, caller csdn.Caller, slug, into csdn.AreaSlug) (csdn.Merge, csdn.Remaining, error) {
	var none csdn.Remaining
	if _, err := permit(caller, "area.merged"); err != nil {
		return csdn.Merge{}, none, err
	}
	area, err := d.Areas.Area(ctx, slug)
	if err != nil {
		return csdn.Merge{}, none, err
	}
	m, err := d.merge(ctx, slug)
	if err != nil {
		return m, none, err
	}
	switch {
	case running(m) && m.Into != into:
		return m, none, csdn.Errorf(csdn.Conflict, "The area is being merged into another; wait until that is done.")
	case m.Into != into || area.UpdatedAt.After(m.StartedAt) && !running(m):
		if m, err = d.start(ctx, caller, slug, into, m.Version); err != nil {
			return m, none, err
		}
	}
	_, err = d.carryOn(ctx, m)
	if err != nil {
		return m, none, err
	}
	return d.progress(ctx, slug)
}

// MergeOf returns the merge of an area and what is left of it to do. NotFound when it never was merged.
func (d Claims) MergeOf(ctx context.Context, caller csdn.Caller, slug csdn.AreaSlug) (csdn.Merge, csdn.Remaining, error) {
	if _, err := permit(caller, "area.merge.read"); err != nil {
		return csdn.Merge{}, csdn.Remaining{}, err
	}
	return d.progress(ctx, slug)
}

// CarryOn goes on with every merge that is not done, for half a minute, and returns how many claims it rewrote.
func (d Claims) CarryOn(ctx context.Context) (int, error) {
	merges, err := d.Areas.Merges(ctx)
	if err != nil {
		return 0, err
	}
	began, done := d.Now(), 0
	for _, m := range merges {
		for written := slice; running(m) && written > 0 && d.Now().Sub(began) < stint; done += written {
			var failed error
			if written, failed = d.carryOn(ctx, m); failed != nil {
				err = failed
				break
			}
		}
	}
	return done, err
}

// start marks the area as merged.
func (d Claims) start(ctx context.Context, caller csdn.Caller, slug, into csdn.AreaSlug, last csdn.Version) (csdn.Merge, error) {
	areas, err := d.Areas.Areas(ctx)
	if err != nil {
		return csdn.Merge{}, err
	}
	vocabulary := csdn.NewVocabulary(areas)
	after, err := vocabulary.Merging(slug, into)
	if err != nil {
		return csdn.Merge{}, err
	}
	now := d.Now()
	after.UpdatedAt, after.Version = now, after.Version+1
	m := csdn.Merge{Area: slug, Into: into, By: caller.Account, StartedAt: now, Version: last + 1}
	change := d.change(caller, "area.merged", now, after.Version, csdn.Differences(vocabulary[slug].Facts(), after.Facts()))
	err = d.Areas.StartMerge(ctx, after, vocabulary[into], m, change)
	if errors.Is(err, csdn.Stale) {
		return m, csdn.Errorf(csdn.Conflict, "One of the areas was changed at this very moment; look at it and ask again.")
	}
	return m, err
}

// progress returns the merge as it stands, and what is left to do.
func (d Claims) progress(ctx context.Context, slug csdn.AreaSlug) (csdn.Merge, csdn.Remaining, error) {
	m, err := d.Areas.Merge(ctx, slug)
	if err != nil || !running(m) {
		return m, csdn.Remaining{}, err
	}
	areas, err := d.Areas.Areas(ctx)
	if err != nil {
		return m, csdn.Remaining{}, err
	}
	found, err := d.claimants(ctx, slug, areas)
	return m, found.changeable().count(), err
}

// merge returns the merge of an area, the zero one when it never was merged.
func (d Claims) merge(ctx context.Context, slug csdn.AreaSlug) (csdn.Merge, error) {
	m, err := d.Areas.Merge(ctx, slug)
	if errors.Is(err, csdn.NotFound) {
		return csdn.Merge{}, nil
	}
	return m, err
}

func running(m csdn.Merge) bool { return m.Version > 0 && m.DoneAt.IsZero() }

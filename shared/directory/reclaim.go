package directory

import (
	"context"
	"errors"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// carryOn rewrites at most a slice of what claims a merged area, each in a transaction of its own, and ends the merge when nothing
// is left and nobody can be writing a claim that does not know of it. Whatever was changed by another in between is left for the
// next time, as is everything when it is broken off.
func (d Claims) carryOn(ctx context.Context, m csdn.Merge) (written int, err error) {
	areas, err := d.Areas.Areas(ctx)
	if err != nil {
		return 0, err
	}
	found, err := d.claimants(ctx, m.Area, areas)
	if err != nil {
		return 0, err
	}
	found = found.changeable()
	if found.count() == (csdn.Remaining{}) {
		return 0, d.end(ctx, m)
	}
	// The successor may itself have been merged since.
	into := csdn.NewVocabulary(areas).Successor(m.Area)
	for _, write := range d.writes(ctx, found, m, into) {
		if written == slice {
			break
		}
		switch err := write(); {
		case errors.Is(err, csdn.Stale):
			continue
		case err != nil:
			return written, err
		}
		written++
	}
	return written, nil
}

// end marks the merge as done, if it may be and is not already.
func (d Claims) end(ctx context.Context, m csdn.Merge) error {
	if !running(m) || !m.Settled(d.Now()) {
		return nil
	}
	m.DoneAt, m.Version = d.Now(), m.Version+1
	if err := d.Areas.EndMerge(ctx, m); !errors.Is(err, csdn.Stale) {
		return err
	}
	return nil // another was first
}

// writes returns, for each that claims the area, what rewrites its claim. Areas come first, so that a reader of the
// vocabulary finds it whole soon.
func (d Claims) writes(ctx context.Context, found claimants, m csdn.Merge, into csdn.AreaSlug) []func() error {
	var list []func() error
	change := func(at time.Time, version csdn.Version, before, after []csdn.Fact) csdn.Change {
		return d.change(csdn.Caller{Account: m.By}, "area.merged", at, version, csdn.Differences(before, after))
	}
	for _, before := range found.areas {
		list = append(list, func() error {
			after := before
			after.Broader = renamed(before.Broader, m.Area, into, before.Slug)
			after.UpdatedAt, after.Version = d.Now(), before.Version+1
			return d.Areas.PutArea(ctx, after, change(after.UpdatedAt, after.Version, before.Facts(), after.Facts()))
		})
	}
	for _, before := range found.organisations {
		list = append(list, func() error {
			if before.Merging != "" {
				return csdn.Errorf(csdn.Stale, "organisation %s is being merged", before.ID)
			}
			after := before
			after.Areas = csdn.Reclaim(before.Areas, m.Area, into)
			after.UpdatedAt, after.Version = d.Now(), before.Version+1
			return d.Organisations.PutOrganisation(ctx, after, change(after.UpdatedAt, after.Version, before.Facts(), after.Facts()))
		})
	}
	for _, before := range found.people {
		list = append(list, func() error {
			after := before
			after.Areas = csdn.Reclaim(before.Areas, m.Area, into)
			after.UpdatedAt, after.Version = d.Now(), before.Version+1
			return d.People.PutPerson(ctx, before, after, change(after.UpdatedAt, after.Version, before.Facts(), after.Facts()))
		})
	}
	for _, before := range found.meetings {
		list = append(list, func() error {
			after := before
			after.MeetingProfile = before.Rename(m.Area, into)
			after.UpdatedAt, after.Version = d.Now(), before.Version+1
			return d.Meetings.PutMeeting(ctx, before, after, change(after.UpdatedAt, after.Version, before.Facts(), after.Facts()))
		})
	}
	return list
}

// renamed returns the list with one area as the other, each once, and without one that it must not have.
func renamed(list []csdn.AreaSlug, area, into, without csdn.AreaSlug) []csdn.AreaSlug {
	var kept []csdn.AreaSlug
	for _, slug := range list {
		if slug == area {
			slug = into
		}
		if slug != without && !slices.Contains(kept, slug) {
			kept = append(kept, slug)
		}
	}
	return kept
}

package directory

import (
	"context"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// claimants are all that name one area.
type claimants struct {
	areas         []csdn.Area // as broader than themselves
	organisations []csdn.Organisation
	people        []csdn.Person
	meetings      []csdn.Meeting
}

func (c claimants) count() csdn.Remaining {
	return csdn.Remaining{Areas: len(c.areas), Organisations: len(c.organisations), People: len(c.people), Meetings: len(c.meetings)}
}

// changeable returns those that can still be changed: an archived organisation and a meeting of the past keep what they said.
func (c claimants) changeable() claimants {
	c.organisations = slices.DeleteFunc(c.organisations, func(o csdn.Organisation) bool { return o.Status == csdn.Archived })
	c.meetings = slices.DeleteFunc(c.meetings, func(m csdn.Meeting) bool {
		return m.Status == csdn.MeetingClosed || m.Status == csdn.MeetingCancelled
	})
	return c
}

// claimants finds everything that names the area.
func (d Claims) claimants(ctx context.Context, slug csdn.AreaSlug, areas []csdn.Area) (claimants, error) {
	var found claimants
	for _, a := range areas {
		if slices.Contains(a.Broader, slug) {
			found.areas = append(found.areas, a)
		}
	}
	var err error
	found.organisations, err = claiming(ctx, d, csdn.Organisations, slug, d.Organisations.OrganisationsByID,
		func(o csdn.Organisation) []csdn.Expertise { return o.Areas })
	if err != nil {
		return found, err
	}
	found.people, err = claiming(ctx, d, csdn.People, slug, d.People.PeopleByID, func(p csdn.Person) []csdn.Expertise { return p.Areas })
	if err != nil {
		return found, err
	}
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return found, err
	}
	for _, phase := range phases {
		meetings, err := d.Meetings.Meetings(ctx, phase.Number)
		if err != nil {
			return found, err
		}
		for _, m := range meetings {
			if slices.Contains(m.Named(), slug) {
				found.meetings = append(found.meetings, m)
			}
		}
	}
	return found, nil
}

// claiming returns the subjects of one kind that claim the area. Their cards say which may: those of hidden people and archived
// organisations say nothing, so that they are read too.
func claiming[ID ~string, S any](
	ctx context.Context, d Claims, subject csdn.Subject, slug csdn.AreaSlug,
	byID func(context.Context, []ID) ([]S, error), areas func(S) []csdn.Expertise,
) ([]S, error) {
	cards, err := d.Claimed[subject].Cards(ctx, subject)
	if err != nil {
		return nil, err
	}
	var ids []ID
	for _, card := range cards {
		if card.Removed || slices.Contains(card.Areas, slug) {
			ids = append(ids, ID(card.ID))
		}
	}
	var found []S
	for some := range slices.Chunk(ids, csdn.MaximumLimit) {
		read, err := byID(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, s := range read {
			if slices.ContainsFunc(areas(s), func(e csdn.Expertise) bool { return e.Area == slug }) {
				found = append(found, s)
			}
		}
	}
	return found, nil
}

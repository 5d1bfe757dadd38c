package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// partsAtOnce is how many items that lie with an invitation one step moves: each is written in up to three places, and a transaction holds a
// hundred.
const partsAtOnce = 25

// moves returns whatever of meetings is still to be handed over, or back: what lies with an invitation before, or with, the invitation
// itself; and the tally of how often the person was invited. What is frozen in the indicators of a phase stays.
func (d personMergers) moves(ctx context.Context, m csdn.Merger) ([]move, error) {
	places, meetings, err := d.places(ctx, m)
	if err != nil {
		return nil, err
	}
	var all []move
	for _, p := range places {
		some, err := d.handing(ctx, m, meetings[p.Meeting], p)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	tallies, err := d.tallies(ctx, m)
	return append(all, tallies...), err
}

// places returns what the two have at meetings of all phases, with those.
func (d personMergers) places(ctx context.Context, m csdn.Merger) ([]csdn.Place, map[csdn.MeetingID]csdn.Meeting, error) {
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return nil, nil, err
	}
	meetings := map[csdn.MeetingID]csdn.Meeting{}
	var ids []csdn.MeetingID
	for _, phase := range phases {
		some, err := d.Meetings.Meetings(ctx, phase.Number)
		if err != nil {
			return nil, nil, err
		}
		for _, meeting := range some {
			meetings[meeting.ID] = meeting
			ids = append(ids, meeting.ID)
		}
	}
	places, err := d.Places.Places(ctx, csdn.PersonID(m.Keep), csdn.PersonID(m.Absorb), ids)
	return places, meetings, err
}

// handing returns the steps that hand over, or back, what is at one meeting.
func (d personMergers) handing(ctx context.Context, m csdn.Merger, meeting csdn.Meeting, p csdn.Place) ([]move, error) {
	if !p.Concerns(m) {
		return nil, nil
	}
	whole := csdn.PlaceMove{Meeting: meeting, From: csdn.PersonID(m.Absorb), To: csdn.PersonID(m.Keep), Before: p, After: p.Merged(m), Until: m.Until}
	undoing := m.Status == csdn.MergerUndoing
	if undoing {
		whole.From, whole.To, whole.After = whole.To, whole.From, p.Parted(m)
	}
	parts, err := d.Places.Belongings(ctx, meeting.ID, whole.From)
	if err != nil {
		return nil, err
	}
	for _, b := range parts {
		goes, ends := !undoing, false
		if undoing {
			goes, ends = p.Follows(b, m)
		}
		switch {
		case goes:
			whole.Belongings = append(whole.Belongings, b)
		case ends:
			whole.Ended = append(whole.Ended, b)
		}
	}
	var steps []csdn.PlaceMove
	for len(whole.Belongings)+len(whole.Ended) > partsAtOnce {
		part := whole
		part.After, part.Ended = p, nil
		n := min(partsAtOnce, len(whole.Belongings))
		part.Belongings, whole.Belongings = whole.Belongings[:n], whole.Belongings[n:]
		if n == 0 {
			part.Ended, whole.Ended = whole.Ended[:partsAtOnce], whole.Ended[partsAtOnce:]
		}
		steps = append(steps, part)
	}
	moved := whole.After.Kept.Version != p.Kept.Version || whole.After.Absorbed.Version != p.Absorbed.Version
	if moved || len(whole.Belongings)+len(whole.Ended) > 0 {
		steps = append(steps, whole)
	}
	var all []move
	for n, step := range steps {
		kind := csdn.TrailReference
		if moved && n == len(steps)-1 {
			kind = csdn.InvitationReference
			if err := d.complete(ctx, m, &step); err != nil {
				return nil, err
			}
		}
		all = append(all, move{kind, func(ctx context.Context) error { return d.Places.MovePlace(ctx, m, step) }})
	}
	return all, nil
}

// complete adds to a step that moves invitations what goes with them: the seating, which a meeting is closed on, and the entry of the trail.
func (d personMergers) complete(ctx context.Context, m csdn.Merger, step *csdn.PlaceMove) error {
	seating, err := d.Invitations.Seating(ctx, step.Meeting.ID)
	if err != nil {
		return err
	}
	if after := step.Before.Reseated(step.After, seating); after != seating || seating.Version > 0 && step.Meeting.Status != csdn.MeetingClosed {
		after.Version++
		step.Seating = &after
	}
	act, came := personMerged, step.After.Kept
	if m.Status == csdn.MergerUndoing {
		act, came = personUnmerged, step.After.Absorbed
	}
	if m.Status == csdn.MergerRunning && came.Version == step.Before.Kept.Version {
		return nil // what came stays aside
	}
	fields := []csdn.Difference{{Field: "person", Before: string(step.From), After: string(step.To)}}
	change := d.change(csdn.Caller{Account: m.By}, act, d.Now(), came.Version, fields)
	step.Changes = []csdn.InvitationChange{{Person: step.To, Change: change}}
	return nil
}

// tallies adds the tally of the one who goes to that of the one who stays, or takes the two apart.
func (d personMergers) tallies(ctx context.Context, m csdn.Merger) ([]move, error) {
	guests, err := d.Rotation.Guests(ctx)
	if err != nil {
		return nil, err
	}
	var before, after [2]csdn.Guest
	for _, g := range guests {
		switch string(g.Person) {
		case m.Keep:
			before[0] = g
		case m.Absorb:
			before[1] = g
		}
	}
	if m.Status == csdn.MergerUndoing {
		own, other, ok := before[0].Without(m)
		if !ok {
			return nil, nil
		}
		if after[1], err = d.employed(ctx, other.And(before[1])); err != nil {
			return nil, err
		}
		if own.Invited > 0 || len(own.Parts) > 0 {
			if after[0], err = d.employed(ctx, own); err != nil {
				return nil, err
			}
		}
	} else {
		if before[1].Person == "" {
			return nil, nil
		}
		after[0] = before[0].With(before[1], m)
	}
	return []move{{csdn.GuestReference, func(ctx context.Context) error { return d.Places.PutTallies(ctx, before, after) }}}, nil
}

// employed returns the tally under the organisation that there is now.
func (d personMergers) employed(ctx context.Context, g csdn.Guest) (csdn.Guest, error) {
	o, err := standing(ctx, d.Organisations, g.Organisation)
	if err == nil && o.ID != g.Organisation {
		g.Organisation, g.MovedBy = o.ID, nil
	}
	return g, unlessAbsent(err)
}

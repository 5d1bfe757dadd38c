package directory

import (
	"cmp"
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// personMergers merges records of people.
type personMergers struct{ Mergers }

const (
	personMerged   csdn.Act = "person.merged"
	personUnmerged csdn.Act = "person.unmerged"
)

// settledPerson returns Conflict while a merger is at work on a person.
func settledPerson(p csdn.Person) error {
	if p.Merging != "" {
		return csdn.Errorf(csdn.Conflict, "The person's record is being merged; wait a minute or two until that is done.")
	}
	return nil
}

// pair reads both people. Invalid when one of them is not there, Conflict when one is not to be merged.
func (d personMergers) pair(ctx context.Context, keep, absorb string) (kept, absorbed csdn.Person, err error) {
	read := func(location, id string) (csdn.Person, error) {
		p, err := d.People.Person(ctx, csdn.PersonID(id))
		if !errors.Is(err, csdn.NotFound) {
			return p, errors.Join(err, settledPerson(p))
		}
		into, _, err := d.People.MergedInto(ctx, csdn.PersonID(id))
		if errors.Is(err, csdn.NotFound) {
			return p, misordered(location, "is not the id of a person of the directory")
		}
		if err == nil {
			err = csdn.Errorf(csdn.Conflict, "The record %s was merged into %s; merge that one instead.", id, into)
		}
		return p, err
	}
	if kept, err = read("keep", keep); err != nil {
		return kept, absorbed, err
	}
	absorbed, err = read("absorb", absorb)
	return kept, absorbed, err
}

func (d personMergers) compare(ctx context.Context, keep, absorb string) (csdn.Pair, error) {
	kept, absorbed, err := d.pair(ctx, keep, absorb)
	if err != nil {
		return csdn.Pair{}, err
	}
	p := csdn.Pair{
		Keep:   csdn.MergerSide{ID: keep, Name: kept.Name, Version: kept.Version},
		Absorb: csdn.MergerSide{ID: absorb, Name: absorbed.Name, Version: absorbed.Version},
		Fields: kept.Differing(absorbed),
	}
	if err := d.named(ctx, p.Fields); err != nil {
		return p, err
	}
	m := csdn.NewMerger("", csdn.MergerOrder{Subject: csdn.People, Keep: keep, Absorb: absorb}, "", d.Now())
	if err := d.clashes(ctx, m); err != nil {
		return p, err
	}
	moves, err := d.moves(ctx, m)
	if err != nil {
		return p, err
	}
	if p.References, err = d.accounts(ctx, absorbed); err != nil {
		return p, err
	}
	for _, m := range moves {
		p.References[m.kind]++
	}
	return p, nil
}

// named says the names of organisations, in the place of their ids.
func (d personMergers) named(ctx context.Context, fields []csdn.MergerField) error {
	for n, f := range fields {
		if f.Field != "organisation" {
			continue
		}
		names, err := organisationMergers(d).names(ctx, []string{f.First, f.Second})
		if err != nil {
			return err
		}
		fields[n].First, fields[n].Second = cmp.Or(names[f.First], f.First), cmp.Or(names[f.Second], f.Second)
	}
	return nil
}

func (d personMergers) names(ctx context.Context, ids []string) (map[string]string, error) {
	list := make([]csdn.PersonID, len(ids))
	for n, id := range ids {
		list[n] = csdn.PersonID(id)
	}
	found, err := inBatches(ctx, once(list), d.People.PeopleByID)
	names := map[string]string{}
	for _, p := range found {
		names[string(p.ID)] = p.Name
	}
	for _, id := range list {
		if names[string(id)] != "" || err != nil {
			continue
		}
		var p csdn.Person // of a record that went nothing is left but who it was
		if p, err = standingPerson(ctx, d.People, id); err == nil {
			names[string(id)] = p.Name
		}
		err = unlessAbsent(err)
	}
	return names, err
}

// accounts counts the accounts that are a person's, as they have the same address, and are that of the one who stays from then on.
func (d personMergers) accounts(ctx context.Context, p csdn.Person) (csdn.References, error) {
	if p.Email == "" {
		return csdn.References{}, nil
	}
	_, err := d.Accounts.AccountByEmail(ctx, p.Email)
	if err != nil {
		return csdn.References{}, unlessAbsent(err)
	}
	return csdn.References{csdn.AccountReference: 1}, nil
}

// clashes returns Conflict when both are to be at one meeting.
func (d personMergers) clashes(ctx context.Context, m csdn.Merger) error {
	places, meetings, err := d.places(ctx, m)
	if err != nil {
		return err
	}
	for _, p := range places {
		if err := p.Clash(meetings[p.Meeting]); err != nil {
			return err
		}
	}
	return nil
}

func (d personMergers) start(ctx context.Context, caller csdn.Caller, o csdn.MergerOrder, m csdn.Merger) error {
	keep, absorb, err := d.pair(ctx, o.Keep, o.Absorb)
	if err != nil {
		return err
	}
	if err := errors.Join(matches(o.KeepVersion, keep.Version), matches(o.AbsorbVersion, absorb.Version)); err != nil {
		return err
	}
	kept, err := keep.Blend(absorb, o.Take, o.Join)
	if err != nil {
		return err
	}
	if err := d.clashes(ctx, m); err != nil {
		return err
	}
	if m.Moved, err = d.accounts(ctx, absorb); err != nil {
		return err
	}
	m.Holding = true
	kept = kept.Holding(keep, absorb, m.Until).Known(keep, absorb)
	kept.Merging, kept.UpdatedAt, kept.Version = m.ID, m.StartedAt, keep.Version+1
	p := csdn.PersonMerging{KeepBefore: keep, Keep: kept, AbsorbBefore: absorb, Absorb: csdn.Person{Version: absorb.Version + 1}}
	fields := append(csdn.Differences(keep.Facts(), kept.Facts()), csdn.Difference{Field: "absorbed", After: o.Absorb})
	p.KeepChange = d.change(caller, personMerged, m.StartedAt, kept.Version, fields)
	p.AbsorbChange = d.change(caller, personMerged, m.StartedAt, p.Absorb.Version, []csdn.Difference{{Field: "mergedInto", After: o.Keep}})
	return overtaken(d.Store.WriteMerger(ctx, m, func(ctx context.Context) error { return d.Places.MergePeople(ctx, m, p) }))
}

func (d personMergers) undo(ctx context.Context, caller csdn.Caller, m csdn.Merger) (csdn.Merger, error) {
	keep, err := d.People.Person(ctx, csdn.PersonID(m.Keep))
	if err != nil {
		return m, erasedSince(err)
	}
	_, version, err := d.People.MergedInto(ctx, csdn.PersonID(m.Absorb))
	if err != nil {
		return m, erasedSince(err)
	}
	keptBefore, back, err := d.Places.PeopleBefore(ctx, m)
	if err != nil {
		return m, erasedSince(err)
	}
	merged, err := keptBefore.Blend(back, m.Taken, m.Joined)
	if err != nil {
		return m, err
	}
	kept, left := keep.Unblend(merged, keptBefore)
	if kept.Email == back.Email {
		return m, csdn.Errorf(csdn.Conflict, "The person who stayed has the address of the other by now; give it another one first.")
	}
	now := d.Now()
	kept.Spare, back.Spare = stillSpare(keptBefore, keep), stillSpare(back, keep)
	for _, p := range []*csdn.Person{&kept, &back} {
		if err := d.refresh(ctx, p); err != nil {
			return m, err
		}
		p.Merging, p.UpdatedAt = m.ID, now
	}
	kept.Version, back.Version = keep.Version+1, version+1
	m.Left, m.Holding = left, false
	p := csdn.PersonMerging{KeepBefore: keep, Keep: kept, AbsorbBefore: csdn.Person{Version: version}, Absorb: back}
	fields := append(csdn.Differences(keep.Facts(), kept.Facts()), csdn.Difference{Field: "absorbed", Before: m.Absorb})
	p.KeepChange = d.change(caller, personUnmerged, now, kept.Version, fields)
	p.AbsorbChange = d.change(caller, personUnmerged, now, back.Version, []csdn.Difference{{Field: "mergedInto", Before: m.Keep}})
	return m, d.Store.WriteMerger(ctx, m, func(ctx context.Context) error { return d.Places.MergePeople(ctx, m, p) })
}

// stillSpare returns the addresses that somebody had to spare before and somebody still has.
func stillSpare(before, now csdn.Person) []csdn.Spare {
	var list []csdn.Spare
	for _, s := range before.Spare {
		if now.Spares(s.Email) {
			list = append(list, s)
		}
	}
	return list
}

// refresh lets a person as it was before name what there is now: areas may have been deleted since, and its organisation merged.
func (d personMergers) refresh(ctx context.Context, p *csdn.Person) error {
	var err error
	if p.Areas, err = organisationMergers(d).known(ctx, p.Areas); err != nil {
		return err
	}
	o, err := standing(ctx, d.Organisations, p.Organisation)
	if err != nil {
		return err
	}
	if o.ID != p.Organisation {
		p.Organisation, p.MovedBy = o.ID, nil
	}
	p.Derived = csdn.CategoryOf(o.Type)
	return nil
}

// erasedSince is what it means that one of the two is not as the merger left it.
func erasedSince(err error) error {
	if errors.Is(err, csdn.NotFound) {
		return csdn.Errorf(csdn.Conflict, "The person was erased since, so there is nothing to be parted.")
	}
	return err
}

func (d personMergers) release(ctx context.Context, m csdn.Merger) error {
	return d.Places.ReleasePeople(ctx, m)
}

// lapse removes what was kept for the case that the merger is undone, whose time is over: the records as they were, and whatever holds an
// address that nobody uses.
func (d Mergers) lapse(ctx context.Context, m csdn.Merger) error {
	holder, err := successor(ctx, d.People, csdn.PersonID(m.Keep))
	if err != nil {
		return err
	}
	before, err := d.People.Person(ctx, holder)
	if unlessAbsent(err) != nil {
		return err
	}
	after := before
	after.Spare = nil
	for _, s := range before.Spare {
		if d.Now().Before(s.Until) {
			after.Spare = append(after.Spare, s)
		}
	}
	places, _, err := personMergers{d}.places(ctx, m)
	if err != nil {
		return err
	}
	m.Holding, m.Version = false, m.Version+1
	return d.Store.WriteMerger(ctx, m, func(ctx context.Context) error {
		var aside []csdn.Place
		for _, p := range places {
			if p.Aside.Version > 0 {
				aside = append(aside, p)
			}
		}
		return d.Places.ExpirePeople(ctx, m, aside, before, after)
	})
}

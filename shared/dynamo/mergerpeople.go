package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

var _ csdn.PersonMergerStore = Mergers{}

func (d Mergers) people() table { return table{client: d.Client, name: d.PeopleTable} }

// peopleBefore is an item that the time to live removes. It lies with the one who stays, so that whoever erases that one finds it.
type peopleBefore struct {
	Keep      personItem `dynamodbav:"keep"`
	Absorb    personItem `dynamodbav:"absorb"`
	ExpiresAt int64      `dynamodbav:"expiresAt"` // Unix time
}

// MergePeople implements csdn.PersonMergerStore.
func (d Mergers) MergePeople(ctx context.Context, m csdn.Merger, p csdn.PersonMerging) error {
	var w transaction
	keep, absorb := personKey(p.Keep.ID), personKey(csdn.PersonID(m.Absorb))
	back := newPersonItem(p.Absorb)
	if p.Absorb.ID == "" {
		back = personItem{
			feedEntry: newFeedEntry(csdn.People, csdn.Card{Removed: true}), MergedInto: p.Keep.ID, Version: p.Absorb.Version,
		}
		was := peopleBefore{newPersonItem(p.KeepBefore), newPersonItem(p.AbsorbBefore), m.Until.Unix()}
		w.put(d.PeopleTable, peopleBeforeKey(m), was, missing(), stale())
	} else {
		w.drop(d.PeopleTable, peopleBeforeKey(m))
	}
	w.put(d.PeopleTable, keep, newPersonItem(p.Keep), next(p.Keep.Version), stale())
	w.put(d.PeopleTable, absorb, back, next(p.Absorb.Version), stale())
	w.assign(d.PeopleTable, []csdn.Person{p.KeepBefore, p.AbsorbBefore}, []csdn.Person{p.Keep, p.Absorb})
	w.record(d.PeopleTable, changeKey(keep, p.KeepChange.ID), p.KeepChange)
	w.record(d.PeopleTable, changeKey(absorb, p.AbsorbChange.ID), p.AbsorbChange)
	w.dropSnapshots(d.PeopleTable, csdn.People)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write the people of merger %s: %w", m.ID, err)
	}
	return nil
}

// assign reserves the addresses of people for those who hold them after, and frees those that none of them does.
func (w *transaction) assign(table string, before, after []csdn.Person) {
	had, has := owners(before), owners(after)
	for address, owner := range had {
		theirs := expression.Name("owner").Equal(expression.Value(string(owner)))
		switch next, held := has[address]; {
		case !held:
			w.remove(table, personEmailKey(address), missing().Or(theirs), stale())
		case next != owner:
			w.put(table, personEmailKey(address), reservationItem{string(next)}, theirs, stale())
		}
	}
}

func owners(people []csdn.Person) map[string]csdn.PersonID {
	list := map[string]csdn.PersonID{}
	for _, p := range people {
		for _, address := range p.Addresses() {
			list[address] = p.ID
		}
	}
	return list
}

// PeopleBefore implements csdn.PersonMergerStore.
func (d Mergers) PeopleBefore(ctx context.Context, m csdn.Merger) (keep, absorb csdn.Person, err error) {
	before, err := get[peopleBefore](ctx, d.people(), peopleBeforeKey(m))
	if err != nil {
		return keep, absorb, fmt.Errorf("read what was before merger %s: %w", m.ID, err)
	}
	return before.Keep.person(), before.Absorb.person(), nil
}

// ReleasePeople implements csdn.PersonMergerStore.
func (d Mergers) ReleasePeople(ctx context.Context, m csdn.Merger) error {
	var w transaction
	ids := []string{m.Keep}
	if m.Status == csdn.MergerUndoing {
		ids = append(ids, m.Absorb)
	}
	for _, id := range ids {
		w.update(d.PeopleTable, personKey(csdn.PersonID(id)), expression.Remove(expression.Name("merging")),
			expression.Name("merging").Equal(expression.Value(m.ID)))
	}
	return w.commit(ctx, d.Client)
}

// ExpirePeople implements csdn.PersonMergerStore.
func (d Mergers) ExpirePeople(ctx context.Context, m csdn.Merger, places []csdn.Place, before, after csdn.Person) error {
	var w transaction
	w.drop(d.PeopleTable, peopleBeforeKey(m))
	for _, p := range places {
		w.drop(d.ParticipationTable, asideKey(p.Meeting, csdn.PersonID(m.Absorb)))
	}
	if after.ID != "" {
		w.put(d.PeopleTable, personKey(after.ID), newPersonItem(after), present(before.Version), stale())
		w.assign(d.PeopleTable, []csdn.Person{before}, []csdn.Person{after})
	}
	return w.commit(ctx, d.Client)
}

// PutTallies implements csdn.PersonMergerStore.
func (d Mergers) PutTallies(ctx context.Context, before, after [2]csdn.Guest) error {
	var w transaction
	for n := range before {
		was := missing()
		if old := before[n]; old.Person != "" {
			was = expression.Name("invited").Equal(expression.Value(old.Invited)).And(expression.Name("phase").Equal(expression.Value(old.Phase)))
		}
		switch {
		case after[n].Person != "":
			w.put(d.ParticipationTable, guestKey(after[n].Person), newGuestItem(after[n]), was, stale())
		case before[n].Person != "":
			w.remove(d.ParticipationTable, guestKey(before[n].Person), was, stale())
		}
	}
	return w.commit(ctx, d.Client)
}

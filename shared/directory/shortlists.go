package directory

import (
	"context"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/search"
)

// Shortlists says whom to invite to a meeting.
type Shortlists struct {
	Invitations csdn.InvitationStore
	Meetings    csdn.MeetingStore
	People      csdn.PersonStore
	Areas       *Vocabularies
	Finder      *Finder // of people
	Rotations   *Rotations
	Now         func() time.Time
}

// Shortlist is whom to invite, and what that comes to. Reasons are those of People, in their order.
type Shortlist struct {
	People   []csdn.Person // as the caller sees them
	Covers   [][]csdn.Cover
	Reasons  [][]string
	Coverage []csdn.AreaCoverage
	Balance  csdn.Balance
}

// rounds is how often a shortlist is chosen anew because somebody on it has just changed.
const rounds = 5

// Make returns a shortlist for a meeting that can still be prepared, with its reasons in the language. Whoever was
// asked to it is not on the list, and what those cover who may still come counts as covered. Conflict for a meeting that names no areas, and for a place that
// was not given up, or for which somebody waits.
func (d Shortlists) Make(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, w csdn.Wish, in csdn.Language) (Shortlist, error) {
	m, err := planned(ctx, d.Meetings, caller, "shortlist.made", meeting)
	if err != nil {
		return Shortlist{}, err
	}
	now := d.Now()
	if err := preparable(m, now); err != nil {
		return Shortlist{}, err
	}
	invitations, err := d.Invitations.Invitations(ctx, m.ID)
	if err != nil {
		return Shortlist{}, err
	}
	if w, err = w.Settle(m, invitations); err != nil {
		return Shortlist{}, err
	}
	s := csdn.Shortlisting{Areas: m.Areas, At: now, Size: w.Size, PerOrganisation: w.PerOrganisation}
	if s.Vocabulary, err = d.Areas.containing(ctx, m.Areas...); err != nil {
		return Shortlist{}, err
	}
	if err := d.gather(ctx, m, w, invitations, &s); err != nil {
		return Shortlist{}, err
	}
	return d.choose(ctx, caller, m, w, s, in)
}

// gather fills in who can be chosen and who is there.
func (d Shortlists) gather(ctx context.Context, m csdn.Meeting, w csdn.Wish, invitations []csdn.Invitation, s *csdn.Shortlisting) error {
	active, asked := map[csdn.PersonID]bool{}, map[csdn.PersonID]bool{} // to ask anew who said no is a planner's own decision
	for _, i := range invitations {
		asked[i.Person] = true
		if i.Active() {
			active[i.Person] = true
		}
	}
	rotation, err := d.Rotations.current(ctx)
	if err != nil {
		return err
	}
	everybody, err := d.Finder.candidates(ctx, search.Query{}, func(c csdn.Candidate) bool {
		return active[c.Person] || w.Suits(c) && !asked[c.Person]
	})
	if err != nil {
		return err
	}
	for _, c := range everybody {
		if active[c.Person] {
			s.There = append(s.There, c)
			delete(active, c.Person)
			continue
		}
		s.Candidates = append(s.Candidates, rotation.Turn(c, m.Phase, s.At))
	}
	for _, i := range invitations {
		if active[i.Person] { // hidden since, which changes nothing of what the planner has there
			s.There = append(s.There, csdn.Candidate{Person: i.Person, Organisation: i.Organisation, Category: i.Category, Areas: i.Areas})
		}
	}
	return nil
}

// choose returns the shortlist of people as they are now. Who has changed since the card was read is judged anew, and who is gone or
// hidden is out; then others may come in.
func (d Shortlists) choose(ctx context.Context, caller csdn.Caller, m csdn.Meeting, w csdn.Wish, s csdn.Shortlisting, in csdn.Language) (Shortlist, error) {
	for range rounds {
		chosen := s.Choose()
		people, err := d.People.PeopleByID(ctx, identitiesOf(chosen))
		if err != nil {
			return Shortlist{}, err
		}
		if !d.renew(&s, w, chosen, people) {
			return d.told(caller, s, chosen, people, in), nil
		}
	}
	return Shortlist{}, &csdn.Error{Kind: csdn.Unavailable, Message: "People are changing faster than they can be listed; try again.", RetryAfter: time.Second}
}

// renew brings the candidates up to date with the people read, and reports whether that changed any.
func (d Shortlists) renew(s *csdn.Shortlisting, w csdn.Wish, chosen []csdn.Choice, people []csdn.Person) bool {
	present := map[csdn.PersonID]csdn.Candidate{}
	for _, p := range people {
		if card := p.Card(); !card.Removed && w.Suits(card.Candidate()) {
			present[p.ID] = card.Candidate()
		}
	}
	changed := false
	for _, c := range chosen {
		place := slices.IndexFunc(s.Candidates, func(known csdn.Candidate) bool { return known.Person == c.Person })
		now, there := present[c.Person]
		if !there {
			s.Candidates, changed = slices.Delete(s.Candidates, place, place+1), true
			continue
		}
		if !now.Same(c.Candidate) {
			now.Rest, now.MembersRest, now.Invited = c.Rest, c.MembersRest, c.Invited
			s.Candidates[place], changed = now, true
		}
	}
	return changed
}

func (d Shortlists) told(caller csdn.Caller, s csdn.Shortlisting, chosen []csdn.Choice, people []csdn.Person, in csdn.Language) Shortlist {
	list := Shortlist{Reasons: s.Reasons(chosen, in), Coverage: s.Coverage(chosen), Balance: csdn.BalanceOf(people)}
	for n, p := range people {
		list.People, list.Covers = append(list.People, seenBy(caller, p)), append(list.Covers, chosen[n].Covers)
	}
	return list
}

func identitiesOf(chosen []csdn.Choice) []csdn.PersonID {
	ids := make([]csdn.PersonID, len(chosen))
	for n, c := range chosen {
		ids[n] = c.Person
	}
	return ids
}

// preparable returns Conflict unless people can still be invited to the meeting, now or when it is opened.
func preparable(m csdn.Meeting, now time.Time) error {
	if m.Status != csdn.MeetingDraft && m.Status != csdn.MeetingOpen || !now.Before(m.StartsAt()) {
		return csdn.Errorf(csdn.Conflict, "The meeting has begun or is over, so nobody can be invited to it any more.")
	}
	if len(m.Areas) == 0 {
		return csdn.Errorf(csdn.Conflict, "The meeting names no areas of expertise, by which people are found; add some to it first.")
	}
	return nil
}

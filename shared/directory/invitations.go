package directory

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Invitations invites people to meetings and keeps what came of it.
type Invitations struct {
	Clerk
	Store    csdn.InvitationStore
	Meetings csdn.MeetingStore
	People   csdn.PersonStore
	Phases   csdn.PhaseStore   // says until when invitations are kept; for reading lists of them
	Areas    *Vocabularies     // says which areas are narrower; for reading compositions
	Pause    func(attempt int) // waits before an act that lost against another is tried again
	Taken    func()            // is told of each acceptance; nil for nobody to tell
}

// chunk is how many invitations one transaction takes: each is at most itself, a delivery and an entry of the trail, and a
// transaction holds a hundred items.
const chunk = 30

// sendingChunk is the same for sending, which also counts whom it invites.
const sendingChunk = 24

// Drafted is an invitation after drafting. Already tells that it was there before and was left as it is.
type Drafted struct {
	csdn.Invitation
	Already bool
}

// List returns a page of the invitations of a meeting in the order of people's ids.
func (d Invitations) List(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, page csdn.PageRequest) (csdn.Page[csdn.Invitation], error) {
	var list csdn.Page[csdn.Invitation]
	m, err := planned(ctx, d.Meetings, caller, "invitation.read", meeting)
	if err != nil {
		return list, err
	}
	all, err := d.kept(ctx, m)
	if err != nil {
		return list, err
	}
	all = slices.DeleteFunc(all, func(i csdn.Invitation) bool { return i.Erased })
	return csdn.Paginate(all, "invitations "+string(meeting), func(i csdn.Invitation) string { return string(i.Person) }, page)
}

// Read returns one invitation.
func (d Invitations) Read(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, person csdn.PersonID) (csdn.Invitation, error) {
	m, err := planned(ctx, d.Meetings, caller, "invitation.read", meeting)
	if err != nil {
		return csdn.Invitation{}, err
	}
	i, err := d.Store.Invitation(ctx, meeting, person)
	if err != nil {
		return csdn.Invitation{}, err
	}
	held, err := d.held(ctx, m)
	if err != nil {
		return csdn.Invitation{}, err
	}
	if !held || i.Erased {
		return csdn.Invitation{}, absent()
	}
	return i, nil
}

// Draft drafts invitations of people to an open meeting, in their order. An invitation that is already there is left as it
// is, but for a revoked one, which is drafted again. category and mode are those of the person and the meeting unless given.
func (d Invitations) Draft(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, people []csdn.PersonID, category csdn.Category, mode csdn.Mode) ([]Drafted, error) {
	m, err := planned(ctx, d.Meetings, caller, "invitation.drafted", meeting)
	if err != nil {
		return nil, err
	}
	if err := takesInvitations(m, d.Now()); err != nil {
		return nil, err
	}
	if mode == "" {
		mode = m.Mode.Default()
	}
	people = once(people)
	if err := csdn.ValidateDrafting(m, people, category, mode); err != nil {
		return nil, err
	}
	persons, err := d.invitable(ctx, caller, people)
	if err != nil {
		return nil, err
	}
	var drafted []Drafted
	for some := range slices.Chunk(persons, chunk) {
		part, err := d.draftChunk(ctx, caller, m, some, category, mode)
		if err != nil {
			return nil, err
		}
		drafted = append(drafted, part...)
	}
	return drafted, nil
}

func (d Invitations) draftChunk(ctx context.Context, caller csdn.Caller, m csdn.Meeting, persons []csdn.Person, category csdn.Category, mode csdn.Mode) ([]Drafted, error) {
	var drafted []Drafted
	err := d.retry(ctx, func() error {
		drafted = nil
		m, there, err := d.table(ctx, m.ID)
		if err != nil {
			return err
		}
		write := csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: m.Version}
		for _, p := range persons {
			fresh := d.fresh(m, p, category, mode)
			before, known := there[p.ID]
			after := fresh
			if known {
				if after, err = before.Redraft(fresh, d.Now()); err != nil {
					drafted = append(drafted, Drafted{Invitation: before, Already: true})
					continue
				}
			}
			drafted = append(drafted, Drafted{Invitation: after})
			d.add(&write, caller, "invitation.drafted", before, after)
		}
		return d.write(ctx, write)
	})
	return drafted, err
}

// fresh returns a first draft of an invitation.
func (d Invitations) fresh(m csdn.Meeting, p csdn.Person, category csdn.Category, mode csdn.Mode) csdn.Invitation {
	if category == "" {
		category = p.Side()
	}
	areas := make([]csdn.AreaSlug, len(p.Areas))
	for i, e := range p.Areas {
		areas[i] = e.Area
	}
	now := d.Now()
	return csdn.Invitation{
		Meeting: m.ID, Person: p.ID, Phase: m.Phase, Organisation: p.Organisation, Category: category, Areas: areas,
		Mode: mode, Status: csdn.Draft, Round: 1, Calendar: string(m.ID) + "-" + string(p.ID) + "-" + d.NewID() + d.NewID(), CreatedAt: now, UpdatedAt: now, Version: 1,
	}
}

// invitable returns the persons in the order asked. Invalid, by its place in the list, for one that the caller may not
// know.
func (d Invitations) invitable(ctx context.Context, caller csdn.Caller, people []csdn.PersonID) ([]csdn.Person, error) {
	persons, err := d.People.PeopleByID(ctx, people)
	if err != nil {
		return nil, err
	}
	known := map[csdn.PersonID]bool{}
	for _, p := range persons {
		if err := settledPerson(p); err != nil {
			return nil, err
		}
		known[p.ID] = p.Safety != csdn.Hidden || caller.Role == csdn.SecretariatRole
	}
	return persons, unknownPeople(people, func(id csdn.PersonID) bool { return known[id] }, "is not a person of the directory")
}

// Sent is what came of sending: the invitations that went out, and how many of those asked for had gone before.
type Sent struct {
	Invitations []csdn.Invitation
	Before      int
}

// Send sends the drafts of a meeting: all of them, or those of the people named. What was sent before is not sent again.
func (d Invitations) Send(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, people []csdn.PersonID) (Sent, error) {
	var sent Sent
	m, err := planned(ctx, d.Meetings, caller, "invitation.sent", meeting)
	if err != nil {
		return sent, err
	}
	if err := takesInvitations(m, d.Now()); err != nil {
		return sent, err
	}
	there, err := d.there(ctx, meeting)
	if err != nil {
		return sent, err
	}
	people = once(people)
	if len(people) == 0 {
		for _, i := range there {
			if i.Status == csdn.Draft {
				people = append(people, i.Person)
			}
		}
	}
	drafted := func(id csdn.PersonID) bool { return there[id].Version > 0 }
	if err := unknownPeople(people, drafted, "has no invitation to this meeting; draft it first"); err != nil {
		return sent, err
	}
	for some := range slices.Chunk(people, sendingChunk) {
		part, err := d.sendChunk(ctx, caller, m, some)
		if err != nil {
			return sent, err
		}
		sent.Invitations, sent.Before = append(sent.Invitations, part...), sent.Before+len(some)-len(part)
	}
	return sent, nil
}

func (d Invitations) sendChunk(ctx context.Context, caller csdn.Caller, m csdn.Meeting, people []csdn.PersonID) ([]csdn.Invitation, error) {
	var sent []csdn.Invitation
	err := d.retry(ctx, func() error {
		sent = nil
		m, there, err := d.table(ctx, m.ID)
		if err != nil {
			return err
		}
		write := csdn.InvitationWrite{Meeting: m.ID, MeetingVersion: m.Version}
		for _, person := range people {
			before := there[person]
			after, err := before.Send(d.Now(), m)
			if err != nil {
				continue
			}
			sent = append(sent, after)
			d.add(&write, caller, "invitation.sent", before, after, csdn.InvitationMessage)
			write.Sent = append(write.Sent, csdn.Guest{Person: after.Person, Organisation: after.Organisation, Phase: after.Phase, At: after.UpdatedAt})
		}
		return d.write(ctx, write)
	})
	return sent, err
}

// Revoke takes an invitation back. A seat that it held goes to the next in the reserve.
func (d Invitations) Revoke(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, person csdn.PersonID, reason string) (csdn.Invitation, error) {
	if _, err := planned(ctx, d.Meetings, caller, "invitation.revoked", meeting); err != nil {
		return csdn.Invitation{}, err
	}
	return d.alter(ctx, caller, "invitation.revoked", meeting, person, func(s *situation) error {
		if s.before.Status != csdn.Draft && (s.meeting.Status != csdn.MeetingOpen || !s.at.Before(s.meeting.StartsAt())) {
			return csdn.Errorf(csdn.Conflict, "The meeting has begun or is over, so its invitations stand as they are.")
		}
		after, err := s.before.Revoke(s.at, reason)
		s.leave(after, err)
		if s.before.Status != csdn.Draft {
			s.messages = append(s.messages, csdn.CancellationMessage)
		}
		return err
	})
}

// Attendance records whether somebody who accepted was there, once the meeting has begun. Conflict once it is closed.
func (d Invitations) Attendance(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID, person csdn.PersonID, present bool) (csdn.Invitation, error) {
	m, err := planned(ctx, d.Meetings, caller, "invitation.attendance", meeting)
	if err != nil {
		return csdn.Invitation{}, err
	}
	if d.Now().Before(m.StartsAt()) {
		return csdn.Invitation{}, csdn.Errorf(csdn.Conflict, "The meeting has not begun, so nobody has attended it yet.")
	}
	return d.alter(ctx, caller, "invitation.attendance", meeting, person, func(s *situation) (err error) {
		if s.meeting.Status == csdn.MeetingClosed {
			return csdn.Errorf(csdn.Conflict, "The meeting is closed: what it came to is part of the report of its phase and stands.")
		}
		s.after, err = s.before.Attend(s.at, present)
		return err
	})
}

// Composition counts the participants of a meeting against its bands. Those who may not know who is invited get the
// counts that can be published.
func (d Invitations) Composition(ctx context.Context, caller csdn.Caller, meeting csdn.MeetingID) (csdn.Meeting, csdn.Composition, error) {
	if _, err := permit(caller, "composition.read"); err != nil {
		return csdn.Meeting{}, csdn.Composition{}, err
	}
	m, err := d.Meetings.Meeting(ctx, meeting)
	if err != nil {
		return m, csdn.Composition{}, err
	}
	if err := permitAt(caller, "composition.read", distance(caller, m)); err != nil {
		return csdn.Meeting{}, csdn.Composition{}, err
	}
	invitations, err := d.kept(ctx, m)
	if err != nil {
		return m, csdn.Composition{}, err
	}
	vocabulary, err := d.Areas.containing(ctx)
	if err != nil {
		return m, csdn.Composition{}, err
	}
	c := csdn.Compose(m, invitations, vocabulary)
	if !plans(caller, m) {
		c = c.Published(m.Status == csdn.MeetingClosed)
	}
	return m, c, nil
}

// OfOrganisation returns the invitations of an organisation's people that were sent, the newest meeting first. phase 0 means every phase.
func (d Invitations) OfOrganisation(ctx context.Context, caller csdn.Caller, id csdn.OrganisationID, phase csdn.PhaseNumber, page csdn.PageRequest) (csdn.Page[csdn.Invitation], error) {
	var list csdn.Page[csdn.Invitation]
	if err := permitOurs(caller, "organisation.invitations.read", id); err != nil {
		return list, err
	}
	found, err := d.Store.InvitationsOfOrganisation(ctx, id, phase, page)
	if err != nil {
		return list, err
	}
	list.Next = found.Next
	gone, err := d.gone(ctx, found.Items)
	if err != nil {
		return list, err
	}
	for _, i := range found.Items {
		if i.WasSent() && !gone[i.Meeting] {
			i.Reason, i.Note, i.Calendar = "", "", "" // between the invitee and the planners
			list.Items = append(list.Items, i)
		}
	}
	return list, nil
}

// takesInvitations returns Conflict unless the meeting is open and has not begun.
func takesInvitations(m csdn.Meeting, now time.Time) error {
	if m.Status != csdn.MeetingOpen {
		return csdn.Errorf(csdn.Conflict, "The meeting is %s; people are invited to an open one.", m.Status)
	}
	if !now.Before(m.StartsAt()) {
		return csdn.Errorf(csdn.Conflict, "The meeting has begun, so nobody can be invited to it any more.")
	}
	return nil
}

// table returns a meeting that takes invitations, as it is now, and its invitations by person: what an attempt at inviting is
// decided on.
func (d Invitations) table(ctx context.Context, meeting csdn.MeetingID) (csdn.Meeting, map[csdn.PersonID]csdn.Invitation, error) {
	m, err := d.Meetings.Meeting(ctx, meeting)
	if err != nil {
		return m, nil, err
	}
	if err := takesInvitations(m, d.Now()); err != nil {
		return m, nil, err
	}
	there, err := d.there(ctx, meeting)
	return m, there, err
}

// there returns the invitations of a meeting by person.
func (d Invitations) there(ctx context.Context, meeting csdn.MeetingID) (map[csdn.PersonID]csdn.Invitation, error) {
	list, err := d.Store.Invitations(ctx, meeting)
	if err != nil {
		return nil, err
	}
	byPerson := make(map[csdn.PersonID]csdn.Invitation, len(list))
	for _, i := range list {
		byPerson[i.Person] = i
	}
	return byPerson, nil
}

// once returns the list without repetitions.
func once[T comparable](list []T) []T {
	var kept []T
	seen := map[T]bool{}
	for _, one := range list {
		if !seen[one] {
			seen[one] = true
			kept = append(kept, one)
		}
	}
	return kept
}

// unknownPeople returns Invalid with the places of the people that are not known.
func unknownPeople(people []csdn.PersonID, known func(csdn.PersonID) bool, message string) error {
	broken := &csdn.Error{Kind: csdn.Invalid, Message: "Some of the people cannot be invited; errors says which. Nothing was changed."}
	for i, id := range people {
		if !known(id) {
			broken.Fields = append(broken.Fields, csdn.Field{Location: "people[" + strconv.Itoa(i) + "]", Message: message})
		}
	}
	if len(broken.Fields) == 0 {
		return nil
	}
	return broken
}

// lost reports whether an act was decided on what another has changed since.
func lost(err error) bool { return errors.Is(err, csdn.Stale) || errors.Is(err, csdn.Unavailable) }

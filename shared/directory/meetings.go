package directory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"csdn.example/directory/shared/csdn"
)

// Meetings keeps meetings.
type Meetings struct {
	Clerk
	Store  csdn.MeetingStore
	Notes  csdn.NoteStore
	Phases csdn.PhaseStore
	Areas  *Vocabularies
	Types  csdn.MeetingTypeStore
}

// List returns a page of the meetings that the filter selects and the caller may see, the newest start first.
func (d Meetings) List(ctx context.Context, caller csdn.Caller, f csdn.MeetingFilter, page csdn.PageRequest) (csdn.Page[csdn.Meeting], error) {
	var list csdn.Page[csdn.Meeting]
	far, err := permit(caller, "meeting.read")
	if err != nil {
		return list, err
	}
	types, err := listedTypes(ctx, d.Types)
	if err != nil {
		return list, err
	}
	if err := f.Validate(slugsOf(types)); err != nil {
		return list, err
	}
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return list, err
	}
	if err := d.spread(ctx, &f, phases); err != nil {
		return list, err
	}
	var selected []csdn.Meeting
	for _, phase := range phases {
		if len(f.Phases) > 0 && !slices.Contains(f.Phases, phase.Number) {
			continue
		}
		meetings, err := d.Store.Meetings(ctx, phase.Number)
		if err != nil {
			return list, err
		}
		for _, m := range meetings {
			if f.Selects(m) && far >= distance(caller, m) {
				selected = append(selected, meetingSeenBy(caller, m))
			}
		}
	}
	slices.SortFunc(selected, func(a, b csdn.Meeting) int { return cmp.Compare(place(b), place(a)) })
	return csdn.Paginate(selected, fmt.Sprintf("meetings %s %+v", caller.Account, f), place, page)
}

// spread adds the narrower areas to the filter. Invalid for an area or a phase that there is not.
func (d Meetings) spread(ctx context.Context, f *csdn.MeetingFilter, phases []csdn.Phase) error {
	broken := &csdn.Error{Kind: csdn.Invalid, Message: "The query has values that are not known; errors says which."}
	for _, number := range f.Phases {
		if !slices.ContainsFunc(phases, func(p csdn.Phase) bool { return p.Number == number }) {
			broken.Fields = append(broken.Fields, csdn.Field{Location: "phase", Message: "has a value that is not a phase of the network"})
		}
	}
	vocabulary, err := d.Areas.containing(ctx, f.Areas...)
	if err != nil {
		return err
	}
	if !contains(vocabulary, f.Areas) {
		broken.Fields = append(broken.Fields, csdn.Field{Location: "area", Message: "has a value that is not an area of the vocabulary"})
	}
	if len(broken.Fields) > 0 {
		return broken
	}
	for _, area := range f.Areas {
		f.Areas = append(f.Areas, vocabulary.Narrower(area)...)
	}
	return nil
}

// place is where a meeting stands in the list of all.
func place(m csdn.Meeting) string { return m.Start.String() + " " + string(m.ID) }

// Read returns one meeting as the caller may see it.
func (d Meetings) Read(ctx context.Context, caller csdn.Caller, id csdn.MeetingID) (csdn.Meeting, error) {
	return d.seen(ctx, caller, "meeting.read", id)
}

func (d Meetings) seen(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.MeetingID) (csdn.Meeting, error) {
	if _, err := permit(caller, act); err != nil {
		return csdn.Meeting{}, err
	}
	m, err := d.Store.Meeting(ctx, id)
	if err != nil {
		return csdn.Meeting{}, err
	}
	if err := permitAt(caller, act, distance(caller, m)); err != nil {
		return csdn.Meeting{}, err
	}
	return meetingSeenBy(caller, m), nil
}

// Create adds a draft of a meeting. A planner who creates one is named among its planners.
func (d Meetings) Create(ctx context.Context, caller csdn.Caller, profile csdn.MeetingProfile) (csdn.Meeting, error) {
	if _, err := permit(caller, "meeting.created"); err != nil {
		return csdn.Meeting{}, err
	}
	if caller.Role == csdn.PlannerRole && !profile.PlannedBy(caller.Account) {
		profile.Planners = append(slices.Clone(profile.Planners), caller.Account)
	}
	profile, kind, err := d.checked(ctx, profile, csdn.MeetingProfile{})
	if err != nil {
		return csdn.Meeting{}, err
	}
	if err := retains(caller, "", profile.RetainUntil); err != nil {
		return csdn.Meeting{}, err
	}
	now := d.Now()
	m := csdn.Meeting{ID: csdn.MeetingID(d.NewID()), MeetingProfile: profile, TypeProfile: kind, Status: csdn.MeetingDraft, CreatedAt: now, UpdatedAt: now, Version: 1}
	change := d.change(caller, "meeting.created", now, 1, csdn.Differences(nil, m.Facts()))
	return m, d.Store.PutMeeting(ctx, csdn.Meeting{}, m, change)
}

// Change edits the meeting that the caller read at the version. Conflict once it is closed or cancelled, and for the
// time and mode of a meeting that is open: invitees have been asked for those.
func (d Meetings) Change(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version, edit func(csdn.MeetingProfile) (csdn.MeetingProfile, error)) (csdn.Meeting, error) {
	before, err := d.own(ctx, caller, "meeting.changed", id, read)
	if err != nil {
		return before, err
	}
	after := before
	if after.MeetingProfile, err = edit(before.MeetingProfile); err != nil {
		return before, err
	}
	if after.MeetingProfile, after.TypeProfile, err = d.checked(ctx, after.MeetingProfile, before.MeetingProfile); err != nil {
		return before, err
	}
	if over := before.Status == csdn.MeetingClosed || before.Status == csdn.MeetingCancelled; over && !onlyRetention(before, after) {
		return before, csdn.Errorf(csdn.Conflict, "The meeting is %s, so nothing of it but retainUntil can be changed.", before.Status)
	}
	if err := retains(caller, before.RetainUntil, after.RetainUntil); err != nil {
		return before, err
	}
	if before.Status == csdn.MeetingHeld && before.Phase != after.Phase {
		return before, csdn.Errorf(csdn.Conflict, "The meeting was held in its phase, in which it is counted; that cannot be changed any more.")
	}
	if before.Status == csdn.MeetingOpen && (!before.SameOccasion(after.MeetingProfile) || before.Phase != after.Phase) {
		return before, csdn.Errorf(csdn.Conflict, "The meeting is open: invitees have been asked for its time, zone, mode and phase. Reschedule it for another time.")
	}
	return d.put(ctx, caller, "meeting.changed", before, after)
}

// Delete removes a meeting. Conflict unless it is a draft.
func (d Meetings) Delete(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version) error {
	m, err := d.own(ctx, caller, "meeting.deleted", id, read)
	if err != nil {
		return err
	}
	if m.Status != csdn.MeetingDraft {
		return csdn.Errorf(csdn.Conflict, "The meeting is %s; only a draft can be deleted.", m.Status)
	}
	return d.Store.DeleteMeeting(ctx, m, d.change(caller, "meeting.deleted", d.Now(), m.Version, nil))
}

// Open publishes a draft.
func (d Meetings) Open(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version) (csdn.Meeting, error) {
	return d.move(ctx, caller, "meeting.opened", id, read, csdn.Meeting.Publish)
}

// Hold records that an open meeting was held.
func (d Meetings) Hold(ctx context.Context, caller csdn.Caller, id csdn.MeetingID, read csdn.Version) (csdn.Meeting, error) {
	return d.move(ctx, caller, "meeting.held", id, read, csdn.Meeting.Hold)
}

func (d Meetings) move(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.MeetingID, read csdn.Version, transition func(csdn.Meeting, time.Time) (csdn.Meeting, error)) (csdn.Meeting, error) {
	before, err := d.own(ctx, caller, act, id, read)
	if err != nil {
		return before, err
	}
	after, err := transition(before, d.Now())
	if err != nil {
		return before, err
	}
	return d.put(ctx, caller, act, before, after)
}

// put writes the meeting as its next version; a meeting that does not differ is left as it is.
func (d Meetings) put(ctx context.Context, caller csdn.Caller, act csdn.Act, before, after csdn.Meeting) (csdn.Meeting, error) {
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 {
		return before, nil
	}
	after.UpdatedAt, after.Version = d.Now(), before.Version+1
	return after, d.Store.PutMeeting(ctx, before, after, d.change(caller, act, after.UpdatedAt, after.Version, fields))
}

// own returns the meeting, at the version that the caller read, if the caller may do the act on it.
func (d Meetings) own(ctx context.Context, caller csdn.Caller, act csdn.Act, id csdn.MeetingID, read csdn.Version) (csdn.Meeting, error) {
	m, err := planned(ctx, d.Store, caller, act, id)
	if err != nil {
		return m, err
	}
	return m, matches(read, m.Version)
}

// planned returns the meeting if the caller may do the act on it.
func planned(ctx context.Context, store csdn.MeetingStore, caller csdn.Caller, act csdn.Act, id csdn.MeetingID) (csdn.Meeting, error) {
	if _, err := permit(caller, act); err != nil {
		return csdn.Meeting{}, err
	}
	m, err := store.Meeting(ctx, id)
	if err != nil {
		return csdn.Meeting{}, err
	}
	if err := permitAt(caller, act, distance(caller, m)); err != nil {
		return csdn.Meeting{}, err
	}
	return m, nil
}

// checked returns the clean profile, and what the list says of its type. before is what the meeting said before, of which it may keep
// areas and a type that are retired.
func (d Meetings) checked(ctx context.Context, profile, before csdn.MeetingProfile) (csdn.MeetingProfile, csdn.MeetingTypeProfile, error) {
	profile = profile.Clean()
	kind, err := useOfType(ctx, d.Types, profile.Type, before.Type)
	if err = both(err, profile.Validate()); err != nil {
		return profile, kind, err
	}
	vocabulary, err := d.Areas.containing(ctx, profile.Named()...)
	if err != nil {
		return profile, kind, err
	}
	if err := vocabulary.CheckMeeting(profile, before); err != nil {
		return profile, kind, err
	}
	_, err = d.Phases.Phase(ctx, profile.Phase)
	if errors.Is(err, csdn.NotFound) {
		return profile, kind, &csdn.Error{Kind: csdn.Invalid, Message: "The meeting breaks a rule; errors says which.",
			Fields: []csdn.Field{{Location: "phase", Message: "is not a phase of the network; GET /v1/phases lists them"}}}
	}
	return profile, kind, err
}

// distance is how far the caller must reach for the meeting.
func distance(caller csdn.Caller, m csdn.Meeting) reach {
	if plans(caller, m) {
		return own
	}
	if m.Status != csdn.MeetingDraft {
		return published
	}
	return all
}

// plans reports whether the caller is the secretariat or a planner of the meeting.
func plans(caller csdn.Caller, m csdn.Meeting) bool {
	return caller.Role == csdn.SecretariatRole || caller.Role == csdn.PlannerRole && m.PlannedBy(caller.Account)
}

// meetingSeenBy returns the meeting as the caller may see it: its online address and planners are for its planners.
func meetingSeenBy(caller csdn.Caller, m csdn.Meeting) csdn.Meeting {
	if !plans(caller, m) {
		m.OnlineURL, m.Planners = "", nil
	}
	return m
}

package directory

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"csdn.example/directory/shared/csdn"
)

// MeetingTypes keeps the list of types of meetings. It reads meetings to tell whether a type is in use.
type MeetingTypes struct {
	Clerk
	Store    csdn.MeetingTypeStore
	Meetings csdn.MeetingStore
	Phases   csdn.PhaseStore
}

// List returns a page of the types in the order of slugs.
func (d MeetingTypes) List(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.ListedMeetingType], error) {
	if _, err := permit(caller, "meeting-type.read"); err != nil {
		return csdn.Page[csdn.ListedMeetingType]{}, err
	}
	all, err := listedTypes(ctx, d.Store)
	if err != nil {
		return csdn.Page[csdn.ListedMeetingType]{}, err
	}
	return csdn.Paginate(all, "meeting types", func(t csdn.ListedMeetingType) string { return string(t.Slug) }, page)
}

// Read returns one type.
func (d MeetingTypes) Read(ctx context.Context, caller csdn.Caller, slug csdn.MeetingType) (csdn.ListedMeetingType, error) {
	if _, err := permit(caller, "meeting-type.read"); err != nil {
		return csdn.ListedMeetingType{}, err
	}
	found, err := d.find(ctx, slug)
	if err == nil && (found.Version == 0 || found.Removed) {
		return found, absent()
	}
	return found, err
}

// Write puts a type into the list. read is the version that it replaces: 0 for a type that must be new.
func (d MeetingTypes) Write(ctx context.Context, caller csdn.Caller, slug csdn.MeetingType, read csdn.Version, profile csdn.MeetingTypeProfile) (csdn.ListedMeetingType, error) {
	if _, err := permit(caller, "meeting-type.written"); err != nil {
		return csdn.ListedMeetingType{}, err
	}
	now := d.Now()
	after := csdn.ListedMeetingType{Slug: slug, MeetingTypeProfile: profile.Clean(), UpdatedAt: now}
	if err := after.Validate(); err != nil {
		return after, err
	}
	before, err := d.find(ctx, slug)
	if err != nil {
		return before, err
	}
	present, was := before.Version, before.Facts()
	if present == 0 || before.Removed {
		present, was = 0, nil
		if read == AnyVersion {
			read = 1 // If-Match: * asks for one that is there
		}
	}
	if err := matches(read, present); err != nil {
		return before, err
	}
	after.Version = before.Version + 1
	fields := csdn.Differences(was, after.Facts())
	if len(fields) == 0 {
		return before, nil
	}
	return after, d.Store.PutMeetingType(ctx, after, d.change(caller, "meeting-type.written", now, after.Version, fields))
}

// Delete removes a type. Conflict while a meeting has it: retire it instead.
func (d MeetingTypes) Delete(ctx context.Context, caller csdn.Caller, slug csdn.MeetingType, read csdn.Version) error {
	if _, err := permit(caller, "meeting-type.deleted"); err != nil {
		return err
	}
	before, err := d.find(ctx, slug)
	if err != nil {
		return err
	}
	if before.Version == 0 || before.Removed {
		return absent()
	}
	if err := matches(read, before.Version); err != nil {
		return err
	}
	phases, err := d.Phases.Phases(ctx)
	if err != nil {
		return err
	}
	uses := 0
	for _, phase := range phases {
		meetings, err := d.Meetings.Meetings(ctx, phase.Number)
		if err != nil {
			return err
		}
		for _, m := range meetings {
			if m.Type == slug {
				uses++
			}
		}
	}
	if uses > 0 {
		return csdn.Errorf(csdn.Conflict, "The type is that of %d meetings, so it cannot be removed; retire it instead.", uses)
	}
	now := d.Now()
	after := csdn.ListedMeetingType{Slug: slug, Removed: true, UpdatedAt: now, Version: before.Version + 1}
	return d.Store.PutMeetingType(ctx, after, d.change(caller, "meeting-type.deleted", now, after.Version, nil))
}

// find returns a type as it is stored, the zero one when it never was listed.
func (d MeetingTypes) find(ctx context.Context, slug csdn.MeetingType) (csdn.ListedMeetingType, error) {
	all, err := d.Store.MeetingTypes(ctx)
	if err != nil {
		return csdn.ListedMeetingType{}, err
	}
	for _, t := range all {
		if t.Slug == slug {
			return t, nil
		}
	}
	return csdn.ListedMeetingType{}, nil
}

// listedTypes returns the types that are in the list.
func listedTypes(ctx context.Context, store csdn.MeetingTypeStore) ([]csdn.ListedMeetingType, error) {
	all, err := store.MeetingTypes(ctx)
	return slices.DeleteFunc(all, func(t csdn.ListedMeetingType) bool { return t.Removed }), err
}

// typed returns what the list says of a meeting's type; nothing for one that is not listed any more.
func typed(ctx context.Context, store csdn.MeetingTypeStore, slug csdn.MeetingType) (csdn.MeetingTypeProfile, error) {
	all, err := listedTypes(ctx, store)
	for _, t := range all {
		if t.Slug == slug {
			return t.MeetingTypeProfile, err
		}
	}
	return csdn.MeetingTypeProfile{}, err
}

// useOfType returns what the list says of the type that a meeting is to have. Invalid when it is not in the list, or is retired and not
// the one that the meeting had before.
func useOfType(ctx context.Context, store csdn.MeetingTypeStore, slug, before csdn.MeetingType) (csdn.MeetingTypeProfile, error) {
	found, err := typed(ctx, store, slug)
	if err != nil || slug == before && before != "" {
		return found, err
	}
	message := "is not a type of meeting; GET /v1/meeting-types lists them"
	switch {
	case found.Retired:
		message = "is retired and is given to no other meeting"
	case found != csdn.MeetingTypeProfile{}:
		return found, nil
	}
	return found, &csdn.Error{Kind: csdn.Invalid, Message: "The meeting breaks a rule; errors says which.",
		Fields: []csdn.Field{{Location: "type", Message: message}}}
}

// both returns the one error with the broken rules of the two, where both say which rules are broken; else the first that there is.
func both(one, other error) error {
	var first, second *csdn.Error
	if !errors.As(one, &first) || !errors.As(other, &second) || first.Kind != csdn.Invalid {
		return cmp.Or(one, other)
	}
	first.Fields = append(first.Fields, second.Fields...)
	return first
}

// slugsOf returns the names of types.
func slugsOf(types []csdn.ListedMeetingType) []csdn.MeetingType {
	slugs := make([]csdn.MeetingType, len(types))
	for n, t := range types {
		slugs[n] = t.Slug
	}
	return slugs
}

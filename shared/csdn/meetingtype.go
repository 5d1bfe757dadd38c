package csdn

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MeetingType names a type of meeting, which is what a meeting is for: lower-case words joined by hyphens, such as "policy-meeting".
type MeetingType string

// Valid reports whether the name is as those of areas are.
func (t MeetingType) Valid() bool { return AreaSlug(t).Valid() }

// MeetingTypeProfile is what the list says of a type of meeting: its labels in English and French, as concept notes begin with them,
// and whether it is retired. A retired type is given to no other meeting; those that have it keep it.
type MeetingTypeProfile struct {
	LabelEN string
	LabelFR string
	Retired bool
}

// ListedMeetingType is a type of meeting as it stands in the list. Of one that was removed only the version is told, which goes on
// if it is ever listed again.
type ListedMeetingType struct {
	Slug MeetingType
	MeetingTypeProfile
	Removed   bool
	UpdatedAt time.Time // zero for one that nobody has written
	Version   Version
}

// FirstMeetingTypes lists the types that every network begins with, in the order of their slugs. They count as written once.
func FirstMeetingTypes() []ListedMeetingType {
	first := []ListedMeetingType{
		{Slug: "funding-instruments-meeting", MeetingTypeProfile: MeetingTypeProfile{LabelEN: "Funding Instruments Meeting", LabelFR: "Réunion sur les instruments de financement"}},
		{Slug: "geographic-meeting", MeetingTypeProfile: MeetingTypeProfile{LabelEN: "Geographic Meeting", LabelFR: "Réunion géographique"}},
		{Slug: "member-state-meeting", MeetingTypeProfile: MeetingTypeProfile{LabelEN: "Member State Meeting", LabelFR: "Réunion dans un État membre"}},
		{Slug: "other", MeetingTypeProfile: MeetingTypeProfile{LabelEN: "Meeting", LabelFR: "Réunion"}},
		{Slug: "policy-meeting", MeetingTypeProfile: MeetingTypeProfile{LabelEN: "Policy Meeting", LabelFR: "Réunion sur les politiques"}},
		{Slug: "training-seminar", MeetingTypeProfile: MeetingTypeProfile{LabelEN: "Training Seminar", LabelFR: "Séminaire de formation"}},
	}
	for n := range first {
		first[n].Version = 1
	}
	return first
}

// Profile returns what every network says of the type to begin with, and of one that is none of those just that it is a meeting.
func (t MeetingType) Profile() MeetingTypeProfile {
	profile := MeetingTypeProfile{LabelEN: "Meeting", LabelFR: "Réunion"}
	for _, first := range FirstMeetingTypes() {
		if first.Slug == t {
			profile = first.MeetingTypeProfile
		}
	}
	return profile
}

// ListMeetingTypes returns the list of types in the order of slugs: those that were written, and of the first ones those that were not.
// Removed ones are among them.
func ListMeetingTypes(written []ListedMeetingType) []ListedMeetingType {
	all := slices.Clone(written)
	for _, first := range FirstMeetingTypes() {
		if !slices.ContainsFunc(written, func(t ListedMeetingType) bool { return t.Slug == first.Slug }) {
			all = append(all, first)
		}
	}
	slices.SortFunc(all, func(a, b ListedMeetingType) int { return strings.Compare(string(a.Slug), string(b.Slug)) })
	return all
}

// Clean returns the profile with its texts fit to be stored.
func (p MeetingTypeProfile) Clean() MeetingTypeProfile {
	p.LabelEN, p.LabelFR = cleanLine(p.LabelEN), cleanLine(p.LabelFR)
	return p
}

// Validate returns Invalid with every broken rule of a clean profile.
func (t ListedMeetingType) Validate() error {
	var v violations
	if !t.Slug.Valid() {
		v.add("slug", "is not 2 to 60 lower-case letters, digits and single hyphens, starting with a letter")
	}
	v.line("label.en", t.LabelEN, 1, maximumName)
	v.line("label.fr", t.LabelFR, 1, maximumName)
	return v.err("The type of meeting")
}

// Facts returns the profile as it stands in the audit trail.
func (p MeetingTypeProfile) Facts() []Fact {
	return []Fact{{"label.en", p.LabelEN}, {"label.fr", p.LabelFR}, {"retired", strconv.FormatBool(p.Retired)}}
}

// Label returns what the type is called in the language: in French for a French tag, in English for any other.
func (p MeetingTypeProfile) Label(in Language) string {
	if in.Base() == "fr" {
		return p.LabelFR
	}
	return p.LabelEN
}

// MeetingTypeStore keeps the list of types of meetings.
type MeetingTypeStore interface {
	// MeetingTypes returns the whole list in the order of slugs, as ListMeetingTypes does, consistently read.
	MeetingTypes(ctx context.Context) ([]ListedMeetingType, error)
	// PutMeetingType writes the type at t.Version and appends the change. Stale when the stored version is not the one before.
	PutMeetingType(ctx context.Context, t ListedMeetingType, change Change) error
}

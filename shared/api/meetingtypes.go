package api

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// MeetingTypeProfile is what the list says of a type of meeting.
type MeetingTypeProfile struct {
	Label   Label `json:"label" doc:"As concept notes begin with it"`
	Retired bool  `json:"retired" required:"false" doc:"Given to no other meeting; those that have it keep it"`
}

// MeetingType is a type of meeting.
type MeetingType struct {
	Slug string `json:"slug" example:"policy-meeting"`
	MeetingTypeProfile
	UpdatedAt *time.Time `json:"updatedAt,omitempty" doc:"Absent for one that nobody has changed yet"`
}

func meetingType(t csdn.ListedMeetingType) MeetingType {
	return MeetingType{
		Slug: string(t.Slug), UpdatedAt: instant(t.UpdatedAt),
		MeetingTypeProfile: MeetingTypeProfile{Label: Label{EN: t.LabelEN, FR: t.LabelFR}, Retired: t.Retired},
	}
}

func (p MeetingTypeProfile) domain() csdn.MeetingTypeProfile {
	return csdn.MeetingTypeProfile{LabelEN: p.Label.EN, LabelFR: p.Label.FR, Retired: p.Retired}
}

// MeetingTypes serves the list of types of meetings.
type MeetingTypes struct{ Directory directory.MeetingTypes }

// MeetingTypePath is the type of meeting in a path.
type MeetingTypePath struct {
	Slug string `path:"slug" doc:"Slug of the type" example:"policy-meeting"`
}

func (p MeetingTypePath) slug() csdn.MeetingType { return csdn.MeetingType(p.Slug) }

func (n MeetingTypes) register(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/meeting-types", id: "list-meeting-types", act: "meeting-type.read",
		summary: "List the types of meetings", description: "In the order of slugs. Every network begins with some.",
	}, func(ctx context.Context, caller csdn.Caller, in *Paging) (*listed[MeetingType], error) {
		page, err := n.Directory.List(ctx, caller, in.page())
		return pageOf(page, meetingType), err
	})

	type reading struct {
		MeetingTypePath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meeting-types/{slug}", id: "read-meeting-type", act: "meeting-type.read", summary: "Read a type of meeting",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[MeetingType], error) {
		found, err := n.Directory.Read(ctx, caller, in.slug())
		return read(in.IfNoneMatch, found.Version, meetingType(found)), err
	})

	type writing struct {
		MeetingTypePath
		Replacing
		Body MeetingTypeProfile
	}
	register(a, operation{
		method: http.MethodPut, path: "/v1/meeting-types/{slug}", id: "write-meeting-type", act: "meeting-type.written",
		summary: "Write a type of meeting", description: "With If-Match for one that exists, with If-None-Match: * for a new one.",
		beside: []int{http.StatusCreated},
	}, func(ctx context.Context, caller csdn.Caller, in *writing) (*single[MeetingType], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		after, err := n.Directory.Write(ctx, caller, in.slug(), version, in.Body.domain())
		return replaced(version, after.Version, meetingType(after)), err
	})

	type deletion struct {
		MeetingTypePath
		IfMatch
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/meeting-types/{slug}", id: "delete-meeting-type", act: "meeting-type.deleted",
		summary: "Remove a type of meeting", description: "One that no meeting has. Any other can be retired.", status: http.StatusNoContent,
	}, func(ctx context.Context, caller csdn.Caller, in *deletion) (*struct{}, error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		return nil, n.Directory.Delete(ctx, caller, in.slug(), version)
	})
}

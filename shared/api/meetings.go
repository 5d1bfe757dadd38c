package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Meetings serves meetings. Calendar writes the entry of one, without attendees, in iCalendar.
type Meetings struct {
	Directory    directory.Meetings
	ConceptNotes ConceptNotes
	Calendar     func(csdn.Meeting) ([]byte, error)
}

// MeetingPath is the meeting in a path.
type MeetingPath struct {
	ID string `path:"id" doc:"ULID of the meeting"`
}

func (m MeetingPath) id() csdn.MeetingID { return csdn.MeetingID(m.ID) }

func (n Meetings) register(a *API) {
	type search struct {
		Phase  []string `query:"phase,explode" doc:"Numbers of phases"`
		Type   []string `query:"type,explode" doc:"Types of meeting"`
		Status []string `query:"status,explode" doc:"Statuses"`
		Area   []string `query:"area,explode" doc:"Areas of expertise that the meeting is about"`
		From   string   `query:"from" doc:"The earliest day, such as 2023-02-01"`
		To     string   `query:"to" doc:"The latest day, such as 2023-12-31"`
		Paging
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings", id: "list-meetings", act: "meeting.read",
		summary: "List meetings", description: "The newest start first. Drafts are listed to their planners and the secretariat alone.",
	}, func(ctx context.Context, caller csdn.Caller, in *search) (*listed[Meeting], error) {
		numbers, err := phases(in.Phase)
		if err != nil {
			return nil, err
		}
		filter := csdn.MeetingFilter{
			Types: flat[csdn.MeetingType](in.Type), Statuses: flat[csdn.MeetingStatus](in.Status),
			Areas: flat[csdn.AreaSlug](in.Area), From: in.From, To: in.To,
		}
		for _, group := range numbers {
			filter.Phases = append(filter.Phases, group...)
		}
		page, err := n.Directory.List(ctx, caller, filter, in.page())
		return pageOf(page, meeting), err
	})

	type creation struct{ Body MeetingProfile }
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings", id: "create-meeting", act: "meeting.created",
		summary: "Create a meeting", description: "As a draft. A planner who creates one is named among its planners.",
		status: http.StatusCreated,
	}, func(ctx context.Context, caller csdn.Caller, in *creation) (*created[Meeting], error) {
		profile, err := in.Body.domain()
		if err != nil {
			return nil, err
		}
		m, err := n.Directory.Create(ctx, caller, profile)
		return &created[Meeting]{Location: "/v1/meetings/" + string(m.ID), ETag: etag(m.Version), Body: meeting(m)}, err
	})

	type reading struct {
		MeetingPath
		IfNoneMatch
	}
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}", id: "read-meeting", act: "meeting.read", summary: "Read a meeting",
		also: n.calendar(), description: "As a calendar entry without attendees, too.",
	}, func(ctx context.Context, caller csdn.Caller, in *reading) (*single[Meeting], error) {
		m, err := n.Directory.Read(ctx, caller, in.id())
		return read(in.IfNoneMatch, m.Version, meeting(m)), err
	})

	type change struct {
		MeetingPath
		IfMatch
		Patch
	}
	registerPatch[MeetingProfile](a, operation{
		method: http.MethodPatch, path: "/v1/meetings/{id}", id: "change-meeting", act: "meeting.changed",
		summary: "Change a meeting", description: "Its time and mode are fixed once it is open, as invitees are asked for those.",
	}, func(ctx context.Context, caller csdn.Caller, in *change) (*single[Meeting], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		m, err := n.Directory.Change(ctx, caller, in.id(), version, func(p csdn.MeetingProfile) (csdn.MeetingProfile, error) {
			merged, err := merge(a, meetingProfile(p), in.Patch)
			if err != nil {
				return p, err
			}
			return merged.domain()
		})
		return written(m.Version, meeting(m)), err
	})

	type deletion struct {
		MeetingPath
		IfMatch
	}
	register(a, operation{
		method: http.MethodDelete, path: "/v1/meetings/{id}", id: "delete-meeting", act: "meeting.deleted",
		summary: "Delete a draft", status: http.StatusNoContent,
	}, func(ctx context.Context, caller csdn.Caller, in *deletion) (*struct{}, error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		return nil, n.Directory.Delete(ctx, caller, in.id(), version)
	})

	n.registerMoves(a)
	n.registerConceptNote(a)
	n.registerCalendar(a)
}

// moving is the request of a change of state. If-Match is optional.
type moving struct {
	MeetingPath
	IfMatch
}

func (n Meetings) registerMoves(a *API) {
	move := func(op operation, act func(context.Context, csdn.Caller, csdn.MeetingID, csdn.Version) (csdn.Meeting, error)) {
		op.method = http.MethodPost
		register(a, op, func(ctx context.Context, caller csdn.Caller, in *moving) (*single[Meeting], error) {
			version, err := in.versionIfGiven()
			if err != nil {
				return nil, err
			}
			m, err := act(ctx, caller, in.id(), version)
			return written(m.Version, meeting(m)), err
		})
	}
	move(operation{
		path: "/v1/meetings/{id}/open", id: "open-meeting", act: "meeting.opened", summary: "Open a draft",
		description: "Its concept note can be read from now on, and experts be invited.",
	}, n.Directory.Open)
	move(operation{
		path: "/v1/meetings/{id}/hold", id: "hold-meeting", act: "meeting.held", summary: "Record that a meeting was held",
	}, n.Directory.Hold)
}

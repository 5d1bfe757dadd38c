package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
)

const calendarType = "text/calendar"

// calendar returns the representation of a meeting as a calendar entry.
func (n Meetings) calendar() representations {
	return representations{[]string{calendarType}, func(ctx context.Context, caller csdn.Caller, _ string, param func(string) string) ([]byte, error) {
		m, err := n.Directory.Read(ctx, caller, csdn.MeetingID(param("id")))
		if err != nil {
			return nil, err
		}
		return n.Calendar(m)
	}}
}

func (n Meetings) registerCalendar(a *API) {
	register(a, operation{
		method: http.MethodGet, path: "/v1/meetings/{id}/calendar.ics", id: "read-meeting-calendar", act: "meeting.read",
		summary: "Read a meeting as a calendar entry", media: []string{calendarType},
		description: "iCalendar (RFC 5545) without attendees; the address for those online is in it for the meeting's planners.",
	}, func(ctx context.Context, caller csdn.Caller, in *MeetingPath) (*file, error) {
		m, err := n.Directory.Read(ctx, caller, in.id())
		if err != nil {
			return nil, err
		}
		text, err := n.Calendar(m)
		return saved(calendarType, fileName("meeting", m.StartsAt(), "")+".ics", text), err
	})
}

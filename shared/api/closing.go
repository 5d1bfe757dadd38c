package api

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

// Closings serves the closing of meetings.
type Closings struct{ Directory directory.Closings }

func (n Closings) register(a *API) {
	register(a, operation{
		method: http.MethodPost, path: "/v1/meetings/{id}/close", id: "close-meeting", act: "meeting.closed",
		summary: "Close a meeting that was held",
		description: "Its indicators are frozen for the report of its phase, and attendance can no longer be corrected. Who accepted " +
			"and has no attendance recorded counts as accepted, not as attended.",
	}, func(ctx context.Context, caller csdn.Caller, in *moving) (*single[Meeting], error) {
		version, err := in.versionIfGiven()
		if err != nil {
			return nil, err
		}
		m, err := n.Directory.Close(ctx, caller, in.id(), version)
		return written(m.Version, meeting(m)), err
	})
}

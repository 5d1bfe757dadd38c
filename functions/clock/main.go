// The function clock does what is due, as a schedule tells it: it ends unanswered invitations and lets offers lapse. It
// opens the invitations and their meetings.
package main

import (
	"context"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Tick(tick) }

func tick(e *boot.Environment) func(context.Context) (int, error) {
	invitations := directory.Invitations{
		Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store:    e.Participation(),
		Meetings: e.Directory(),
		Pause:    e.Pause,
	}
	return invitations.DoDue
}

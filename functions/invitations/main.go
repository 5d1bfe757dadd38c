// The function invitations serves invitations to planners, organisations and the bearers of links. It opens all four tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	return api.New(e.Log, api.Invitations{
		Directory: directory.Invitations{
			Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
			Store:    e.Participation(),
			Meetings: e.Directory(),
			People:   e.People(),
			Pause:    e.Pause,
		},
		Calendars: e.Calendars(),
		PageURL:   e.Text("PUBLIC_URL"),
	})
}

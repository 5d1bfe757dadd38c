// The function invitations serves invitations to planners, organisations and the bearers of links. It opens all four tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/boot/letters"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store, network := e.Participation(), e.Directory()
	invitations := directory.Invitations{
		Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store:    store,
		Meetings: network,
		Phases:   network,
		People:   e.People(),
		Pause:    e.Pause,
	}
	return web.LimitGuesses(api.New(e.Log,
		api.Invitations{Directory: invitations, Calendars: letters.Writer(e), PageURL: e.Text("PUBLIC_URL")},
		api.Closings{Directory: directory.Closings{Invitations: invitations, Closing: store}},
		api.Receipts{Store: store, Now: e.Now, Pause: e.Pause},
	), store, e.Log, e.Now)
}

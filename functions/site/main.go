// The function site serves the pages for people, the documentation of the API, and the health of the whole. For answers to
// invitations it opens all four tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store := e.Directory()
	return site.New(e.Log, site.Pages{
		Invitations: directory.Invitations{
			Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
			Store:    e.Participation(),
			Meetings: store,
			People:   e.People(),
			Pause:    e.Pause,
		},
		Ready: store.Ready,
	})
}

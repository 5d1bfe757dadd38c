// The function site serves the pages for people, the documentation of the API, and the health of the whole. For answers to
// invitations it opens all four tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
	"csdn.example/directory/shared/web"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	network, store := e.Directory(), e.Participation()
	return web.LimitGuesses(site.New(e.Log, site.Pages{
		Invitations: directory.Invitations{
			Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
			Store:    store,
			Meetings: network,
			People:   e.People(),
			Pause:    e.Pause,
		},
		Ready: network.Ready,
	}), store, e.Log, e.Now)
}

// The function rights serves those whom the directory knows: it exports what is held on a person or an account, and erases it, by the API
// and by the page of requests. For that it opens all four tables, and is the only one that answers requests and may delete who was invited.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	network, people, store := e.Directory(), e.People(), e.Rights()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	rights := directory.Rights{
		Clerk: clerk, Store: store, Dossiers: store, People: people, Accounts: people, Tokens: people, Phases: network,
		Invitations: directory.Invitations{
			Clerk: clerk, Store: e.Participation(), Meetings: network, People: people, Pause: e.Pause,
		},
	}
	pages := site.RequestPages{
		Sessions: directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people}, Rights: rights,
		Accounts: directory.Accounts{Clerk: clerk, Store: people}, People: directory.People{Clerk: clerk, Store: people},
	}
	return site.NewRequests(e.Log, pages, api.New(e.Log, api.Rights{
		Directory: rights, Retention: directory.Retention{Clerk: clerk, Store: store, Phases: network, Meetings: network},
	}))
}

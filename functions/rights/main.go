// The function rights serves those whom the directory knows: it exports what is held on a person or an account, and erases it. For that it opens
// all four tables, and is the only one that answers requests and may delete who was invited.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	network, people, store := e.Directory(), e.People(), e.Rights()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	return api.New(e.Log, api.Rights{
		Directory: directory.Rights{
			Clerk: clerk, Store: store, Dossiers: store, People: people, Accounts: people, Tokens: people, Phases: network,
			Invitations: directory.Invitations{
				Clerk: clerk, Store: e.Participation(), Meetings: network, People: people, Pause: e.Pause,
			},
		},
		Retention: directory.Retention{Clerk: clerk, Store: store, Phases: network, Meetings: network},
	})
}

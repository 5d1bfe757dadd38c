// The function accounts serves the accounts of those who may sign in, the API tokens of whoever is signed in, and the trail of whatever
// was changed. It opens the people, the directory for the organisation that an account speaks for and until when meetings are kept,
// and of the participation, as of the others, the trail.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	clerk, people, network := directory.Clerk{Now: e.Now, NewID: e.NewID}, e.People(), e.Directory()
	return api.New(e.Log, api.Receipts{Store: people, Now: e.Now, Pause: e.Pause},
		api.Accounts{
			Me:        directory.Identity{Clerk: clerk, Accounts: people},
			Directory: directory.Accounts{Clerk: clerk, Store: people, Tokens: people, Organisations: network},
		},
		api.Tokens{Directory: directory.Tokens{Clerk: clerk, Store: people, NewSecret: e.NewSecret}},
		api.Trail{Directory: directory.Trail{
			Stores:      []csdn.TrailStore{network, people, e.Participation()},
			Invitations: directory.Invitations{Clerk: clerk, Meetings: network, Phases: network},
		}},
	)
}

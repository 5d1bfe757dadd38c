// The function accounts tells whoever is signed in of the own account, and the secretariat of whatever was changed: for that it reads
// the trails of all three tables that have one, and nothing else of them.
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
	people := e.People()
	return api.New(e.Log,
		api.Accounts{Directory: directory.Identity{Clerk: directory.Clerk{Now: e.Now, NewID: e.NewID}, Accounts: people}},
		api.Trail{Directory: directory.Trail{Stores: []csdn.TrailStore{e.Directory(), people, e.Participation()}}},
	)
}

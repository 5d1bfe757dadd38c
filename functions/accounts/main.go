// The function accounts tells whoever is signed in of the own account. It opens the people alone.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	return api.New(e.Log, api.Accounts{Directory: directory.Identity{
		Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
		Accounts: e.People(),
	}})
}

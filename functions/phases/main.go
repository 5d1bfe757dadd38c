// The function phases serves the phases of the network. It opens the directory alone.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	return api.New(e.Log, api.Phases{Directory: directory.Phases{
		Clerk: directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store: e.Directory(),
	}})
}

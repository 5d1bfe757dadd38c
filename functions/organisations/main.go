// The function organisations serves the profiles of organisations. It opens the directory alone.
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
	store := e.Directory()
	return api.New(e.Log, api.Organisations{Directory: directory.Organisations{
		Clerk:  directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store:  store,
		Areas:  &directory.Vocabularies{Areas: store, Now: e.Now},
		Finder: &directory.Finder{Subject: csdn.Organisations, Feed: store, Snapshots: store, Now: e.Now},
	}}, api.Receipts{Store: store, Now: e.Now, Pause: e.Pause})
}

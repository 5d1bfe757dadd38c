// The function people serves the persons of the network. It opens the people, and for what they claim the directory.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/vcard"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	people, network := e.People(), e.Directory()
	persons := directory.People{
		Clerk:         directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store:         people,
		Organisations: network,
		Areas:         &directory.Vocabularies{Areas: network, Now: e.Now},
		Finder:        &directory.Finder{Subject: csdn.People, Feed: people, Snapshots: people, Now: e.Now},
		Members:       &directory.Finder{Subject: csdn.Organisations, Feed: network, Snapshots: network, Now: e.Now},
	}
	return api.New(e.Log, api.People{Directory: persons, Card: vcard.Cards}, api.Receipts{Store: people, Now: e.Now, Pause: e.Pause})
}

// The function imports takes over sheets of organisations and people, by the API and by its pages, and tells what may be listed twice. It
// opens the directory and the people, and no invitation.
package main

import (
	"context"
	"net/http"
	"time"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/document/intake"
	"csdn.example/directory/shared/site"
)

func main() { boot.ServeAndTick(wire) }

func wire(e *boot.Environment) (http.Handler, func(context.Context) (int, error)) {
	network, people := e.Directory(), e.People()
	clerk, areas := directory.Clerk{Now: e.Now, NewID: e.NewID}, &directory.Vocabularies{Areas: network, Now: e.Now}
	imports := directory.Imports{
		Clerk: clerk, Store: people, Read: intake.Read,
		Organisations: directory.Organisations{Clerk: clerk, Store: network, Areas: areas},
		People:        directory.People{Clerk: clerk, Store: people, Organisations: network, Areas: areas},
		Feeds:         map[csdn.Subject]csdn.Feed{csdn.Organisations: network, csdn.People: people},
		Patience:      15 * time.Second, // of the 30 that the gateway has
	}
	pages := site.ImportPages{Sessions: directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people}, Imports: imports}
	duplicates := directory.Duplicates{Organisations: network, People: people, Feeds: imports.Feeds}
	return site.NewImports(e.Log, pages, api.New(e.Log, api.Imports{Directory: imports}, api.Duplicates{Directory: duplicates})), imports.CarryOn
}

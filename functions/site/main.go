// The function site serves the pages for people, the documentation of the API, and the health of the whole. It opens all four
// tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/credential"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
	"csdn.example/directory/shared/web"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	network, people, store := e.Directory(), e.People(), e.Participation()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	areas := &directory.Vocabularies{Areas: network, Now: e.Now}
	organisations := &directory.Finder{Subject: csdn.Organisations, Feed: network, Now: e.Now}
	persons := &directory.Finder{Subject: csdn.People, Feed: people, Now: e.Now}
	invitations := directory.Invitations{Clerk: clerk, Store: store, Meetings: network, People: people, Phases: network, Pause: e.Pause}
	issuer := &credential.Issuer{URL: e.Text("ISSUER_URL"), Keys: e.Text("JWKS_URL"), Audience: e.Text("AUDIENCE"), Client: e.HTTPClient(), Now: e.Now}
	return web.LimitGuesses(site.New(e.Log, site.Pages{
		SignIn:        &credential.SignIn{Issuer: issuer, Discovery: e.Text("DISCOVERY_URL"), Return: e.Text("PUBLIC_URL") + "/signed-in"},
		Sessions:      directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people, NewToken: e.NewToken},
		Areas:         directory.Areas{Clerk: clerk, Store: network},
		Organisations: directory.Organisations{Clerk: clerk, Store: network, Areas: areas, Finder: organisations},
		People:        directory.People{Clerk: clerk, Store: people, Organisations: network, Areas: areas, Finder: persons, Members: organisations},
		Phases:        directory.Phases{Clerk: clerk, Store: network},
		Reports:       directory.Reports{Phases: network, Closed: network},
		Meetings:      directory.Meetings{Clerk: clerk, Store: network, Phases: network, Areas: areas},
		Invitations:   invitations,
		Closings:      directory.Closings{Invitations: invitations, Closing: store},
		Ready:         network.Ready,
	}), store, e.Log, e.Now)
}

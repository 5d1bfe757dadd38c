// The function site serves the pages for people, the documentation of the API, and the health of the whole. For answers to
// invitations it opens all four tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/credential"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
	"csdn.example/directory/shared/web"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	network, people, store := e.Directory(), e.People(), e.Participation()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	return web.LimitGuesses(site.New(e.Log, site.Pages{
		SignIn: &credential.SignIn{
			Issuer:    &credential.Issuer{URL: e.Text("ISSUER_URL"), Keys: e.Text("JWKS_URL"), Audience: e.Text("AUDIENCE"), Client: e.HTTPClient(), Now: e.Now},
			Discovery: e.Text("DISCOVERY_URL"), Return: e.Text("PUBLIC_URL") + "/signed-in",
		},
		Sessions:    directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people, NewToken: e.NewToken},
		Invitations: directory.Invitations{Clerk: clerk, Store: store, Meetings: network, People: people, Pause: e.Pause},
		Ready:       network.Ready,
	}), store, e.Log, e.Now)
}

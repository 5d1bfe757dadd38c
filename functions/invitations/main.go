// The function invitations serves invitations to planners, organisations and the bearers of links. It opens all four tables.
package main

import (
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/boot/letters"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

func main() { boot.Serve(serve) }

func serve(e *boot.Environment) http.Handler {
	store, network, people := e.Participation(), e.Directory(), e.People()
	areas := &directory.Vocabularies{Areas: network, Now: e.Now}
	invitations := directory.Invitations{
		Clerk: directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store: store, Meetings: network, Phases: network, Areas: areas, People: people, Pause: e.Pause, Taken: e.Count(web.SeatsTaken),
	}
	return web.LimitGuesses(api.New(e.Log,
		api.Invitations{Directory: invitations, Calendars: letters.Writer(e), PageURL: e.Text("PUBLIC_URL")},
		api.Shortlists{Directory: directory.Shortlists{
			Invitations: store, Meetings: network, People: people, Areas: areas, Now: e.Now,
			Finder:    &directory.Finder{Subject: csdn.People, Feed: people, Snapshots: people, Now: e.Now},
			Rotations: &directory.Rotations{Store: store, Now: e.Now},
		}},
		api.Closings{Directory: directory.Closings{Invitations: invitations, Closing: store}},
		api.Summaries{Directory: directory.Summaries{
			Invitations: invitations, Organisations: network, Mergers: e.Mergers(), Drafts: store, Published: network, Log: e.Log,
		}},
		api.Receipts{Store: store, Now: e.Now, Pause: e.Pause},
	), store, e.Log, e.Now)
}

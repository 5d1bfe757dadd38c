// The function mergers merges records of the same organisation or person, by the API and by its pages, undoes that, and moves what refers to
// them. It opens the directory, the people, the invitations and the outbox.
package main

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/site"
)

func main() { boot.ServeAndTick(wire) }

func wire(e *boot.Environment) (http.Handler, func(context.Context) (int, error)) {
	network, people, participation, store := e.Directory(), e.People(), e.Participation(), e.Mergers()
	clerk := directory.Clerk{Now: e.Now, NewID: e.NewID}
	mergers := directory.Mergers{
		Clerk:         clerk,
		Store:         store,
		Places:        store,
		Organisations: network,
		Areas:         network,
		People:        people,
		Accounts:      people,
		Invitations:   participation,
		Meetings:      network,
		Phases:        network,
		Rotation:      participation,
		Rolls:         participation,
		Feed:          people,
	}
	pages := site.MergerPages{Sessions: directory.Sessions{Identity: directory.Identity{Clerk: clerk, Accounts: people}, Store: people}, Mergers: mergers}
	operations := api.New(e.Log, api.Mergers{Directory: mergers}, api.Receipts{Store: network, Now: e.Now, Pause: e.Pause})
	return site.NewMergers(e.Log, pages, operations), mergers.CarryOn
}

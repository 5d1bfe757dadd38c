// The function claims keeps what organisations, people and meetings claim of areas in step with the vocabulary: it deletes areas
// that nobody claims, and merges others. It opens the directory and the people, and no invitation.
package main

import (
	"context"
	"net/http"

	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func main() { boot.ServeAndTick(wire) }

func wire(e *boot.Environment) (http.Handler, func(context.Context) (int, error)) {
	network, people := e.Directory(), e.People()
	claims := directory.Claims{
		Clerk:         directory.Clerk{Now: e.Now, NewID: e.NewID},
		Areas:         network,
		Organisations: network,
		People:        people,
		Meetings:      network,
		Phases:        network,
		Claimed:       map[csdn.Subject]csdn.Feed{csdn.Organisations: network, csdn.People: people},
	}
	return api.New(e.Log, api.Claims{Directory: claims}), claims.CarryOn
}

// The function replies takes the answers that calendar programs send back by mail, as the bucket tells that mails come to. It
// opens the invitations with their meetings, and the people whose answers they are.
package main

import (
	"context"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/boot/inbox"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/web"
)

func main() { boot.Receive(receive) }

func receive(e *boot.Environment) func(context.Context, boot.StoredMail) error {
	invitations := directory.Invitations{
		Clerk:    directory.Clerk{Now: e.Now, NewID: e.NewID},
		Store:    e.Participation(),
		Meetings: e.Directory(),
		People:   e.People(),
		Pause:    e.Pause,
		Taken:    e.Count(web.SeatsTaken),
	}
	return inbox.Open(e, invitations.AnswerByMail).Take
}

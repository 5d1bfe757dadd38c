// The function notifier sends what the outbox holds, as the outbox's stream tells. It opens all four tables and the mail
// service.
package main

import (
	"context"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/boot/letters"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Deliver(deliver) }

func deliver(e *boot.Environment) func(context.Context, csdn.DeliveryID) (bool, error) {
	network, people := e.Directory(), e.People()
	notifier := directory.Notifier{
		Clerk:         directory.Clerk{Now: e.Now, NewID: e.NewID},
		Outbox:        e.Outbox(),
		Invitations:   e.Participation(),
		Meetings:      network,
		People:        people,
		Organisations: network,
		Accounts:      people,
		Renewals:      e.Renewals(),
		Post:          letters.Mailer(e),
		NewToken:      e.NewToken,
	}
	return notifier.Deliver
}

// The function feedback notes on people that mail to them came back, as the mail service tells. It opens the people alone.
package main

import (
	"context"

	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
)

func main() { boot.Hear(hear) }

func hear(e *boot.Environment) func(context.Context, csdn.MailReturn) (bool, error) {
	return directory.Feedback{Clerk: directory.Clerk{Now: e.Now, NewID: e.NewID}, People: e.People()}.Take
}

package directory

import (
	"context"
	"errors"

	"csdn.example/directory/shared/csdn"
)

// Feedback notes on people that mail to them came back, as the mail service tells.
type Feedback struct {
	Clerk
	People csdn.AddressBook
}

// Take notes one return on the person whose address it is, and reports whether there was something to note: an address that is
// nobody's, or of which the same is known, comes to nothing. Stale when the person was changed at the same moment; taking the return
// again is right then.
func (d Feedback) Take(ctx context.Context, r csdn.MailReturn) (bool, error) {
	before, err := d.People.PersonByEmail(ctx, r.Email)
	if errors.Is(err, csdn.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	now := d.Now()
	after, err := before.Return(r, now)
	if errors.Is(err, csdn.Conflict) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	change := d.change(csdn.Caller{}, "person.undeliverable", now, after.Version, csdn.Differences(before.Facts(), after.Facts()))
	return true, d.People.PutPerson(ctx, before, after, change)
}

package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Repeat does an erasure once more that was done, because a table was restored from a time before it, and answers with a certificate
// of its own. Whatever of the person and the account is there again is removed; that nothing is there is no error. by, of the
// secretariat, answers for it. Conflict for an erasure that was not done.
func (d Rights) Repeat(ctx context.Context, by csdn.Caller, done csdn.Erasure) (csdn.Erasure, error) {
	if _, err := permit(by, "erasure.granted"); err != nil {
		return csdn.Erasure{}, err
	}
	if done.Status != csdn.ErasureDone {
		return csdn.Erasure{}, csdn.Errorf(csdn.Conflict, "The erasure %s was not done, so there is nothing to repeat.", done.ID)
	}
	again := csdn.Erasure{ID: csdn.ErasureID(d.NewID()), Status: csdn.ErasureRequested, Person: done.Person, Absorbed: done.Absorbed, Account: done.Account}
	again, err := d.begin(ctx, by, again)
	if err != nil {
		return again, err
	}
	return d.goOn(ctx, again)
}

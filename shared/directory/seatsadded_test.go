package directory_test

import (
	"testing"

	"csdn.example/directory/shared/csdn"
)

// TestSeatsThatAreAddedGoToThoseWhoWait: a newcomer who accepts does not pass them.
func TestSeatsThatAreAddedGoToThoseWhoWait(t *testing.T) {
	h := convened(t, 3, seats(1, 0))
	h.answers(t, 1, csdn.Accept, "")
	h.answers(t, 2, csdn.Accept, "")
	must(t, h.edit(t, 1, 1, seats(2, 0)))
	h.answers(t, 3, csdn.Accept, "")
	h.tick(t)
	h.stand(t, csdn.Accepted, csdn.Offered, csdn.Reserved)
}

package directory

import (
	"time"

	"csdn.example/directory/shared/csdn"
)

// Clerk dates and numbers what is written. It is embedded by every noun that writes.
type Clerk struct {
	Now   func() time.Time
	NewID func() string // a new ULID
}

// change returns the entry of the trail for an act on a subject that is then at the version.
func (c Clerk) change(by csdn.Caller, act csdn.Act, at time.Time, version csdn.Version, fields []csdn.Difference) csdn.Change {
	return csdn.Change{ID: csdn.ChangeID(c.NewID()), At: at, By: by.Account, Token: by.Token, Act: act, Version: version, Fields: fields}
}

// matches returns Stale unless the version that the caller read is the present one. AnyVersion always matches.
func matches(read, present csdn.Version) error {
	if read == AnyVersion || read == present {
		return nil
	}
	return csdn.Errorf(csdn.Stale, "It has been changed since you read it; read it again and repeat your change on that.")
}

// AnyVersion stands for whatever version is present (If-Match: *).
const AnyVersion csdn.Version = -1

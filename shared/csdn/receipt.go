package csdn

import (
	"context"
	"time"
)

// ReceiptName names the receipt of one request: a hash of its key, caller and route.
type ReceiptName string

// Receipt is what is kept of a request that was answered, so that the same one sent again is answered alike and not done again. The
// answer is sealed by a key that is kept nowhere: whoever has the table cannot read it.
type Receipt struct {
	Name    ReceiptName
	Sealed  []byte
	MadeAt  time.Time
	Expires time.Time // after which the request is a new one, to the second
}

// ReceiptStore keeps receipts in the table of what the requests are about, which is of the same privacy class.
type ReceiptStore interface {
	// Receipt returns the receipt of the name. NotFound when there is none, or it has expired by now.
	Receipt(ctx context.Context, name ReceiptName, now time.Time) (Receipt, error)
	// Hold returns a context in which no write of the store is done. keep does them, in their order, and with the last one, in
	// the same transaction, keeps the receipt: so what was done has a receipt, whoever dies at whatever moment. When there was
	// no write it keeps the receipt alone. Stale, with the last write undone, when there is a receipt of the name already;
	// else it fails as the writes do.
	Hold(ctx context.Context) (held context.Context, keep func(context.Context, Receipt) error)
}

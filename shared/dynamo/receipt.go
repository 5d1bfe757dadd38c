package dynamo

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

var (
	_ csdn.ReceiptStore = Directory{}
	_ csdn.ReceiptStore = People{}
	_ csdn.ReceiptStore = Participation{}
)

type receiptItem struct {
	Sealed    []byte  `dynamodbav:"sealed"`
	MadeAt    instant `dynamodbav:"madeAt,omitempty"`
	ExpiresAt int64   `dynamodbav:"expiresAt"` // Unix time, after which the table forgets it
}

// receiptMark says, beside a person, an account or a meeting, that a receipt speaks of it: whoever erases the one, or an invitation to
// the meeting, removes the other.
type receiptMark struct {
	Receipt   csdn.ReceiptName `dynamodbav:"receipt"`
	ExpiresAt int64            `dynamodbav:"expiresAt"`
}

// Receipt implements csdn.ReceiptStore.
func (d Directory) Receipt(ctx context.Context, name csdn.ReceiptName, now time.Time) (csdn.Receipt, error) {
	return d.table().receipt(ctx, name, now)
}

// Hold implements csdn.ReceiptStore.
func (d Directory) Hold(ctx context.Context) (context.Context, func(context.Context, csdn.Receipt) error) {
	return d.table().hold(ctx, false)
}

// Receipt implements csdn.ReceiptStore.
func (d People) Receipt(ctx context.Context, name csdn.ReceiptName, now time.Time) (csdn.Receipt, error) {
	return d.table().receipt(ctx, name, now)
}

// Hold implements csdn.ReceiptStore. The receipt is marked beside whom it speaks of.
func (d People) Hold(ctx context.Context) (context.Context, func(context.Context, csdn.Receipt) error) {
	return d.table().hold(ctx, true)
}

// Receipt implements csdn.ReceiptStore.
func (d Participation) Receipt(ctx context.Context, name csdn.ReceiptName, now time.Time) (csdn.Receipt, error) {
	return d.table().receipt(ctx, name, now)
}

// Hold implements csdn.ReceiptStore. The receipt is marked beside the meeting.
func (d Participation) Hold(ctx context.Context) (context.Context, func(context.Context, csdn.Receipt) error) {
	return d.table().hold(ctx, true)
}

func (t table) receipt(ctx context.Context, name csdn.ReceiptName, now time.Time) (csdn.Receipt, error) {
	item, err := get[receiptItem](ctx, t, receiptKey(name))
	if err == nil && item.ExpiresAt <= now.Unix() {
		err = absent()
	}
	if err != nil {
		return csdn.Receipt{}, fmt.Errorf("read a receipt: %w", err)
	}
	return csdn.Receipt{Name: name, Sealed: item.Sealed, MadeAt: item.MadeAt.Time, Expires: time.Unix(item.ExpiresAt, 0).UTC()}, nil
}

// holding collects the transactions that wait for a receipt.
type holding struct{ transactions []*transaction }

type holdingKey struct{}

// held reports whether the context holds writes, and then keeps the transaction for later.
func held(ctx context.Context, w *transaction) bool {
	h, ok := ctx.Value(holdingKey{}).(*holding)
	if ok {
		h.transactions = append(h.transactions, w)
	}
	return ok
}

func (t table) hold(ctx context.Context, marked bool) (context.Context, func(context.Context, csdn.Receipt) error) {
	h := &holding{}
	return context.WithValue(ctx, holdingKey{}, h), func(ctx context.Context, r csdn.Receipt) error {
		last := &transaction{}
		if n := len(h.transactions); n > 0 {
			last = h.transactions[n-1]
			for _, before := range h.transactions[:n-1] {
				if err := before.commit(ctx, t.client); err != nil {
					return fmt.Errorf("write before a receipt: %w", err)
				}
			}
		}
		if err := t.withReceipt(last, r, marked).commit(ctx, t.client); err != nil {
			return fmt.Errorf("write with a receipt: %w", err)
		}
		return nil
	}
}

// withReceipt returns the transaction with the receipt before all else: when another was faster, that is what is to be told, and not
// that the subject exists.
func (t table) withReceipt(w *transaction, r csdn.Receipt, marked bool) *transaction {
	expires := r.Expires.Unix()
	free := missing().Or(expression.Name("expiresAt").LessThanEqual(expression.Value(r.MadeAt.Unix())))
	var all transaction
	all.put(t.name, receiptKey(r.Name), receiptItem{Sealed: r.Sealed, MadeAt: instant{r.MadeAt}, ExpiresAt: expires}, free, stale())
	if subject, known := w.subject(t.name); known && marked {
		all.put(t.name, receiptMarkKey(subject, r.Name), receiptMark{Receipt: r.Name, ExpiresAt: expires}, missing(), stale())
	}
	all.items, all.refusals = append(all.items, w.items...), append(all.refusals, w.refusals...)
	if all.broken == nil {
		all.broken = w.broken
	}
	return &all
}

// subject returns the key of what the transaction writes into the table first.
func (w *transaction) subject(table string) (k key, known bool) {
	for _, item := range w.items {
		if item.Put != nil && *item.Put.TableName == table {
			return key{textOf(item.Put.Item, "pk"), textOf(item.Put.Item, "sk")}, true
		}
	}
	return key{}, false
}

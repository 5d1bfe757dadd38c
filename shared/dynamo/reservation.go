package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

// reservationItem holds a name, such as an e-mail address, for the one subject that may have it.
type reservationItem struct {
	Owner string `dynamodbav:"owner"`
}

// reserve moves the reservation of the owner from one name to another; "" is no name. taken is what it means that another
// has the new one.
func (w *transaction) reserve(table, owner, before, after string, keyOf func(string) key, taken error) {
	if before == after {
		return
	}
	if after != "" {
		w.put(table, keyOf(after), reservationItem{owner}, missing(), taken)
	}
	if before != "" {
		w.remove(table, keyOf(before), expression.Name("owner").Equal(expression.Value(owner)), stale())
	}
}

// owner returns whom a name is reserved for. NotFound.
func (t table) owner(ctx context.Context, k key) (string, error) {
	item, err := get[reservationItem](ctx, t, k)
	return item.Owner, err
}

func emailTaken(whose string) error {
	return &csdn.Error{
		Kind: csdn.Conflict, Message: fmt.Sprintf("Another %s has this e-mail address.", whose),
		Fields: []csdn.Field{{Location: "email", Message: "is that of another " + whose}},
	}
}

package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// transactionSize is the most items that one TransactWriteItems takes.
const transactionSize = 100

// transaction collects what is written together or not at all. Every item has a condition, and the error that its
// failure means.
type transaction struct {
	items    []types.TransactWriteItem
	refusals []error
	broken   error // the first item that could not be built
}

// put writes a whole item.
func (w *transaction) put(table string, k key, item any, condition expression.ConditionBuilder, refusal error) {
	encoded, err := attributevalue.MarshalMapWithOptions(item, func(o *attributevalue.EncoderOptions) {
		o.OmitNullAttributeValues = true
	})
	if err != nil {
		w.fail(fmt.Errorf("encode a %T: %w", item, err))
		return
	}
	for name, value := range k.attributes() {
		encoded[name] = value
	}
	w.add(condition, refusal, func(e expression.Expression) types.TransactWriteItem {
		return types.TransactWriteItem{Put: &types.Put{
			TableName: &table, Item: encoded, ConditionExpression: e.Condition(),
			ExpressionAttributeNames: e.Names(), ExpressionAttributeValues: e.Values(),
		}}
	})
}

// remove deletes an item.
func (w *transaction) remove(table string, k key, condition expression.ConditionBuilder, refusal error) {
	w.add(condition, refusal, func(e expression.Expression) types.TransactWriteItem {
		return types.TransactWriteItem{Delete: &types.Delete{
			TableName: &table, Key: k.attributes(), ConditionExpression: e.Condition(),
			ExpressionAttributeNames: e.Names(), ExpressionAttributeValues: e.Values(),
		}}
	})
}

// check writes nothing.
func (w *transaction) check(table string, k key, condition expression.ConditionBuilder, refusal error) {
	w.add(condition, refusal, func(e expression.Expression) types.TransactWriteItem {
		return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{
			TableName: &table, Key: k.attributes(), ConditionExpression: e.Condition(),
			ExpressionAttributeNames: e.Names(), ExpressionAttributeValues: e.Values(),
		}}
	})
}

func (w *transaction) add(condition expression.ConditionBuilder, refusal error, item func(expression.Expression) types.TransactWriteItem) {
	built, err := expression.NewBuilder().WithCondition(condition).Build()
	if err != nil {
		w.fail(fmt.Errorf("build a condition: %w", err))
		return
	}
	w.items, w.refusals = append(w.items, item(built)), append(w.refusals, refusal)
}

func (w *transaction) fail(err error) {
	if w.broken == nil {
		w.broken = err
	}
}

// commit writes everything. When a condition fails it returns the refusal of the first item whose did, and nothing is
// written. In a context that holds writes (csdn.ReceiptStore) it is written later.
func (w *transaction) commit(ctx context.Context, client *dynamodb.Client) error {
	if w.broken != nil {
		return w.broken
	}
	if len(w.items) > transactionSize {
		return fmt.Errorf("a transaction of %d items is larger than the %d that one can have", len(w.items), transactionSize)
	}
	if held(ctx, w) {
		return nil
	}
	_, err := client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: w.items})
	if err != nil {
		return classifyCancelled(err, w.refusals)
	}
	return nil
}

// next is the condition under which an item is written at a version: that the stored one is the version before, or that there is
// none.
func next(v csdn.Version) expression.ConditionBuilder {
	if v == 1 {
		return missing()
	}
	return present(v - 1)
}

// present is the condition that the stored item is at a version.
func present(v csdn.Version) expression.ConditionBuilder {
	return expression.Name("version").Equal(expression.Value(v))
}

// missing is the condition that no item is stored.
func missing() expression.ConditionBuilder { return expression.Name("pk").AttributeNotExists() }

// existing is the condition that an item is stored.
func existing() expression.ConditionBuilder { return expression.Name("pk").AttributeExists() }

// outrun is what it means that a subject could not be written at a version: another wrote it before, or made it first.
func outrun(v csdn.Version) error {
	if v == 1 {
		return csdn.Errorf(csdn.Conflict, "There is one already.")
	}
	return stale()
}

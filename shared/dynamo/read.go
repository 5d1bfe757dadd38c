package dynamo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// table reads items of one table.
type table struct {
	client *dynamodb.Client
	name   string
	meter  func(units float64)
}

// attributes are an item as the SDK hands it over.
type attributes = map[string]types.AttributeValue

// batchSize is the most keys that one BatchGetItem takes.
const batchSize = 100

// item returns one item, consistently read; nil when absent.
func (t table) item(ctx context.Context, k key) (attributes, error) {
	if !k.possible() {
		return nil, nil
	}
	answer, err := t.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &t.name, Key: k.attributes(), ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: t.metering(),
	})
	if err != nil {
		return nil, classify(err)
	}
	t.measure(answer.ConsumedCapacity)
	return answer.Item, nil
}

// get returns one item, consistently read. NotFound.
func get[I any](ctx context.Context, t table, k key) (I, error) {
	var item I
	found, err := t.item(ctx, k)
	if err != nil {
		return item, err
	}
	if found == nil {
		return item, absent()
	}
	return decode[I](found)
}

// batch returns those of the items that exist, in the order of keys.
func batch[I any](ctx context.Context, t table, keys []key, consistent bool) ([]I, error) {
	found := map[key]attributes{}
	for chunk := range slices.Chunk(askable(keys), batchSize) {
		if err := t.collect(ctx, chunk, types.KeysAndAttributes{ConsistentRead: &consistent}, found); err != nil {
			return nil, err
		}
	}
	return decodeAll[I](inOrder(keys, found))
}

// inOrder returns the items found in the order of keys.
func inOrder(keys []key, found map[key]attributes) []attributes {
	var items []attributes
	for _, k := range keys {
		if item, ok := found[k]; ok {
			items = append(items, item)
		}
	}
	return items
}

// askable returns the keys without those that are repeated or impossible, which a batch must not have.
func askable(keys []key) []key {
	seen := map[key]bool{}
	var list []key
	for _, k := range keys {
		if !seen[k] && k.possible() {
			seen[k] = true
			list = append(list, k)
		}
	}
	return list
}

// fruitlessAttempts is how often a batch that brings nothing at all is asked again.
const fruitlessAttempts = 6

// collect reads at most batchSize items into found, as wanted says but for its keys. An answer may leave keys out, because it would be too
// large or the table is busy: those are asked for again, after a pause when nothing came.
func (t table) collect(ctx context.Context, keys []key, wanted types.KeysAndAttributes, found map[key]attributes) error {
	for _, k := range keys {
		wanted.Keys = append(wanted.Keys, k.attributes())
	}
	for fruitless := 0; len(wanted.Keys) > 0; {
		answer, err := t.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
			RequestItems: map[string]types.KeysAndAttributes{t.name: wanted}, ReturnConsumedCapacity: t.metering(),
		})
		if err != nil {
			return classify(err)
		}
		for n := range answer.ConsumedCapacity {
			t.measure(&answer.ConsumedCapacity[n])
		}
		for _, item := range answer.Responses[t.name] {
			found[key{textOf(item, "pk"), textOf(item, "sk")}] = item
		}
		wanted.Keys = answer.UnprocessedKeys[t.name].Keys
		if len(answer.Responses[t.name]) > 0 || len(wanted.Keys) == 0 {
			continue
		}
		fruitless++
		if fruitless == fruitlessAttempts {
			return unavailable(fmt.Errorf("%d keys of a batch remained unread", len(wanted.Keys)))
		}
		if err := pause(ctx, fruitless); err != nil {
			return classify(err)
		}
	}
	return nil
}

// pause waits before the attempt of the number, at random up to a time that doubles from 20 ms.
func pause(ctx context.Context, attempt int) error {
	timer := time.NewTimer(rand.N(20 * time.Millisecond << (attempt - 1)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// selection is a range of items with one partition key, of the table or of an index.
type selection struct {
	index     string // "" for the table itself
	partition string
	within    expression.KeyConditionBuilder // of the range attribute; unset for the whole partition
	newest    bool                           // in falling order
	after     attributes                     // the key of the item behind which to begin; nil for the first
	atMost    int                            // 0 for all
}

// beginning selects the items of a partition of the table whose sort key begins with the prefix.
func beginning(pk, prefix string) selection {
	return selection{partition: pk, within: expression.Key("sk").BeginsWith(prefix)}
}

func (s selection) condition() expression.KeyConditionBuilder {
	hash := "pk"
	if s.index != "" {
		hash = s.index
	}
	whole := expression.Key(hash).Equal(expression.Value(s.partition))
	if !s.within.IsSet() {
		return whole
	}
	return whole.And(s.within)
}

// query returns the items of the selection in the order of their sort keys.
func (t table) query(ctx context.Context, s selection) ([]attributes, error) {
	if !(key{pk: s.partition}).possible() {
		return nil, nil
	}
	built, err := expression.NewBuilder().WithKeyCondition(s.condition()).Build()
	if err != nil {
		return nil, fmt.Errorf("build a key condition: %w", err)
	}
	input := &dynamodb.QueryInput{
		TableName: &t.name, KeyConditionExpression: built.KeyCondition(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
		ConsistentRead: aws.Bool(s.index == ""), ScanIndexForward: aws.Bool(!s.newest),
		ExclusiveStartKey: s.after, ReturnConsumedCapacity: t.metering(),
	}
	if s.index != "" {
		input.IndexName = &s.index
	}
	var items []attributes
	for {
		if s.atMost > 0 {
			input.Limit = aws.Int32(int32(s.atMost - len(items)))
		}
		answer, err := t.client.Query(ctx, input)
		if err != nil {
			return nil, classify(err)
		}
		t.measure(answer.ConsumedCapacity)
		items = append(items, answer.Items...)
		if answer.LastEvaluatedKey == nil || s.atMost > 0 && len(items) >= s.atMost {
			return items, nil
		}
		input.ExclusiveStartKey = answer.LastEvaluatedKey
	}
}

// list returns the decoded items of the selection in the order of their sort keys.
func list[I any](ctx context.Context, t table, s selection) ([]I, error) {
	found, err := t.query(ctx, s)
	if err != nil {
		return nil, err
	}
	return decodeAll[I](found)
}

func decodeAll[I any](found []attributes) ([]I, error) {
	items := make([]I, len(found))
	for n := range found {
		var err error
		if items[n], err = decode[I](found[n]); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func decode[I any](found attributes) (I, error) {
	var item I
	if err := attributevalue.UnmarshalMap(found, &item); err != nil {
		return item, fmt.Errorf("decode a %T: %w", item, err)
	}
	return item, nil
}

// mapped returns what a function makes of every item.
func mapped[I, D any](items []I, f func(I) D) []D {
	if items == nil {
		return nil
	}
	list := make([]D, len(items))
	for n, item := range items {
		list[n] = f(item)
	}
	return list
}

// textOf returns an attribute of type S, "" for none.
func textOf(item attributes, name string) string {
	s, ok := item[name].(*types.AttributeValueMemberS)
	if !ok {
		return ""
	}
	return s.Value
}

func (t table) metering() types.ReturnConsumedCapacity {
	if t.meter == nil {
		return types.ReturnConsumedCapacityNone
	}
	return types.ReturnConsumedCapacityTotal
}

func (t table) measure(used *types.ConsumedCapacity) {
	if t.meter != nil && used != nil {
		t.meter(aws.ToFloat64(used.CapacityUnits))
	}
}

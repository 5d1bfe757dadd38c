package dynamo

import (
	"context"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

var _ csdn.QuotaStore = People{}

// Lease implements csdn.QuotaStore.
func (d People) Lease(ctx context.Context, subject string, minute time.Time, requests int, forget time.Time) (int, error) {
	built, err := expression.NewBuilder().WithUpdate(
		expression.Add(expression.Name("count"), expression.Value(requests)).Set(expression.Name("expiresAt"), expression.Value(forget.Unix())),
	).Build()
	if err != nil {
		return 0, fmt.Errorf("build an update: %w", err)
	}
	answer, err := d.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &d.Table, Key: requestsKey(subject, minute).attributes(), UpdateExpression: built.Update(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(), ReturnValues: types.ReturnValueUpdatedNew,
	})
	if err != nil {
		return 0, fmt.Errorf("count requests: %w", classify(err))
	}
	counted, err := decode[attemptsItem](answer.Attributes)
	return counted.Count, err
}

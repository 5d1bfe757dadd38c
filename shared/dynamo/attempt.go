package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

var _ csdn.AttemptStore = Participation{}

type attemptsItem struct {
	Count     int   `dynamodbav:"count"`
	ExpiresAt int64 `dynamodbav:"expiresAt"` // Unix time, after which the table forgets it
}

// Attempts implements csdn.AttemptStore.
func (d Participation) Attempts(ctx context.Context, origin string, window time.Time) (int, error) {
	item, err := get[attemptsItem](ctx, d.table(), attemptsKey(origin, window))
	if errors.Is(err, csdn.NotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("count attempts: %w", err)
	}
	return item.Count, nil
}

// AddAttempt implements csdn.AttemptStore.
func (d Participation) AddAttempt(ctx context.Context, origin string, window, forget time.Time) error {
	built, err := expression.NewBuilder().WithUpdate(
		expression.Add(expression.Name("count"), expression.Value(1)).Set(expression.Name("expiresAt"), expression.Value(forget.Unix())),
	).Build()
	if err != nil {
		return fmt.Errorf("build an update: %w", err)
	}
	_, err = d.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &d.Table, Key: attemptsKey(origin, window).attributes(), UpdateExpression: built.Update(),
		ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	})
	if err != nil {
		return fmt.Errorf("count an attempt: %w", classify(err))
	}
	return nil
}

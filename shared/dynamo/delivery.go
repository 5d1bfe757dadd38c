package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

type deliveryItem struct {
	ID           csdn.DeliveryID     `dynamodbav:"id"`
	Message      csdn.Message        `dynamodbav:"message"`
	Meeting      csdn.MeetingID      `dynamodbav:"meeting,omitempty"`
	Person       csdn.PersonID       `dynamodbav:"person,omitempty"`
	Round        int                 `dynamodbav:"round,omitempty"`
	Organisation csdn.OrganisationID `dynamodbav:"organisation,omitempty"`
	Account      csdn.AccountID      `dynamodbav:"account,omitempty"`
	CreatedAt    instant             `dynamodbav:"createdAt,omitempty"`
	SentAt       instant             `dynamodbav:"sentAt,omitempty"`
}

func newDeliveryItem(d csdn.Delivery) deliveryItem {
	return deliveryItem{
		ID: d.ID, Message: d.Message, Meeting: d.Meeting, Person: d.Person, Round: d.Round,
		Organisation: d.Organisation, Account: d.Account, CreatedAt: instant{d.CreatedAt}, SentAt: instant{d.SentAt},
	}
}

func (i deliveryItem) delivery() csdn.Delivery {
	return csdn.Delivery{
		ID: i.ID, Message: i.Message, Meeting: i.Meeting, Person: i.Person, Round: i.Round,
		Organisation: i.Organisation, Account: i.Account, CreatedAt: i.CreatedAt.Time, SentAt: i.SentAt.Time,
	}
}

// deliver puts a delivery into the outbox.
func (w *transaction) deliver(outbox string, d csdn.Delivery) {
	w.put(outbox, deliveryKey(d.ID), newDeliveryItem(d), missing(), csdn.Errorf(csdn.Conflict, "This delivery exists already."))
}

// Delivery implements csdn.Outbox.
func (d Outbox) Delivery(ctx context.Context, id csdn.DeliveryID) (csdn.Delivery, error) {
	item, err := get[deliveryItem](ctx, d.table(), deliveryKey(id))
	if err != nil {
		return csdn.Delivery{}, fmt.Errorf("read delivery %s: %w", id, err)
	}
	return item.delivery(), nil
}

// MarkSent implements csdn.Outbox; the first time counts. NotFound when there is no such delivery.
func (d Outbox) MarkSent(ctx context.Context, id csdn.DeliveryID, at time.Time) error {
	built, err := expression.NewBuilder().WithCondition(existing()).WithUpdate(expression.Set(
		expression.Name("sentAt"), expression.IfNotExists(expression.Name("sentAt"), expression.Value(sortable(at))),
	)).Build()
	if err != nil {
		return fmt.Errorf("build an update: %w", err)
	}
	_, err = d.Client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &d.Table, Key: deliveryKey(id).attributes(), ConditionExpression: built.Condition(),
		UpdateExpression: built.Update(), ExpressionAttributeNames: built.Names(), ExpressionAttributeValues: built.Values(),
	})
	var failed *types.ConditionalCheckFailedException
	if errors.As(err, &failed) {
		return fmt.Errorf("mark delivery %s: %w", id, absent())
	}
	if err != nil {
		return fmt.Errorf("mark delivery %s: %w", id, classify(err))
	}
	return nil
}

package boot

import (
	"github.com/aws/aws-lambda-go/events"

	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/dynamo"
)

// deliveryOf returns the delivery that a record of the stream adds; ok is false for any other record.
func deliveryOf(record events.DynamoDBEventRecord) (id csdn.DeliveryID, ok bool) {
	pk, present := record.Change.Keys["pk"]
	if record.EventName != string(events.DynamoDBOperationTypeInsert) || !present || pk.DataType() != events.DataTypeString {
		return "", false
	}
	return dynamo.DeliveryOf(pk.String())
}

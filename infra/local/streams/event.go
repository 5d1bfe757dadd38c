package streams

import (
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// event is the records as Lambda gives them to a function.
func (m *mapping) event(records []types.Record) events.DynamoDBEvent {
	var out events.DynamoDBEvent
	for _, r := range records {
		record := events.DynamoDBEventRecord{
			AWSRegion:      template.Region,
			EventID:        aws.ToString(r.EventID),
			EventName:      string(r.EventName),
			EventSource:    "aws:dynamodb",
			EventVersion:   aws.ToString(r.EventVersion),
			EventSourceArn: m.arn,
			Change: events.DynamoDBStreamRecord{
				ApproximateCreationDateTime: events.SecondsEpochTime{Time: aws.ToTime(r.Dynamodb.ApproximateCreationDateTime)},
				Keys:                        attributes(r.Dynamodb.Keys),
				NewImage:                    attributes(r.Dynamodb.NewImage),
				OldImage:                    attributes(r.Dynamodb.OldImage),
				SequenceNumber:              aws.ToString(r.Dynamodb.SequenceNumber),
				SizeBytes:                   aws.ToInt64(r.Dynamodb.SizeBytes),
				StreamViewType:              string(r.Dynamodb.StreamViewType),
			},
		}
		if r.UserIdentity != nil {
			record.UserIdentity = &events.DynamoDBUserIdentity{
				Type: aws.ToString(r.UserIdentity.Type), PrincipalID: aws.ToString(r.UserIdentity.PrincipalId),
			}
		}
		out.Records = append(out.Records, record)
	}
	return out
}

func attributes(in map[string]types.AttributeValue) map[string]events.DynamoDBAttributeValue {
	if in == nil {
		return nil
	}
	out := map[string]events.DynamoDBAttributeValue{}
	for name, value := range in {
		out[name] = attribute(value)
	}
	return out
}

func attribute(value types.AttributeValue) events.DynamoDBAttributeValue {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return events.NewStringAttribute(v.Value)
	case *types.AttributeValueMemberN:
		return events.NewNumberAttribute(v.Value)
	case *types.AttributeValueMemberB:
		return events.NewBinaryAttribute(v.Value)
	case *types.AttributeValueMemberBOOL:
		return events.NewBooleanAttribute(v.Value)
	case *types.AttributeValueMemberSS:
		return events.NewStringSetAttribute(v.Value)
	case *types.AttributeValueMemberNS:
		return events.NewNumberSetAttribute(v.Value)
	case *types.AttributeValueMemberBS:
		return events.NewBinarySetAttribute(v.Value)
	case *types.AttributeValueMemberM:
		return events.NewMapAttribute(attributes(v.Value))
	case *types.AttributeValueMemberL:
		list := make([]events.DynamoDBAttributeValue, len(v.Value))
		for i, element := range v.Value {
			list[i] = attribute(element)
		}
		return events.NewListAttribute(list)
	}
	return events.NewNullAttribute()
}

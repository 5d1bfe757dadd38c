package dynamo

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// sortableLayout is RFC 3339 in UTC with all nanoseconds: as text it sorts as time does.
const sortableLayout = "2006-01-02T15:04:05.000000000Z"

func sortable(t time.Time) string { return t.UTC().Format(sortableLayout) }

// instant is a time as an item keeps it: sortable text, and no attribute for the zero time.
type instant struct{ time.Time }

// MarshalDynamoDBAttributeValue implements attributevalue.Marshaler.
func (i instant) MarshalDynamoDBAttributeValue() (types.AttributeValue, error) {
	if i.IsZero() {
		return &types.AttributeValueMemberNULL{Value: true}, nil
	}
	return text(sortable(i.Time)), nil
}

// UnmarshalDynamoDBAttributeValue implements attributevalue.Unmarshaler.
func (i *instant) UnmarshalDynamoDBAttributeValue(value types.AttributeValue) error {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return fmt.Errorf("the time of an item is a %T", value)
	}
	t, err := time.Parse(sortableLayout, s.Value)
	i.Time = t
	return err
}

// wallTime is a local time as an item keeps it.
type wallTime struct{ csdn.LocalTime }

// MarshalDynamoDBAttributeValue implements attributevalue.Marshaler.
func (w wallTime) MarshalDynamoDBAttributeValue() (types.AttributeValue, error) {
	if w.IsZero() {
		return &types.AttributeValueMemberNULL{Value: true}, nil
	}
	return text(w.String()), nil
}

// UnmarshalDynamoDBAttributeValue implements attributevalue.Unmarshaler.
func (w *wallTime) UnmarshalDynamoDBAttributeValue(value types.AttributeValue) error {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return fmt.Errorf("the local time of an item is a %T", value)
	}
	t, err := csdn.ParseLocalTime(s.Value)
	w.LocalTime = t
	return err
}

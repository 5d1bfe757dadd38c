package dynamo

import (
	"fmt"
	"strings"
	"time"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// expertiseItem is a claim of expertise as an item keeps it: area, level, evidence and when it was confirmed (RFC 3339) as one text,
// separated as the fields of cards are, as their names would take more room than they do.
type expertiseItem csdn.Expertise

func newExpertiseItem(e csdn.Expertise) expertiseItem { return expertiseItem(e) }

func (i expertiseItem) expertise() csdn.Expertise { return csdn.Expertise(i) }

// MarshalDynamoDBAttributeValue implements attributevalue.Marshaler.
func (i expertiseItem) MarshalDynamoDBAttributeValue() (types.AttributeValue, error) {
	fields := []string{plain(i.Area), plain(i.Level), plain(i.Evidence), ""}
	if !i.ConfirmedAt.IsZero() {
		fields[3] = i.ConfirmedAt.UTC().Format(time.RFC3339Nano)
	}
	return text(strings.TrimRight(strings.Join(fields, fieldSeparator), fieldSeparator)), nil
}

// UnmarshalDynamoDBAttributeValue implements attributevalue.Unmarshaler.
func (i *expertiseItem) UnmarshalDynamoDBAttributeValue(value types.AttributeValue) error {
	s, ok := value.(*types.AttributeValueMemberS)
	if !ok {
		return fmt.Errorf("a claim of an item is a %T", value)
	}
	var fields [4]string
	rest := s.Value
	for n := range fields {
		fields[n], rest, _ = strings.Cut(rest, fieldSeparator)
	}
	*i = expertiseItem{Area: csdn.AreaSlug(fields[0]), Level: csdn.ExpertiseLevel(fields[1]), Evidence: fields[2]}
	if fields[3] == "" {
		return nil
	}
	var err error
	if i.ConfirmedAt, err = time.Parse(time.RFC3339Nano, fields[3]); err != nil {
		return fmt.Errorf("decode a claim: %w", err)
	}
	return nil
}

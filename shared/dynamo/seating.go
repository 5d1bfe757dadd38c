package dynamo

import (
	"context"
	"errors"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type seatingItem struct {
	InPerson int          `dynamodbav:"inPerson"`
	Online   int          `dynamodbav:"online"`
	Version  csdn.Version `dynamodbav:"version"`
}

func newSeatingItem(s csdn.Seating) seatingItem { return seatingItem(s) }

func (i seatingItem) seating() csdn.Seating { return csdn.Seating(i) }

// Seating implements csdn.InvitationStore.
func (d Participation) Seating(ctx context.Context, meeting csdn.MeetingID) (csdn.Seating, error) {
	item, err := get[seatingItem](ctx, d.table(), seatingKey(meeting))
	if errors.Is(err, csdn.NotFound) {
		return csdn.Seating{}, nil
	}
	if err != nil {
		return csdn.Seating{}, fmt.Errorf("read the seats of meeting %s: %w", meeting, err)
	}
	return item.seating(), nil
}

package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"csdn.example/directory/shared/csdn"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
)

var _ csdn.RetentionStore = Rights{}

// Participants implements csdn.RetentionStore.
func (d Rights) Participants(ctx context.Context, meeting csdn.MeetingID) (csdn.Traces, error) {
	s, err := d.participants(ctx, meeting, 0)
	return s.count, err
}

// ForgetParticipants implements csdn.RetentionStore.
func (d Rights) ForgetParticipants(ctx context.Context, meeting csdn.MeetingID) (csdn.Traces, error) {
	s, err := d.participants(ctx, meeting, sweepSize)
	if err != nil || len(s.w.items) == 0 {
		return nil, err
	}
	if err := s.w.commit(ctx, d.Client); err != nil {
		return nil, fmt.Errorf("forget the participants of meeting %s: %w", meeting, err)
	}
	return s.count, nil
}

func (d Rights) participants(ctx context.Context, meeting csdn.MeetingID, atMost int) (traces, error) {
	var s traces
	items, err := list[found](ctx, d.participation(), selection{partition: meetingKey(meeting).pk, atMost: atMost})
	if err != nil {
		return s, fmt.Errorf("read the participants of meeting %s: %w", meeting, err)
	}
	s.participation(d, items)
	return s, nil
}

// ForgetGuests implements csdn.RetentionStore.
func (d Rights) ForgetGuests(ctx context.Context, phases []csdn.PhaseNumber) (int, error) {
	guests, err := list[guestItem](ctx, d.participation(), beginning(rotationPartition, personPrefix))
	if err != nil {
		return 0, fmt.Errorf("read who was invited when: %w", err)
	}
	var w transaction
	for _, g := range guests {
		if slices.Contains(phases, g.Phase) && len(w.items) < transactionSize {
			unchanged := expression.Name("phase").Equal(expression.Value(g.Phase))
			w.remove(d.ParticipationTable, guestKey(g.Person), unchanged, stale())
		}
	}
	if len(w.items) == 0 {
		return 0, nil
	}
	if err := w.commit(ctx, d.Client); err != nil {
		return 0, fmt.Errorf("forget who was invited when: %w", err)
	}
	return len(w.items), nil
}

type forgottenItem struct {
	Day csdn.Date `dynamodbav:"day"`
}

// ForgottenOn implements csdn.RetentionStore.
func (d Rights) ForgottenOn(ctx context.Context) (csdn.Date, error) {
	item, err := get[forgottenItem](ctx, d.participation(), forgottenKey())
	if err != nil && !errors.Is(err, csdn.NotFound) {
		return "", fmt.Errorf("read when the clock last forgot: %w", err)
	}
	return item.Day, nil
}

// MarkForgotten implements csdn.RetentionStore.
func (d Rights) MarkForgotten(ctx context.Context, day csdn.Date) error {
	var w transaction
	earlier := expression.Name("day").LessThanEqual(expression.Value(day))
	w.put(d.ParticipationTable, forgottenKey(), forgottenItem{day}, missing().Or(earlier), stale())
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("record that the clock forgot: %w", err)
	}
	return nil
}

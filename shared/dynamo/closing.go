package dynamo

import (
	"context"
	"errors"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type indicatorsItem struct {
	Meeting       csdn.MeetingID                         `dynamodbav:"meeting"`
	Phase         csdn.PhaseNumber                       `dynamodbav:"phase"`
	Type          csdn.MeetingType                       `dynamodbav:"type"`
	ClosedAt      instant                                `dynamodbav:"closedAt"`
	Outcomes      map[csdn.Outcome]map[csdn.Category]int `dynamodbav:"outcomes"`
	Countries     map[csdn.Country]int                   `dynamodbav:"countries"`
	Areas         map[csdn.AreaSlug]int                  `dynamodbav:"areas"`
	Organisations int                                    `dynamodbav:"organisations"`
}

func newIndicatorsItem(n csdn.Indicators) indicatorsItem {
	return indicatorsItem{
		Meeting: n.Meeting, Phase: n.Phase, Type: n.Type, ClosedAt: instant{n.ClosedAt},
		Outcomes: n.Outcomes, Countries: n.Countries, Areas: n.Areas, Organisations: n.Organisations,
	}
}

func (i indicatorsItem) indicators() csdn.Indicators {
	return csdn.Indicators{
		Meeting: i.Meeting, Phase: i.Phase, Type: i.Type, ClosedAt: i.ClosedAt.Time,
		Outcomes: i.Outcomes, Countries: i.Countries, Areas: i.Areas, Organisations: i.Organisations,
	}
}

// Indicators implements csdn.IndicatorStore.
func (d Directory) Indicators(ctx context.Context, phase csdn.PhaseNumber) ([]csdn.Indicators, error) {
	found, err := list[indicatorsItem](ctx, d.table(), beginning(phasePartition(phase), indicatorsPrefix))
	if err != nil {
		return nil, fmt.Errorf("read the indicators of phase %d: %w", phase, err)
	}
	return mapped(found, indicatorsItem.indicators), nil
}

type rollItem struct {
	Phase         csdn.PhaseNumber       `dynamodbav:"phase"`
	Organisations []csdn.OrganisationID  `dynamodbav:"organisations,omitempty"`
	MovedBy       map[csdn.MergerID]bool `dynamodbav:"movedBy,omitempty"`
	Version       csdn.Version           `dynamodbav:"version"`
}

// Roll implements csdn.ClosingStore.
func (d Participation) Roll(ctx context.Context, phase csdn.PhaseNumber) (csdn.Roll, error) {
	item, err := get[rollItem](ctx, d.table(), rollKey(phase))
	if errors.Is(err, csdn.NotFound) {
		return csdn.Roll{Phase: phase}, nil
	}
	if err != nil {
		return csdn.Roll{}, fmt.Errorf("read the roll of phase %d: %w", phase, err)
	}
	return csdn.Roll(item), nil
}

// CloseMeeting implements csdn.ClosingStore.
func (d Participation) CloseMeeting(ctx context.Context, c csdn.Closing) error {
	var w transaction
	k := meetingKey(c.Meeting.ID)
	w.put(d.DirectoryTable, k, newMeetingItem(c.Meeting), next(c.Meeting.Version), stale())
	w.put(d.DirectoryTable, indicatorsKey(c.Indicators), newIndicatorsItem(c.Indicators), missing(), stale())
	w.put(d.Table, rollKey(c.Roll.Phase), rollItem(c.Roll), next(c.Roll.Version), stale())
	w.seated(d.Table, c.Meeting.ID, c.Seating)
	w.record(d.DirectoryTable, changeKey(k, c.Change.ID), c.Change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("close meeting %s: %w", c.Meeting.ID, err)
	}
	return nil
}

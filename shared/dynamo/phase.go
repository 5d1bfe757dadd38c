package dynamo

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

type phaseItem struct {
	Number     csdn.PhaseNumber `dynamodbav:"number"`
	Label      string           `dynamodbav:"label"`
	From       int              `dynamodbav:"from"`
	To         int              `dynamodbav:"to"`
	Instrument string           `dynamodbav:"instrument,omitempty"`
	UpdatedAt  instant          `dynamodbav:"updatedAt,omitempty"`
	Version    csdn.Version     `dynamodbav:"version"`
}

func newPhaseItem(p csdn.Phase) phaseItem {
	return phaseItem{
		Number: p.Number, Label: p.Label, From: p.From, To: p.To, Instrument: p.Instrument,
		UpdatedAt: instant{p.UpdatedAt}, Version: p.Version,
	}
}

func (i phaseItem) phase() csdn.Phase {
	return csdn.Phase{
		Number:       i.Number,
		PhaseProfile: csdn.PhaseProfile{Label: i.Label, From: i.From, To: i.To, Instrument: i.Instrument},
		UpdatedAt:    i.UpdatedAt.Time, Version: i.Version,
	}
}

// Phases implements csdn.PhaseStore.
func (d Directory) Phases(ctx context.Context) ([]csdn.Phase, error) {
	found, err := list[phaseItem](ctx, d.table(), beginning(networkPartition, phasePrefix))
	if err != nil {
		return nil, fmt.Errorf("read the phases: %w", err)
	}
	return mapped(found, phaseItem.phase), nil
}

// Phase implements csdn.PhaseStore.
func (d Directory) Phase(ctx context.Context, number csdn.PhaseNumber) (csdn.Phase, error) {
	item, err := get[phaseItem](ctx, d.table(), phaseKey(number))
	if err != nil {
		return csdn.Phase{}, fmt.Errorf("read phase %d: %w", number, err)
	}
	return item.phase(), nil
}

// PutPhase implements csdn.PhaseStore.
func (d Directory) PutPhase(ctx context.Context, p csdn.Phase, change csdn.Change) error {
	var w transaction
	w.put(d.Table, phaseKey(p.Number), newPhaseItem(p), next(p.Version), outrun(p.Version))
	w.record(d.Table, phaseChangeKey(p.Number, change.ID), change)
	if err := w.commit(ctx, d.Client); err != nil {
		return fmt.Errorf("write phase %d: %w", p.Number, err)
	}
	return nil
}

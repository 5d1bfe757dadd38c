package directory

import (
	"context"
	"fmt"

	"csdn.example/directory/shared/csdn"
)

// Phases keeps the phases of the network.
type Phases struct {
	Clerk
	Store csdn.PhaseStore
}

// List returns a page of the phases in the order of numbers.
func (d Phases) List(ctx context.Context, caller csdn.Caller, page csdn.PageRequest) (csdn.Page[csdn.Phase], error) {
	if _, err := permit(caller, "phase.read"); err != nil {
		return csdn.Page[csdn.Phase]{}, err
	}
	phases, err := d.Store.Phases(ctx)
	if err != nil {
		return csdn.Page[csdn.Phase]{}, err
	}
	return csdn.Paginate(phases, "phases", func(p csdn.Phase) string { return fmt.Sprintf("%03d", p.Number) }, page)
}

// Read returns one phase.
func (d Phases) Read(ctx context.Context, caller csdn.Caller, number csdn.PhaseNumber) (csdn.Phase, error) {
	if _, err := permit(caller, "phase.read"); err != nil {
		return csdn.Phase{}, err
	}
	return d.Store.Phase(ctx, number)
}

// Create adds a phase. Conflict when its number is taken.
func (d Phases) Create(ctx context.Context, caller csdn.Caller, number csdn.PhaseNumber, profile csdn.PhaseProfile) (csdn.Phase, error) {
	if _, err := permit(caller, "phase.created"); err != nil {
		return csdn.Phase{}, err
	}
	now := d.Now()
	p := csdn.Phase{Number: number, PhaseProfile: profile.Clean(), UpdatedAt: now, Version: 1}
	if err := p.Validate(); err != nil {
		return csdn.Phase{}, err
	}
	return p, d.Store.PutPhase(ctx, p, d.change(caller, "phase.created", now, 1, csdn.Differences(nil, p.Facts())))
}

// Change edits the phase that the caller read at the version. An edit that alters nothing writes nothing.
func (d Phases) Change(ctx context.Context, caller csdn.Caller, number csdn.PhaseNumber, read csdn.Version, edit func(csdn.PhaseProfile) (csdn.PhaseProfile, error)) (csdn.Phase, error) {
	if _, err := permit(caller, "phase.changed"); err != nil {
		return csdn.Phase{}, err
	}
	before, err := d.Store.Phase(ctx, number)
	if err != nil {
		return csdn.Phase{}, err
	}
	if err := matches(read, before.Version); err != nil {
		return before, err
	}
	profile, err := edit(before.PhaseProfile)
	if err != nil {
		return before, err
	}
	after := before
	after.PhaseProfile, after.UpdatedAt, after.Version = profile.Clean(), d.Now(), before.Version+1
	if err := after.Validate(); err != nil {
		return before, err
	}
	fields := csdn.Differences(before.Facts(), after.Facts())
	if len(fields) == 0 {
		return before, nil
	}
	return after, d.Store.PutPhase(ctx, after, d.change(caller, "phase.changed", after.UpdatedAt, after.Version, fields))
}

package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Reports reports what phases came to.
type Reports struct {
	Phases csdn.PhaseStore
	Closed csdn.IndicatorStore
}

// Read returns the report of a phase over the meetings that are closed. It is the same for all who may read it. NotFound.
func (d Reports) Read(ctx context.Context, caller csdn.Caller, number csdn.PhaseNumber) (csdn.Report, error) {
	if _, err := permit(caller, "report.read"); err != nil {
		return csdn.Report{}, err
	}
	phase, err := d.Phases.Phase(ctx, number)
	if err != nil {
		return csdn.Report{}, err
	}
	closed, err := d.Closed.Indicators(ctx, number)
	if err != nil {
		return csdn.Report{}, err
	}
	return csdn.NewReport(phase, closed), nil
}

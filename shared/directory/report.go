package directory

import (
	"context"

	"csdn.example/directory/shared/csdn"
)

// Reports reports what phases came to.
type Reports struct {
	Phases    csdn.PhaseStore
	Closed    csdn.IndicatorStore
	Summaries csdn.SummaryStore
	Areas     csdn.AreaStore
	Types     csdn.MeetingTypeStore
}

// Read returns the report of a phase over the meetings that are closed, and how many recommendations were published and answered so far. It is the same for all who may read it. NotFound.
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
	report := csdn.NewReport(phase, closed)
	report.Recommendations, err = d.Summaries.Recommendations(ctx, number)
	return report, err
}

// Names returns what reports call what they count by: a retired type of meetings keeps its name.
func (d Reports) Names(ctx context.Context, caller csdn.Caller) (csdn.ReportNames, error) {
	names := csdn.ReportNames{Types: map[csdn.MeetingType]string{}, Areas: map[csdn.AreaSlug]string{}}
	if _, err := permit(caller, "report.read"); err != nil {
		return names, err
	}
	types, err := listedTypes(ctx, d.Types)
	if err != nil {
		return names, err
	}
	for _, t := range types {
		names.Types[t.Slug] = t.LabelEN
	}
	areas, err := d.Areas.Areas(ctx)
	for _, a := range areas {
		names.Areas[a.Slug] = a.LabelEN
	}
	return names, err
}

package demo

import (
	"fmt"
	"time"

	"csdn.example/directory/shared/csdn"
)

// phases returns the fourth phase, as the concept note of 1 February 2023 tells it, and a fifth that is made up.
func phases(now time.Time) ([]csdn.Phase, error) {
	all := []csdn.Phase{
		{Number: 4, PhaseProfile: csdn.PhaseProfile{
			Label: "Fourth phase", From: 2020, To: 2023, Instrument: "Instrument contributing to Stability and Peace",
		}},
		{Number: 5, PhaseProfile: csdn.PhaseProfile{
			Label: "Fifth phase (demo)", From: 2024, To: 2027, Instrument: "NDICI – Global Europe (demo)",
		}},
	}
	for i, phase := range all {
		phase.PhaseProfile, phase.UpdatedAt, phase.Version = phase.Clean(), now, 1
		if err := phase.Validate(); err != nil {
			return nil, fmt.Errorf("%d: %w", phase.Number, err)
		}
		all[i] = phase
	}
	return all, nil
}

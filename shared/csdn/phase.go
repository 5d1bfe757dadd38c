package csdn

import (
	"context"
	"strconv"
	"time"
)

const maximumPhase = 999

// PhaseProfile is a phase of the network: years, first and last included, in which it is financed by one instrument. Phases
// may touch: one may begin in the year in which another ends.
type PhaseProfile struct {
	Label      string
	From       int // year
	To         int // year
	Instrument string
}

// Phase is a phase of the network.
type Phase struct {
	Number PhaseNumber
	PhaseProfile
	UpdatedAt time.Time
	Version   Version
}

// Clean returns the profile with its texts fit to be stored.
func (p PhaseProfile) Clean() PhaseProfile {
	p.Label, p.Instrument = cleanLine(p.Label), cleanLine(p.Instrument)
	return p
}

// Validate returns Invalid with every broken rule of a clean phase.
func (p Phase) Validate() error {
	var v violations
	if p.Number < 1 || p.Number > maximumPhase {
		v.add("number", "is not between 1 and %d", maximumPhase)
	}
	v.line("label", p.Label, 1, maximumName)
	v.line("instrument", p.Instrument, 0, maximumName)
	if p.From < 1990 || p.From > 2200 {
		v.add("from", "is not a year between 1990 and 2200")
	}
	if p.To < p.From || p.To > 2200 {
		v.add("to", "is not a year from the first year of the phase to 2200")
	}
	return v.err("The phase")
}

// Facts returns the profile as it stands in the audit trail.
func (p PhaseProfile) Facts() []Fact {
	return []Fact{
		{"label", p.Label}, {"from", strconv.Itoa(p.From)}, {"to", strconv.Itoa(p.To)}, {"instrument", p.Instrument},
	}
}

// PhaseStore keeps phases.
type PhaseStore interface {
	// Phases returns every phase in the order of numbers.
	Phases(ctx context.Context) ([]Phase, error)
	// Phase returns one phase, consistently read. NotFound.
	Phase(ctx context.Context, number PhaseNumber) (Phase, error)
	// PutPhase writes the phase at p.Version and appends the change. Stale when the stored version is not the one before;
	// Conflict when version 1 exists already.
	PutPhase(ctx context.Context, p Phase, change Change) error
}

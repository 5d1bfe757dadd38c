// Package schedule invokes functions by the clock, as EventBridge's rules and its Scheduler do.
//
// It may import template and the event types of aws-lambda-go.
package schedule

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

// Options are what the schedules are made of. All fields are required.
type Options struct {
	Functions []template.Function
	// Invoke runs a function on an event; see runtime.Runtime.
	Invoke func(ctx context.Context, function string, payload []byte) ([]byte, error)
	Now    func() time.Time
	// NewID makes the unique ids of events.
	NewID func() string
	Log   *slog.Logger
}

// Schedules are running.
type Schedules struct {
	options Options
	cancel  context.CancelFunc
	group   sync.WaitGroup
}

// Start starts the clocks of all schedule events. A rate fires for the first time once its interval has passed.
func Start(ctx context.Context, o Options) (*Schedules, error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &Schedules{options: o, cancel: cancel}
	for _, f := range o.Functions {
		for _, event := range f.Schedules {
			expression, err := Parse(event.Expression)
			if err != nil {
				s.Stop()
				return nil, fmt.Errorf("the schedule %s of %s: %w", event.ID, f.ID, err)
			}
			s.group.Go(func() { s.run(ctx, f.ID, event, expression) })
		}
	}
	return s, nil
}

// Stop ends the clocks.
func (s *Schedules) Stop() {
	s.cancel()
	s.group.Wait()
}

func (s *Schedules) run(ctx context.Context, function string, event template.Schedule, expression Expression) {
	at := s.options.Now()
	for {
		var ok bool
		if at, ok = expression.Next(at); !ok {
			return
		}
		timer := time.NewTimer(at.Sub(s.options.Now()))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		if err := s.fire(ctx, function, event, at); err != nil && ctx.Err() == nil {
			s.options.Log.Warn("a schedule failed", "function", function, "schedule", event.ID, "error", err)
		}
		// After the computer has slept, what was missed is not made up for.
		if now := s.options.Now(); now.Sub(at) > time.Minute {
			at = now
		}
	}
}

// fire invokes the function, as of a time.
func (s *Schedules) fire(ctx context.Context, function string, event template.Schedule, at time.Time) error {
	payload, err := Event(event, s.options.NewID(), at)
	if err != nil {
		return err
	}
	_, err = s.options.Invoke(ctx, function, payload)
	return err
}

// Event is what the function is given: the schedule's input if it has one, else EventBridge's description.
func Event(event template.Schedule, id string, at time.Time) ([]byte, error) {
	if event.Input != "" {
		return []byte(event.Input), nil
	}
	out := events.EventBridgeEvent{
		Version: "0", ID: id, DetailType: "Scheduled Event", Source: "aws.events", AccountID: template.AccountID,
		Time: at.UTC().Truncate(time.Second), Region: template.Region,
		Resources: []string{template.ARN("events", "rule/"+event.ID)}, Detail: json.RawMessage("{}"),
	}
	if event.Scheduler {
		out.Source, out.Resources = "aws.scheduler", []string{template.ARN("scheduler", "schedule/default/"+event.ID)}
		// The Scheduler writes the empty detail as a text.
		out.Detail = json.RawMessage(`"{}"`)
	}
	payload, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("write a schedule's event: %w", err)
	}
	return payload, nil
}

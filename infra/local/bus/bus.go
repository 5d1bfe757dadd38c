// Package bus stands where the default bus of Amazon EventBridge does when the system is deployed: it hands the events that services
// publish to the functions whose rules match.
//
// It may import template and the event types of aws-lambda-go.
package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

// tries is how often a function is told of an event that it fails on, as Lambda does with asynchronous invocations.
const tries = 3

// Options are what the bus is made of. All fields are required.
type Options struct {
	Functions []template.Function
	// Invoke runs a function on an event; see runtime.Runtime.
	Invoke func(ctx context.Context, function string, payload []byte) ([]byte, error)
	// Pause is the time before a function is told again.
	Pause time.Duration
	Now   func() time.Time
	NewID func() string
	Log   *slog.Logger
}

// Bus hands events on. Its methods may be called at the same time.
type Bus struct {
	options Options
	ctx     context.Context
	cancel  context.CancelFunc
	handing sync.WaitGroup
}

// Start starts a bus.
func Start(ctx context.Context, o Options) *Bus {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	return &Bus{options: o, ctx: ctx, cancel: cancel}
}

// Stop ends the bus once nothing is handed on any more; what is to be told again is not.
func (b *Bus) Stop() {
	b.cancel()
	b.handing.Wait()
}

// Put publishes an event and returns before it is handed on.
func (b *Bus) Put(source, detailType string, detail any) error {
	body, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("publish %s: %w", detailType, err)
	}
	payload, err := json.Marshal(events.EventBridgeEvent{
		Version: "0", ID: b.options.NewID(), DetailType: detailType, Source: source, AccountID: template.AccountID,
		Time: b.options.Now().UTC(), Region: template.Region, Resources: []string{}, Detail: body,
	})
	if err != nil {
		return fmt.Errorf("publish %s: %w", detailType, err)
	}
	for _, f := range b.options.Functions {
		for _, rule := range f.Rules {
			if slices.Contains(rule.Sources, source) && slices.Contains(rule.DetailTypes, detailType) {
				b.handing.Go(func() { b.hand(f.ID, payload) })
			}
		}
	}
	return nil
}

func (b *Bus) hand(function string, payload []byte) {
	for range tries {
		_, err := b.options.Invoke(b.ctx, function, payload)
		if err == nil {
			return
		}
		b.options.Log.Warn("an event was not taken", "function", function, "error", err)
		select {
		case <-b.ctx.Done():
			return
		case <-time.After(b.options.Pause):
		}
	}
}

package bus_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/infra/local/bus"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
)

func TestEventsReachTheFunctionsWhoseRulesMatch(t *testing.T) {
	mail := template.Rule{Sources: []string{"aws.ses"}, DetailTypes: []string{"Email Bounced", "Email Complaint Received"}}
	object := template.Rule{Sources: []string{"aws.s3"}, DetailTypes: []string{"Email Bounced"}}
	for _, test := range []struct {
		name, source, kind string
		fails              int // so many times
		want               []string
	}{
		{"one that matches", "aws.ses", "Email Bounced", 0, []string{"Feedback"}},
		{"of another source", "aws.ec2", "Email Bounced", 0, nil},
		{"of another kind", "aws.ses", "Email Sent", 0, nil},
		{"one that fails at first", "aws.ses", "Email Complaint Received", 2, []string{"Feedback", "Feedback", "Feedback"}},
		{"one that fails for good", "aws.ses", "Email Complaint Received", 9, []string{"Feedback", "Feedback", "Feedback"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var lock sync.Mutex
			var told []string
			done := make(chan struct{}, 9)
			b := bus.Start(t.Context(), bus.Options{
				Functions: []template.Function{
					{ID: "Feedback", Rules: []template.Rule{mail}}, {ID: "Other", Rules: []template.Rule{object}}, {ID: "None"},
				},
				Invoke: func(_ context.Context, function string, payload []byte) ([]byte, error) {
					lock.Lock()
					defer lock.Unlock()
					defer func() { done <- struct{}{} }()
					var event events.EventBridgeEvent
					if err := json.Unmarshal(payload, &event); err != nil || event.DetailType != test.kind || string(event.Detail) != `{"a":1}` {
						t.Errorf("the event is %s: %v", payload, err)
					}
					if told = append(told, function); len(told) <= test.fails {
						return nil, errors.New("broken")
					}
					return nil, nil
				},
				Now: time.Now, NewID: func() string { return "id" }, Log: slog.New(slog.DiscardHandler),
			})
			if err := b.Put(test.source, test.kind, map[string]int{"a": 1}); err != nil {
				t.Fatal(err)
			}
			for range test.want {
				<-done
			}
			b.Stop()
			if !slices.Equal(told, test.want) {
				t.Errorf("told are %v, want %v", told, test.want)
			}
		})
	}
}

package schedule_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"csdn.example/directory/infra/local/schedule"
	"csdn.example/directory/infra/local/template"

	"github.com/google/go-cmp/cmp"
)

func TestNext(t *testing.T) {
	cases := []struct{ expression, after, want string }{
		{"rate(5 minutes)", "2023-02-01T09:15:10Z", "2023-02-01T09:20:10Z"},
		{"rate(1 hour)", "2023-02-01T09:15:10Z", "2023-02-01T10:15:10Z"},
		{"cron(0 3 * * ? *)", "2023-02-01T09:15:10Z", "2023-02-02T03:00:00Z"},
		{"cron(0/15 * * * ? *)", "2023-02-01T09:15:00Z", "2023-02-01T09:30:00Z"},
		{"cron(30 8-10 ? * MON-FRI *)", "2023-02-03T10:30:00Z", "2023-02-06T08:30:00Z"},
		{"cron(0 0 29 2 ? *)", "2023-02-01T00:00:00Z", "2024-02-29T00:00:00Z"},
		{"cron(0 0 1 JAN,jul ? *)", "2023-02-01T00:00:00Z", "2023-07-01T00:00:00Z"},
		{"cron(0 0 1 1 ? 2020)", "2023-02-01T00:00:00Z", "never"},
	}
	for _, c := range cases {
		t.Run(c.expression, func(t *testing.T) {
			expression, err := schedule.Parse(c.expression)
			if err != nil {
				t.Fatal(err)
			}
			after, err := time.Parse(time.RFC3339, c.after)
			if err != nil {
				t.Fatal(err)
			}
			got := "never"
			if next, ok := expression.Next(after); ok {
				got = next.Format(time.RFC3339)
			}
			if got != c.want {
				t.Errorf("next is %s, want %s", got, c.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "rate(5 minutes", "rate(0 minutes)", "rate(5 weeks)", "cron(0 3 * * ?)", "cron(60 * * * ? *)",
		"cron(0 3 L * ? *)", "cron(5-2 * * * ? *)", "cron(0/0 * * * ? *)", "at(2023-02-01T09:15:00)",
	} {
		if _, err := schedule.Parse(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func TestSchedulesFire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var fired []string
		schedules, err := schedule.Start(t.Context(), schedule.Options{
			Functions: []template.Function{{ID: "Clock", Schedules: []template.Schedule{
				{ID: "Often", Expression: "rate(10 minutes)", Input: "often"},
			}}},
			Invoke: func(_ context.Context, function string, payload []byte) ([]byte, error) {
				fired = append(fired, time.Since(begin).String()+" "+function+" "+string(payload))
				return nil, nil
			},
			Now: time.Now, NewID: func() string { return "id" }, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(25 * time.Minute)
		schedules.Stop()
		if diff := cmp.Diff([]string{"10m0s Clock often", "20m0s Clock often"}, fired); diff != "" {
			t.Errorf("fired (-want +got):\n%s", diff)
		}
	})
}

func TestEvent(t *testing.T) {
	at := time.Date(2023, 2, 1, 9, 15, 0, 5, time.UTC)
	cases := []struct {
		name  string
		event template.Schedule
		want  string
	}{
		{"a rule", template.Schedule{ID: "Nightly"}, `{"version":"0","id":"7","detail-type":"Scheduled Event","source":"aws.events",
			"account":"000000000000","time":"2023-02-01T09:15:00Z","region":"eu-central-1",
			"resources":["arn:aws:events:eu-central-1:000000000000:rule/Nightly"],"detail":{}}`},
		{"the Scheduler", template.Schedule{ID: "Nightly", Scheduler: true}, `{"version":"0","id":"7","detail-type":"Scheduled Event",
			"source":"aws.scheduler","account":"000000000000","time":"2023-02-01T09:15:00Z","region":"eu-central-1",
			"resources":["arn:aws:scheduler:eu-central-1:000000000000:schedule/default/Nightly"],"detail":"{}"}`},
		{"an input", template.Schedule{ID: "Nightly", Input: `{"act":"retain"}`}, `{"act":"retain"}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			payload, err := schedule.Event(c.event, "7", at)
			if err != nil {
				t.Fatal(err)
			}
			var got, want any
			if err := json.Unmarshal(payload, &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("event (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStartNamesTheWrongSchedule(t *testing.T) {
	_, err := schedule.Start(t.Context(), schedule.Options{Functions: []template.Function{
		{ID: "Clock", Schedules: []template.Schedule{{ID: "Odd", Expression: "rate(x)"}}},
	}})
	if err == nil || !strings.Contains(err.Error(), "the schedule Odd of Clock") {
		t.Errorf("error is %v", err)
	}
}

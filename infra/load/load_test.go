package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

func TestTheKindsAreAHundredOfAHundred(t *testing.T) {
	sum := 0
	for _, k := range (&scene{}).kinds() {
		sum += k.share
	}
	if sum != 100 {
		t.Errorf("the shares are %d of a hundred", sum)
	}
}

// TestRequestsComeWhenTheyAreDue is a server that answers nobody until many have come, which they do if none waits for another.
func TestRequestsComeWhenTheyAreDue(t *testing.T) {
	const many = 30
	var come atomic.Int64
	enough := make(chan struct{})
	outcomes := load(t, plan{rate: 2 * many, length: time.Second, now: time.Now}, func(http.ResponseWriter, *http.Request) {
		if come.Add(1) == many {
			close(enough)
		}
		<-enough
	})
	if got := len(outcomes[0].times); got < many || outcomes[0].failures() != 0 {
		t.Errorf("%d were sent, %v", got, outcomes[0].errors)
	}
}

func TestErrorsAreToldByKindAndFail(t *testing.T) {
	cases := []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"a failure", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }, "× visits: 503 Service Unavailable\n"},
		{"a refusal", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPreconditionFailed) }, "× visits: 412 Precondition Failed\n"},
		{"no answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "× visits: without an answer: EOF\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := plan{rate: 20, length: 300 * time.Millisecond, now: time.Now}
			outcomes := load(t, p, c.answer)
			var out bytes.Buffer
			if err := outcomes.print(&out, p, p.length); err == nil || !strings.Contains(out.String(), c.want) {
				t.Errorf("error is %v, want one, and %q in:\n%s", err, c.want, &out)
			}
			if strings.Contains(out.String(), "secret") {
				t.Errorf("a link is told:\n%s", &out)
			}
		})
	}
}

// load sends visits alone to a server that answers so.
func load(t *testing.T, p plan, answer http.HandlerFunc) tally {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	visits := kind{name: "visits", share: 100, next: func(target *vegeta.Target) error {
		target.Method, target.URL = http.MethodGet, server.URL+"/rsvp/secret"
		return nil
	}}
	return attack(t.Context(), p, server.Client(), []kind{visits})
}

func TestDue(t *testing.T) {
	began := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	pace := vegeta.ConstantPacer{Freq: 20 * 5, Per: 100 * time.Second}
	for number, want := range map[uint64]time.Duration{0: time.Second, 59: time.Minute} {
		if got := due(began, pace, number).Sub(began); got != want {
			t.Errorf("request %d is due after %v, want %v", number, got, want)
		}
		// Vegeta waits until then, as well, when it was in time before.
		if wait, stop := pace.Pace(want-time.Second, number); wait != time.Second || stop {
			t.Errorf("request %d is sent %v later", number, wait)
		}
	}
}

func TestQuantile(t *testing.T) {
	thousand := make([]time.Duration, 1000)
	for n := range thousand {
		thousand[n] = time.Duration(n + 1)
	}
	cases := []struct {
		name string
		of   []time.Duration
		part float64
		want time.Duration
	}{
		{"of none", nil, 0.5, 0},
		{"of one", thousand[:1], 0.999, 1},
		{"the middle", thousand, 0.5, 500},
		{"999 of 1,000", thousand, 0.999, 999},
		{"the longest", thousand, 1, 1000},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := quantile(c.of, c.part); got != c.want {
				t.Errorf("it is %d, want %d", got, c.want)
			}
		})
	}
}

// TestMemoryThatGrowsFails is a soak of a hundred samples, ten seconds each.
func TestMemoryThatGrowsFails(t *testing.T) {
	cases := []struct {
		name   string
		sum    func(n int) int64 // MiB
		grows  bool
		prints string
	}{
		{"flat", func(int) int64 { return 400 }, false, "changes by +0.00 MiB an hour"},
		{"warm after the first half", func(n int) int64 { return int64(min(n, 50)) }, false, "changes by +0.00 MiB an hour"},
		{"up and down", func(n int) int64 { return 400 + int64(n%2) }, false, ""},
		{"a tenth of a MiB a second", func(n int) int64 { return 400 + int64(n) }, true, "changes by +360.00 MiB an hour"},
		{"less and less", func(n int) int64 { return 400 - int64(n) }, false, "changes by -360.00 MiB an hour"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var samples []sample
			for n := range 100 {
				samples = append(samples, sample{at: time.Duration(n) * every, functions: c.sum(n) << 20})
			}
			var out bytes.Buffer
			err := remember(&out, samples, plan{soak: true, growth: 5})
			if (err != nil) != c.grows || !strings.Contains(out.String(), c.prints) {
				t.Errorf("error is %v, want one: %t, and %q in:\n%s", err, c.grows, c.prints, &out)
			}
			if err := remember(&out, samples, plan{growth: 5}); err != nil {
				t.Errorf("without -soak the error is %v", err)
			}
		})
	}
}

package directory_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/directory"
	"csdn.example/directory/shared/dynamo"
)

var nine = time.Date(2027, 2, 1, 9, 0, 30, 0, time.UTC)

func at(when time.Time) func() time.Time { return func() time.Time { return when } }

// counter is a store of requests over a map, and how often it was asked.
type counter struct {
	lock  sync.Mutex
	total map[string]int
	asked int
	fault error
}

func (c *counter) Lease(_ context.Context, subject string, minute time.Time, requests int, _ time.Time) (int, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.asked++
	if c.fault != nil {
		return 0, c.fault
	}
	c.total[subject+minute.String()] += requests
	return c.total[subject+minute.String()], nil
}

// admitted returns how many of the requests pass.
func admitted(t *testing.T, l *directory.Limiter, caller csdn.Caller, address string, requests int) int {
	t.Helper()
	passed := 0
	for range requests {
		wait, err := l.Admit(t.Context(), caller, address)
		if err != nil {
			t.Error(err)
		}
		if wait == 0 {
			passed++
		}
	}
	return passed
}

func TestManyInstancesTogetherLetPassWhatOneWould(t *testing.T) {
	people := dynamo.People{Client: enginetest.Start(t).Client, Table: "PeopleTable"}
	caller := csdn.Caller{Account: "A1", Role: csdn.PlannerRole}
	var together sync.WaitGroup
	passed := make(chan int, 4)
	for range 4 {
		together.Go(func() {
			l := &directory.Limiter{Store: people, PerMinute: 131, Patience: time.Minute, Now: at(nine)}
			passed <- admitted(t, l, caller, "192.0.2.1", 100)
		})
	}
	together.Wait()
	close(passed)
	total := 0
	for n := range passed {
		total += n
	}
	if total != 131 {
		t.Errorf("%d requests passed, want 131", total)
	}
}

func TestWhoIsCountedTogether(t *testing.T) {
	anonymous := csdn.Caller{Role: csdn.AnonymousRole}
	account := func(id csdn.AccountID) csdn.Caller { return csdn.Caller{Account: id, Role: csdn.PlannerRole} }
	for _, test := range []struct {
		name          string
		first, second csdn.Caller
		from, then    string
		want          int // of 100 more, once the first has none left
	}{
		{"an account, from wherever", account("A1"), account("A1"), "192.0.2.1", "192.0.2.2", 0},
		{"two accounts at an address", account("A1"), account("A2"), "192.0.2.1", "192.0.2.1", 60},
		{"an address", anonymous, anonymous, "192.0.2.1", "192.0.2.1", 0},
		{"two addresses", anonymous, anonymous, "192.0.2.1", "192.0.2.2", 100},
		{"one network of version 6", anonymous, anonymous, "2001:db8::1", "2001:db8::2:0:0:9", 0},
		{"two networks of version 6", anonymous, anonymous, "2001:db8::1", "2001:db8:0:1::1", 100},
		{"an address in both versions", anonymous, anonymous, "192.0.2.1", "::ffff:192.0.2.1", 0},
		{"what is no address", anonymous, anonymous, "", "", 0},
		{"somebody known does not use up the address", account("A1"), anonymous, "192.0.2.1", "192.0.2.1", 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := &directory.Limiter{Store: &counter{total: map[string]int{}}, PerMinute: 60, Patience: time.Minute, Now: at(nine)}
			admitted(t, l, test.first, test.from, 200)
			if got := admitted(t, l, test.second, test.then, 100); got != test.want {
				t.Errorf("%d passed, want %d", got, test.want)
			}
		})
	}
}

func TestAMinuteLaterAllPassAgain(t *testing.T) {
	now := nine
	l := &directory.Limiter{Store: &counter{total: map[string]int{}}, PerMinute: 5, Patience: time.Minute, Now: func() time.Time { return now }}
	caller := csdn.Caller{Account: "A1", Role: csdn.PlannerRole}
	if got := admitted(t, l, caller, "", 9); got != 5 {
		t.Errorf("%d passed", got)
	}
	if wait, _ := l.Admit(t.Context(), caller, ""); wait != 30*time.Second {
		t.Errorf("the wait is %s", wait)
	}
	now = now.Add(30 * time.Second)
	if got := admitted(t, l, caller, "", 9); got != 5 {
		t.Errorf("%d passed in the next minute", got)
	}
}

func TestNotEveryRequestIsWritten(t *testing.T) {
	store := &counter{total: map[string]int{}}
	l := &directory.Limiter{Store: store, PerMinute: 600, Patience: time.Minute, Now: at(nine)}
	if got := admitted(t, l, csdn.Caller{Account: "A1", Role: csdn.PlannerRole}, "", 5000); got != 600 || store.asked != 61 {
		t.Errorf("%d passed, %d writes", got, store.asked)
	}
}

func TestWhatCannotBeCountedPasses(t *testing.T) {
	store := &counter{fault: errors.New("no table")}
	l := &directory.Limiter{Store: store, PerMinute: 60 * 7, Patience: time.Minute, Now: at(nine)}
	failures := 0
	for range 70 {
		wait, err := l.Admit(t.Context(), csdn.Caller{Account: "A1", Role: csdn.PlannerRole}, "")
		if wait != 0 {
			t.Fatal("a request was refused")
		}
		if err != nil {
			failures++
		}
	}
	if failures != 10 || store.asked != 10 {
		t.Errorf("%d failures of %d attempts, want one for every 7 requests", failures, store.asked)
	}
}

func TestManySubjectsAreForgottenAndStillBounded(t *testing.T) {
	store := &counter{total: map[string]int{}}
	l := &directory.Limiter{Store: store, PerMinute: 3, Patience: time.Minute, Now: at(nine)}
	for round := range 9 {
		passed := 0
		for n := range 2500 {
			passed += admitted(t, l, csdn.Caller{Account: csdn.AccountID(fmt.Sprint(n)), Role: csdn.PlannerRole}, "", 1)
		}
		if want := map[bool]int{true: 2500}[round < 3]; passed != want {
			t.Errorf("round %d: %d passed, want %d", round, passed, want)
		}
	}
}

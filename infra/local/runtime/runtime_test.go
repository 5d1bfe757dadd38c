package runtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"csdn.example/directory/infra/local/functiontest"
	"csdn.example/directory/infra/local/runtime"
	"csdn.example/directory/infra/local/template"
)

func TestMain(m *testing.M) { functiontest.Main(m) }

// start runs the test's function as "Worker", with a time limit, and as "Broken", which ends as soon as it starts.
func start(t *testing.T, timeout time.Duration, limits runtime.Limits) *runtime.Runtime {
	t.Helper()
	var ids atomic.Int64
	r, err := runtime.Start(runtime.Options{
		Functions: []template.Function{
			{ID: "Worker", Folder: "worker", Timeout: timeout, MemoryMB: 256, Environment: map[string]string{"OWN": "1", "SHARED": "own"}},
			{ID: "Broken", Folder: "broken", Timeout: timeout, Environment: map[string]string{"FAIL_AT_START": "1"}},
		},
		Binaries:    functiontest.Programs(t, "worker", "broken"),
		Environment: map[string]string{"SHARED": "all", "AWS_REGION": template.Region},
		Logs:        filepath.Join(t.TempDir(), "logs"),
		Limits:      limits,
		Now:         time.Now,
		NewID:       func() string { return fmt.Sprintf("id-%d", ids.Add(1)) },
		Log:         slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Stop)
	return r
}

// processOf invokes the function and returns the id of the process that answered.
func processOf(t *testing.T, r *runtime.Runtime, pause int) (int, error) {
	payload, err := r.Invoke(t.Context(), "Worker", fmt.Appendf(nil, `{"do":"process","pause":%d}`, pause))
	if err != nil {
		return 0, err
	}
	var id int
	return id, json.Unmarshal(payload, &id)
}

func TestInvokeGivesTheFunctionItsEnvironmentAlone(t *testing.T) {
	t.Setenv("SECRET_OF_THE_PARENT", "x")
	r := start(t, time.Second, runtime.DefaultLimits())
	payload, err := r.Invoke(t.Context(), "Worker", []byte(`{"do":"environment"}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := json.Unmarshal(payload, &got); err != nil {
		t.Fatal(err)
	}
	got = slices.DeleteFunc(got, func(v string) bool {
		// The address is another each time; the trace id is set by the function's own library.
		return strings.HasPrefix(v, "AWS_LAMBDA_RUNTIME_API=127.0.0.1:") || strings.HasPrefix(v, "_X_AMZN_TRACE_ID=")
	})
	slices.Sort(got)
	want := []string{
		"AWS_ACCESS_KEY_ID=Worker", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256", "AWS_LAMBDA_FUNCTION_NAME=Worker", "AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
		"AWS_REGION=eu-central-1", "AWS_SECRET_ACCESS_KEY=Worker", "GOMAXPROCS=1", "OWN=1", "SHARED=own", "_HANDLER=bootstrap",
	}
	if !slices.Equal(got, want) {
		t.Errorf("environment:\n%q\nwant:\n%q", got, want)
	}
}

func TestInvokeReusesAnInstanceAndStartsMoreUnderLoad(t *testing.T) {
	limits := runtime.DefaultLimits()
	limits.Instances = 3
	r := start(t, 5*time.Second, limits)
	first, err := processOf(t, r, 0)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := processOf(t, r, 0); err != nil || second != first {
		t.Errorf("the second invocation ran in process %d (%v), not %d", second, err, first)
	}
	var mutex sync.Mutex
	seen := map[int]bool{}
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() {
			id, err := processOf(t, r, 50)
			if err != nil {
				t.Error(err)
			}
			mutex.Lock()
			defer mutex.Unlock()
			seen[id] = true
		})
	}
	group.Wait()
	if len(seen) != 3 || !seen[first] {
		t.Errorf("processes %v served, want three with %d", seen, first)
	}
}

func TestAFailureFailsItsInvocationAlone(t *testing.T) {
	limits := runtime.DefaultLimits()
	limits.Instances = 1
	r := start(t, 300*time.Millisecond, limits)
	cases := []struct {
		name, function, event, want string
		fresh                       bool
	}{
		{"an error", "Worker", `{"do":"fail"}`, "errorString", false},
		{"a panic", "Worker", `{"do":"panic"}`, "string", true},
		{"the end of the process", "Worker", `{"do":"exit"}`, "Runtime.ExitError", true},
		{"an endless invocation", "Worker", `{"do":"process","pause":60000}`, "Sandbox.Timedout", true},
		{"a process that cannot start", "Broken", `{}`, "Runtime.ExitError", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before, err := processOf(t, r, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, err = r.Invoke(t.Context(), c.function, []byte(c.event))
			var failed *runtime.FunctionError
			if !errors.As(err, &failed) || failed.Type != c.want {
				t.Errorf("error is %v, want a function's error %s", err, c.want)
			}
			after, err := processOf(t, r, 0)
			if err != nil {
				t.Fatal(err)
			}
			if fresh := after != before; fresh != c.fresh {
				t.Errorf("a fresh process is %t, want %t", fresh, c.fresh)
			}
		})
	}
}

func TestAKilledInstanceIsReplaced(t *testing.T) {
	r := start(t, time.Second, runtime.DefaultLimits())
	for range 5 {
		id, err := processOf(t, r, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(id, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		// Give the system its moment to end the process: an invocation handed over in between may fail.
		for syscall.Kill(id, 0) == nil {
			time.Sleep(time.Millisecond)
		}
		if again, err := processOf(t, r, 0); err != nil || again == id {
			t.Errorf("process %d (%v) after killing %d", again, err, id)
		}
	}
}

func TestOverloadIsRefused(t *testing.T) {
	limits := runtime.DefaultLimits()
	limits.Instances, limits.Queue, limits.QueueWait = 1, 1, 100*time.Millisecond
	r := start(t, 5*time.Second, limits)
	if _, err := processOf(t, r, 0); err != nil {
		t.Fatal(err)
	}
	results := make(chan error, 3)
	for range 3 {
		go func() {
			_, err := processOf(t, r, 400)
			results <- err
		}()
	}
	busy := 0
	for range 3 {
		if err := <-results; errors.Is(err, runtime.ErrBusy) {
			busy++
		}
	}
	if busy != 2 {
		t.Errorf("%d invocations were refused, want the one too many and the one that waited too long", busy)
	}
}

func TestACallerThatLeavesDoesNotTakeTheInstanceAlong(t *testing.T) {
	limits := runtime.DefaultLimits()
	limits.Instances = 1
	r := start(t, 5*time.Second, limits)
	id, err := processOf(t, r, 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer leave()
	if _, err := r.Invoke(ctx, "Worker", []byte(`{"pause":100}`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v", err)
	}
	if again, err := processOf(t, r, 0); err != nil || again != id {
		t.Errorf("process %d (%v), want %d still", again, err, id)
	}
}

func TestIdleInstancesEnd(t *testing.T) {
	limits := runtime.DefaultLimits()
	limits.Idle = 20 * time.Millisecond
	r := start(t, time.Second, limits)
	id, err := processOf(t, r, 0)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); syscall.Kill(id, 0) == nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the idle process still runs")
		}
	}
}

package prove

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
)

// children returns the processes that this one has started and whose program is the path or, for a folder, lies in it.
func children(t *testing.T, path string) []int {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil || all == nil {
		t.Errorf("the processes of the machine cannot be found (%v): the proof needs /proc, as Linux has", err)
	}
	var found []int
	for _, folder := range all {
		stat, err := os.ReadFile(filepath.Join(folder, "stat"))
		if err != nil {
			continue // it has ended
		}
		command, err := os.ReadFile(filepath.Join(folder, "cmdline"))
		if err != nil {
			continue
		}
		// proc(5): the name, which may have spaces, is in parentheses; the state and the parent follow.
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		program, _, _ := strings.Cut(string(command), "\x00")
		ours := program == path || strings.HasPrefix(program, path+string(filepath.Separator))
		if !ours || fields[0] == "Z" || fields[1] != strconv.Itoa(os.Getpid()) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, pid)
	}
	return found
}

// kill ends a process as the power does.
func kill(t *testing.T, pid int) {
	t.Helper()
	// It may have ended by itself, and is not yet waited for by anybody.
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
		t.Errorf("kill %d: %v", pid, err)
	}
}

// killing kills the instances of a function over and over until the context ends, and returns how many. Each pause is longer than the last:
// on a machine of any speed some kills meet a request, and one request ends.
func killing(ctx context.Context, t *testing.T, function string, pause time.Duration) (kills int) {
	for program := filepath.Join(functions(t), function); ; pause += pause / 5 {
		select {
		case <-ctx.Done():
			return kills
		case <-time.After(pause + rand.N(pause)):
			for _, pid := range children(t, program) {
				kill(t, pid)
				kills++
			}
		}
	}
}

// stories are how many houses a proof of kills goes through: one whose stream is long is slow.
func stories() int { return count(1, 10) }

// TestNothingIsLostWhenTheStoreIsKilled kills the engine, which is then started again by the machine, under load.
func TestNothingIsLostWhenTheStoreIsKilled(t *testing.T) {
	binary := engine.Binary(enginetest.Root(t))
	for story := range stories() {
		t.Run(fmt.Sprintf("house %d", story+1), func(t *testing.T) {
			h, c := crowded(t)
			kills := count(3, 10)
			for range kills {
				// With -full the machine takes each death for a new one, and does not wait longer each time.
				time.Sleep(time.Duration(count(100, 2100))*time.Millisecond + rand.N(400*time.Millisecond))
				old := children(t, binary)
				if len(old) != 1 {
					t.Fatalf("there are %d engines", len(old))
				}
				kill(t, old[0])
				eventually(t, "the engine came back", func() bool {
					fresh := children(t, binary)
					return len(fresh) == 1 && fresh[0] != old[0]
				})
			}
			t.Logf("%d kills, %d answers taken, %d failures on the way", kills, c.goHome(), c.failures.Load())
			h.audit(t, c)
		})
	}
}

// TestNothingIsLostWhenFunctionsAreKilled kills instances of the functions under load.
func TestNothingIsLostWhenFunctionsAreKilled(t *testing.T) {
	for story := range stories() {
		t.Run(fmt.Sprintf("house %d", story+1), func(t *testing.T) {
			h, c := crowded(t)
			kills := count(5, 20)
			for range kills {
				time.Sleep(50*time.Millisecond + rand.N(200*time.Millisecond))
				var running []int
				eventually(t, "an instance ran", func() bool {
					running = children(t, functions(t))
					return running != nil
				})
				kill(t, running[rand.N(len(running))])
			}
			t.Logf("%d kills, %d answers taken, %d failures on the way", kills, c.goHome(), c.failures.Load())
			h.audit(t, c)
		})
	}
}

// crowded returns a house with too few seats and a crowd that has begun to answer, so that seats are offered on and on.
func crowded(t *testing.T) (*house, *crowd) {
	t.Helper()
	h := start(t, "")
	h.meets(t, 4)
	guests := h.knows(t, 4*hands, numbered)
	h.invites(t, guests)
	c := h.gather(t, guests)
	t.Cleanup(func() {
		if c.open() {
			c.goHome()
		}
	})
	return h, c
}

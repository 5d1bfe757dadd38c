package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/functiontest"
)

// TestMain lets the test's own program be the machine too.
func TestMain(m *testing.M) {
	if os.Getenv("RUN_THE_MACHINE") != "" {
		main()
		return
	}
	functiontest.Main(m)
}

// start runs the machine as a process, and returns it with the one line that it prints.
func start(t *testing.T) (*exec.Cmd, string) {
	t.Helper()
	command := exec.Command(os.Args[0],
		"-template", "machine/testdata/template.yaml", "-functions", functiontest.Programs(t, "authorizer", "nouns"),
		"-engine", engine.Binary(enginetest.Root(t)), "-listen", "127.0.0.1:0", "-data", t.TempDir())
	command.Env = append(os.Environ(), "RUN_THE_MACHINE=1")
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill() })
	reader := bufio.NewReader(output)
	line, err := reader.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if more, _ := io.ReadAll(reader); len(more) > 0 {
			t.Errorf("the machine printed more: %s", more)
		}
	})
	return command, line
}

// childrenOf lists the processes started by another.
func childrenOf(t *testing.T, parent int) []int {
	t.Helper()
	lists, err := filepath.Glob("/proc/" + strconv.Itoa(parent) + "/task/*/children")
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, list := range lists {
		text, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range strings.Fields(string(text)) {
			id, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, id)
		}
	}
	return out
}

func TestNoChildOutlivesTheMachine(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"asked to stop": syscall.SIGTERM, "killed": syscall.SIGKILL} {
		t.Run(name, func(t *testing.T) {
			command, line := start(t)
			url, rest, _ := strings.Cut(strings.TrimPrefix(line, "The CSDN directory is ready at "), " ")
			if rest != "(mailbox: /local/mailbox)\n" {
				t.Fatalf("the machine printed %q", line)
			}
			response, err := http.Get(url + "/nouns/1")
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			children := childrenOf(t, command.Process.Pid)
			if response.StatusCode != http.StatusOK || len(children) != 3 {
				t.Fatalf("answer %d, children %v, want the engine and two functions", response.StatusCode, children)
			}
			if err := command.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			err = command.Wait()
			if (err == nil) != (signal == syscall.SIGTERM) {
				t.Errorf("the machine ended with %v", err)
			}
			for _, child := range children {
				for deadline := time.Now().Add(5 * time.Second); syscall.Kill(child, 0) == nil && !zombie(child); time.Sleep(time.Millisecond) {
					if time.Now().After(deadline) {
						t.Fatalf("the child %d still runs", child)
					}
				}
			}
		})
	}
}

// zombie reports whether a process has ended, though nobody has taken note.
func zombie(id int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(id) + "/stat")
	_, after, _ := strings.Cut(string(text), ") ")
	return err != nil || strings.HasPrefix(after, "Z")
}

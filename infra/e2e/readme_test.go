package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/enginetest"
)

var example = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestTheReadmesExample pastes the worked example of the README into a shell.
func TestTheReadmesExample(t *testing.T) {
	h := start(t)
	readme, err := os.ReadFile(filepath.Join(enginetest.Root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	script := "set -euo pipefail\n"
	for _, block := range example.FindAllStringSubmatch(string(readme), -1) {
		script += block[1]
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	shell := exec.CommandContext(ctx, "bash", "-c", script)
	shell.Dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(shell.Dir, ".build"), 0o700); err != nil {
		t.Fatal(err)
	}
	shell.Env = append(os.Environ(), "CSDN="+h.URL)
	shell.WaitDelay = time.Second
	output, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v:\n%s", err, output)
	}
	at := 0
	for _, line := range []string{
		"\nof ", "draft: Agenda item 6", "\nopen\n", "\ndrafted 2", "\nsent 2", "-02-01T09:15 Europe/Brussels, on my clock ", "\naccepted\n",
		"\n1 of 25 to 30\n", "phase 5 accepted", "We keep the bridges of **dialogue** open.", "organisation.changed: mission\n",
	} {
		next := strings.Index(string(output)[at:], line)
		if next < 0 {
			t.Fatalf("%q does not follow in:\n%s", line, output)
		}
		at += next
	}
	note, err := os.ReadFile(filepath.Join(shell.Dir, ".build", "concept-note.html"))
	if err != nil || !strings.Contains(string(note), "Draft Agenda") {
		t.Errorf("the concept note: %v", err)
	}
}

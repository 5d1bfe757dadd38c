// Package nodetest reads what the directory writes for others by the parsers of others, which are npm's; make parsers installs them.
//
// It is for tests, and imports nothing of the house but the place of its folders.
package nodetest

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"csdn.example/directory/infra/local/enginetest"
)

// Read gives a text to a script, whose first argument is the folder of the packages, and decodes the JSON that it writes.
func Read(t *testing.T, script string, text []byte, into any) {
	t.Helper()
	packages := filepath.Join(enginetest.Root(t), ".build", "linked-data", "node_modules")
	node := exec.CommandContext(t.Context(), "node", script, packages)
	node.Stdin = bytes.NewReader(text)
	var complaint bytes.Buffer
	node.Stderr = &complaint
	written, err := node.Output()
	if err != nil {
		t.Fatalf("%v (make parsers installs them): %s\n%s", err, &complaint, text)
	}
	if err := json.Unmarshal(written, into); err != nil {
		t.Fatalf("%v: %s", err, written)
	}
}

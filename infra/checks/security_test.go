package checks

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"csdn.example/directory/infra/local/enginetest"
)

// proof is how SECURITY.md names a test, with the folder that it is in.
var proof = regexp.MustCompile("`(Test[A-Za-z0-9]+)` \\(([a-z0-9/]+)\\)")

// TestEveryProofExists looks up the tests that SECURITY.md names as proofs, and each risk of the list for one.
func TestEveryProofExists(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(enginetest.Root(t), "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, named := range proof.FindAllStringSubmatch(string(text), -1) {
		if !tests(t, named[2])[named[1]] {
			t.Errorf("SECURITY.md names %s as a proof, and %s has no such test", named[1], named[2])
		}
	}
	risks := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		if !strings.HasPrefix(line, "| API") {
			continue
		}
		if risks++; !proof.MatchString(line) || strings.Count(line, "`Test") != len(proof.FindAllString(line, -1)) {
			t.Errorf("a risk without proofs that can be found: %s", line)
		}
	}
	if risks != 10 {
		t.Errorf("%d risks of ten", risks)
	}
}

var declared = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)

// tests returns the names of the tests of a folder.
func tests(t *testing.T, folder string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(enginetest.Root(t), folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range declared.FindAllStringSubmatch(string(text), -1) {
			names[found[1]] = true
		}
	}
	return names
}

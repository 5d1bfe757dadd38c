package checks

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"csdn.example/directory/infra/local/enginetest"
)

// floors says what each room may import of the house, by folder. Imports go downward alone, and rooms of one floor do not
// know each other, but for the nouns on the ground.
var floors = map[string][]string{
	"shared/csdn":         {},
	"shared/search":       {"shared/csdn"},
	"shared/directory":    {"shared/csdn", "shared/search"},
	"shared/dynamo":       {"shared/csdn"},
	"shared/mail":         {"shared/csdn", "shared/mail"},
	"shared/document":     {"shared/csdn", "shared/document"},
	"shared/credential":   {"shared/csdn"},
	"shared/web":          {"shared/csdn"},
	"shared/gateway":      {},
	"shared/api":          {"shared/csdn", "shared/search", "shared/directory", "shared/web"},
	"shared/site":         {"shared/csdn", "shared/directory", "shared/document", "shared/web"},
	"shared/boot":         {"shared/csdn", "shared/dynamo", "shared/gateway", "shared/web", "shared/boot/traces"},
	"shared/boot/traces":  {},
	"shared/boot/letters": {"shared/boot", "shared/mail"},
	"shared/boot/inbox":   {"shared/csdn", "shared/boot", "shared/mail"},
	"functions/*":         {"shared/csdn", "shared/boot", "shared/boot/letters", "shared/boot/inbox", "shared/api", "shared/site", "shared/directory", "shared/credential", "shared/document", "shared/mail", "shared/web"},
	"infra/local":         {"infra/local"},
	"infra/seed":          {"shared", "infra/seed", "infra/stack"},
	"infra/enrol":         {"shared", "infra/stack"},
	"infra/repeat":        {"shared", "infra/stack"},
	"infra/restore":       {"infra/stack"},
	"infra/stack":         {},
	"infra/openapi":       {"shared/api"},
	"infra/bench":         {"shared", "infra/local", "infra/seed"},
	"infra/load":          {"infra/local"},
	"infra/pictures":      {"infra/local"},
	"infra/checks":        {},
	"infra/e2e":           {},
	"infra/prove":         {},
}

// groundLacks are the packages of the standard library that the ground floor does without.
var groundLacks = []string{"net/http", "encoding/json", "os", "log", "log/slog"}

const module = "csdn.example/directory/"

type pkg struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
	Dir        string
}

// packages lists the packages of the house as the go command knows them.
func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,GoFiles,Dir", "./...")
	list.Dir = enginetest.Root(t)
	text, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var found []pkg
	for decoder := json.NewDecoder(strings.NewReader(string(text))); ; {
		var p pkg
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, p)
	}
}

// room returns the row of floors that a package of the house belongs to, "" for none.
func room(folder string) string {
	if strings.HasPrefix(folder, "functions/") {
		return "functions/*"
	}
	for ; folder != "."; folder = path.Dir(folder) {
		if _, known := floors[folder]; known {
			return folder
		}
	}
	return ""
}

func TestFloors(t *testing.T) {
	for _, p := range packages(t) {
		folder := strings.TrimPrefix(p.ImportPath, module)
		own := room(folder)
		if own == "" {
			t.Errorf("%s is no room of the house: give it a row of the floors", folder)
			continue
		}
		for _, imported := range p.Imports {
			other, ours := strings.CutPrefix(imported, module)
			if !ours || room(other) == own && !strings.HasPrefix(own, "shared/") {
				continue
			}
			if !slices.ContainsFunc(floors[own], func(allowed string) bool {
				return other == allowed || strings.HasPrefix(other, allowed+"/")
			}) {
				t.Errorf("%s imports %s, which its floor does not allow", folder, other)
			}
		}
	}
}

func TestTheGroundFloorIsPure(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != module+"shared/csdn" {
			continue
		}
		for _, imported := range p.Imports {
			if strings.Contains(strings.Split(imported, "/")[0], ".") || slices.Contains(groundLacks, imported) {
				t.Errorf("shared/csdn imports %s", imported)
			}
		}
	}
}

func TestSharedHoldsNoGoFile(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath == module+"shared" || p.ImportPath == strings.TrimSuffix(module, "/") {
			t.Errorf("%s holds Go files: %v", p.ImportPath, p.GoFiles)
		}
	}
}

package checks

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/infra/local/template"
	"csdn.example/directory/shared/api"
	"csdn.example/directory/shared/site"
)

func readTemplate(t *testing.T) template.Template {
	t.Helper()
	read, err := template.Read(filepath.Join(enginetest.Root(t), "template.yaml"), template.LocalParameters("http://127.0.0.1"))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestFunctionFoldersAreTheTemplatesStanzas(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join(enginetest.Root(t), "functions"))
	if err != nil {
		t.Fatal(err)
	}
	var folders, stanzas []string
	for _, e := range entries {
		folders = append(folders, e.Name())
	}
	for _, f := range readTemplate(t).Functions {
		stanzas = append(stanzas, f.Folder)
		if want := strings.ToUpper(f.Folder[:1]) + f.Folder[1:] + "Function"; f.ID != want {
			t.Errorf("the function of %s is called %s, not %s", f.Folder, f.ID, want)
		}
	}
	slices.Sort(stanzas)
	if diff := cmp.Diff(folders, stanzas); diff != "" {
		t.Errorf("folders (-) and stanzas (+):\n%s", diff)
	}
}

func TestMainsAreShort(t *testing.T) {
	mains, err := filepath.Glob(filepath.Join(enginetest.Root(t), "functions", "*", "main.go"))
	if err != nil || len(mains) == 0 {
		t.Fatalf("no functions: %v", err)
	}
	for _, main := range mains {
		text, err := os.ReadFile(main)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n > 40 {
			t.Errorf("%s has %d lines; a main only wires", main, n)
		}
	}
}

// TestRoutesAreTheOperations: every operation has its route in the stanza of the function that serves it, behind the
// authorizer, which counts whoever calls; pages are in front of it; and no route leads nowhere.
func TestRoutesAreTheOperations(t *testing.T) {
	routes := map[string]string{} // "METHOD /path" to the function and whether it is public
	for _, f := range readTemplate(t).Functions {
		for _, r := range f.Routes {
			routes[r.Key()] = f.Folder + access(r.Authorizer == "")
		}
	}
	operations := map[string]string{}
	served := map[string][]api.Noun{
		"organisations": {api.Organisations{}},
		"people":        {api.People{}},
		"areas":         {api.Areas{}},
		"claims":        {api.Claims{}},
		"mergers":       {api.Mergers{}},
		"phases":        {api.Phases{}, api.Reports{}},
		"meetings":      {api.Meetings{}, api.MeetingTypes{}, api.Recommendations{}},
		"invitations":   {api.Invitations{}, api.Shortlists{}, api.Closings{}, api.Summaries{}},
		"accounts":      {api.Accounts{}, api.Tokens{}, api.Trail{}},
		"exports":       {api.OrganisationExports{}, api.PersonExports{}},
		"rights":        {api.Rights{}},
		"imports":       {api.Imports{}, api.Duplicates{}},
	}
	count := 0
	for function, nouns := range served {
		for path, item := range api.New(nil, nouns...).OpenAPI().Paths {
			for method := range operationsOf(item) {
				operations[method+" "+path] = function + access(false)
				count++
			}
		}
	}
	for function, pages := range map[string][]string{"site": site.Routes(), "imports": site.ImportRoutes(), "rights": site.RequestRoutes(), "mergers": site.MergerRoutes()} {
		for _, route := range pages {
			operations[route] = function + access(true)
		}
	}
	if diff := cmp.Diff(operations, routes); diff != "" {
		t.Errorf("registered operations (-) and routes of the template (+):\n%s", diff)
	}
	if whole := countOperations(t); whole != count {
		t.Errorf("api.Nouns has %d operations and the functions serve %d", whole, count)
	}
}

func access(public bool) string {
	if public {
		return ", public"
	}
	return ", behind the authorizer"
}

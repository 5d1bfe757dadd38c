package checks

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"csdn.example/directory/infra/local/enginetest"
	"csdn.example/directory/shared/api"
)

func TestTheCommittedSpecificationIsTheCodes(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join(enginetest.Root(t), "shared", "site", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	printed, err := json.MarshalIndent(api.New(nil, api.Nouns()...).OpenAPI(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(committed), string(printed)+"\n"); diff != "" {
		t.Errorf("shared/site/openapi.json is not what the code says; run make openapi:\n%s", diff)
	}
}

// operationsOf returns the operations of a path by method.
func operationsOf(item *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete}
	for method, op := range all {
		if op == nil {
			delete(all, method)
		}
	}
	return all
}

func countOperations(t *testing.T) int {
	t.Helper()
	n := 0
	for _, item := range api.New(nil, api.Nouns()...).OpenAPI().Paths {
		n += len(operationsOf(item))
	}
	return n
}

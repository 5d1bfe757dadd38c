// Package enginetest gives a test the real engine: fresh, on a temporary file, with the template's tables, stopped when
// the test ends. It is a package of its own so that the machine does not link the testing package.
//
// It may import engine, template and testing.
package enginetest

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Store is a running engine with empty tables, named by their logical ids in the template.
type Store struct {
	Client *dynamodb.Client
	// Endpoint is the URL for AWS clients made otherwise, and for child processes.
	Endpoint string
	Tables   []template.Table
	// Engine can be looked at, and its process killed; it is stopped by the test's cleanup.
	Engine *engine.Engine
}

// Start starts an engine with the tables of the template.yaml at the root of the repository. The test fails if the
// engine is not installed.
func Start(t testing.TB) Store {
	t.Helper()
	path := filepath.Join(Root(t), "template.yaml")
	// Tables depend on no parameter, but each must have a value.
	read, err := template.Read(path, template.LocalParameters("http://127.0.0.1"))
	if err != nil {
		t.Fatal(err)
	}
	return StartWith(t, read.Tables)
}

// StartWith is Start with tables of the test's own.
func StartWith(t testing.TB, tables []template.Table) Store {
	t.Helper()
	folder := t.TempDir()
	running, err := engine.Start(t.Context(), engine.Options{
		Binary:     engine.Binary(Root(t)),
		File:       filepath.Join(folder, "store.db"),
		OutputFile: filepath.Join(folder, "engine.log"),
		Log:        slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	client := engine.Client(running.Endpoint())
	if _, err := engine.CreateTables(t.Context(), client, tables); err != nil {
		t.Fatal(err)
	}
	return Store{Client: client, Endpoint: running.Endpoint(), Tables: tables, Engine: running}
}

// Root is the root of the repository: the nearest folder upwards with a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			t.Fatal("there is no go.mod above the test's folder")
		}
		folder = parent
	}
}

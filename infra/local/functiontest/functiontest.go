// Package functiontest gives the tests of the local machine's parts a small real Lambda function: the test's own program,
// which becomes the function when it is started as one, so that nothing has to be compiled.
//
// It may import aws-lambda-go and testing.
package functiontest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"
)

// Main is to be called by the TestMain of a package that uses Programs.
func Main(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	if os.Getenv("FAIL_AT_START") != "" {
		os.Exit(3)
	}
	var f function
	lambda.Start(f.handle)
}

// Programs returns a folder with name/bootstrap for each of the names. What the function does is told by its event; see
// its comment. The variable FAIL_AT_START, if set, ends it before it asks for one.
func Programs(t testing.TB, names ...string) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, name := range names {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(program, filepath.Join(folder, name, "bootstrap")); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

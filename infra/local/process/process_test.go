package process_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"csdn.example/directory/infra/local/process"
)

func TestStartGivesOnlyTheEnvironmentNamed(t *testing.T) {
	t.Setenv("SECRET_OF_THE_PARENT", "x")
	log := filepath.Join(t.TempDir(), "log")
	p, err := process.Start(process.Command{Binary: "/usr/bin/env", Environment: []string{"ONE=1"}, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	<-p.Done()
	if p.Err() != nil {
		t.Fatal(p.Err())
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != "ONE=1\n" {
		t.Errorf("the environment is %q", text)
	}
}

func TestStopKillsAChildThatDoesNotListen(t *testing.T) {
	p, err := process.Start(process.Command{
		Binary:    "/bin/sh",
		Arguments: []string{"-c", "trap '' TERM; while :; do /bin/sleep 0.01; done"},
		Log:       filepath.Join(t.TempDir(), "log"),
	})
	if err != nil {
		t.Fatal(err)
	}
	p.Stop(50 * time.Millisecond)
	if p.Err() == nil {
		t.Error("a killed child ended well")
	}
	p.Kill()
}

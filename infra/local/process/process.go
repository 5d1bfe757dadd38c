// Package process runs the local machine's child processes: the engine, the functions' instances, the seed. A child has
// only the environment it is given, writes to a log file, and dies with its parent where the system allows it.
//
// It imports the standard library alone.
package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// Command says what to start.
type Command struct {
	// Binary is the path of the program; its folder becomes the working folder.
	Binary      string
	Arguments   []string
	Environment []string
	// Log is the file to which both output streams are appended.
	Log string
}

// Process is a child that was started.
type Process struct {
	command *exec.Cmd
	done    chan struct{}
	err     error
}

// Start starts the child. The caller must see to its end with Kill or Stop.
func Start(c Command) (*Process, error) {
	binary, err := filepath.Abs(c.Binary)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", c.Binary, err)
	}
	log, err := os.OpenFile(c.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", c.Binary, err)
	}
	defer log.Close()
	command := exec.Command(binary, c.Arguments...)
	command.Dir = filepath.Dir(binary)
	// Never nil, which would hand down the parent's environment.
	command.Env = append([]string{}, c.Environment...)
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = attributes()
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", c.Binary, err)
	}
	p := &Process{command: command, done: make(chan struct{})}
	go func() {
		p.err = command.Wait()
		close(p.done)
	}()
	return p, nil
}

// ID is the child's process id.
func (p *Process) ID() int { return p.command.Process.Pid }

// Done is closed once the child has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Err tells how the child ended: nil for exit code 0. It is valid once Done is closed.
func (p *Process) Err() error { return p.err }

// Kill ends the child at once and waits for it. It may be called again.
func (p *Process) Kill() {
	// An error means that it has ended already.
	_ = p.command.Process.Kill()
	<-p.done
}

// Stop asks the child to end, and kills it if it has not within grace. It may be called again.
func (p *Process) Stop(grace time.Duration) {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-p.done:
	case <-timer.C:
		p.Kill()
	}
}

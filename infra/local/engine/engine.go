// Package engine runs the DynamoDB-compatible engine beside the local machine, keeps it running, and makes the
// template's tables in it, or in any other DynamoDB that is named instead.
//
// It may import process, template and the AWS SDK.
package engine

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"csdn.example/directory/infra/local/process"
)

// Options say which engine to start.
type Options struct {
	// Binary is the engine's program; see Binary for where it is installed.
	Binary string
	// File is the database, made if absent; "" keeps it in memory, and nothing of it when the engine dies.
	File string
	// OutputFile takes what the engine prints.
	OutputFile string
	// Log is told when the engine had to be started again.
	Log *slog.Logger
}

// Engine is a running engine. It is started again at the same address, with the same file, whenever it dies.
type Engine struct {
	options Options
	address string
	stop    chan struct{}
	stopped chan struct{}

	mutex   sync.Mutex
	current *process.Process
}

// readyWithin is how long an engine may take until it answers; it takes some ten milliseconds.
const readyWithin = 10 * time.Second

// Binary is where the engine's program for this platform is installed, below the root of the repository.
func Binary(root string) string {
	arch := runtime.GOARCH
	if arch == "amd64" {
		arch = "x64"
	}
	return filepath.Join(root, ".build", "engine", "node_modules", "@dynoxide", runtime.GOOS+"-"+arch, "dynoxide")
}

// Start starts the engine on a free port of the loopback interface and returns once it answers.
func Start(ctx context.Context, o Options) (*Engine, error) {
	if _, err := os.Stat(o.Binary); err != nil {
		return nil, fmt.Errorf("the engine is not at %s: run make engine first", o.Binary)
	}
	if o.File != "" {
		var err error
		if o.File, err = filepath.Abs(o.File); err != nil {
			return nil, fmt.Errorf("name the database: %w", err)
		}
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	e := &Engine{options: o, address: address, stop: make(chan struct{}), stopped: make(chan struct{})}
	if err := e.launch(); err != nil {
		return nil, err
	}
	if err := e.ready(ctx); err != nil {
		e.current.Kill()
		return nil, err
	}
	go e.supervise()
	return e, nil
}

// Endpoint is the URL that AWS clients take.
func (e *Engine) Endpoint() string { return "http://" + e.address }

// ProcessID is the id of the engine's present process.
func (e *Engine) ProcessID() int {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.current.ID()
}

// Stop ends the engine.
func (e *Engine) Stop() {
	close(e.stop)
	<-e.stopped
}

// freeAddress finds a port that nobody listens on at the moment.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a port for the engine: %w", err)
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

func (e *Engine) launch() error {
	host, port, err := net.SplitHostPort(e.address)
	if err != nil {
		return fmt.Errorf("start the engine: %w", err)
	}
	arguments := []string{"--host", host, "--port", port}
	if e.options.File != "" {
		arguments = append(arguments, "--db-path", e.options.File)
	}
	child, err := process.Start(process.Command{Binary: e.options.Binary, Arguments: arguments, Log: e.options.OutputFile})
	if err != nil {
		return err
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.current = child
	return nil
}

// ready waits until the engine takes connections.
func (e *Engine) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		connection, err := net.Dial("tcp", e.address)
		if err == nil {
			return connection.Close()
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-e.current.Done():
			return fmt.Errorf("the engine ended at once (%v): see %s", e.current.Err(), e.options.OutputFile)
		case <-ctx.Done():
			return fmt.Errorf("the engine does not answer at %s: see %s", e.address, e.options.OutputFile)
		}
	}
}

// supervise starts the engine again whenever it dies, slower when it keeps dying.
func (e *Engine) supervise() {
	defer close(e.stopped)
	const shortest, longest = 5 * time.Millisecond, 2 * time.Second
	pause := shortest
	for {
		running := time.NewTimer(longest)
		select {
		case <-e.stop:
			running.Stop()
			e.current.Stop(5 * time.Second)
			return
		case <-running.C:
			// It has held out: the next death is a new one.
			pause = shortest
			continue
		case <-e.current.Done():
			running.Stop()
		}
		e.options.Log.Warn("the engine ended and is started again", "end", e.current.Err(), "address", e.address)
		select {
		case <-e.stop:
			return
		case <-time.After(pause):
		}
		pause = min(2*pause, longest)
		if err := e.launch(); err != nil {
			e.options.Log.Error("the engine cannot be started again", "error", err)
		}
	}
}

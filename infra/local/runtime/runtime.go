// Package runtime runs the functions' compiled binaries as AWS Lambda does: as processes fed through the Lambda Runtime
// API, one invocation at a time each, more of them under load, fewer when idle.
//
// The API is that of https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. Each instance is given an address
// with a path of its own, by which the API knows who calls.
//
// It may import process and template, and the standard library.
package runtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"csdn.example/directory/infra/local/template"
)

// Options say what to run and within which limits. All fields are required.
type Options struct {
	Functions []template.Function
	// Binaries is the folder with one folder per function, each with a program named bootstrap.
	Binaries string
	// Environment is given to every function, beneath the variables of its own.
	Environment map[string]string
	// Logs is the folder for one log file per function.
	Logs   string
	Limits Limits
	Now    func() time.Time
	// NewID makes the unique ids of instances and invocations.
	NewID func() string
	Log   *slog.Logger
}

// Limits bound the processes of one function.
type Limits struct {
	// Instances is the most that run at once.
	Instances int
	// Queue is the most invocations that wait for an instance, and QueueWait how long each does.
	Queue     int
	QueueWait time.Duration
	// Idle is how long an instance is kept without work.
	Idle time.Duration
	// Start is how long an instance may take until it asks for its first invocation.
	Start time.Duration
}

// DefaultLimits suit a small computer, and a thousand people who answer at the same moment.
func DefaultLimits() Limits {
	return Limits{
		Instances: 4, Queue: 1024, QueueWait: 25 * time.Second, Idle: 5 * time.Minute, Start: 10 * time.Second,
	}
}

// ErrBusy means that the invocation never began: too many waited, or it waited too long.
var ErrBusy = errors.New("all instances of the function are busy")

// FunctionError means that the function failed its invocation: it answered with an error, died, or took too long.
type FunctionError struct {
	Function string
	// Type is that of the function's error, or Runtime.ExitError or Sandbox.Timedout.
	Type string
}

// Error names the function and the type alone: a message may hold personal data.
func (e *FunctionError) Error() string { return "the function " + e.Function + " failed: " + e.Type }

// Runtime runs functions. Its methods may be called at the same time.
type Runtime struct {
	options  Options
	listener net.Listener
	server   *http.Server
	pools    map[string]*pool
	stop     chan struct{}
	reaped   chan struct{}

	mutex     sync.Mutex
	instances map[string]*instance // by the path given to each
}

// Start opens the Runtime API on the loopback interface. No function is started before it is invoked.
func Start(o Options) (*Runtime, error) {
	if err := os.MkdirAll(o.Logs, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for logs: %w", err)
	}
	r := &Runtime{
		options: o, pools: map[string]*pool{}, instances: map[string]*instance{},
		stop: make(chan struct{}), reaped: make(chan struct{}),
	}
	for _, f := range o.Functions {
		p := &pool{runtime: r, function: f, binary: filepath.Join(o.Binaries, f.Folder, "bootstrap")}
		if _, err := os.Stat(p.binary); err != nil {
			return nil, fmt.Errorf("the function %s is not at %s: run make build first", f.ID, p.binary)
		}
		r.pools[f.ID] = p
	}
	var err error
	if r.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("open the runtime API: %w", err)
	}
	r.server = &http.Server{Handler: r.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = r.server.Serve(r.listener) }()
	go r.reap()
	return r, nil
}

// Invoke runs the function of that logical id on the payload, a JSON text, and returns its answer. The error is ErrBusy,
// a *FunctionError, or that of ctx, whose end does not end the invocation.
func (r *Runtime) Invoke(ctx context.Context, function string, payload []byte) ([]byte, error) {
	pool, ok := r.pools[function]
	if !ok {
		return nil, fmt.Errorf("there is no function %s", function)
	}
	return pool.invoke(ctx, payload)
}

// Stop kills all instances; invocations under way fail.
func (r *Runtime) Stop() {
	close(r.stop)
	<-r.reaped
	for _, p := range r.pools {
		p.close()
	}
	_ = r.server.Close()
}

// reap ends instances that have been idle for long.
func (r *Runtime) reap() {
	defer close(r.reaped)
	ticker := time.NewTicker(min(r.options.Limits.Idle, 10*time.Second))
	defer ticker.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-ticker.C:
			for _, p := range r.pools {
				p.reap(r.options.Now().Add(-r.options.Limits.Idle))
			}
		}
	}
}

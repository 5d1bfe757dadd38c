// Package machine is the local machine: it runs the deployed system's template on one computer, without AWS.
//
// It wires the other packages of infra/local together: the template says what there is; the gateway takes requests on
// one loopback address; the runtime runs the functions; streams and schedules invoke them too; the engine keeps the
// tables, in which each function may do what its policies allow; the issuer signs in demo accounts; the mailbox takes the
// mails, the bus tells of those that come back, and the inbox has those that people send. No part of the system knows that
// it is there.
package machine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"csdn.example/directory/infra/local/bus"
	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/httpapi"
	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/inbox"
	"csdn.example/directory/infra/local/issuer"
	"csdn.example/directory/infra/local/mailbox"
	"csdn.example/directory/infra/local/runtime"
	"csdn.example/directory/infra/local/schedule"
	"csdn.example/directory/infra/local/scrub"
	"csdn.example/directory/infra/local/streams"
	"csdn.example/directory/infra/local/template"
)

// Options say what to run, and where. All are required, but for Seed and Parameters, and for one of Engine and Endpoint.
type Options struct {
	// Template is the path of the SAM template.
	Template string
	// Functions is the folder of the compiled functions: for each a folder with a program named bootstrap.
	Functions string
	// Engine is the engine's program. Endpoint is another DynamoDB's URL, used instead if it is not empty; it must
	// take any credentials.
	Engine, Endpoint string
	// Listen is a loopback address with a port, or port 0 for any.
	Listen string
	// Data is the folder for all that is kept, made if absent.
	Data string
	// Seed is a program that fills empty tables; it is run with the environment of all functions together.
	Seed string
	// Parameters override those that the template has here otherwise; nil for none.
	Parameters map[string]string
	// Unscheduled has no schedule invoke a function: what would be done by the clock is done by Invoke alone.
	Unscheduled bool
	Now         func() time.Time
	Log         *slog.Logger
}

// Machine is a running local machine.
type Machine struct {
	// URL is its address, without a slash at the end.
	URL string
	// Endpoint is the URL of its DynamoDB.
	Endpoint string

	// Roles are those of the functions, and tell which of their policies were needed.
	Roles *iam.Roles

	options   Options
	functions *runtime.Runtime
	inbox     *inbox.Inbox
	stops     []func() // in the order of starting
}

// every is how often streams and the inbox are looked at when there is nothing new.
const every = 100 * time.Millisecond

// stopWithin is how long requests under way may take when the machine stops.
const stopWithin = 3 * time.Second

// Start starts everything and returns once requests are served. The end of ctx ends a start under way, not the machine.
func Start(ctx context.Context, o Options) (*Machine, error) {
	m := &Machine{options: o}
	if err := m.start(ctx); err != nil {
		m.Stop()
		return nil, err
	}
	return m, nil
}

// Stop ends everything, the last started first.
func (m *Machine) Stop() {
	for _, stop := range slices.Backward(m.stops) {
		stop()
	}
	m.stops = nil
}

// Invoke runs the function of that logical id on an event, as a schedule would.
func (m *Machine) Invoke(ctx context.Context, function string, payload []byte) ([]byte, error) {
	return m.functions.Invoke(ctx, function, payload)
}

func (m *Machine) start(ctx context.Context) error {
	o := m.options
	listener, url, err := listen(o.Listen)
	if err != nil {
		return err
	}
	m.URL = url
	m.stops = append(m.stops, func() { _ = listener.Close() })
	unlock, err := lock(o.Data)
	if err != nil {
		return err
	}
	m.stops = append(m.stops, unlock)
	parameters := template.LocalParameters(url)
	maps.Copy(parameters, o.Parameters)
	issuerURL := parameters["IssuerUrl"]
	if parameters["IssuerUrl"], err = kept(filepath.Join(o.Data, "issuer.url"), issuerURL); err != nil {
		return err
	}
	read, err := template.Read(o.Template, parameters)
	if err != nil {
		return err
	}
	signer, err := issuer.New(issuer.Options{
		Name: parameters["IssuerUrl"], URL: issuerURL, Audience: parameters["Audience"], Origin: url,
		KeyFile: filepath.Join(o.Data, "issuer.json"), Now: o.Now, NewID: newID,
	})
	if err != nil {
		return err
	}
	m.Roles = iam.New(read.Functions)
	events := bus.Start(ctx, bus.Options{
		Functions: read.Functions, Invoke: m.Invoke, Pause: time.Second, Now: o.Now, NewID: newID, Log: o.Log,
	})
	publish := func(detailType string, detail any) error { return events.Put("aws.ses", detailType, detail) }
	box, err := mailbox.Open(mailbox.Options{
		Folder: filepath.Join(o.Data, "mail"), Now: o.Now, NewID: newID, Publish: publish, Log: o.Log, May: m.Roles.CheckRequest,
	})
	if err != nil {
		return err
	}
	m.inbox, err = inbox.Open(inbox.Options{
		Folder: filepath.Join(o.Data, "inbox"), Functions: read.Functions, Buckets: read.Buckets, May: m.Roles.CheckRequest,
		Invoke: m.Invoke, Every: every, Now: o.Now, Log: o.Log,
	})
	if err != nil {
		return err
	}
	if err := m.startEngine(ctx); err != nil {
		return err
	}
	if err := m.startFunctions(read); err != nil {
		return err
	}
	if err := m.fill(ctx, read); err != nil {
		return err
	}
	gateway := httpapi.New(httpapi.Options{Template: read, Invoke: m.Invoke, Now: o.Now, NewID: newID, Log: o.Log})
	m.serve(listener, handler(listener.Addr(), gateway, signer, box, m.inbox))
	m.stops = append(m.stops, events.Stop)
	return m.startEvents(ctx, read)
}

// kept returns what the file holds, which is the value that was given when it was first asked for.
func kept(file, value string) (string, error) {
	text, err := os.ReadFile(file)
	if err == nil {
		return string(text), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read what the issuer is called: %w", err)
	}
	if err := os.WriteFile(file, []byte(value), 0o600); err != nil {
		return "", fmt.Errorf("keep what the issuer is called: %w", err)
	}
	return value, nil
}

// startEngine starts the engine, unless another endpoint is named.
func (m *Machine) startEngine(ctx context.Context) error {
	o := m.options
	if m.Endpoint = o.Endpoint; m.Endpoint != "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(o.Data, "logs"), 0o700); err != nil {
		return fmt.Errorf("make the folder for logs: %w", err)
	}
	file := filepath.Join(o.Data, "store.db")
	m.stops = append(m.stops, func() {
		if err := scrub.File(file); err != nil {
			o.Log.Error("what was deleted may still be in the store's file", "error", err)
		}
	})
	running, err := engine.Start(ctx, engine.Options{
		Binary: o.Engine, File: file,
		OutputFile: filepath.Join(o.Data, "logs", "engine.log"), Log: o.Log,
	})
	if err != nil {
		return err
	}
	m.Endpoint = running.Endpoint()
	m.stops = append(m.stops, running.Stop)
	return nil
}

func (m *Machine) startFunctions(read template.Template) error {
	o := m.options
	store, err := m.guard(read)
	if err != nil {
		return err
	}
	environment := m.environment()
	environment["AWS_ENDPOINT_URL_DYNAMODB"] = store
	functions, err := runtime.Start(runtime.Options{
		Functions: read.Functions, Binaries: o.Functions, Environment: environment,
		Logs: filepath.Join(o.Data, "logs"), Limits: runtime.DefaultLimits(), Now: o.Now, NewID: newID, Log: o.Log,
	})
	if err != nil {
		return err
	}
	m.functions = functions
	m.stops = append(m.stops, functions.Stop)
	return nil
}

func (m *Machine) serve(listener net.Listener, handler http.Handler) {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		// That of an HTTP API.
		MaxHeaderBytes: 10240,
	}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			m.options.Log.Error("the gateway has ended", "error", err)
		}
	}()
	m.stops = append(m.stops, func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			_ = server.Close()
		}
	})
}

// startEvents starts what invokes functions without a request.
func (m *Machine) startEvents(ctx context.Context, read template.Template) error {
	o := m.options
	feeds, err := streams.Start(ctx, streams.Options{
		Endpoint: m.Endpoint, Functions: read.Functions, Invoke: m.Invoke, May: m.Roles.Check,
		Positions: filepath.Join(o.Data, "streams.json"), DeadLetters: filepath.Join(o.Data, "dead-letters"),
		Every: every, Now: o.Now, Log: o.Log,
	})
	if err != nil {
		return err
	}
	m.stops = append(m.stops, feeds.Stop)
	if !o.Unscheduled {
		clocks, err := schedule.Start(ctx, schedule.Options{
			Functions: read.Functions, Invoke: m.Invoke, Now: o.Now, NewID: newID, Log: o.Log,
		})
		if err != nil {
			return err
		}
		m.stops = append(m.stops, clocks.Stop)
	}
	m.inbox.Watch(ctx)
	m.stops = append(m.stops, m.inbox.Stop)
	return nil
}

// newID makes a random UUID (RFC 9562, version 4), as AWS has for requests.
func newID() string {
	var b [16]byte
	// It never fails, says its documentation.
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

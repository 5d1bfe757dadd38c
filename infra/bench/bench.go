package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/machine"
	"csdn.example/directory/infra/local/template"
	"csdn.example/directory/infra/seed/demo"
	"csdn.example/directory/shared/csdn"
)

// bench is a running local machine with the demo data, and a folder for what else is needed.
type bench struct {
	folder   string
	now      func() time.Time
	sizes    []int // among how many organisations is searched, and people up to mostPeople
	template template.Template
	machine  *machine.Machine
	token    string // of the secretariat
	stops    []func()
}

// planner is on whose behalf the rooms below the API are asked.
var planner = csdn.Caller{Account: demo.Planner, Role: csdn.PlannerRole}

// close stops and removes everything.
func (b *bench) close() {
	for _, stop := range slices.Backward(b.stops) {
		stop()
	}
}

// start starts the machine and signs the secretariat in.
func (b *bench) start(ctx context.Context) error {
	var err error
	if b.folder, err = os.MkdirTemp("", "bench"); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	b.stops = append(b.stops, func() { _ = os.RemoveAll(b.folder) })
	b.machine, err = machine.Start(ctx, machine.Options{
		Template: "template.yaml", Functions: built, Engine: engine.Binary("."), Listen: "127.0.0.1:0",
		Data: filepath.Join(b.folder, "machine"), Seed: filepath.Join(".build", "seed"), Now: b.now, Log: quiet,
	})
	if err != nil {
		return err
	}
	b.stops = append(b.stops, b.machine.Stop)
	if b.template, err = template.Read("template.yaml", template.LocalParameters(b.machine.URL)); err != nil {
		return err
	}
	return b.signIn(ctx)
}

// built is the folder of the compiled functions.
var built = filepath.Join(".build", "functions")

var quiet = slog.New(slog.DiscardHandler)

// signIn gets a token, and binds its account by using it once.
func (b *bench) signIn(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, "POST", b.machine.URL+"/local/token", bytes.NewBufferString(`{"email": "secretariat@demo.example"}`))
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	text, err := send(http.DefaultClient, request)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	b.token = answer.AccessToken
	_, err = b.get(ctx, http.DefaultClient, "/v1/me")
	return err
}

// get asks the machine as the secretariat.
func (b *bench) get(ctx context.Context, client *http.Client, path string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, "GET", b.machine.URL+path, nil)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", path, err)
	}
	request.Header.Set("Authorization", "Bearer "+b.token)
	text, err := send(client, request)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", path, err)
	}
	return text, nil
}

// send returns the body of a good answer.
func send(client *http.Client, request *http.Request) ([]byte, error) {
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the answer is %s", response.Status)
	}
	return text, nil
}

// measurement is one of those that can be chosen by name.
type measurement struct {
	name    string
	measure func(context.Context) ([]table, error)
}

// report writes the tables of the measurements as each is done.
func (b *bench) report(ctx context.Context, out io.Writer, measurements []measurement) error {
	for _, m := range measurements {
		tables, err := m.measure(ctx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if _, err := io.WriteString(out, t.markdown()); err != nil {
				return err
			}
		}
	}
	return nil
}

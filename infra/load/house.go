package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/process"
)

// house is a local machine with the demo data, as make run starts it: a process of its own, so that its memory is nobody else's.
type house struct {
	url     string
	folder  string // of its data
	engine  string // the engine's program
	process *process.Process
	client  *http.Client
}

// ready is the line by which the machine says where it is.
var ready = regexp.MustCompile(`is ready at (http://\S+)`)

const (
	readyWithin = time.Minute
	stopWithin  = 20 * time.Second
)

// open starts a machine on a folder of its own.
func open(ctx context.Context) (*house, error) {
	root, err := filepath.Abs(".")
	if err != nil {
		return nil, fmt.Errorf("find the repository: %w", err)
	}
	h := &house{engine: engine.Binary(root)}
	if h.folder, err = os.MkdirTemp("", "load"); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	log := filepath.Join(h.folder, "machine.log")
	built := filepath.Join(root, ".build")
	h.process, err = process.Start(process.Command{
		Binary: filepath.Join(built, "local"), Log: log,
		Arguments: []string{
			"-listen", "127.0.0.1:0", "-data", filepath.Join(h.folder, "data"), "-template", filepath.Join(root, "template.yaml"),
			"-functions", filepath.Join(built, "functions"), "-engine", h.engine, "-seed", filepath.Join(built, "seed"),
		},
	})
	if err != nil {
		_ = os.RemoveAll(h.folder)
		return nil, fmt.Errorf("%w (run make build engine first)", err)
	}
	// More connections than requests are ever under way; one that is idle is left before the machine leaves it.
	h.client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4096, IdleConnTimeout: 30 * time.Second}}
	if err := h.ready(ctx, log); err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// ready waits until the machine has said where it is.
func (h *house) ready(ctx context.Context, log string) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		text, err := os.ReadFile(log)
		if err != nil {
			return fmt.Errorf("read what the machine says: %w", err)
		}
		if found := ready.FindSubmatch(text); found != nil {
			h.url = string(found[1])
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-h.process.Done():
			return fmt.Errorf("the machine ended at once: %s", text)
		case <-ctx.Done():
			return fmt.Errorf("the machine did not start: %s", text)
		}
	}
}

// close ends the machine and removes what it kept.
func (h *house) close() {
	h.process.Stop(stopWithin)
	_ = os.RemoveAll(h.folder)
}

// ask sends a request and decodes the good answer, if a target is given. The body is sent as JSON, if there is one.
func (h *house) ask(ctx context.Context, method, path, token string, body, target any) (http.Header, error) {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, h.url+path, content)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := h.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if response.StatusCode >= 300 {
		return nil, fmt.Errorf("%s %s: the answer is %s: %s", method, path, response.Status, text)
	}
	if target == nil {
		return response.Header, nil
	}
	if err := json.Unmarshal(text, target); err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	return response.Header, nil
}

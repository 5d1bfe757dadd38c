package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"csdn.example/directory/infra/local/runtime"
	"csdn.example/directory/infra/local/template"
)

// coldRounds is how often each function is started.
const coldRounds = 15

// coldStarts measures every function from the start of its process to its first answer, in turns with hello.
func (b *bench) coldStarts(ctx context.Context) ([]table, error) {
	beside, err := b.buildHello(ctx)
	if err != nil {
		return nil, err
	}
	visits, unknown, err := b.visits(ctx)
	if err != nil {
		return nil, err
	}
	t := table{
		title: "Cold start",
		about: fmt.Sprintf("From the start of the process to its first answer through the Lambda Runtime API, against the demo data: "+
			"medians of %d rounds, each taken next to one of a bare aws-lambda-go function (hello) on the same event.", coldRounds),
		columns: []string{"Function", "Event", "ms", "hello, ms", "Ratio", "Of a core, ms", "hello, ms", "Ratio", "Program, MB", "Peak memory, MB"},
	}
	var greeting sample
	for _, v := range visits {
		var own, other sample
		for range coldRounds {
			if err := b.first(ctx, b.machine.Endpoint, beside, hello, v.payload, &other); err != nil {
				return nil, err
			}
			if err := b.first(ctx, b.machine.Endpoint, built, v.function, v.payload, &own); err != nil {
				return nil, err
			}
		}
		row, err := own.row(filepath.Join(built, v.function.Folder), v.function.Folder, v.name, other)
		if err != nil {
			return nil, err
		}
		t.add(row...)
		greeting.times, greeting.cores = append(greeting.times, other.times...), append(greeting.cores, other.cores...)
		greeting.peak = max(greeting.peak, other.peak)
	}
	row, err := greeting.row(filepath.Join(beside, "hello"), "hello", "all of the above", greeting)
	if err != nil {
		return nil, err
	}
	t.add(row...)
	if len(unknown) > 0 {
		t.about += " No event is known for " + strings.Join(unknown, ", ") + "."
	}
	return []table{t}, nil
}

// buildHello compiles hello as the Makefile does the functions, and returns the folder in which it stands like one.
func (b *bench) buildHello(ctx context.Context) (string, error) {
	folder := filepath.Join(b.folder, "beside")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", "lambda.norpc", "-ldflags", "-s -w",
		"-o", filepath.Join(folder, "hello", "bootstrap"), "./infra/bench/hello")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build hello: %w: %s", err, output)
	}
	return folder, nil
}

// hello is the bare function beside which others are measured.
var hello = template.Function{ID: "Hello", Folder: "hello", Timeout: 10 * time.Second, MemoryMB: 256}

// sample is what several starts of one program showed.
type sample struct {
	times []time.Duration
	cores []time.Duration // how long each had a core
	peak  int64           // the greatest resident memory in bytes, 0 where the system does not tell
}

func (s sample) row(folder, name, event string, hello sample) ([]string, error) {
	program, err := os.Stat(filepath.Join(folder, "bootstrap"))
	if err != nil {
		return nil, fmt.Errorf("measure %s: %w", name, err)
	}
	peak := "–"
	if s.peak > 0 {
		peak = megabytes(s.peak)
	}
	row := append([]string{name, event}, s.beside(hello)...)
	return append(row, megabytes(program.Size()), peak), nil
}

// beside tells the medians of time and of a core's, and how they are to those of another sample.
func (s sample) beside(other sample) []string {
	var cells []string
	for _, pair := range [][2][]time.Duration{{s.times, other.times}, {s.cores, other.cores}} {
		one, two := median(pair[0]), median(pair[1])
		cells = append(cells, milliseconds(one), milliseconds(two), ratio(one, two))
	}
	return cells
}

// first starts a function anew, over the DynamoDB at the endpoint, and adds what its first answer took.
func (b *bench) first(ctx context.Context, endpoint, binaries string, f template.Function, payload []byte, s *sample) error {
	mark := fmt.Sprintf("%s=%s-%d", markVariable, f.ID, len(s.times))
	one, err := runtime.Start(runtime.Options{
		Functions: []template.Function{f}, Binaries: binaries, Environment: b.environment(endpoint, mark),
		Logs: filepath.Join(b.folder, "logs"), Limits: runtime.DefaultLimits(), Now: b.now, NewID: newID, Log: quiet,
	})
	if err != nil {
		return err
	}
	defer one.Stop()
	begun := b.now()
	answer, err := one.Invoke(ctx, f.ID, payload)
	took := b.now().Sub(begun)
	if err != nil {
		return fmt.Errorf("start %s: %w", f.ID, err)
	}
	if err := good(answer); err != nil {
		return fmt.Errorf("start %s: %w", f.ID, err)
	}
	peak, core := usage(mark)
	s.times, s.cores, s.peak = append(s.times, took), append(s.cores, core), max(s.peak, peak)
	return nil
}

// Command pictures photographs the main pages of the built house with the demo data, as people with phones, tablets and desks see them,
// light and dark, and writes the pictures to infra/e2e/pictures, where whoever changes a page or the style looks at what became of the
// others. It must be run at the root of the repository, after make build engine.
//
// It may import the local machine, and drives a real browser.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/machine"

	"github.com/chromedp/chromedp"
)

// album is where the pictures are kept.
const album = "infra/e2e/pictures"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "the pictures were not taken:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	folder, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(folder)
	house, err := machine.Start(ctx, machine.Options{
		Template: "template.yaml", Functions: filepath.Join(".build", "functions"), Engine: engine.Binary("."), Listen: "127.0.0.1:0",
		Data: folder, Seed: filepath.Join(".build", "seed"), Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	defer house.Stop()
	if err := os.MkdirAll(album, 0o755); err != nil {
		return fmt.Errorf("make the album: %w", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true))
	allocator, free := chromedp.NewExecAllocator(ctx, options...)
	defer free()
	return photographs{allocator, house.URL}.take()
}

// photographs are taken of the house at the address, by browsers that the context makes.
type photographs struct {
	context.Context
	house string
}

// take fills a meeting, so that there is something to be seen, and photographs the pages of each role.
func (p photographs) take() error {
	planner, done, err := p.visitor("planner@demo.example")
	if err != nil {
		return err
	}
	defer done()
	var board string
	if err := chromedp.Run(planner,
		chromedp.Navigate(p.house+"/meetings?status=open"), chromedp.AttributeValue(`main a[href$="/board"]`, "href", &board, nil, chromedp.ByQuery)); err != nil {
		return fmt.Errorf("find the meeting: %w", err)
	}
	if err := p.fill(planner, board); err != nil {
		return err
	}
	for name, path := range map[string]string{"board": board, "shortlist": board + "/shortlist", "meeting": strings.TrimSuffix(board, "/board"), "people": "/people?area=mediation"} {
		if err := p.photograph(planner, name, path, everyWidth); err != nil {
			return err
		}
	}
	secretariat, done, err := p.visitor("secretariat@demo.example")
	if err != nil {
		return err
	}
	defer done()
	for name, path := range map[string]string{"home": "/", "organisations": "/organisations?area=mediation&q=peace", "imports": "/imports", "areas": "/areas"} {
		if err := p.photograph(secretariat, name, path, everyWidth); err != nil {
			return err
		}
	}
	return nil
}

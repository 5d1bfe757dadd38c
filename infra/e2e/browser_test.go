package e2e

import (
	"context"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a real one, without a window, that belongs to one test.
type browser struct {
	context.Context
	url  string
	lock *sync.Mutex
	// asked are the addresses that it asked for.
	asked *[]string
}

// browse starts a browser on a house.
func browse(t *testing.T, url string) browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
	)
	allocator, free := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(free)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(stop)
	t.Cleanup(func() { // asked to close before it is killed, so that its processes leave nothing behind
		closing, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		if err := chromedp.Cancel(closing); err != nil {
			t.Logf("the browser did not close well: %v", err)
		}
	})
	b := browser{Context: ctx, url: url, lock: &sync.Mutex{}, asked: &[]string{}}
	chromedp.ListenTarget(ctx, func(event any) {
		if sent, ok := event.(*network.EventRequestWillBeSent); ok {
			b.lock.Lock()
			*b.asked = append(*b.asked, sent.Request.URL)
			b.lock.Unlock()
		}
	})
	if err := chromedp.Run(ctx, network.Enable()); err != nil { // in the test's own time: the browser ends with it
		t.Fatal(err)
	}
	return b
}

// chromium returns where the browser is. The tests' command installs it.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no chromium is installed; make tools installs it")
	return ""
}

// do does the actions within two minutes.
func (b browser) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.Context, 2*time.Minute)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// opens loads a page of the house.
func (b browser) opens(t *testing.T, path string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.url+path), chromedp.WaitVisible("main", chromedp.ByQuery))
}

// reads returns the text of the page. A page that is just being left has none, and the next one is waited for.
func (b browser) reads(t *testing.T) string {
	t.Helper()
	var text string
	eventually(t, "a page is shown", func() bool {
		err := chromedp.Run(b.Context, chromedp.Evaluate(`document.querySelector("main") ? document.body.innerText : ""`, &text))
		return err == nil && text != ""
	})
	return text
}

// says fails the test unless the page says all of it.
func (b browser) says(t *testing.T, wanted ...string) {
	t.Helper()
	text := b.reads(t)
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Fatalf("the page does not say %q:\n%s", want, text)
		}
	}
}

// signsIn signs a demo account in as a person does.
func (b browser) signsIn(t *testing.T, email string) {
	t.Helper()
	b.do(t, chromedp.Navigate(b.url+"/sign-in"),
		chromedp.Click(`//button[contains(., "`+email+`")]`, chromedp.BySearch),
		chromedp.WaitVisible(`form[action="/sign-out"]`, chromedp.ByQuery))
}

// awaited has an expression's promise kept before its value is taken.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

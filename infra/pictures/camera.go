package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// view is how wide a window is, in pixels, and the colours that its owner prefers.
type view struct {
	width  int64
	scheme string
}

// A page of work is seen at a desk, on a tablet and on a phone; one that comes by mail, on a phone.
var (
	everyWidth = []view{{320, "light"}, {768, "light"}, {1280, "light"}, {1280, "dark"}}
	phones     = []view{{320, "light"}, {320, "dark"}}
)

const (
	tallest = 1800 // pixels of a page that are shown
	quality = 45   // of 100, at which small letters can still be read
)

// visitor returns a browser in which the account of a demo is signed in, and what ends it.
func (p photographs) visitor(email string) (context.Context, func(), error) {
	browser, done := chromedp.NewContext(p)
	err := chromedp.Run(browser, chromedp.Navigate(p.house+"/sign-in"), chromedp.Click(`//button[contains(., "`+email+`")]`, chromedp.BySearch),
		chromedp.WaitVisible(`form[action="/sign-out"]`, chromedp.ByQuery))
	if err != nil {
		done()
		return nil, nil, fmt.Errorf("sign %s in: %w", email, err)
	}
	return browser, done, nil
}

// photograph takes pictures of a page, one for each view.
func (p photographs) photograph(browser context.Context, name, path string, views []view) error {
	for _, v := range views {
		var picture []byte
		err := chromedp.Run(browser,
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: v.scheme}}),
			chromedp.EmulateViewport(v.width, 900), chromedp.Navigate(p.house+path), chromedp.WaitVisible("main", chromedp.ByQuery),
			chromedp.ActionFunc(func(ctx context.Context) error {
				_, _, _, _, _, whole, err := page.GetLayoutMetrics().Do(ctx)
				if err != nil {
					return err
				}
				frame := &page.Viewport{Width: float64(v.width), Height: min(whole.Height, tallest), Scale: 1}
				picture, err = page.CaptureScreenshot().WithFormat(page.CaptureScreenshotFormatWebp).WithQuality(quality).
					WithCaptureBeyondViewport(true).WithClip(frame).Do(ctx)
				return err
			}))
		if err != nil {
			return fmt.Errorf("photograph %s: %w", name, err)
		}
		file := fmt.Sprintf("%s-%d-%s.webp", name, v.width, v.scheme)
		if err := os.WriteFile(filepath.Join(album, file), picture, 0o644); err != nil {
			return fmt.Errorf("keep %s: %w", file, err)
		}
	}
	return nil
}

var link = regexp.MustCompile(`/rsvp/[A-Z0-9]+`)

// fill invites people to the meeting of a board and has most of them answer, each on the page of the invitation, of which pictures are
// taken before the first answer.
func (p photographs) fill(planner context.Context, board string) error {
	var people int
	err := chromedp.Run(planner, chromedp.Navigate(p.house+board+"/shortlist"), chromedp.WaitReady("main", chromedp.ByQuery),
		chromedp.Evaluate(`document.querySelectorAll("input[name=people]").length`, &people),
		chromedp.Click(`button[value="draft"]`, chromedp.ByQuery), chromedp.WaitVisible(`button[value="send"]`, chromedp.ByQuery),
		chromedp.Click(`button[value="send"]`, chromedp.ByQuery), chromedp.WaitVisible(`button[value="remind"]`, chromedp.ByQuery))
	if err != nil {
		return fmt.Errorf("invite: %w", err)
	}
	links, err := p.links(people)
	if err != nil {
		return err
	}
	guest, done := chromedp.NewContext(p)
	defer done()
	if err := p.photograph(guest, "invitation", links[0], phones); err != nil {
		return err
	}
	for n, to := range links[:len(links)-3] { // who never answers is seen too
		answer := "accepted"
		if n%4 == 3 {
			answer = "declined"
		}
		err := chromedp.Run(guest, chromedp.Navigate(p.house+to), chromedp.Click(`input[value="`+answer+`"]`, chromedp.ByQuery))
		if err == nil {
			_, err = chromedp.RunResponse(guest, chromedp.Click(`main form button`, chromedp.ByQuery))
		}
		if err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	return nil
}

// links waits for as many mails that invite, and returns the paths of their links.
func (p photographs) links(many int) ([]string, error) {
	const patience, pause = time.Minute, 200 * time.Millisecond
	for waited := time.Duration(0); waited < patience; waited += pause {
		answer, err := http.Get(p.house + "/local/mailbox.json")
		if err != nil {
			return nil, fmt.Errorf("read the mailbox: %w", err)
		}
		var mails []struct{ Text string }
		err = json.NewDecoder(answer.Body).Decode(&mails)
		answer.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("read the mailbox: %w", err)
		}
		var paths []string
		for _, mail := range mails {
			if path := link.FindString(mail.Text); path != "" {
				paths = append(paths, path)
			}
		}
		if len(paths) >= many {
			return paths, nil
		}
		time.Sleep(pause)
	}
	return nil, fmt.Errorf("no mails with links have come")
}

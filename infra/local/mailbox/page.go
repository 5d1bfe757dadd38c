package mailbox

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

//go:embed page.html
var pageText string

// view is what the page shows: all messages, newest first, and the one chosen.
type view struct {
	Messages []Message
	Shown    *Message
	// Body is the shown message's HTML, of which links open outside the frame.
	Body string
}

// Page answers with the list of messages, and with one of them in full if the query's "show" is its id.
func (m *Mailbox) Page(w http.ResponseWriter, r *http.Request) {
	messages, err := m.Messages()
	if err != nil {
		m.options.Log.Error("the mailbox cannot be read", "error", err)
		http.Error(w, "the mailbox cannot be read", http.StatusInternalServerError)
		return
	}
	slices.Reverse(messages)
	v := view{Messages: messages}
	status := http.StatusOK
	if id := r.URL.Query().Get("show"); id != "" {
		at := slices.IndexFunc(messages, func(message Message) bool { return message.ID == id })
		if at < 0 {
			status = http.StatusNotFound
		} else {
			v.Shown = &messages[at]
			v.Body = `<base target="_blank">` + v.Shown.HTML
		}
	}
	page, err := template.New("page").Funcs(template.FuncMap{"pieces": pieces}).Parse(pageText)
	if err != nil {
		m.options.Log.Error("the mailbox's page is broken", "error", err)
		http.Error(w, "the mailbox's page is broken", http.StatusInternalServerError)
		return
	}
	var buffer bytes.Buffer
	if err := page.Execute(&buffer, v); err != nil {
		m.options.Log.Error("the mailbox's page cannot be written", "error", err)
		http.Error(w, "the mailbox's page cannot be written", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	// The frame inherits it: a message can neither run scripts nor fetch anything.
	header.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'")
	w.WriteHeader(status)
	_, _ = w.Write(buffer.Bytes())
}

// piece is a stretch of a text, a link or not.
type piece struct {
	Text string
	Link bool
}

// pieces finds the web addresses in a text.
func pieces(text string) []piece {
	var out []piece
	for {
		at := strings.Index(text, "http")
		for at >= 0 && !strings.HasPrefix(text[at:], "http://") && !strings.HasPrefix(text[at:], "https://") {
			next := strings.Index(text[at+1:], "http")
			if next < 0 {
				at = -1
				break
			}
			at += 1 + next
		}
		if at < 0 {
			return append(out, piece{Text: text})
		}
		end := strings.IndexAny(text[at:], " \t\r\n<>\"'")
		if end < 0 {
			end = len(text) - at
		}
		link := strings.TrimRight(text[at:at+end], ".,;:!?)")
		out = append(out, piece{Text: text[:at]}, piece{Text: link, Link: true})
		text = text[at+len(link):]
	}
}

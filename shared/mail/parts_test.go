package mail

import (
	"bytes"
	"mime"
	"net/mail"
	"strings"
	"testing"

	"github.com/jhillyerd/enmime/v2"

	"csdn.example/directory/shared/csdn"
)

// received is a message as another parser reads it.
type received struct {
	raw      []byte
	headers  mail.Header
	envelope *enmime.Envelope
	text     string
	html     string
	calendar string // "" when there is none
	method   string // of the calendar part's Content-Type
}

// receive composes the letter and reads it back. It fails on anything but alternatives of text, HTML and at most one calendar
// entry in that order.
func receive(t *testing.T, letter csdn.Letter) received {
	t.Helper()
	raw, err := mailer().Compose(letter)
	if err != nil {
		t.Fatalf("Compose: %v", err)
	}
	return read(t, raw)
}

func read(t *testing.T, raw []byte) received {
	t.Helper()
	checkLines(t, raw)
	plain, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("the message does not parse: %v", err)
	}
	envelope, err := enmime.NewParser(enmime.DisableCharacterDetection(true)).ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("the message does not parse: %v", err)
	}
	for _, problem := range envelope.Errors {
		t.Errorf("the message parses with a problem: %v", problem)
	}
	got := received{raw: raw, headers: plain.Header, envelope: envelope}
	if envelope.Root.ContentType != "multipart/alternative" {
		t.Fatalf("the message is %s, want multipart/alternative", envelope.Root.ContentType)
	}
	var order []string
	for part := envelope.Root.FirstChild; part != nil; part = part.NextSibling {
		order = append(order, part.ContentType)
		switch part.ContentType {
		case "text/plain":
			got.text = string(part.Content)
		case "text/html":
			got.html = string(part.Content)
		case "text/calendar":
			_, parameters, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
			if err != nil {
				t.Errorf("Content-Type of the calendar part: %v", err)
			}
			got.calendar, got.method = string(part.Content), parameters["method"]
		}
		if part.Disposition != "" || part.FirstChild != nil {
			t.Errorf("part %s is an attachment or has parts", part.ContentType)
		}
	}
	want := "text/plain text/html text/calendar"
	if got.calendar == "" {
		want = "text/plain text/html"
	}
	if parts := strings.Join(order, " "); parts != want {
		t.Errorf("parts %q, want %q", parts, want)
	}
	return got
}

// checkLines fails on a line that is not ASCII, ends otherwise than by CRLF, or is longer than mail allows (RFC 5322, section
// 2.1.1).
func checkLines(t *testing.T, raw []byte) {
	t.Helper()
	for _, line := range bytes.SplitAfter(raw, []byte("\n")) {
		text, ended := bytes.CutSuffix(line, []byte("\r\n"))
		if len(line) > 0 && (!ended || bytes.ContainsAny(text, "\r\n\x00") || len(text) > 998) {
			t.Errorf("line %q does not end by CRLF, holds a stray break or is too long", line)
		}
		for _, b := range text {
			if b >= 0x80 {
				t.Errorf("line %q is not ASCII", line)
				break
			}
		}
	}
}

package mailbox

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"
)

// Message is a kept message, its parts decoded.
type Message struct {
	ID string `json:"id"`
	// To is the address it was sent to; several are joined by ", ".
	To      string `json:"to"`
	From    string `json:"from"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	// ICS is the text of the calendar part, empty without one.
	ICS string `json:"ics"`
	// SentAt is RFC 3339 in UTC.
	SentAt time.Time `json:"sentAt"`
}

// deliveredTo is the header in which a recipient is noted.
const deliveredTo = "Delivered-To"

// Messages reads all messages, in the order of sending.
func (m *Mailbox) Messages() ([]Message, error) {
	paths, err := filepath.Glob(filepath.Join(m.options.Folder, "*.eml"))
	if err != nil {
		return nil, fmt.Errorf("list the mailbox: %w", err)
	}
	out := []Message{}
	for _, path := range paths {
		message, err := read(path)
		if err != nil {
			return nil, err
		}
		out = append(out, message)
	}
	return out, nil
}

// find returns the file of a message.
func (m *Mailbox) find(id string) (string, error) {
	paths, err := filepath.Glob(filepath.Join(m.options.Folder, "*.eml"))
	if err != nil {
		return "", fmt.Errorf("list the mailbox: %w", err)
	}
	for _, path := range paths {
		if _, found, _ := nameOf(path); found == id {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no message %s", id)
}

// nameOf splits a file's name into the time of sending and the message id.
func nameOf(path string) (time.Time, string, error) {
	stamp, id, _ := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".eml"), "_")
	at, err := time.Parse(stampLayout, stamp)
	return at, id, err
}

func read(path string) (Message, error) {
	at, id, err := nameOf(path)
	if err != nil {
		return Message{}, fmt.Errorf("read the message %s: %w", path, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return Message{}, fmt.Errorf("read the message: %w", err)
	}
	defer file.Close()
	envelope, err := enmime.ReadEnvelope(file)
	if err != nil {
		return Message{}, fmt.Errorf("read the message %s: %w", id, err)
	}
	out := Message{
		ID: id, To: strings.Join(envelope.GetHeaderValues(deliveredTo), ", "), From: envelope.GetHeader("From"),
		Subject: envelope.GetHeader("Subject"), Text: envelope.Text, HTML: envelope.HTML, SentAt: at,
	}
	calendar := envelope.Root.DepthMatchFirst(func(p *enmime.Part) bool { return p.ContentType == "text/calendar" })
	if calendar != nil {
		out.ICS = string(calendar.Content)
	}
	return out, nil
}

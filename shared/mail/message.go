package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"csdn.example/directory/shared/csdn"
)

// senderName is the display name of the sender and the organiser. It is a proper name, the same in every language.
const senderName = "Civil Society Dialogue Network"

// Compose returns the letter as a message (RFC 5322) of the alternatives plain text, HTML and, but for a place in the reserve,
// a calendar entry. The same letter always makes the same bytes. Invalid when an address cannot be written to.
//
// The calendar entry is an alternative that names its method (RFC 6047, section 2.4), and not an attachment: that is where the
// usual mail programs look for one that they enter in the calendar, and a second copy might be entered twice.
func (m Mailer) Compose(letter csdn.Letter) ([]byte, error) {
	if letter.Token == "" && letter.Invitation.Answerable() {
		return nil, errors.New("mail: a letter about an invitation that can be answered needs a link")
	}
	said, err := speak(letter)
	if err != nil {
		return nil, err
	}
	words := m.content(letter, said)
	if said.err != nil {
		return nil, said.err
	}
	entry, err := m.entry(letter, said)
	if err != nil {
		return nil, err
	}
	var invites *calendarPart
	if letter.Message != csdn.ReserveMessage {
		invites = &calendarPart{method: string(method(letter)), entry: string(entry)}
	}
	return m.write(heading{letter.Delivery, letter.Person.Email, said.Name}, words, invites)
}

// calendarPart is a calendar entry that goes with a message.
type calendarPart struct{ method, entry string }

// write returns the message of the words, with a calendar entry unless that is nil.
func (m Mailer) write(head heading, words content, invites *calendarPart) ([]byte, error) {
	text, err := words.text()
	if err != nil {
		return nil, err
	}
	html, err := words.html()
	if err != nil {
		return nil, err
	}
	message, err := m.envelope(head, words)
	if err != nil {
		return nil, err
	}
	parts := []string{text, html}
	message.SetBodyString(gomail.TypeTextPlain, text)
	message.AddAlternativeString(gomail.TypeTextHTML, html)
	if invites != nil {
		parts = append(parts, invites.entry)
		kind := gomail.ContentType("text/calendar; method=" + invites.method)
		message.AddAlternativeString(kind, invites.entry, gomail.WithPartEncoding(gomail.EncodingB64))
	}
	message.SetBoundary(boundary(parts...))
	var raw bytes.Buffer
	if _, err := message.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("mail: write the message of delivery %s: %w", head.ID, err)
	}
	return raw.Bytes(), nil
}

// heading is to whom a message goes. The name is empty where it must not be seen: that of a person who must be careful stands in no
// header.
type heading struct {
	csdn.Delivery
	email, name string
}

// envelope returns the message with its headers.
func (m Mailer) envelope(head heading, words content) (*gomail.Msg, error) {
	from, err := bare(m.From)
	if err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	to, err := bare(head.email)
	if err != nil {
		return nil, fmt.Errorf("mail: recipient of delivery %s: %w", head.ID, err)
	}
	from.Name, to.Name = senderName, head.name
	domain := from.Address[strings.LastIndex(from.Address, "@")+1:]

	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	message.FromMailAddress(from)
	message.ToMailAddress(to)
	message.Subject(words.Subject)
	message.SetDateWithValue(head.CreatedAt.UTC())
	message.SetMessageIDWithValue(string(head.ID) + "@" + domain)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader(gomail.HeaderContentLang, string(words.Language))
	return message, nil
}

// boundary returns what parts the alternatives. It is a digest of them, so that none of them can hold it.
func boundary(alternatives ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(alternatives, "\n")))
	return hex.EncodeToString(sum[:])
}

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
	text, err := words.text()
	if err != nil {
		return nil, err
	}
	html, err := words.html()
	if err != nil {
		return nil, err
	}
	entry, err := m.entry(letter, said)
	if err != nil {
		return nil, err
	}
	message, err := m.envelope(letter, said, words.Subject)
	if err != nil {
		return nil, err
	}
	message.SetBoundary(boundary(text, html, string(entry)))
	message.SetBodyString(gomail.TypeTextPlain, text)
	message.AddAlternativeString(gomail.TypeTextHTML, html)
	if letter.Message != csdn.ReserveMessage {
		kind := gomail.ContentType("text/calendar; method=" + string(method(letter)))
		message.AddAlternativeString(kind, string(entry), gomail.WithPartEncoding(gomail.EncodingB64))
	}
	var raw bytes.Buffer
	if _, err := message.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("mail: write the message of delivery %s: %w", letter.ID, err)
	}
	return raw.Bytes(), nil
}

// envelope returns the message with its headers. The name of a person who must be careful stands in none of them.
func (m Mailer) envelope(letter csdn.Letter, said *wording, subject string) (*gomail.Msg, error) {
	from, err := bare(m.From)
	if err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	to, err := bare(letter.Person.Email)
	if err != nil {
		return nil, fmt.Errorf("mail: recipient of delivery %s: %w", letter.ID, err)
	}
	from.Name, to.Name = senderName, said.Name
	domain := from.Address[strings.LastIndex(from.Address, "@")+1:]

	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	message.FromMailAddress(from)
	message.ToMailAddress(to)
	message.Subject(subject)
	message.SetDateWithValue(letter.CreatedAt.UTC())
	message.SetMessageIDWithValue(string(letter.ID) + "@" + domain)
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetGenHeader(gomail.HeaderContentLang, string(said.language))
	return message, nil
}

// boundary returns what parts the alternatives. It is a digest of them, so that none of them can hold it.
func boundary(alternatives ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(alternatives, "\n")))
	return hex.EncodeToString(sum[:])
}

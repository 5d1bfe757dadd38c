// Package mailbox stands where Amazon SES does when the system is deployed: it takes the messages that functions send
// through the SESv2 API, keeps each as a file, and shows them on a page and as JSON. Nothing leaves the computer.
//
// It may import iam, template, the standard library and a MIME parser, another than the one that writes the messages.
package mailbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/template"
)

// Mailbox keeps messages in a folder, a file each, of which the name is the time of sending and the SES message id.
type Mailbox struct {
	options Options

	mutex sync.Mutex
	last  time.Time
}

// maximumMessage is the limit of SESv2 on a message, in bytes; in the request it is in Base64.
const maximumMessage = 40 << 20

// Options are what a mailbox is made of. All fields are required.
type Options struct {
	// Folder is where messages are kept, made if absent.
	Folder string
	Now    func() time.Time
	NewID  func() string
	// Publish is told of what becomes of messages.
	Publish Publish
	// May says whether the sender of a request may make the calls.
	May func(*http.Request, ...iam.Call) error
	Log *slog.Logger
}

// Open opens the mailbox.
func Open(o Options) (*Mailbox, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("open the mailbox: %w", err)
	}
	return &Mailbox{options: o}, nil
}

// Send answers SESv2's SendEmail, for raw content alone.
func (m *Mailbox) Send(w http.ResponseWriter, r *http.Request) {
	var request struct {
		FromEmailAddress, ConfigurationSetName string
		Destination                            struct{ ToAddresses, CcAddresses, BccAddresses []string }
		Content                                struct {
			Raw struct{ Data []byte }
		}
	}
	body := http.MaxBytesReader(w, r.Body, maximumMessage/3*4+maximumMessage/100)
	if err := json.NewDecoder(body).Decode(&request); err != nil {
		refuse(w, "the request is not readable JSON")
		return
	}
	if err := m.options.May(r, sending(request.FromEmailAddress, request.ConfigurationSetName)...); err != nil {
		answer(w, http.StatusForbidden, "AccessDeniedException", map[string]string{"message": err.Error()})
		return
	}
	raw := request.Content.Raw.Data
	message, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil || len(raw) > maximumMessage {
		refuse(w, "Content.Raw.Data is not a message of at most 40 MB")
		return
	}
	d := request.Destination
	recipients, err := recipients(message.Header, append(append(d.ToAddresses, d.CcAddresses...), d.BccAddresses...))
	if err != nil {
		refuse(w, err.Error())
		return
	}
	id, err := m.keep(recipients, raw)
	if err != nil {
		m.options.Log.Error("a message cannot be kept", "error", err)
		answer(w, http.StatusInternalServerError, "InternalServiceErrorException", map[string]string{"message": "the message cannot be kept"})
		return
	}
	answer(w, http.StatusOK, "", map[string]string{"MessageId": id})
	for _, to := range recipients {
		if err := m.tell(id, to, m.options.Now().UTC()); err != nil {
			m.options.Log.Error("what became of a message is not told", "message", id, "error", err)
		}
	}
}

// sending is what a sender of raw content needs to be allowed: by SESv2 too that is SendRawEmail, on the identity, which is the
// domain, and on the configuration set if one is named.
func sending(from, configurationSet string) []iam.Call {
	const action = "ses:SendRawEmail"
	domain := from[strings.LastIndexByte(from, '@')+1:]
	calls := []iam.Call{{Action: action, Resource: template.ARN("ses", "identity/"+domain)}}
	if configurationSet != "" {
		calls = append(calls, iam.Call{Action: action, Resource: template.ARN("ses", "configuration-set/"+configurationSet)})
	}
	return calls
}

// recipients are the addresses named beside the message or, without any, those in its header, as with SES.
func recipients(header mail.Header, named []string) ([]string, error) {
	var out []string
	for _, text := range named {
		address, err := mail.ParseAddress(text)
		if err != nil {
			return nil, errors.New("the destination has what is not an address")
		}
		out = append(out, address.Address)
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, name := range []string{"To", "Cc", "Bcc"} {
		addresses, err := header.AddressList(name)
		if errors.Is(err, mail.ErrHeaderNotPresent) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("the header %s has what is not an address", name)
		}
		for _, address := range addresses {
			out = append(out, address.Address)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("the message has no recipient")
	}
	return out, nil
}

// stampLayout names files so that their order is that of sending.
const stampLayout = "20060102T150405.000000000Z"

// keep writes the message to a file, with the recipients before its own header, as a mail server delivers it.
func (m *Mailbox) keep(recipients []string, raw []byte) (string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	at := m.options.Now().UTC()
	if !at.After(m.last) {
		at = m.last.Add(time.Nanosecond)
	}
	m.last = at
	id := m.options.NewID()
	var head strings.Builder
	for _, recipient := range recipients {
		head.WriteString(deliveredTo + ": " + recipient + "\r\n")
	}
	path := filepath.Join(m.options.Folder, at.Format(stampLayout)+"_"+id+".eml")
	// Under its final name only once it is whole, since readers list the folder at any time.
	if err := os.WriteFile(path+".new", append([]byte(head.String()), raw...), 0o600); err != nil {
		return "", fmt.Errorf("keep the message %s: %w", id, err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return "", fmt.Errorf("keep the message %s: %w", id, err)
	}
	return id, nil
}

func refuse(w http.ResponseWriter, why string) {
	answer(w, http.StatusBadRequest, "BadRequestException", map[string]string{"message": why})
}

// answer answers as SESv2 does, with the error's type in a header.
func answer(w http.ResponseWriter, status int, kind string, body any) {
	if kind != "" {
		w.Header().Set("X-Amzn-Errortype", kind)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The caller has gone if this fails.
	_ = json.NewEncoder(w).Encode(body)
}

// List answers with all messages as JSON, in the order of sending.
func (m *Mailbox) List(w http.ResponseWriter, _ *http.Request) {
	messages, err := m.Messages()
	if err != nil {
		m.options.Log.Error("the mailbox cannot be read", "error", err)
		http.Error(w, "the mailbox cannot be read", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(messages)
}

// Source answers with one message as it was kept.
func (m *Mailbox) Source(w http.ResponseWriter, r *http.Request) {
	path, err := m.find(r.PathValue("id"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	file, err := os.Open(path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "message/rfc822")
	w.Header().Set("Content-Disposition", "attachment")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.Copy(w, file)
}

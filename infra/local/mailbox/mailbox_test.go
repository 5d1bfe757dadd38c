package mailbox_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/mailbox"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/google/go-cmp/cmp"
)

const full = "From: CSDN <csdn@eplo.example>\r\nTo: Amina <amina@ngo.example>\r\nSubject: =?utf-8?q?R=C3=A9union?=\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
	"Bonjour =E2=80=93 http://127.0.0.1:8080/rsvp/x.\r\n" +
	"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Bonjour</p><script>alert(1)</script>\r\n" +
	"--b\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
	"QkVHSU46VkNBTEVOREFSDQpFTkQ6VkNBTEVOREFSDQo=\r\n--b--\r\n"

const plain = "From: csdn@eplo.example\r\nTo: bruno@ngo.example\r\nSubject: </h2><b>x\r\n\r\nHello\r\n"

// open serves a mailbox and returns an SESv2 client for it, with the mailbox's base address.
func open(t *testing.T) (*sesv2.Client, string) {
	t.Helper()
	n := 0
	// A clock that stands still: the order of sending must hold all the same.
	now := func() time.Time { return time.Date(2023, 2, 1, 9, 15, 0, 0, time.UTC) }
	box, err := mailbox.Open(mailbox.Options{
		Folder: t.TempDir(), Now: now, NewID: func() string { n++; return fmt.Sprintf("id-%d", n) },
		Publish: func(kind string, _ any) error { t.Errorf("%s is told", kind); return nil },
		May:     iam.New(nil).CheckRequest, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /local/ses/v2/email/outbound-emails", box.Send)
	mux.HandleFunc("GET /local/mailbox", box.Page)
	mux.HandleFunc("GET /local/mailbox.json", box.List)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return sesv2.New(sesv2.Options{
		BaseEndpoint: aws.String(server.URL + "/local/ses"), Region: template.Region, Credentials: engine.Credentials,
	}), server.URL
}

func send(t *testing.T, client *sesv2.Client, raw string, to ...string) (string, error) {
	t.Helper()
	sent, err := client.SendEmail(t.Context(), &sesv2.SendEmailInput{
		FromEmailAddress: aws.String("csdn@eplo.example"),
		Destination:      &types.Destination{ToAddresses: to},
		Content:          &types.EmailContent{Raw: &types.RawMessage{Data: []byte(raw)}},
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(sent.MessageId), nil
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestMessagesAreListedInTheOrderOfSending(t *testing.T) {
	client, base := open(t)
	if _, body := get(t, base+"/local/mailbox.json"); strings.TrimSpace(body) != "[]" {
		t.Errorf("an empty mailbox is %s", body)
	}
	for i, raw := range []string{full, plain} {
		to := [][]string{{"amina@ngo.example"}, nil}[i]
		if id, err := send(t, client, raw, to...); err != nil || id != fmt.Sprintf("id-%d", i+1) {
			t.Fatalf("sent %q: %v", id, err)
		}
	}
	_, body := get(t, base+"/local/mailbox.json")
	var got []map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{{
		"id": "id-1", "to": "amina@ngo.example", "from": "CSDN <csdn@eplo.example>", "subject": "Réunion",
		"text": "Bonjour – http://127.0.0.1:8080/rsvp/x.", "html": "<p>Bonjour</p><script>alert(1)</script>",
		"ics": "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "sentAt": "2023-02-01T09:15:00Z",
	}, {
		"id": "id-2", "to": "bruno@ngo.example", "from": "csdn@eplo.example", "subject": "</h2><b>x",
		"text": "Hello\r\n", "html": "", "ics": "", "sentAt": "2023-02-01T09:15:00.000000001Z",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

func TestThePageShowsAMessageSafely(t *testing.T) {
	client, base := open(t)
	for _, raw := range []string{full, plain} {
		if _, err := send(t, client, raw); err != nil {
			t.Fatal(err)
		}
	}
	response, body := get(t, base+"/local/mailbox?show=id-1")
	for _, want := range []string{
		`sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;base target=&#34;_blank&#34;&gt;&lt;p&gt;Bonjour`,
		`<a href="http://127.0.0.1:8080/rsvp/x" rel="noreferrer">http://127.0.0.1:8080/rsvp/x</a>.`,
		"BEGIN:VCALENDAR", "<dd>amina@ngo.example</dd>", "&lt;/h2&gt;&lt;b&gt;x</a>",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "<script") || strings.Contains(body, "</h2><b>") {
		t.Error("the message reaches the page as markup")
	}
	if strings.Index(body, "show=id-2") > strings.Index(body, "show=id-1") {
		t.Error("the newest message is not first")
	}
	if policy := response.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "script-src") {
		t.Errorf("the policy is %q", policy)
	}
	if response, _ := get(t, base+"/local/mailbox?show=none"); response.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown message is %d", response.StatusCode)
	}
}

func TestSendRefuses(t *testing.T) {
	client, base := open(t)
	cases := []struct {
		name, raw string
		to        []string
	}{
		{"no message", "no header", nil},
		{"no recipient", "Subject: x\r\n\r\nHello", nil},
		{"what is not an address", plain, []string{"a@b.example\r\nX-Injected: yes"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := send(t, client, c.raw, c.to...)
			var refused *types.BadRequestException
			if !errors.As(err, &refused) {
				t.Errorf("error is %v", err)
			}
		})
	}
	if _, body := get(t, base+"/local/mailbox.json"); strings.TrimSpace(body) != "[]" {
		t.Errorf("a refused message was kept: %s", body)
	}
}

package inbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/iam"
	local "csdn.example/directory/infra/local/inbox"
	"csdn.example/directory/shared/boot"
	"csdn.example/directory/shared/csdn"
	"csdn.example/directory/shared/mail"
)

const replied = "From: amina@peace.example\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" +
	"UID:u\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:amina@peace.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// bucket serves a folder as the object storage does.
func bucket(t *testing.T) (*s3.Client, string) {
	t.Helper()
	folder := t.TempDir()
	in, err := local.Open(local.Options{
		Folder: folder, Every: time.Hour, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		May: func(*http.Request, ...iam.Call) error { return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{bucket}/{key...}", in.Get)
	mux.HandleFunc("DELETE /{bucket}/{key...}", in.Delete)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return s3.New(s3.Options{BaseEndpoint: aws.String(server.URL), Region: "eu-west-1", Credentials: engine.Credentials, UsePathStyle: true}), folder
}

// TestMailsAreTakenOrWait: whatever the directory says for good removes the mail; only what may pass leaves it there.
func TestMailsAreTakenOrWait(t *testing.T) {
	client, folder := bucket(t)
	for _, test := range []struct {
		name, raw string
		answers   error
		asked     bool
		stays     bool
		logs      string
	}{
		{"an answer", replied, nil, true, false, `"answered":true`},
		{"refused", replied, csdn.Errorf(csdn.NotFound, "Nothing for amina@peace.example."), true, false, `"answered":false,"reason":"not found"`},
		{"refused, wrapped", replied, fmt.Errorf("answer: %w", csdn.Errorf(csdn.Conflict, "Too late.")), true, false, `"reason":"conflict"`},
		{"contended", replied, csdn.Errorf(csdn.Unavailable, "Later."), true, true, `"a mail has to wait"`},
		{"broken", replied, errors.New("the store is away"), true, true, `"cause":"the store is away"`},
		{"no reply", "From: amina@peace.example\r\n\r\nI cannot come.", nil, false, false, `"reason":"malformed"`},
		{"too long", replied + strings.Repeat("x", mail.MaximumReply), nil, false, false, `"reason":"malformed"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(folder, "7f 3a")
			if err := os.WriteFile(file, []byte(test.raw), 0o600); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			asked := false
			in := Inbox{Client: client, Log: slog.New(slog.NewJSONHandler(&log, nil)), Answer: func(_ context.Context, r csdn.Reply) error {
				asked = r.UID == "u" && r.From == "amina@peace.example"
				return test.answers
			}}
			err := in.Take(t.Context(), boot.StoredMail{Bucket: "replies", Key: "7f 3a"})
			_, gone := os.Stat(file)
			if asked != test.asked || (err != nil) != test.stays || (gone == nil) != test.stays {
				t.Errorf("asked %v, error %v, the file %v", asked, err, gone)
			}
			if !strings.Contains(log.String(), test.logs) || strings.Contains(log.String(), "amina") {
				t.Errorf("the log is %s", log.String())
			}
		})
	}
}

func TestAMailThatIsGoneWasTakenBefore(t *testing.T) {
	client, _ := bucket(t)
	in := Inbox{Client: client, Log: slog.New(slog.DiscardHandler), Answer: func(context.Context, csdn.Reply) error {
		t.Error("it is answered all the same")
		return nil
	}}
	if err := in.Take(t.Context(), boot.StoredMail{Bucket: "replies", Key: "7f3a"}); err != nil {
		t.Error(err)
	}
}

func TestABucketThatIsAwayFails(t *testing.T) {
	client := s3.New(s3.Options{
		BaseEndpoint: aws.String("http://127.0.0.1:1"), Region: "eu-west-1", Credentials: engine.Credentials, UsePathStyle: true,
		Retryer: aws.NopRetryer{},
	})
	in := Inbox{Client: client, Log: slog.New(slog.DiscardHandler)}
	if err := in.Take(t.Context(), boot.StoredMail{Bucket: "replies", Key: "7f3a"}); err == nil {
		t.Error("nothing was wrong")
	}
}

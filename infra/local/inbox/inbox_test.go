package inbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"csdn.example/directory/infra/local/engine"
	"csdn.example/directory/infra/local/iam"
	"csdn.example/directory/infra/local/inbox"
	"csdn.example/directory/infra/local/template"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/google/go-cmp/cmp"
)

// function is told of mails, and answers each time with the next of its errors.
type function struct {
	lock   sync.Mutex
	told   []string
	errors []error
}

func (f *function) invoke(_ context.Context, name string, payload []byte) ([]byte, error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	var event events.S3Event
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, err
	}
	for _, r := range event.Records {
		f.told = append(f.told, name+" "+r.S3.Bucket.Name+" "+r.S3.Object.URLDecodedKey)
	}
	if len(f.errors) == 0 {
		return nil, nil
	}
	err := f.errors[0]
	f.errors = f.errors[1:]
	return nil, err
}

// has waits until the function was told n times, and checks that it is not told once more.
func (f *function) has(t *testing.T, want ...string) {
	t.Helper()
	heard := func() []string {
		f.lock.Lock()
		defer f.lock.Unlock()
		return append([]string{}, f.told...)
	}
	for range 500 {
		if len(heard()) >= len(want) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(30 * time.Millisecond) // some looks more
	if diff := cmp.Diff(want, heard()); diff != "" {
		t.Errorf("the function was told (-want +got):\n%s", diff)
	}
}

func open(t *testing.T, f *function) (*inbox.Inbox, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "inbox")
	in, err := inbox.Open(inbox.Options{
		Folder: folder, Invoke: f.invoke, Every: 2 * time.Millisecond, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		May:       iam.New(nil).CheckRequest,
		Functions: []template.Function{{ID: "Deaf"}, {ID: "Replies", Buckets: []template.Bucket{{ID: "Mail", Name: "Inbound"}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return in, folder
}

func put(t *testing.T, folder, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), []byte("From: a@b.example\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFunctionsAreToldOfMailsOnce(t *testing.T) {
	f := &function{}
	in, folder := open(t, f)
	put(t, folder, "one & two.eml")
	put(t, folder, "notes.txt")
	if err := os.Mkdir(filepath.Join(folder, "a folder.eml"), 0o700); err != nil {
		t.Fatal(err)
	}
	in.Watch(t.Context())
	defer in.Stop()
	f.has(t, "Replies Inbound one & two.eml")
	put(t, folder, "three.eml")
	f.has(t, "Replies Inbound one & two.eml", "Replies Inbound three.eml")
}

// TestAFunctionThatFailsIsToldAgain three times in all, as Lambda tries; and another mail of the same name is another.
func TestAFunctionThatFailsIsToldAgain(t *testing.T) {
	f := &function{errors: []error{errors.New("once"), errors.New("twice"), errors.New("thrice"), errors.New("anew")}}
	in, folder := open(t, f)
	in.Watch(t.Context())
	defer in.Stop()
	put(t, folder, "a.eml")
	told := "Replies Inbound a.eml"
	f.has(t, told, told, told)
	if err := os.WriteFile(filepath.Join(folder, "a.eml"), []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	f.has(t, told, told, told, told, told)
}

// TestMailsAreObjects asks as functions do, by the SDK.
func TestMailsAreObjects(t *testing.T) {
	in, folder := open(t, &function{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /local/s3/{bucket}/{key...}", in.Get)
	mux.HandleFunc("DELETE /local/s3/{bucket}/{key...}", in.Delete)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	client := s3.New(s3.Options{
		BaseEndpoint: aws.String(server.URL + "/local/s3"), Region: template.Region, Credentials: engine.Credentials, UsePathStyle: true,
	})
	put(t, folder, "one & two.eml")
	put(t, filepath.Dir(folder), "secret.eml")

	got, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("Inbound"), Key: aws.String("one & two.eml")})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if text, err := io.ReadAll(got.Body); err != nil || string(text) != "From: a@b.example\r\n" {
		t.Errorf("the object is %q: %v", text, err)
	}
	for range 2 { // an absent object is as good as a deleted one
		if _, err := client.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String("Inbound"), Key: aws.String("one & two.eml")}); err != nil {
			t.Error(err)
		}
	}
	var gone *types.NoSuchKey
	if _, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("Inbound"), Key: aws.String("one & two.eml")}); !errors.As(err, &gone) {
		t.Errorf("an absent object is %v", err)
	}
	response, err := http.Get(server.URL + "/local/s3/Inbound/..%2Fsecret.eml")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		t.Error("the inbox serves what lies beside it")
	}
}
